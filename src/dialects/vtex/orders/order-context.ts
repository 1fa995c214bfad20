import type { OrderPart } from '../../../core/orders/order.js'
import { pricedPart } from '../../../core/orders/priced-part.js'
import type { Operations, OrderView } from '../../../operations/operations.js'
import { extrasOf } from '../extras.js'
import type { RenderContext } from '../render/context.js'
import { wireLocale } from '../render/store-preferences.js'
import type { VtexRequest } from '../request.js'
import { settingsOf } from '../settings.js'
import { partsOf } from './order-parts.js'

/** One seller's part of an order, with everything that it is rendered from. */
export interface OrderContext extends RenderContext {
  readonly view: OrderView
  readonly part: OrderPart
  /** Now, not when the order was placed. */
  readonly today: string
}

/** The parts of an order, as they were frozen; sellers and pickup points by their names of today. */
export async function orderContexts(
  request: VtexRequest,
  operations: Operations,
  view: OrderView,
): Promise<readonly OrderContext[]> {
  const { order, channel } = view
  const { cart } = order.snapshot
  const facts = await operations.readChannelFacts({ channel: order.channel })
  return partsOf(order).map((part, index) => ({
    view,
    part,
    priced: pricedPart(order.snapshot, part, index === 0),
    channel,
    settings: settingsOf(channel),
    facts: facts.ok ? facts.value : { sellers: new Map(), pickupPoints: [] },
    locale: wireLocale(cart.preferences.locale ?? cart.locale),
    baseUrl: request.wire.baseUrl,
    now: order.placedAt,
    today: new Date().toISOString(),
    individualShippingEstimates: true,
    isMasked: isHidden(request, extrasOf(cart).profileId),
  }))
}

/** What came from a registered customer's profile is for that customer and for keys: a stranger may only have named one. */
function isHidden({ identity }: VtexRequest, profileId: string | undefined): boolean {
  if (profileId === undefined || identity.kind === 'key') return false
  return identity.kind !== 'shopper' || identity.customerId !== profileId
}
