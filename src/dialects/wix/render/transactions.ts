import type { Order } from '../../../core/orders/order.js'
import type { Payment, PaymentState } from '../../../core/payments/payment.js'
import type { OrderView } from '../../../operations/operations.js'
import { compact } from '../address.js'
import { derivedGuid } from '../ids.js'
import { guidOf } from '../tokens.js'
import type { JsonObject } from '../validation.js'
import { obfuscated } from './discounts.js'
import type { LineFace } from './line-item.js'
import { orderFaceOf } from './order.js'
import { renderOrderPrice } from './order-money.js'

/** Payment statuses on the wire; `manual` ones that are merely promised wait for the merchant. Source: 4.10. */
const statuses: Readonly<Record<PaymentState, string>> = {
  created: 'PENDING',
  unknown: 'PENDING',
  requires_action: 'PENDING',
  pending: 'PENDING',
  authorized: 'AUTHORIZED',
  captured: 'APPROVED',
  voided: 'VOIDED',
  failed: 'DECLINED',
  partially_refunded: 'PARTIALLY_REFUNDED',
  refunded: 'REFUNDED',
  refund_due: 'CANCELED',
}

/** Payments and refunds of an order, gift cards among the payments. Source: dialects/wix.md 3.15, 4.10. */
export function renderTransactions({ order, payments, channel }: OrderView, baseUrl: string): JsonObject {
  const face = orderFaceOf(order, channel, baseUrl)
  return {
    orderId: order.id,
    payments: [...payments.map(payment => renderPayment(payment, face)), ...renderGiftCardPayments(order, face)],
    refunds: payments.flatMap(payment => renderRefunds(payment, face)),
  }
}

function isOffline({ provider }: Payment): boolean {
  return provider === 'manual'
}

function statusOf(payment: Payment): string {
  return isOffline(payment) && payment.state === 'authorized' ? 'PENDING_MERCHANT' : statuses[payment.state]
}

function renderPayment(payment: Payment, face: LineFace): JsonObject {
  const { display } = payment
  const name = typeof display.methodName === 'string' ? display.methodName : payment.method
  const status = statusOf(payment)
  const lastFourDigits = display.lastFour ?? display.lastDigits
  return {
    id: guidOf(payment.id),
    createdDate: payment.createdAt,
    updatedDate: payment.updatedAt,
    amount: renderOrderPrice(payment.captured > 0n ? payment.captured : payment.amount, face),
    refundDisabled: payment.captured <= payment.refunded,
    status,
    regularPaymentDetails: compact({
      paymentOrderId: payment.id,
      gatewayTransactionId: payment.gatewayReference?.slice(0, 100),
      paymentMethod: name,
      paymentMethodName: { siteLanguageName: name, buyerLanguageName: name },
      offlinePayment: isOffline(payment),
      status,
      savedPaymentMethod: false,
      creditCardDetails:
        lastFourDigits === undefined ? undefined : compact({ lastFourDigits, brand: display.brand ?? display.network }),
      authorizationDetails:
        isOffline(payment) || payment.state !== 'authorized'
          ? undefined
          : { delayedCapture: true, authorizedDate: payment.updatedAt, captures: [] },
    }),
  }
}

/** Each gift card that the order holds is a payment of its own. */
function renderGiftCardPayments(order: Order, face: LineFace): readonly JsonObject[] {
  return order.holds.giftCards.map(({ code, amount }) => ({
    id: derivedGuid('gift-card-payment', `${order.id}/${code.toLowerCase()}`),
    createdDate: order.placedAt,
    updatedDate: order.placedAt,
    amount: renderOrderPrice(amount, face),
    refundDisabled: true,
    status: order.status === 'canceled' ? 'VOIDED' : 'APPROVED',
    giftcardPaymentDetails: {
      giftCardPaymentId: derivedGuid('gift-card-payment', `${order.id}/${code.toLowerCase()}`),
      appId: derivedGuid('app', 'gift-cards'),
      obfuscatedCode: obfuscated(code),
    },
  }))
}

function renderRefunds(payment: Payment, face: LineFace): readonly JsonObject[] {
  const zero = renderOrderPrice(0n, face)
  return (payment.refunds ?? []).map(refund => {
    const amount = renderOrderPrice(refund.amount, face)
    return {
      id: derivedGuid('refund', `${payment.id}/${refund.key}`),
      createdDate: refund.at,
      transactions: [
        { paymentId: guidOf(payment.id), amount, refundStatus: 'SUCCEEDED', externalRefund: isOffline(payment) },
      ],
      details: { items: [], shippingIncluded: false, lineItems: [], additionalFees: [] },
      summary: {
        requestedRefund: amount,
        refunded: amount,
        pendingRefund: zero,
        failedRefundAmount: zero,
        pending: false,
      },
    }
  })
}
