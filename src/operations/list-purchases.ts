import type { Caller } from '../core/access/caller.js'
import { hasPermission, ownerFor } from '../core/access/permissions.js'
import type { ChannelId } from '../core/ids.js'
import { priceCart } from '../core/pricing/price-cart.js'
import { usedAccount } from '../core/pricing/store-credit.js'
import { ok, refuse } from '../core/result.js'
import type { PurchaseCondition, PurchaseQuery } from '../storage/storage.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'
import { type PurchaseView, purchaseOf } from './read-purchase.js'

export type { FulfillmentStanding, PaymentStanding, PurchaseCondition, PurchaseField } from '../storage/storage.js'

/** Which purchases. */
export interface ListPurchases {
  readonly channel: ChannelId
  /** The caller's own; or everybody's, for keys that may read orders and carts. */
  readonly whose: 'own' | 'all'
  readonly conditions: readonly PurchaseCondition[]
  readonly sorts: PurchaseQuery['sorts']
  readonly offset: number
  readonly limit: number
}

/** Open carts and orders of a channel in one list, in pages. The number of queries does not grow with the page. */
export async function listPurchases(
  deps: Deps,
  caller: Caller,
  input: ListPurchases,
): Answer<{ readonly purchases: readonly PurchaseView[]; readonly total: number }> {
  const { whose, ...query } = input
  const maySee = hasPermission(caller, 'orders:read') && hasPermission(caller, 'carts:read')
  if (whose === 'all' && !maySee) return refuse({ code: 'forbidden', permission: 'orders:read' })
  const owner = whose === 'own' ? ownerFor(caller) : undefined
  if (whose === 'own' && (owner === undefined || owner.kind === 'holder')) return ok({ purchases: [], total: 0 })
  const channel = await deps.facts.channel(input.channel)
  if (channel === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const page = await deps.storage.purchases.list({ ...query, ...(owner === undefined ? {} : { owner }) })
  const carts = page.purchases.flatMap(entry => ('cart' in entry ? [entry.cart] : []))
  const orders = page.purchases.flatMap(entry => ('order' in entry ? [entry.order] : []))
  const [facts, payments] = await Promise.all([
    deps.facts.load({
      channel: input.channel,
      skus: carts.flatMap(cart => cart.lineItems.map(({ sku }) => sku)),
      codes: carts.flatMap(cart => [...cart.couponCodes, ...cart.giftCards.map(use => use.code)]),
      accounts: carts.flatMap(cart => usedAccount(cart) ?? []),
      stock: false,
      epoch: page.epoch,
    }),
    orders.length === 0 ? [] : deps.storage.payments.ofOrders(orders.map(({ id }) => id)),
  ])
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: input.channel })
  const purchases = page.purchases.map(entry =>
    'cart' in entry
      ? { cart: priceCart(entry.cart, facts), channel, payments: [] }
      : purchaseOf({
          order: entry.order,
          payments: payments.filter(({ orderId }) => orderId === entry.order.id),
          channel,
        }),
  )
  return ok({ purchases, total: page.total })
}
