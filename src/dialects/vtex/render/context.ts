import type { Channel } from '../../../core/catalog/channel.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { Facts } from '../../../core/pricing/facts.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { VtexSettings } from '../settings.js'

/** What every part of an orderForm, or of an order, is rendered from. */
export interface RenderContext {
  readonly priced: PricedCart
  readonly channel: Channel
  readonly settings: VtexSettings
  /** Sellers, pickup points, promotions of the channel as they are now. */
  readonly facts: Pick<Facts, 'sellers' | 'pickupPoints'> & Partial<Facts>
  /** BCP 47 with a hyphen: `pt-BR`. */
  readonly locale: string
  /** Scheme, host and mount prefix, no slash at the end. */
  readonly baseUrl: string
  readonly now: string
  /** Fill dates of delivery in. */
  readonly individualShippingEstimates: boolean
  /** The registered customer that the cart names. */
  readonly profile?: Customer | undefined
  /** Personal data is shown with asterisks. */
  readonly isMasked: boolean
}
