import type { Caller } from '../../core/access/caller.js'
import type { ChannelId, Json } from '../../core/ids.js'
import type { KeptInstrument } from '../../payments/provider.js'
import type { Offers } from '../read-offers.js'
import type { PurchaseRef, PurchaseView } from '../read-purchase.js'
import type { WalkCheckout, Walked } from '../walk-checkout.js'
import type { Answer } from './views.js'

/** Checkouts that are walked step by step, and purchases that are one thing from the first line to the delivery. */
export interface WalkOperations {
  walkCheckout(caller: Caller, input: WalkCheckout): Answer<Walked>
  readPurchase(caller: Caller, input: PurchaseRef): Answer<PurchaseView>
  /** Has a gateway keep a card for later. */
  keepInstrument(input: {
    readonly channel: ChannelId
    readonly method: string
    /** May hold a card number: never stored, never logged. */
    readonly instrument: Readonly<Record<string, Json>>
  }): Answer<KeptInstrument>
  readOffers(input: { readonly channel: ChannelId }): Answer<Offers>
}
