import type { Caller } from '../core/access/caller.js'
import { hasPermission, ownerFor, seesEverybody } from '../core/access/permissions.js'
import type { Cart } from '../core/cart/cart.js'
import { shownTo } from '../core/cart/personal-data.js'
import type { ChannelId } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { usedAccount } from '../core/pricing/store-credit.js'
import { ok, refuse } from '../core/result.js'
import type { OrderState, PurchaseCondition, PurchaseQuery } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { mayHaveOrders, type PurchaseView, paymentsOf, purchaseOf } from './read-purchase.js'

export type { FulfillmentStanding, PaymentStanding, PurchaseCondition, PurchaseField } from '../storage/storage.js'

/** Which purchases. */
export interface ListPurchases {
  readonly channel: ChannelId
  /** The caller's own; or everybody's, for keys that may read orders and carts. */
  readonly whose: 'own' | 'all'
  readonly conditions: readonly PurchaseCondition[]
  readonly sorts: PurchaseQuery['sorts']
  /** Each as it is when it is read alone: with what is in stock, and with every try to pay for it. */
  readonly whole?: true
  readonly offset: number
  readonly limit: number
}

/** Open carts and orders of a channel in one list, in pages. The number of queries does not grow with the page. */
export async function listPurchases(
  deps: Deps,
  caller: Caller,
  input: ListPurchases,
): Answer<{ readonly purchases: readonly PurchaseView[]; readonly total: number }> {
  const { whose, whole, ...query } = input
  const maySee = hasPermission(caller, 'orders:read') && hasPermission(caller, 'carts:read')
  if (whose === 'all' && !maySee) return refuse({ code: 'forbidden', permission: 'orders:read' })
  const owner = whose === 'own' ? ownerFor(caller) : undefined
  if (whose === 'own' && (owner === undefined || owner.kind === 'holder')) return ok({ purchases: [], total: 0 })
  const channel = await deps.facts.channel(input.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const page = await deps.storage.purchases.list({
    ...query,
    ...(owner === undefined ? {} : { owner, withoutOthers: !seesEverybody(caller) }),
  })
  const carts = page.purchases.flatMap(entry => ('cart' in entry ? [entry.cart] : []))
  const orders = page.purchases.flatMap(entry => ('order' in entry ? [entry.order] : []))
  const [facts, states, payments] = await Promise.all([
    deps.facts.load({
      channel: input.channel,
      skus: carts.flatMap(cart => cart.lineItems.map(({ sku }) => sku)),
      codes: carts.flatMap(cart => [...cart.couponCodes, ...cart.giftCards.map(use => use.code)]),
      accounts: carts.flatMap(cart => usedAccount(cart) ?? []),
      stock: whole === true,
      epoch: page.epoch,
    }),
    whole === true ? triesOf(deps, carts, orders) : [],
    whole === true || orders.length === 0 ? [] : deps.storage.payments.ofOrders(orders.map(({ id }) => id)),
  ])
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const purchases = page.purchases.map((entry): PurchaseView => {
    const cartId = 'cart' in entry ? entry.cart.id : entry.order.cartId
    const own = states.filter(({ order }) => order.cartId === cartId)
    const tries = whole === true ? { tries: own.map(({ order }) => order) } : {}
    if ('cart' in entry)
      return { cart: priceCart(shownTo(caller, entry.cart), facts), channel, payments: paymentsOf(own), ...tries }
    const { order } = entry
    const paid = whole === true ? paymentsOf(own) : payments.filter(({ orderId }) => orderId === order.id)
    return { ...purchaseOf({ order, payments: paid, channel }), ...tries }
  })
  return ok({ purchases, total: page.total })
}

/** Every try to order these carts, and those that the orders come from. */
async function triesOf(deps: Deps, carts: readonly Cart[], orders: readonly Order[]): Promise<readonly OrderState[]> {
  const ids = [...carts.filter(mayHaveOrders).map(({ id }) => id), ...orders.map(({ cartId }) => cartId)]
  return ids.length === 0 ? [] : deps.storage.orders.statesOfCarts([...new Set(ids)])
}
