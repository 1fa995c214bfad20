import type { PricedCart, UnmetThreshold } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import { groupKeys } from '../ids.js'
import type { Attributes, Resource } from '../json-api.js'
import { priceModeText, toWire } from '../money.js'
import { settingsOf } from '../settings.js'
import { thresholdMessage } from '../texts.js'
import { renderCartRules, renderGiftCards, renderVouchers } from './codes.js'
import { type CartFace, renderItem } from './item.js'

/**
 * A `carts` or `guest-carts` resource with everything that may hang on it.
 *
 * @param locale  of whoever reads it
 */
export function renderCart(view: CartView, face: CartFace, locale: string = view.cart.cart.locale): Resource {
  const priced = view.cart
  const items = { [face.itemType]: () => renderItems(priced, face) }
  const others = {
    vouchers: () => renderVouchers(priced),
    'cart-rules': () => renderCartRules(priced),
    'gift-cards': () => renderGiftCards(priced, face.cartType),
  }
  return {
    type: face.cartType,
    id: priced.cart.id,
    version: priced.cart.version,
    attributes: cartAttributes(view, face, locale),
    relationships: face.itemsLast === true ? { ...others, ...items } : { ...items, ...others },
  }
}

function renderItems(priced: PricedCart, face: CartFace): readonly Resource[] {
  const keys = groupKeys(priced.cart.lineItems)
  return priced.lines.map(line => renderItem(priced, line, keys.get(line.item.id) ?? line.item.sku, face))
}

function cartAttributes({ cart: priced, channel }: CartView, face: CartFace, locale: string): Attributes {
  const settings = settingsOf(channel)
  const { cart } = priced
  const named = !settings.singleCart && face.cartType === 'carts'
  return {
    priceMode: priceModeText(cart.priceMode),
    currency: priced.currency,
    store: settings.storeName,
    ...(named ? { name: cart.name ?? settings.storeName, isDefault: cart.isDefault } : {}),
    totals: totals(priced),
    discounts: discounts(priced),
    thresholds: priced.thresholds.map(unmet => threshold(unmet, priced, locale)),
  }
}

function totals({ totals }: PricedCart): Attributes {
  return {
    expenseTotal: toWire(totals.shipping + totals.fees),
    discountTotal: toWire(totals.discount),
    taxTotal: toWire(totals.tax),
    subtotal: toWire(totals.subtotal),
    grandTotal: toWire(totals.grandTotal),
    priceToPay: toWire(totals.amountDue),
    shipmentTotal: toWire(totals.shipping),
  }
}

/** Vouchers first, then cart rules; each with its total on this cart. */
function discounts(priced: PricedCart): readonly Attributes[] {
  const entries = priced.discounts.map(discount => ({
    displayName: discount.name,
    amount: toWire(discount.amount),
    code: discount.couponCode ?? null,
  }))
  return [...entries.filter(entry => entry.code !== null), ...entries.filter(entry => entry.code === null)]
}

const thresholdTypes = {
  hard_minimum: 'hard-minimum-threshold',
  hard_maximum: 'hard-maximum-threshold',
  soft_minimum_fixed: 'soft-minimum-threshold-fixed-fee',
  soft_minimum_flexible: 'soft-minimum-threshold-flexible-fee',
} as const

function threshold(unmet: UnmetThreshold, { currency }: PricedCart, locale: string): Attributes {
  const isSoftWithoutFee = unmet.fee === undefined && unmet.kind.startsWith('soft_minimum')
  return {
    type: isSoftWithoutFee ? 'soft-minimum-threshold' : thresholdTypes[unmet.kind],
    threshold: toWire(unmet.amount),
    fee: unmet.fee === undefined ? null : toWire(unmet.fee),
    deltaWithSubtotal: toWire(unmet.delta),
    message: thresholdMessage(unmet, currency, locale),
  }
}
