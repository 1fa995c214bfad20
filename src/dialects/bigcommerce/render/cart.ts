import type { CurrencyCode } from '../../../core/money.js'
import { minorDigits } from '../../../core/money.js'
import { currencyName, moneyFormat } from '../../../core/money-format.js'
import { isoTime } from '../time.js'
import type { RenderContext } from './context.js'
import { serverCoupons, storefrontCoupons } from './coupon.js'
import { shown } from './figures.js'
import { serverLineItems, storefrontLineItems } from './line.js'

/** Whose address a cart's mail goes to; empty while nobody said. */
export function emailOf({ cart, customer }: RenderContext): string {
  const { buyer, billingAddress } = cart.cart
  return buyer.email ?? billingAddress?.email ?? customer?.email ?? ''
}

/** What both renderings of a cart say. */
function cartFacts(context: RenderContext) {
  const { cart, figures, customer, money, channel } = context
  return {
    id: cart.cart.id,
    customerId: customer?.integerId ?? 0,
    email: emailOf(context),
    isTaxIncluded: channel.policy.tax.display === 'gross',
    baseAmount: money(figures.baseAmount),
    discountAmount: money(figures.discountAmount),
    manualDiscount: money(figures.manualDiscount),
    cartAmount: money(shown(cart.totals.items, figures.display)),
    createdTime: isoTime(cart.cart.createdAt),
    updatedTime: isoTime(cart.cart.updatedAt),
    locale: cart.cart.locale.replace('_', '-'),
    version: cart.cart.version,
  }
}

/** Members that the cart has in both server-to-server APIs. */
function serverCartHead(context: RenderContext) {
  const { cart, settings } = context
  const facts = cartFacts(context)
  return {
    id: facts.id,
    customer_id: facts.customerId,
    channel_id: settings.channelId,
    email: facts.email,
    currency: { code: cart.currency },
    tax_included: facts.isTaxIncluded,
    base_amount: facts.baseAmount,
    discount_amount: facts.discountAmount,
    manual_discount_amount: facts.manualDiscount,
    cart_amount: facts.cartAmount,
  }
}

function serverCartTail(context: RenderContext) {
  const { figures, money } = context
  const facts = cartFacts(context)
  return {
    coupons: serverCoupons(context),
    discounts: figures.lines.map(({ line, totalDiscount }) => ({
      id: line.item.id,
      discounted_amount: money(totalDiscount),
    })),
    line_items: serverLineItems(context),
    created_time: facts.createdTime,
    updated_time: facts.updatedTime,
    locale: facts.locale,
    version: facts.version,
  }
}

/** A cart as `/carts` of the server-to-server API shows it. Source: dialects/bigcommerce.md 4.1. */
export function serverCart(context: RenderContext) {
  return {
    ...serverCartHead(context),
    ...serverCartTail(context),
    ...(context.include.has('promotions.banners') ? { promotions: { banners: [] } } : {}),
  }
}

/** The cart inside a server-to-server checkout: its amount without and with tax too. Source: dialects/bigcommerce.md 4.2. */
export function serverCheckoutCart(context: RenderContext) {
  const { cart, money } = context
  return {
    ...serverCartHead(context),
    cart_amount_inc_tax: money(cart.totals.items.gross),
    cart_amount_ex_tax: money(cart.totals.items.net),
    ...serverCartTail(context),
  }
}

/** A cart as the storefront shows it. Source: dialects/bigcommerce.md 4.3. */
export function storefrontCart(context: RenderContext) {
  const { figures, money, cart } = context
  const facts = cartFacts(context)
  return {
    id: facts.id,
    customerId: facts.customerId,
    email: facts.email,
    currency: storefrontCurrency(cart.currency),
    isTaxIncluded: facts.isTaxIncluded,
    baseAmount: facts.baseAmount,
    discountAmount: facts.discountAmount,
    manualDiscountAmount: facts.manualDiscount,
    cartAmount: facts.cartAmount,
    coupons: storefrontCoupons(context),
    discounts: figures.lines.map(({ line, totalDiscount }) => ({
      id: line.item.id,
      discountedAmount: money(totalDiscount),
    })),
    lineItems: storefrontLineItems(context),
    createdTime: facts.createdTime,
    updatedTime: facts.updatedTime,
    locale: facts.locale,
    version: facts.version,
    companyId: null,
    companyName: null,
    ...(context.include.has('promotions.banners') ? { promotions: { banners: [] } } : {}),
  }
}

/** A currency with what a page needs to write amounts. */
export function storefrontCurrency(code: CurrencyCode) {
  return { name: currencyName(code), code, symbol: moneyFormat(code, 'en').symbol, decimalPlaces: minorDigits(code) }
}
