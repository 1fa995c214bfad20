import { createHash } from 'node:crypto'
import type { Minor } from '../../../core/money.js'
import { sumOf } from '../../../core/money.js'
import type { Order } from '../../../core/orders/order.js'
import { giftCardsAlone, storeCreditIn } from '../../../core/pricing/store-credit.js'
import { toInteger } from '../money.js'
import { isComplete, statusKey } from '../order-status.js'
import { taxesOf } from './checkout.js'
import { shippingBeforeDiscount } from './consignment.js'
import { absoluteUrl, type RenderContext } from './context.js'
import { appliedCoupons, storefrontCoupons } from './coupon.js'
import { type LineFigures, shown } from './figures.js'
import { ofKind, optionsOf } from './line.js'
import { type OrderContext, orderLineId } from './order.js'

const kinds: Readonly<Record<LineFigures['kind'], string>> = {
  physical: 'ItemPhysicalEntity',
  digital: 'ItemDigitalEntity',
  gift_certificate: 'ItemGiftCertificateEntity',
  custom: 'ItemCustomEntity',
}

/**
 * An order as the platform's client gets it when it submits one: the older object that its payment requests are made of.
 * Source: dialects/bigcommerce.md 3.7.6.
 */
export function internalOrder(context: OrderContext) {
  const { order, cart, figures, baseUrl, money, orderId: id, statusId } = context
  const both = (amount: Minor) => ({ amount: money(amount), integerAmount: toInteger(amount) })
  const shipping = shown(cart.totals.shippingAmount, figures.display)
  const before = shippingBeforeDiscount(context)
  const hasDigitalItems = ofKind(figures.lines, 'digital').length > 0
  const couponDiscount = sumOf(appliedCoupons(context).map(coupon => coupon.amount))
  return {
    orderId: id,
    id,
    token: orderToken(order),
    status: `ORDER_STATUS_${statusKey(statusId)}`,
    payment: paymentOf(context),
    isComplete: isComplete(order, statusId),
    isDownloadable: hasDigitalItems && isComplete(order, statusId),
    hasDigitalItems,
    customerCreated: false,
    customerCanBeCreated: context.customer === undefined,
    callbackUrl: `${baseUrl}/internalapi/v1/checkout/order/${id.toString()}/payment`,
    currency: order.currency,
    items: items(context),
    subtotal: both(shown(figures.subtotal, figures.display)),
    coupon: { discountedAmount: money(couponDiscount), coupons: storefrontCoupons(context) },
    discount: both(figures.discountAmount),
    discountNotifications: [],
    giftCertificate: giftCertificates(context),
    shipping: {
      ...both(shipping),
      amountBeforeDiscount: money(before),
      integerAmountBeforeDiscount: toInteger(before),
      required: cart.consignments.length > 0,
    },
    storeCredit: { amount: money(storeCreditIn(cart)?.used ?? 0n) },
    taxSubtotal: both(cart.totals.tax),
    taxes: taxesOf(context),
    taxTotal: both(cart.totals.tax),
    handling: both(0n),
    grandTotal: both(order.grandTotal),
    socialData: {},
  }
}

function items(context: OrderContext) {
  const { money, baseUrl } = context
  return context.figures.lines.map(figures => {
    const { line, extendedSalePrice: amount } = figures
    const discount = figures.couponDiscount + figures.orderDiscount + figures.manualDiscount
    return {
      id: orderLineId(context, figures),
      type: kinds[figures.kind],
      name: line.name,
      imageUrl: absoluteUrl(baseUrl, line.variant?.imageUrl),
      quantity: line.quantity,
      amount: money(amount),
      discount: money(discount),
      amountAfterDiscount: money(amount - discount),
      tax: money(line.total.tax),
      attributes: optionsOf(figures).map(({ name, value }) => ({ name, value })),
      integerAmount: toInteger(amount),
      integerDiscount: toInteger(discount),
      integerAmountAfterDiscount: toInteger(amount - discount),
      integerTax: toInteger(line.total.tax),
    }
  })
}

/** Empty while nobody said how to pay, as before a card's data arrive. */
function paymentOf({ order, payments }: OrderContext) {
  const [chosen] = order.snapshot.payments
  if (chosen === undefined) return {}
  const isTaken = payments.some(({ method, state }) => method === chosen.method.id && state === 'captured')
  return {
    id: chosen.method.id,
    gateway: null,
    status: isTaken ? 'PAYMENT_STATUS_FINALIZE' : 'PAYMENT_STATUS_INITIALIZE',
    helpText: chosen.method.instructions ?? '',
  }
}

function giftCertificates({ cart, money }: RenderContext) {
  const used = giftCardsAlone(cart).filter(card => card.used > 0n)
  const applied = used.map(card => [
    card.code,
    {
      code: card.code,
      discountedAmount: money(card.used),
      remainingBalance: money(card.remaining),
      giftCertificate: { balance: money(card.balance), code: card.code, purchaseDate: '' },
    },
  ])
  return {
    totalDiscountedAmount: money(sumOf(used.map(card => card.used))),
    appliedGiftCertificates: applied.length === 0 ? {} : Object.fromEntries(applied),
  }
}

/** A secret of the order that its buyer gets: 32 hexadecimal digits. */
function orderToken({ id, accessToken }: Pick<Order, 'id' | 'accessToken'>): string {
  return createHash('sha256').update(`order ${id} ${accessToken}`).digest('hex').slice(0, 32)
}
