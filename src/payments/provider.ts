import type { Json } from '../core/ids.js'
import type { CurrencyCode, Minor } from '../core/money.js'
import type { PaymentMethod } from '../core/pricing/facts.js'

/** What a provider is told about one attempt. Never stored, never logged: `instrument` may hold a card number. */
export interface AuthorizeRequest {
  readonly idempotencyKey: string
  readonly orderId: string
  readonly orderNumber: string
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly method: PaymentMethod
  readonly instrument: Readonly<Record<string, Json>>
  readonly buyer: { readonly email?: string; readonly firstName?: string; readonly lastName?: string }
  /** Where a hosted page sends the shopper back to. */
  readonly returnUrl: string
  readonly capture: boolean
}

/** What an attempt was made with, and what the gateway called it, once it did. */
export interface AttemptFacts {
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly orderId: string
  readonly gatewayReference?: string
}

/** What a gateway says about one attempt. Operations check amount, currency and order against their own. */
export interface GatewayAnswer {
  readonly outcome: 'authorized' | 'captured' | 'pending' | 'requires_action' | 'declined' | 'voided' | 'refunded'
  readonly gatewayReference: string
  readonly amount: Minor
  readonly currency: CurrencyCode
  readonly orderId: string
  readonly redirectUrl?: string
  readonly declineReason?: string
  /** What may be shown: brand, last four digits, expiry. */
  readonly display?: Readonly<Record<string, Json>>
}

/** An instrument that a gateway keeps. */
export interface KeptInstrument {
  readonly token: string
  /** What may be shown: brand, last four digits, expiry. */
  readonly display: Readonly<Record<string, Json>>
}

/** The gateway did not answer in time or not readably: nobody knows yet; ask later with `find`. */
export class GatewayUnknown extends Error {
  override readonly name = 'GatewayUnknown'
}

/** The payload says nothing that this provider can read, or its proof is wrong. */
export class PayloadRefused extends Error {
  override readonly name = 'PayloadRefused'
}

/**
 * A payment provider. Every method may be repeated with the same key and then has one effect.
 * @throws GatewayUnknown from every method that talks to the gateway
 */
export interface PaymentProvider {
  readonly name: string
  /** True: answers come from here and now, without an outside party. */
  readonly isLocal: boolean
  authorize(request: AuthorizeRequest): Promise<GatewayAnswer>
  /**
   * Has the gateway keep what is paid with, for a charge that comes later; absent: it keeps nothing. The token is what
   * `authorize` gets as `instrument.token`. Charges nothing and judges nothing.
   */
  keep?(instrument: Readonly<Record<string, Json>>): Promise<KeptInstrument>
  /** Reads what a redirect or 3-D Secure page handed back. @throws PayloadRefused */
  confirm(
    attempt: { readonly idempotencyKey: string; readonly gatewayReference?: string },
    payload: Json,
  ): Promise<GatewayAnswer>
  capture(attempt: {
    readonly idempotencyKey: string
    readonly gatewayReference: string
    readonly amount: Minor
  }): Promise<GatewayAnswer>
  /** Without a reference it is a mark: a request that is still under way is refused there. `about` as with `find`. */
  void(
    attempt: { readonly idempotencyKey: string; readonly gatewayReference?: string },
    about?: AttemptFacts,
  ): Promise<GatewayAnswer>
  refund(attempt: {
    readonly idempotencyKey: string
    readonly gatewayReference: string
    readonly amount: Minor
    readonly refundKey: string
  }): Promise<GatewayAnswer>
  /**
   * What became of an attempt; undefined: the gateway never heard of it. A local provider keeps nothing and answers
   * from `about`, by which others may look the attempt up.
   */
  find(idempotencyKey: string, about?: AttemptFacts): Promise<GatewayAnswer | undefined>
  /** Which attempt a notification is about and what it says; undefined: a genuine one about nothing of ours. @throws PayloadRefused */
  parseWebhook(
    headers: Readonly<Record<string, string>>,
    body: string,
  ): Promise<{ readonly idempotencyKey: string; readonly answer: GatewayAnswer } | undefined>
}
