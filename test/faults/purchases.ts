import { approvedCard, type GlueAnswer, guestWithCart, type Identity, placeOrder } from '../concurrency/glue-shopper.js'

/** A guest who is about to buy. */
export interface Buyer {
  readonly who: Identity
  readonly cartId: string
}

/** One mug: 12.50, and 4.90 for delivery. */
export const sku = 'MUG-1'

export function newBuyer(baseUrl: string): Promise<Buyer> {
  return guestWithCart(baseUrl, sku)
}

/** A card of the test gateway by its number; see docs/payments.md. */
export function cardOf(cardNumber: string): object {
  return { ...approvedCard, dummyPaymentCreditCard: { ...approvedCard.dummyPaymentCreditCard, cardNumber } }
}

export const cards = {
  approved: '4111111111111111',
  declined: '4000000000000002',
  redirect: '4000000000003220',
  wrongAmount: '4000000000001505',
} as const

export function buy(baseUrl: string, { who, cartId }: Buyer, cardNumber: string): Promise<GlueAnswer> {
  return placeOrder(baseUrl, who, cartId, cardOf(cardNumber))
}

/** An answer, or undefined where the connection ended without one. */
export function orCutOff<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(error => {
    if (error instanceof TypeError) return undefined
    throw error
  })
}
