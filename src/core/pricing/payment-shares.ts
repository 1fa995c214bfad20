import type { Cart } from '../cart/cart.js'
import type { Minor } from '../money.js'
import { installmentPlan } from '../payments/installments.js'
import { least } from './amounts.js'
import type { Facts, PaymentMethod } from './facts.js'
import type { PricedLine, PricedPayment } from './priced-cart.js'

/** Methods that can pay: nothing due leaves only `free`, else `free` is hidden; gift certificates are not sold on invoice. */
export function payingMethods(
  facts: Facts,
  lines: readonly Pick<PricedLine, 'kind'>[],
  due: Minor,
): readonly PaymentMethod[] {
  const sellsCertificates = lines.some(line => line.kind === 'gift_certificate')
  return facts.paymentMethods
    .filter(method => method.isActive && (method.kind === 'free') === (due === 0n))
    .filter(method => !(sellsCertificates && method.kind === 'invoice'))
    .sort((a, b) => a.position - b.position)
}

/**
 * What each chosen payment covers of the amount due: stated amounts first (none below zero), cut to what is left; the first payment
 * without an amount takes the rest. When nothing is due, any active method is accepted and charged nothing.
 */
export function sharePayments(
  cart: Cart,
  facts: Facts,
  methods: readonly PaymentMethod[],
  due: Minor,
): readonly PricedPayment[] {
  const usable = due === 0n ? facts.paymentMethods.filter(method => method.isActive) : methods
  const known = cart.payments.flatMap(selection => {
    const method = usable.find(one => one.id === selection.method)
    return method === undefined ? [] : [{ selection, method }]
  })
  let left = due
  const stated = known.map(({ selection }) => {
    if (selection.amount === undefined) return undefined
    const amount = selection.amount > 0n ? least(selection.amount, left) : 0n
    left -= amount
    return amount
  })
  return known.map(({ selection, method }, index) => {
    const amount = stated[index] ?? left
    if (stated[index] === undefined) left = 0n
    return { selection, method, amount, interest: interestOf(amount, selection.installments, method) }
  })
}

function interestOf(amount: Minor, count: number | undefined, method: PaymentMethod): Minor {
  const offered = method.installments?.find(one => one.count === count)
  return offered === undefined ? 0n : installmentPlan(amount, offered.count, offered.interestRate).interest
}
