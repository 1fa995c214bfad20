import type { Customer } from '../../../core/customers/customer.js'
import { type CurrencyCode, type Minor, sumOf } from '../../../core/money.js'
import type { AppliedDiscount, PricedCart, PricedFee } from '../../../core/pricing/priced-cart.js'
import { storeCreditIn } from '../../../core/pricing/store-credit.js'
import { billingAddressId } from '../ids.js'
import { toNumber } from '../money.js'
import { isoTime } from '../time.js'
import { serverAddress, storefrontAddress, storefrontCustomerAddress } from './address.js'
import { emailOf, serverCheckoutCart, storefrontCart } from './cart.js'
import { comparisonCosts, serverConsignments, shippingBeforeDiscount, storefrontConsignments } from './consignment.js'
import type { RenderContext } from './context.js'
import { serverCoupons, serverGiftCertificates, storefrontCoupons, storefrontGiftCertificates } from './coupon.js'
import { shown } from './figures.js'

/** One entry per rate, in the order of the rates; where nothing is taxed, one of nothing. */
export function taxesOf({ cart, money }: Pick<RenderContext, 'cart' | 'money'>) {
  if (cart.taxes.length === 0) return [{ name: 'Tax', amount: 0 }]
  return cart.taxes.map(({ name, amount }) => ({ name, amount: money(amount) }))
}

/** A checkout as the server-to-server API shows it. Source: dialects/bigcommerce.md 4.2. */
export function serverCheckout(context: RenderContext) {
  const { cart, money, figures } = context
  const { totals } = cart
  const billing = cart.cart.billingAddress
  return {
    id: cart.cart.id,
    cart: serverCheckoutCart(context),
    billing_address: billing === undefined ? {} : { id: billingAddressId(cart.cart.id), ...serverAddress(billing) },
    consignments: serverConsignments(context),
    taxes: taxesOf(context),
    coupons: serverCoupons(context),
    gift_certificates: serverGiftCertificates(context),
    fees: feesOf(cart).map(fee => serverFee(fee, context)),
    order_id: null,
    shipping_cost_total_inc_tax: money(totals.shippingAmount.gross),
    shipping_cost_total_ex_tax: money(totals.shippingAmount.net),
    handling_cost_total_inc_tax: 0,
    handling_cost_total_ex_tax: 0,
    tax_total: money(totals.tax),
    subtotal_inc_tax: money(figures.subtotal.gross),
    subtotal_ex_tax: money(figures.subtotal.net),
    grand_total: money(totals.grandTotal),
    outstanding_balance: money(totals.amountDue),
    is_store_credit_applied: storeCreditIn(cart) !== undefined,
    store_credit_used: money(storeCreditIn(cart)?.used ?? 0n),
    created_time: isoTime(cart.cart.createdAt),
    updated_time: isoTime(cart.cart.updatedAt),
    customer_message: cart.cart.customerNote ?? '',
    staff_note: cart.cart.staffNote ?? '',
    ...(context.include.has('promotions.banners') ? { promotions: [{ banners: [] }] } : {}),
    version: cart.cart.version,
  }
}

/** Fees of the whole cart; wrapping stands with its lines. */
export function feesOf({ fees }: Pick<PricedCart, 'fees'>): readonly PricedFee[] {
  return fees.filter(({ kind }) => kind !== 'wrapping')
}

/** What all renderings of a fee say. */
export function feeFacts(fee: PricedFee, { cart }: RenderContext) {
  const entered = cart.cart.fees.find(one => one.id === fee.id)
  return {
    id: fee.id,
    name: fee.name,
    displayName: fee.displayName,
    source: entered?.source ?? '',
    taxClassId: entered?.taxClass === undefined || !/^\d+$/.test(entered.taxClass) ? null : Number(entered.taxClass),
  }
}

function serverFee(fee: PricedFee, context: RenderContext) {
  const facts = feeFacts(fee, context)
  return {
    id: facts.id,
    type: 'custom_fee',
    name: facts.name,
    display_name: facts.displayName,
    cost_inc_tax: context.money(fee.amount.gross),
    cost_ex_tax: context.money(fee.amount.net),
    source: facts.source,
    tax_class_id: facts.taxClassId,
  }
}

function storefrontFee(fee: PricedFee, context: RenderContext) {
  const facts = feeFacts(fee, context)
  return {
    id: facts.id,
    type: 'custom_fee',
    name: facts.name,
    displayName: facts.displayName,
    cost: context.money(shown(fee.amount, context.figures.display)),
    source: facts.source,
    taxClassId: facts.taxClassId,
  }
}

/** A checkout as the storefront shows it. Source: dialects/bigcommerce.md 4.3. */
export function storefrontCheckout(context: RenderContext) {
  const { cart, money, figures, settings, include } = context
  const { totals } = cart
  const billing = cart.cart.billingAddress
  return {
    id: cart.cart.id,
    cart: storefrontCart(context),
    billingAddress:
      billing === undefined ? null : { id: billingAddressId(cart.cart.id), ...storefrontAddress(billing) },
    consignments: storefrontConsignments(context),
    orderId: null,
    shippingCostTotal: money(shown(totals.shippingAmount, figures.display)),
    shippingCostBeforeDiscount: money(shippingBeforeDiscount(context)),
    comparisonShippingCost: money(comparisonCosts(context)),
    handlingCostTotal: 0,
    giftWrappingCostTotal: money(shown(figures.wrapping, figures.display)),
    taxTotal: money(totals.tax),
    taxes: taxesOf(context),
    subtotal: money(shown(figures.subtotal, figures.display)),
    grandTotal: money(totals.grandTotal),
    outstandingBalance: money(totals.amountDue),
    balanceDue: money(totals.amountDue),
    isStoreCreditApplied: storeCreditIn(cart) !== undefined,
    shouldExecuteSpamCheck: false,
    coupons: storefrontCoupons(context),
    giftCertificates: storefrontGiftCertificates(context),
    discounts: [],
    fees: feesOf(cart).map(fee => storefrontFee(fee, context)),
    ...(include.has('promotions') || include.has('promotions.banners') ? { promotions: [] } : {}),
    ...(include.has('payments') ? { payments: [] } : {}),
    customer: storefrontCustomer(context),
    customerMessage: cart.cart.customerNote ?? '',
    channelId: settings.channelId,
    createdTime: isoTime(cart.cart.createdAt),
    updatedTime: isoTime(cart.cart.updatedAt),
    version: cart.cart.version,
    ...discountTotals(context),
  }
}

/**
 * The newer totals of discounts, numbers all. What is displayed leaves out what promotions took off single goods and off
 * shipping: pages show these in their prices. Source: reference/orders.sf.yml.
 */
export function discountTotals({ figures, money, cart }: RenderContext) {
  const order = sumOf(figures.lines.map(line => line.orderDiscount))
  const taken = (which: readonly AppliedDiscount[]) => sumOf(which.map(({ id }) => figures.byDiscount.get(id) ?? 0n))
  const displayed = cart.discounts.filter(({ source, target }) => source !== 'promotion' || target === 'order')
  return {
    displayDiscountTotal: money(taken(displayed)),
    totalDiscount: money(taken(cart.discounts)),
    orderBasedAutoDiscountTotal: money(order),
    manualDiscountTotal: money(figures.manualDiscount),
  }
}

/** The shopper as the storefront's checkout shows them; always sent, since the platform's client fails without it. */
export function storefrontCustomer(context: RenderContext) {
  const { customer, include } = context
  const group = include.has('customer.customerGroup') ? { customerGroup: [] } : {}
  if (customer === undefined) {
    return {
      id: 0,
      isGuest: true,
      email: emailOf(context),
      firstName: '',
      lastName: '',
      fullName: '',
      addresses: [],
      storeCredit: 0,
      shouldEncourageSignIn: false,
      ...group,
    }
  }
  return { ...storefrontAccount(customer, context.cart.currency), ...group }
}

/** An account with its address book, as the storefront shows it to its owner. */
export function storefrontAccount(customer: Customer, currency: CurrencyCode) {
  const { firstName = '', lastName = '' } = customer
  return {
    id: customer.integerId,
    isGuest: false,
    email: customer.email,
    firstName,
    lastName,
    fullName: `${firstName} ${lastName}`.trim(),
    addresses: customer.addresses.map(address => storefrontCustomerAddress(address, customer)),
    storeCredit: toNumber(storeCreditOf(customer, currency), currency),
    shouldEncourageSignIn: false,
  }
}

/** What a customer may spend in that currency, before the purchase at hand. */
export function storeCreditOf({ storeCredit = [] }: Customer, currency: CurrencyCode): Minor {
  return storeCredit.find(account => account.currency === currency)?.amount ?? 0n
}
