import type { Order } from '../../../core/orders/order.js'
import type { Payment } from '../../../core/payments/payment.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import { toWire } from '../money.js'
import { transactionIdOf } from '../order-token.js'
import type { VtexSettings } from '../settings.js'
import { groupNameOf, paymentSystemOf, renderPayment } from './payment-data.js'
import { transactionValue } from './transaction.js'

const parts = ['interactions', 'settlements', 'payments', 'refunds', 'cancellations', 'capabilities'] as const

/** A transaction as the gateway shows it to keys. Source: dialects/vtex.md 3.28. */
export function renderGatewayTransaction(order: Order, payments: readonly Payment[], settings: VtexSettings) {
  const id = transactionIdOf(order.id)
  const path = `/api/pvt/transactions/${id}`
  const status = transactionStatusOf(order, payments)
  const isOver = order.status === 'canceled'
  const [authorizedAt] = payments.flatMap(({ state, updatedAt }) => (securedStates.has(state) ? [updatedAt] : []))
  return {
    id,
    transactionId: id,
    referenceKey: String(order.integerId),
    ...Object.fromEntries(parts.map(part => [part, { href: `${path}/${part}` }])),
    timeoutStatus: 0,
    totalRefunds: payments.reduce((sum, { refunded }) => sum + toWire(refunded), 0),
    status,
    value: transactionValue(order),
    receiverUri: null,
    startDate: order.placedAt,
    authorizationToken: null,
    authorizationDate: authorizedAt ?? null,
    commitmentToken: null,
    commitmentDate: status === 'Finished' ? order.updatedAt : null,
    refundingToken: null,
    refundingDate: null,
    cancelationToken: null,
    cancelationDate: isOver ? order.updatedAt : null,
    fields: [
      { name: 'orderId', value: order.number },
      { name: 'salesChannel', value: settings.salesChannel },
    ],
    ipAddress: null,
    sessionId: null,
    macId: null,
    vtexFingerprint: null,
    chargeback: null,
    whiteSignature: null,
    owner: settings.merchantName,
    orderId: order.number,
    userAgent: null,
    acceptHeader: null,
    antifraudTid: null,
    antifraudResponse: null,
    antifraudReference: null,
    antifraudAffiliationId: null,
    channel: settings.merchantName,
    salesChannel: settings.salesChannel,
    urn: null,
    softDescriptor: null,
    markedForRecurrence: false,
    buyer: null,
    shopperInteraction: 'ecommerce',
  }
}

/** One payment of a transaction; nothing of a card but what may be shown. */
export function renderGatewayPayment(order: Order, payment: Payment, settings: VtexSettings) {
  const { selectionId } = payment.display
  const priced = order.snapshot.payments.find(({ selection }) => selection.id === selectionId)
  const figures = priced === undefined ? undefined : renderPayment(priced, { settings })
  const merchant = figures?.merchantSellerPayments[0]
  const { lastFour, brand } = payment.display
  return {
    id: gatewayPaymentIdOf(payment),
    paymentSystem: priced === undefined ? 0 : Number(paymentSystemOf(priced.method)),
    paymentSystemName: priced?.method.name ?? payment.method,
    merchantName: settings.merchantName,
    group: priced === undefined ? null : paymentGroupOf(priced.method),
    userProfileId: null,
    isCustom: false,
    allowInstallments: (priced?.method.installments ?? []).length > 1,
    requiresAuthentication: false,
    allowIssuer: false,
    allowNotification: false,
    isAvailable: true,
    description: null,
    authorizationDate: securedStates.has(payment.state) ? payment.updatedAt : null,
    self: { href: `/api/pvt/transactions/${transactionIdOf(order.id)}/payments/${gatewayPaymentIdOf(payment)}` },
    tid: payment.gatewayReference ?? null,
    nsu: null,
    returnCode: null,
    returnMessage: payment.declineReason ?? null,
    status: paymentStatuses[payment.state],
    connector: payment.provider,
    ConnectorResponses: null,
    connectorResponse: null,
    ShowConnectorResponses: false,
    value: toWire(payment.amount),
    installmentsInterestRate: merchant?.interestRate ?? 0,
    installmentsValue: merchant?.installmentValue ?? toWire(payment.amount),
    referenceValue: figures?.referenceValue ?? toWire(payment.amount),
    installments: figures?.installments ?? 1,
    currencyCode: payment.currency,
    provider: null,
    isBillingAddressDifferent: null,
    isRegexValid: null,
    isLuhnValid: null,
    fields: [
      ...(typeof brand === 'string' ? [{ name: 'brand', value: brand }] : []),
      ...(typeof lastFour === 'string' ? [{ name: 'lastDigits', value: lastFour }] : []),
    ],
    sheets: null,
    originalPaymentId: null,
  }
}

/** `creditCard` and its like: the gateway's name of what orderForms call `creditCardPaymentGroup`. */
export function paymentGroupOf(method: PaymentMethod): string {
  return groupNameOf(method).replace(/PaymentGroup$/, '')
}

/** A payment is known to the gateway's clients by 32 hex digits. */
export function gatewayPaymentIdOf({ id }: Payment): string {
  return id.replaceAll('-', '').toUpperCase()
}

const securedStates: ReadonlySet<Payment['state']> = new Set([
  'authorized',
  'captured',
  'partially_refunded',
  'refunded',
])

const paymentStatuses: Readonly<Record<Payment['state'], string>> = {
  created: 'Started',
  unknown: 'Authorizing',
  requires_action: 'Authorizing',
  pending: 'Authorizing',
  authorized: 'Approved',
  captured: 'Finished',
  partially_refunded: 'Finished',
  refunded: 'Refunded',
  voided: 'Cancelled',
  failed: 'Denied',
  refund_due: 'Cancelled',
}

function transactionStatusOf(order: Order, payments: readonly Payment[]): string {
  if (order.status === 'canceled') return payments.some(({ state }) => state === 'failed') ? 'Denied' : 'Cancelled'
  if (order.status === 'confirmed') {
    return payments.every(({ state }) => state === 'captured' || state === 'refunded') ? 'Finished' : 'Approved'
  }
  return payments.every(({ state }) => state === 'created') ? 'Started' : 'Authorizing'
}
