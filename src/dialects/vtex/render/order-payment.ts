import type { Payment } from '../../../core/payments/payment.js'
import type { PricedPayment } from '../../../core/pricing/priced-cart.js'
import { digestOf } from '../ids.js'
import type { OrderContext } from '../orders/order-context.js'
import { gatewayPaymentIdOf, paymentGroupOf } from './gateway-transaction.js'
import { renderPayment } from './payment-data.js'

/** A payment of an order: by what, in which installments, its card's last digits and its gateway's id. */
export function renderOrderPayment(priced: PricedPayment, context: OrderContext) {
  const { view, settings, isMasked } = context
  const { order, payments } = view
  const { selection, method } = priced
  const sent = payments.find(({ display }) => display.selectionId === selection.id)
  const { merchantSellerPayments: _split, ...figures } = renderPayment(priced, { settings })
  return {
    ...unknownParts,
    ...figures,
    ...cardOf(isMasked ? undefined : sent),
    id: sent === undefined ? paymentIdOf({ order: order.id, selection: selection.id }) : gatewayPaymentIdOf(sent),
    paymentSystemName: method.name,
    firstDigits: figures.bin,
    group: paymentGroupOf(method),
    tid: sent?.gatewayReference ?? null,
    connectorResponses: responsesOf(sent),
  }
}

/** The id of a payment that no gateway knows. */
export function paymentIdOf(of: object): string {
  return digestOf(of).toUpperCase()
}

/** What may be shown of a card; nothing of what pays otherwise. */
function cardOf(sent: Payment | undefined) {
  const { lastFour, expiryMonth, expiryYear } = sent?.display ?? {}
  return {
    lastDigits: typeof lastFour === 'string' ? lastFour : null,
    expireMonth: typeof expiryMonth === 'number' ? String(expiryMonth).padStart(2, '0') : null,
    expireYear: typeof expiryYear === 'number' ? String(expiryYear) : null,
  }
}

/** What the gateway said, once there is something to name it by. */
function responsesOf(sent: Payment | undefined): Readonly<Record<string, string>> {
  if (sent?.gatewayReference === undefined) return {}
  const { gatewayReference, declineReason } = sent
  return { Tid: gatewayReference, ReturnCode: '', Message: declineReason ?? '', authId: '' }
}

/** Never kept here, or never there. */
export const unknownParts = {
  cardHolder: null,
  cardNumber: null,
  cvv2: null,
  url: null,
  giftCardId: null,
  giftCardName: null,
  giftCardCaption: null,
  giftCardProvider: null,
  giftCardAsDiscount: null,
  redemptionCode: null,
  dueDate: null,
  koinUrl: null,
  parentAccountId: null,
  bankIssuedInvoiceIdentificationNumber: null,
  bankIssuedInvoiceIdentificationNumberFormatted: null,
  bankIssuedInvoiceBarCodeNumber: null,
  bankIssuedInvoiceBarCodeType: null,
  billingAddress: null,
  paymentOrigin: null,
}
