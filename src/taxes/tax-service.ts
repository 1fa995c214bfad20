import type { Channel } from '../core/catalog/channel.js'
import type { QuotedTax, TaxFault, TaxProvider, TaxQuestion } from '../core/pricing/tax-quote.js'

/** An outside provider of taxes that can be asked. It never throws, and never waits longer than it is told. */
export interface TaxService extends TaxProvider {
  ask(question: TaxQuestion, waitMilliseconds: number): Promise<TaxAnswer>
}

export type TaxAnswer = { readonly taxes: readonly QuotedTax[] } | { readonly fault: TaxFault }

/** The provider of a channel; undefined: the store's own rates count. */
export type TaxServiceOf = (channel: Channel) => TaxService | undefined

/** How a kind of provider is spoken to: which channels have one, and what is said. Pure. */
export interface TaxProtocol {
  endpointOf(channel: Channel): TaxEndpoint | undefined
  /** JSON. */
  request(question: TaxQuestion): string
  /** undefined: nothing that could be the taxes of this cart. */
  read(answer: WireTaxAnswer, question: TaxQuestion): readonly QuotedTax[] | undefined
}

/** Where a channel's provider is asked. */
export interface TaxEndpoint {
  readonly url: string
  /** Secret: of the header of that name. */
  readonly authorization?: string
  readonly customDataApp?: string
}

/** What came back, whole. */
export interface WireTaxAnswer {
  readonly status: number
  readonly contentType: string
  readonly text: string
}
