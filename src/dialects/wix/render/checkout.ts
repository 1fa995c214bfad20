import type { Cart } from '../../../core/cart/cart.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import type { CartView } from '../../../operations/operations.js'
import { compact, renderAddressWithContact } from '../address.js'
import { extrasOf, purchaseFlowIdOf } from '../extras.js'
import type { WixCall } from '../request.js'
import type { JsonObject } from '../validation.js'
import { renderAppliedDiscounts, renderFees, renderGiftCard } from './discounts.js'
import { type LineFace, renderLineItem } from './line-item.js'
import { renderSummaries } from './price-summary.js'
import { calculationProblems, renderCalculationErrors, renderViolations } from './problems.js'
import { renderShippingInfo } from './shipping.js'
import { renderTaxSummary } from './taxes.js'

/** What the answers to a request are rendered with. */
export function faceOf(
  { wire, channel, settings }: Pick<WixCall, 'wire' | 'channel' | 'settings'>,
  cart: Pick<Cart, 'currency' | 'locale'>,
): LineFace {
  return {
    currency: cart.currency,
    locale: (cart.locale || channel.locale).replace('_', '-'),
    baseUrl: wire.baseUrl,
    siteUrl: settings.siteUrl ?? wire.baseUrl,
    catalogAppId: settings.catalogAppId,
  }
}

/** A checkout, with every member that the platform always sends. Source: dialects/wix.md 4.2. */
export function renderCheckout(call: Pick<WixCall, 'wire' | 'channel' | 'settings'>, view: CartView): JsonObject {
  const priced = view.cart
  const { cart } = priced
  const extras = extrasOf(cart)
  const face = faceOf(call, cart)
  const problems = calculationProblems(priced)
  return compact({
    id: cart.id,
    lineItems: priced.lines.map(line => renderLineItem(line, priced, face)),
    billingInfo: renderAddressWithContact(cart.billingAddress),
    shippingInfo: renderShippingInfo(priced, face),
    buyerNote: cart.customerNote,
    buyerInfo: renderBuyer(cart),
    ...renderCurrencies(cart.currency),
    ...renderSummaries(priced, face),
    calculationErrors: renderCalculationErrors(problems),
    giftCard: renderGiftCard(priced, face),
    appliedDiscounts: renderAppliedDiscounts(priced, face),
    customFields: extras.customFields ?? [],
    weightUnit: call.settings.weightUnit,
    taxSummary: renderTaxSummary(priced, face),
    channelType: extras.channelType ?? 'WEB',
    siteLanguage: languageOf(view.channel.locale),
    buyerLanguage: languageOf(cart.locale),
    completed: cart.status === 'closed',
    taxIncludedInPrice: cart.priceMode === 'gross',
    createdBy: extras.createdBy ?? createdBy(cart),
    createdDate: cart.createdAt,
    updatedDate: cart.updatedAt,
    membershipOptions: renderMemberships(extras.selectedMemberships),
    additionalFees: renderFees(priced, face),
    cartId: extras.isCheckoutOnly === true ? extras.cartId : cart.id,
    violations: renderViolations(problems, priced),
    extendedFields: extras.extendedFields,
    purchaseFlowId: purchaseFlowIdOf(cart),
    customSettings: extras.customSettings,
    customContentReference: extras.customContentReference,
    externalReference: extras.externalReference,
    businessLocationId: extras.businessLocationId,
    taxExemptGroupId: extras.taxExemptGroupId,
  })
}

/** Who buys: by the cart's owner. Source: dialects/wix.md 2.3. */
export function renderBuyer(cart: Cart): JsonObject {
  const { owner, buyer } = cart
  return compact({
    visitorId: owner.kind === 'visitor' ? owner.visitorId : undefined,
    memberId: owner.kind === 'member' ? owner.customerId : undefined,
    openAccess: owner.kind === 'open' ? true : undefined,
    contactId: buyer.contactId,
    email: buyer.email,
  })
}

/** A cart that was begun in another dialect was made by whoever owns it. */
function createdBy({ owner }: Cart): JsonObject {
  if (owner.kind === 'member') return { memberId: owner.customerId }
  return owner.kind === 'visitor' ? { visitorId: owner.visitorId } : {}
}

/** One currency throughout: what is shown is what is paid. */
export function renderCurrencies(currency: string): JsonObject {
  return { conversionCurrency: currency, currency, paymentCurrency: currency }
}

/** `en` of `en-US`. */
export function languageOf(locale: string): string {
  return locale.split(/[-_]/)[0] ?? 'en'
}

export function renderMemberships(selected: JsonObject | undefined): JsonObject {
  return compact({ eligibleMemberships: [], invalidMemberships: [], selectedMemberships: selected })
}

/** What a cart costs, before discounts, after them, and the difference; minor units. */
export function cartTotals({ totals }: PricedCart) {
  return { subtotal: totals.subtotal, after: totals.subtotal - totals.itemDiscount, discount: totals.itemDiscount }
}
