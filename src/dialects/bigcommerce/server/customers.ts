import { z } from 'zod'
import { missingStoreCreditRight } from '../../../core/access/permissions.js'
import { emailKey, type ProfileChanges } from '../../../core/customers/account.js'
import type { Customer } from '../../../core/customers/customer.js'
import type { CurrencyCode } from '../../../core/money.js'
import { isPossibleBalance } from '../../../core/pricing/store-credit.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Answer, Operations } from '../../../operations/operations.js'
import type { Access } from '../auth.js'
import { readBody } from '../body.js'
import { problemOf } from '../errors.js'
import { parseInteger } from '../ids.js'
import { parseAmount } from '../money.js'
import { invalid, type Problem, problems } from '../problem.js'
import { serverCustomer } from '../render/customer.js'
import { respondData } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'

const readsCustomers: Access = { scope: 'store_v2_customers', right: 'read' }
const modifiesCustomers: Access = { scope: 'store_v2_customers', right: 'modify' }

/** Customers of one request, as many as the platform changes at once. */
const atOnce = 10

/**
 * GET /customers?id:in= or ?email:in=: 200 with those of them that exist, with their store credit. 422 without either, and for
 * more than ten. Source: bigcommerce/docs reference/customers.v3.yml; without a list of everybody.
 */
export const getCustomers = serverEndpoint(readsCustomers, async (request, operations) => {
  const keys = keysOf(request.wire.query)
  if (!keys.ok) return respondProblem(keys.error)
  const found: Customer[] = []
  for (const key of keys.value) {
    const read = await operations.readCustomer(request.caller, key)
    if (read.ok) found.push(read.value)
    else if (read.error.code !== 'customer_not_found') return respondProblem(problemOf(read.error))
  }
  const page = { total: found.length, count: found.length, per_page: atOnce, current_page: 1, total_pages: 1 }
  const data = found.map(customer => serverCustomer(customer, request.channel.currency))
  return respondData(data, 200, { pagination: page })
})

type Key = { readonly integerId: number } | { readonly email: string }

function keysOf(query: URLSearchParams): Result<readonly Key[], Problem> {
  const listed = (name: string) =>
    [...new Set((query.get(name) ?? '').split(',').map(text => text.trim()))].filter(Boolean)
  const ids = listed('id:in')
  const emails = listed('email:in')
  if (ids.length === 0 && emails.length === 0) return refuse(invalid({ 'id:in': 'required' }))
  if (ids.length + emails.length > atOnce) return refuse(invalid({ 'id:in': `must be at most ${atOnce.toString()}` }))
  const integers = ids.map(parseInteger)
  if (integers.includes(undefined)) return refuse(invalid({ 'id:in': 'must be numbers' }))
  return ok([...integers.map(id => ({ integerId: id ?? 0 })), ...emails.map(email => ({ email }))])
}

const text = z.string().max(255)
const customerChange = z.object({
  id: z.int().min(1),
  email: z.email().max(254).exactOptional(),
  first_name: text.exactOptional(),
  last_name: text.exactOptional(),
  company: text.exactOptional(),
  phone: text.exactOptional(),
  store_credit_amounts: z
    .array(z.object({ amount: z.union([z.number(), z.string()]) }))
    .max(1)
    .nullish(),
})
type Change = z.output<typeof customerChange>

/**
 * PUT /customers: 200 with the customers as they stand then. `store_credit_amounts` is what a customer has to spend from now
 * on, in the store's currency; it is for tokens that may write payments too. 403, 409 for an e-mail address that is taken, 422
 * for an unknown customer or an amount that is none, before anything changes. Source: bigcommerce/docs
 * reference/customers.v3.yml.
 */
export const putCustomers = serverEndpoint(modifiesCustomers, async (request, operations) => {
  const body = readBody(request.wire, z.array(customerChange).min(1).max(atOnce))
  if (!body.ok) return respondProblem(body.error)
  const plans = await plansOf(request, operations, body.value)
  if (!plans.ok) return respondProblem(plans.error)
  const changed: Customer[] = []
  for (const plan of plans.value) {
    const answer = await carryOut(request, operations, plan)
    if (!answer.ok) return respondProblem(problemOf(answer.error))
    changed.push(answer.value)
  }
  return respondData(changed.map(customer => serverCustomer(customer, request.channel.currency)))
})

interface Plan {
  readonly customer: Customer
  readonly changes: ProfileChanges
  readonly balance?: bigint
}

/** What shall become of each customer; all of them are there, and nothing that can be seen beforehand is in the way. */
async function plansOf(
  request: ServerRequest,
  operations: Operations,
  changes: readonly Change[],
): Promise<Result<readonly Plan[], Problem>> {
  const plans: Plan[] = []
  for (const change of changes) {
    const plan = await planOf(request, operations, change, plans)
    if (!plan.ok) return plan
    plans.push(plan.value)
  }
  return ok(plans)
}

async function planOf(
  { caller, channel }: ServerRequest,
  operations: Operations,
  change: Change,
  before: readonly Plan[],
): Promise<Result<Plan, Problem>> {
  const at = (field: string, what: string) => refuse(invalid({ [`${before.length.toString()}.${field}`]: what }))
  const read = await operations.readCustomer(caller, { integerId: change.id })
  if (!read.ok) return at('id', 'unknown')
  const customer = read.value
  if (before.some(plan => plan.customer.id === customer.id)) return at('id', 'duplicate')
  const balance = balanceOf(change, channel.currency)
  if (balance === 'invalid') return at('store_credit_amounts.0.amount', 'must be an amount, zero or more')
  if (balance !== undefined && missingStoreCreditRight(caller) !== undefined) return refuse(problems.forbidden)
  const plan = { customer, changes: profileOf(change), ...(balance === undefined ? {} : { balance }) }
  const { email } = plan.changes
  if (email === undefined) return ok(plan)
  const isNamedBefore = before.some(({ changes }) => emailKey(changes.email ?? '') === emailKey(email))
  const holder = await operations.readCustomer(caller, { email })
  const isTaken = isNamedBefore || (holder.ok && holder.value.id !== customer.id)
  return isTaken ? refuse(problemOf({ code: 'customer_exists' })) : ok(plan)
}

function balanceOf({ store_credit_amounts }: Change, currency: CurrencyCode): bigint | 'invalid' | undefined {
  const [entry] = store_credit_amounts ?? []
  if (entry === undefined) return undefined
  const balance = parseAmount(entry.amount, currency)
  return balance !== undefined && isPossibleBalance(balance) ? balance : 'invalid'
}

function profileOf({ email, first_name, last_name, company, phone }: Change): ProfileChanges {
  return {
    ...(email === undefined ? {} : { email }),
    ...(first_name === undefined ? {} : { firstName: first_name }),
    ...(last_name === undefined ? {} : { lastName: last_name }),
    ...(company === undefined ? {} : { company }),
    ...(phone === undefined ? {} : { phone }),
  }
}

async function carryOut(
  { caller, channel }: ServerRequest,
  operations: Operations,
  { customer, changes, balance }: Plan,
): Answer<Customer> {
  const { id } = customer
  const known =
    Object.keys(changes).length === 0 ? ok(customer) : await operations.updateCustomer(caller, { id, changes })
  if (!known.ok || balance === undefined) return known
  return operations.changeStoreCredit(caller, { customerId: id, currency: channel.currency, balance })
}
