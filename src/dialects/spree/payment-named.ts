import type { Offers, Operations, PurchaseView } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { respondJson, respondNotFound } from './errors.js'
import { integerText } from './params.js'
import { offersOf, settledPurchase } from './purchase-answer.js'
import { paymentsOf, renderPayment, type WirePayment } from './render/payment.js'
import { refused, type SpreeRequest } from './request.js'

/** A payment with the purchase that it is of. */
export interface FoundPayment {
  readonly view: PurchaseView
  readonly offers: Offers
  readonly payment: WirePayment
}

/** Answers for the payment that the path names, by its number or its id; 404 where there is none. */
export async function withPayment(
  request: SpreeRequest,
  operations: Operations,
  answer: (found: FoundPayment) => Promise<WireResponse>,
): Promise<WireResponse> {
  const read = await settledPurchase(request, operations)
  if (!read.ok) return refused(request, read.error)
  const offers = await offersOf(read.value, operations)
  const { payment: name = '' } = request.params
  const payment = paymentsOf(read.value, offers).find(({ id, number }) => number === name || id === integerText(name))
  return payment === undefined ? respondNotFound() : answer({ view: read.value, offers, payment })
}

/** The payment as it is. */
export function respondPayment({ view, payment }: FoundPayment): WireResponse {
  return respondJson(200, renderPayment(payment, view.cart.currency))
}
