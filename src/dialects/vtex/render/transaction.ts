import type { Order } from '../../../core/orders/order.js'
import { toWire } from '../money.js'
import { transactionIdOf } from '../order-token.js'
import type { RenderContext } from './context.js'
import { renderGiftCards, renderPayment } from './payment-data.js'
import { cartValue } from './totalizers.js'

type Context = Pick<RenderContext, 'settings' | 'baseUrl'>

/** Each payment of a transaction; gift cards are payments too. */
export function renderTransactionPayments(order: Order, { settings }: Pick<Context, 'settings'>) {
  const { snapshot } = order
  const cards = renderGiftCards({ priced: snapshot }).map(card => ({
    paymentSystem: giftCardSystem,
    bin: null,
    accountId: null,
    tokenId: null,
    value: card.value,
    referenceValue: card.value,
    giftCardRedemptionCode: card.redemptionCode,
    giftCardProvider: card.provider,
    giftCardId: card.id,
  }))
  const payments = snapshot.payments.map(payment => {
    const { paymentSystem, bin, accountId, tokenId, value, referenceValue } = renderPayment(payment, { settings })
    return {
      ...{ paymentSystem, bin, accountId, tokenId, value, referenceValue },
      ...{ giftCardRedemptionCode: null, giftCardProvider: null, giftCardId: null },
    }
  })
  return [...payments.filter(({ value }) => value > 0), ...cards]
}

/** Number under which this API lists gift cards among the ways of paying. */
export const giftCardSystem = '16'

/** Where payments go and who may finish the order: both forms that clients know. Source: dialects/vtex.md 3.27. */
export function renderTransaction(order: Order, context: Context) {
  const { settings, baseUrl } = context
  const isPaid = order.amountDue === 0n
  const transactionId = transactionIdOf(order.id)
  const { merchantName } = settings
  const merchantTransactions = isPaid
    ? []
    : [{ id: merchantName, transactionId, merchantName, payments: renderTransactionPayments(order, context) }]
  const transactionData = {
    merchantTransactions,
    receiverUri: isPaid
      ? `${baseUrl}/checkout/orderPlaced?og=${encodeURIComponent(order.number)}`
      : `${baseUrl}/split/${encodeURIComponent(order.number)}/payments`,
    gatewayCallbackTemplatePath: `/checkout/gatewayCallback/${encodeURIComponent(order.number)}/{messageCode}`,
  }
  return { id: isPaid ? 'NO-PAYMENT' : transactionId, orderGroup: order.number, transactionData }
}

/** What the payments of an order add up to, with interest. */
export function transactionValue(order: Order): number {
  return toWire(cartValue(order.snapshot))
}
