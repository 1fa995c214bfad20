import type { Consignment } from '../../../core/cart/cart.js'
import type { Customer } from '../../../core/customers/customer.js'
import { sumOf } from '../../../core/money.js'
import type { Order } from '../../../core/orders/order.js'
import { readOutInteger } from '../../../core/orders/order-number.js'
import type { Payment } from '../../../core/payments/payment.js'
import type { PickupPoint } from '../../../core/pricing/facts.js'
import type { PricedConsignment } from '../../../core/pricing/priced-cart.js'
import { giftCardsAlone, storeCreditIn } from '../../../core/pricing/store-credit.js'
import type { OrderView } from '../../../operations/operations.js'
import { integerOf } from '../ids.js'
import { toInteger } from '../money.js'
import { markIn, notesOf } from '../order-notes.js'
import { isComplete, statusIdOf, statusKey } from '../order-status.js'
import { addressFacts, storefrontAddress } from './address.js'
import { storefrontCurrency } from './cart.js'
import { discountTotals, feesOf, taxesOf } from './checkout.js'
import { addressOf, comparisonCost, comparisonCosts, shippingAsShown, shippingBeforeDiscount } from './consignment.js'
import { absoluteUrl, type RenderContext, renderContext } from './context.js'
import { storefrontCoupons } from './coupon.js'
import { type LineFigures, shown } from './figures.js'
import { discountId, ofKind, optionsOf, wrappingMembers } from './line.js'

/** Everything that the rendering of an order looks at: its frozen cart, and what was paid. */
export interface OrderContext extends RenderContext {
  readonly order: Order
  readonly payments: readonly Payment[]
  /** What people read out, and every path of this dialect takes. */
  readonly orderId: number
  readonly statusId: number
  /** Of today; only where one was chosen. */
  readonly pickupPoints: readonly PickupPoint[]
}

export function orderContext(
  { order, payments, channel }: OrderView,
  more: {
    readonly customer: Customer | undefined
    readonly baseUrl: string
    readonly include: ReadonlySet<string>
    readonly pickupPoints?: readonly PickupPoint[]
  },
): OrderContext {
  const { pickupPoints = [], ...rest } = more
  const context = renderContext({ cart: order.snapshot, channel, ...rest })
  const statusId = statusIdOf(order, payments, markIn(order))
  return { ...context, order, payments, orderId: readOutInteger(order), statusId, pickupPoints }
}

/** Integer id of a line of an order: the order's own integer, and the line's place in it. */
export function orderLineId({ order }: Pick<OrderContext, 'order'>, { line }: LineFigures): number {
  return order.integerId * linesPerOrder + line.item.sequence
}

/** Above `limits.linesPerCart`, sequences of removed lines included. Ours. */
const linesPerOrder = 10_000

/** Integer id of the place where a consignment went. */
export function orderAddressId({ order }: Pick<OrderContext, 'order'>, { sequence }: Pick<Consignment, 'sequence'>) {
  return order.integerId * linesPerOrder + sequence
}

/** An order as the storefront shows it. Source: dialects/bigcommerce.md 4.4. */
export function storefrontOrder(context: OrderContext) {
  const { order, cart, figures, money, customer, settings, statusId, include } = context
  const { totals } = cart
  const hasDigitalItems = ofKind(figures.lines, 'digital').length > 0
  return {
    orderId: context.orderId,
    cartId: order.cartId,
    currency: storefrontCurrency(order.currency),
    isTaxIncluded: figures.isTaxIncluded,
    baseAmount: money(figures.baseAmount),
    discountAmount: money(figures.discountAmount),
    orderAmount: money(order.grandTotal),
    orderAmountAsInteger: toInteger(order.grandTotal),
    shippingCostTotal: money(shown(totals.shippingAmount, figures.display)),
    shippingCostBeforeDiscount: money(shippingBeforeDiscount(context)),
    comparisonShippingCost: money(comparisonCosts(context)),
    handlingCostTotal: 0,
    giftWrappingCostTotal: money(shown(figures.wrapping, figures.display)),
    coupons: storefrontCoupons(context),
    lineItems: {
      physicalItems: ofKind(figures.lines, 'physical').map(line => storefrontOrderLine(line, context)),
      digitalItems: ofKind(figures.lines, 'digital').map(line => storefrontOrderLine(line, context)),
      giftCertificates: ofKind(figures.lines, 'gift_certificate').map(line => orderCertificate(line, context)),
      customItems: ofKind(figures.lines, 'custom').map(line => orderCustom(line, context)),
    },
    customerId: customer?.integerId ?? 0,
    billingAddress: storefrontAddress(cart.cart.billingAddress),
    status: statusKey(statusId),
    customerCanBeCreated: customer === undefined,
    hasDigitalItems,
    isDownloadable: hasDigitalItems && isComplete(order, statusId),
    isComplete: isComplete(order, statusId),
    customerMessage: notesOf(order).customerMessage,
    taxes: taxesOf(context),
    taxTotal: money(totals.tax),
    ...discountTotals(context),
    productAutoDiscountedSubtotal: money(sumOf(figures.lines.map(line => line.extendedSalePrice))),
    productBasedAutoDiscountTotal: money(figures.productDiscount),
    channelId: settings.channelId,
    fees: feesOf(cart).map(fee => ({
      id: fee.id,
      type: 'custom_fee',
      customerDisplayName: fee.displayName,
      cost: money(shown(fee.amount, figures.display)),
      source: cart.cart.fees.find(one => one.id === fee.id)?.source ?? '',
    })),
    consignments: {
      shipping: cart.consignments.filter(one => one.items.length > 0).map(one => shippingConsignment(one, context)),
    },
    ...(include.has('payments') ? { payments: storefrontPayments(context) } : {}),
  }
}

function storefrontOrderLine(figures: LineFigures, context: OrderContext) {
  const { line } = figures
  const { money, baseUrl, settings } = context
  const isPhysical = figures.kind === 'physical'
  return {
    id: orderLineId(context, figures),
    productId: line.variant?.productId ?? 0,
    variantId: line.variant?.variantId ?? 0,
    name: line.item.customData?.name ?? line.name,
    sku: line.item.sku,
    url: absoluteUrl(baseUrl, line.variant?.url),
    imageUrl: absoluteUrl(baseUrl, line.variant?.imageUrl),
    brand: line.variant?.brand ?? '',
    quantity: line.quantity,
    isTaxable: line.variant !== undefined && !settings.untaxedClasses.includes(line.variant.taxClass),
    discounts: figures.discounts.map(one => ({ id: discountId(one), discountedAmount: money(one.amount) })),
    discountAmount: money(figures.productDiscount),
    couponAmount: money(figures.couponDiscount),
    listPrice: money(figures.listPrice),
    salePrice: money(figures.salePrice),
    extendedListPrice: money(figures.extendedListPrice),
    extendedSalePrice: money(figures.extendedSalePrice),
    comparisonPrice: money(figures.comparisonPrice),
    extendedComparisonPrice: money(figures.extendedComparisonPrice),
    isShippingRequired: isPhysical,
    type: isPhysical ? 'physical' : 'digital',
    addedByPromotion: line.item.giftOf !== undefined,
    giftWrapping: figures.wrapping === undefined ? null : wrappingMembers(figures.wrapping, context),
    parentId: null,
    options: optionsOf(figures),
    socialMedia: [],
    categories: [],
    ...(isPhysical ? {} : { downloadFileUrls: [], downloadPageUrl: '', downloadSize: '' }),
  }
}

function orderCertificate(figures: LineFigures, context: OrderContext) {
  const { origin } = figures.line.item
  const id = orderLineId(context, figures)
  if (origin.kind !== 'gift_certificate') return { id, type: 'giftCertificate' }
  const { name, theme = 'General', amount, sender, recipient, message = '' } = origin
  return {
    id,
    name,
    theme,
    amount: context.money(amount),
    taxable: false,
    sender,
    recipient,
    message,
    type: 'giftCertificate',
  }
}

function orderCustom(figures: LineFigures, context: OrderContext) {
  const { line } = figures
  return {
    id: orderLineId(context, figures),
    sku: line.item.sku,
    name: line.name,
    quantity: line.quantity,
    listPrice: context.money(figures.listPrice),
    extendedListPrice: context.money(figures.extendedListPrice),
    imageUrl: absoluteUrl(context.baseUrl, line.item.customData?.imageUrl),
  }
}

function shippingConsignment(priced: PricedConsignment, context: OrderContext) {
  const { order, money, figures, cart } = context
  const { consignment, items, selected, amount } = priced
  const facts = addressFacts(addressOf(consignment))
  const lines = figures.lines.filter(({ line }) => items.some(item => item.lineItemId === line.item.id))
  return {
    lineItems: lines.map(line => ({ id: orderLineId(context, line) })),
    shippingAddressId: orderAddressId(context, consignment),
    firstName: facts.firstName,
    lastName: facts.lastName,
    company: facts.company,
    address1: facts.address1,
    address2: facts.address2,
    city: facts.city,
    stateOrProvince: facts.stateOrProvince,
    postalCode: facts.postalCode,
    country: facts.country,
    countryCode: facts.countryCode,
    email: facts.email || (cart.cart.buyer.email ?? ''),
    phone: facts.phone,
    itemsTotal: items.reduce((sum, item) => sum + item.quantity, 0),
    itemsShipped: shippedOf(order, priced),
    shippingMethod: selected?.name ?? '',
    baseCost: money(priced.price),
    costExTax: money(amount.net),
    costIncTax: money(amount.gross),
    costTax: money(amount.tax),
    costTaxClassId: 2,
    shippingCostBeforeDiscount: money(shippingAsShown(priced.price, priced, context)),
    comparisonShippingCost: money(comparisonCost(priced, context)),
    baseHandlingCost: 0,
    handlingCostExTax: 0,
    handlingCostIncTax: 0,
    handlingCostTax: 0,
    handlingCostTaxClassId: 2,
    shippingZoneId: integerOf('zone', facts.countryCode) % 100_000,
    shippingZoneName: facts.country,
    customFields: facts.customFields.map(({ fieldId, fieldValue }) => ({ name: fieldId, value: fieldValue })),
    discounts: [],
  }
}

/** Pieces of the consignment's lines that were sent already. */
export function shippedOf({ fulfillments }: Order, { items }: PricedConsignment): number {
  const sent = fulfillments.flatMap(fulfillment => fulfillment.items)
  const own = sent.filter(({ lineItemId }) => items.some(item => item.lineItemId === lineItemId))
  return own.reduce((sum, item) => sum + item.quantity, 0)
}

/** What paid, or shall pay: gift certificates first, then store credit, then attempts that did not fail. */
export function storefrontPayments({ order, cart, payments, money }: OrderContext) {
  const certificates = giftCardsAlone(cart)
    .filter(card => card.used > 0n)
    .map(card => ({
      providerId: 'giftcertificate',
      gatewayId: null,
      methodId: null,
      description: 'Gift Certificate',
      amount: money(card.used),
      detail: { code: card.code, remaining: money(card.remaining) },
      mandate: null,
    }))
  const credit = storeCreditIn(cart)
  const storeCredit =
    credit === undefined || credit.used === 0n
      ? []
      : [
          {
            providerId: 'storecredit',
            gatewayId: null,
            methodId: null,
            description: 'Store Credit',
            amount: money(credit.used),
            detail: { remaining: money(credit.remaining) },
            mandate: null,
          },
        ]
  const others = payments
    .filter(payment => payment.state !== 'failed' && payment.state !== 'voided')
    .map(payment => {
      const method = order.snapshot.payments.find(each => each.method.id === payment.method)?.method
      return {
        providerId: payment.method,
        gatewayId: null,
        methodId: null,
        description: method?.name ?? methodName(payment),
        amount: money(payment.amount),
        detail: {
          step: payment.state === 'captured' ? 'FINALIZE' : 'INITIALIZE',
          instructions: method?.instructions ?? '',
        },
        mandate: null,
      }
    })
  return [...certificates, ...storeCredit, ...others]
}

/** The method as shoppers know it. */
export function methodName({ display, method }: Payment): string {
  return typeof display.methodName === 'string' ? display.methodName : method
}
