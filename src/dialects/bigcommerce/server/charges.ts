import { z } from 'zod'
import type { ChargeChanges } from '../../../core/cart/charges.js'
import type { CurrencyCode } from '../../../core/money.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { readBody, version } from '../body.js'
import { priceSchema, readPrice } from '../money.js'
import { respondProblem, type ServerRequest, serverEndpoint, sinceOf } from '../server-request.js'
import { changeCheckout, currencyOfCheckout, modifiesCheckouts } from './checkouts.js'

const feeMembers = {
  type: z.literal('custom_fee'),
  name: z.string().min(1).max(50),
  display_name: z.string().min(1).max(200),
  cost: priceSchema,
  source: z.string().min(1).max(50),
  tax_class_id: z.int().nullish(),
}
const newFees = z.object({ fees: z.array(z.object(feeMembers)).min(1, 'must not be empty'), version })
const changedFees = z.object({
  fees: z.array(z.object({ ...feeMembers, id: z.string() })).min(1, 'must not be empty'),
  version,
})
type SentFee = z.output<typeof newFees>['fees'][number]

/** POST /checkouts/:checkoutId/fees: 200 with the checkout. 422 beyond what the channel allows. */
export const postFees = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, newFees)
  if (!body.ok) return respondProblem(body.error)
  const currency = await currencyOfCheckout(request, operations)
  if (!currency.ok) return respondProblem(currency.error)
  const addFees = body.value.fees.map(fee => feeOf(fee, currency.value))
  const mostFees = request.settings.feesPerCheckout
  return changed(request, operations, { addFees, mostFees }, body.value.version)
})

/** PUT /checkouts/:checkoutId/fees: each replaces the fee of its id as a whole. 200; 422 for an unknown id. */
export const putFees = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, changedFees)
  if (!body.ok) return respondProblem(body.error)
  const currency = await currencyOfCheckout(request, operations)
  if (!currency.ok) return respondProblem(currency.error)
  const replaceFees = body.value.fees.map(fee => ({ ...feeOf(fee, currency.value), id: fee.id }))
  return changed(request, operations, { replaceFees }, body.value.version)
})

const feeIds = z.object({ ids: z.array(z.string()).min(1, 'must not be empty'), version })

/** DELETE /checkouts/:checkoutId/fees: 200; 422 for an unknown id. */
export const deleteFees = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, feeIds)
  if (!body.ok) return respondProblem(body.error)
  return changed(request, operations, { removeFees: body.value.ids }, body.value.version)
})

const discount = z.object({ discounted_amount: priceSchema })
const discounts = z.object({
  cart: z.object({
    discounts: z.array(discount).nullish(),
    line_items: z.array(z.object({ id: z.string(), discounted_amount: priceSchema })).nullish(),
  }),
  version,
})

/**
 * POST /checkouts/:checkoutId/discounts: discounts by hand, instead of those that there are; on the order they are spread over
 * the lines. 200; 422 on a line that is reduced already. Not covered: automatic promotions stay and come first.
 */
export const postDiscounts = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const body = readBody(request.wire, discounts)
  if (!body.ok) return respondProblem(body.error)
  const currency = await currencyOfCheckout(request, operations)
  if (!currency.ok) return respondProblem(currency.error)
  const amountOf = (value: number | string) => readPrice(value, currency.value)
  const name = 'manual-discount'
  const ofOrder = (body.value.cart.discounts ?? []).map(one => ({ name, amount: amountOf(one.discounted_amount) }))
  const ofLines = (body.value.cart.line_items ?? []).map(one => ({
    name,
    amount: amountOf(one.discounted_amount),
    lineItemId: one.id,
  }))
  return changed(request, operations, { discounts: [...ofLines, ...ofOrder] }, body.value.version)
})

function feeOf(fee: SentFee, currency: CurrencyCode) {
  return {
    name: fee.name,
    displayName: fee.display_name,
    amount: readPrice(fee.cost, currency),
    source: fee.source,
    ...(typeof fee.tax_class_id === 'number' ? { taxClass: fee.tax_class_id.toString() } : {}),
  }
}

function changed(
  request: ServerRequest,
  operations: Operations,
  changes: ChargeChanges,
  sent: number | null | undefined,
): Promise<WireResponse> {
  return changeCheckout(request, operations, cart =>
    operations.changeCharges(request.caller, { cart, changes, ...sinceOf(sent) }),
  )
}
