import type { renderOrderPayments } from './order.js'
import { paymentIdOf, unknownParts } from './order-payment.js'
import { giftCardSystem } from './transaction.js'

type Shown = ReturnType<typeof renderOrderPayments>

/** How an order was paid, as order management tells it: as at the checkout, and by its gift cards. */
export function renderOmsPayments({ giftCards, transactions }: Shown) {
  return {
    giftCards,
    transactions: transactions.map(transaction => ({
      ...transaction,
      payments: [
        ...transaction.payments,
        ...giftCards.map(card => renderGiftCardPayment(card, transaction.transactionId)),
      ],
    })),
  }
}

function renderGiftCardPayment(card: Shown['giftCards'][number], transactionId: string) {
  const { redemptionCode, provider, value, id, name } = card
  return {
    ...unknownParts,
    ...{ bin: null, accountId: null, tokenId: null, installments: 1, referenceValue: value, value },
    ...{ expireMonth: null, expireYear: null, lastDigits: null, firstDigits: null, tid: null, connectorResponses: {} },
    id: paymentIdOf({ transactionId, redemptionCode }),
    paymentSystem: giftCardSystem,
    paymentSystemName: 'Vale',
    group: 'giftCard',
    giftCardId: id,
    giftCardName: name,
    giftCardProvider: provider,
    giftCardAsDiscount: false,
    redemptionCode,
  }
}
