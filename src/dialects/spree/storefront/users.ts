import { isEmail } from '../../../core/cart/address-rules.js'
import type { Customer } from '../../../core/customers/customer.js'
import { ok, type Result } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { addressErrors, readAddress } from '../address-fields.js'
import { endApiKey, issueApiKey } from '../auth.js'
import {
  type FieldErrors,
  respondException,
  respondInvalid,
  respondJson,
  respondNotFound,
  respondNothing,
  texts,
} from '../errors.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { integerText, isTree, type Tree, textOf } from '../params.js'
import { renderCard } from '../render/payment.js'
import { renderDefaultAddresses, renderUser } from '../render/user.js'
import { endpoint, refused, type SpreeRequest } from '../request.js'
import { storedCards } from '../stored-cards.js'

/** Shortest password. The platform's log-in extension asks for as many characters. */
const shortestPassword = 6

/** POST /api/users: 201 with a new user; 422 for what is wrong. Source: dialects/spree.md 3.15. */
export const postUser = endpoint('open', async (request, operations) => {
  const { user } = request.tree
  if (!isTree(user) || Object.keys(user).length === 0) {
    return respondException('param is missing or the value is empty: user')
  }
  const email = textOf(user.email) ?? ''
  const password = typeof user.password === 'string' ? user.password : ''
  const errors = registrationErrors(user, email, password)
  if (Object.keys(errors).length > 0) return respondInvalid(errors)
  const made = await operations.registerCustomer(request.caller, {
    email,
    password,
    isConfirmed: true,
    referencePrefix: `${request.channel.id}--`,
  })
  if (made.ok) return respondJson(201, renderUser(made.value))
  return made.error.code === 'invalid_input' && made.error.field === 'email'
    ? respondInvalid({ email: [texts.isInvalid] })
    : refused(request, made.error)
})

function registrationErrors(user: Tree, email: string, password: string): FieldErrors {
  const confirmation = user.password_confirmation
  return {
    ...(email === '' ? { email: [texts.blank] } : isEmail(email) ? {} : { email: [texts.isInvalid] }),
    ...(password === ''
      ? { password: [texts.blank] }
      : password.length < shortestPassword
        ? { password: [`is too short (minimum is ${shortestPassword} characters)`] }
        : {}),
    ...(confirmation === undefined || confirmation === password
      ? {}
      : { password_confirmation: ["doesn't match Password"] }),
  }
}

/** GET /api/users/:id: one's own record, or any for an administrator; 404 for another's. */
export const getUser = endpoint('open', async (request, operations) => {
  const user = await readUser(request, operations)
  return user.ok ? respondJson(200, renderUser(user.value)) : user.error
})

/** PUT /api/users/:id: e-mail address and default addresses; 200, 404, 422. */
export const putUser = endpoint('open', async (request, operations) => {
  const found = await readUser(request, operations)
  if (!found.ok) return found.error
  const { user } = request.tree
  if (!isTree(user) || Object.keys(user).length === 0) {
    return respondException('param is missing or the value is empty: user')
  }
  const email = textOf(user.email)
  if (email !== undefined && !isEmail(email)) return respondInvalid({ email: [texts.isInvalid] })
  const addresses = readAddresses(request, user)
  if (!addresses.ok) return respondInvalid(addresses.error)
  const { id } = found.value
  if (email !== undefined && email !== found.value.email) {
    const changed = await operations.updateCustomer(request.caller, { id, changes: { email } })
    if (!changed.ok) return refused(request, changed.error)
  }
  for (const { role, address } of addresses.value) {
    const isDefault = { isDefaultBilling: role === 'bill', isDefaultShipping: role === 'ship' }
    const { id: _new, ...parts } = address
    const added = await operations.addAddress(request.caller, { customerId: id, address: { ...parts, ...isDefault } })
    if (!added.ok) return refused(request, added.error)
  }
  const after = await operations.readCustomer(request.caller, { id })
  return after.ok ? respondJson(200, renderUser(after.value)) : refused(request, after.error)
})

/**
 * GET /api/users/:id/credit_cards: the cards that a gateway keeps of the user's orders, in pages; 404 for another's. Nobody
 * else sees them, administrators included.
 */
export const getCreditCards = endpoint('open', async (request, operations) => {
  const user = await readUser(request, operations)
  if (!user.ok) return user.error
  const cards = user.value.id === request.customerId ? await storedCards(request, operations) : []
  const page = pageOf(request)
  const rows = pageFrom(cards, page).flatMap(({ payment }) => renderCard(payment) ?? [])
  return respondJson(200, { credit_cards: rows, ...envelope(rows.length, cards.length, page) })
})

/**
 * POST /login: 200 with the user, an API key and the default addresses; 422 for wrong credentials. Of the platform's
 * log-in extension. Source: dialects/spree.md 2.4.
 */
export const postLogin = endpoint('always_open', async (request, operations) => {
  const user = isTree(request.tree.spree_user) ? request.tree.spree_user : {}
  const signed = await operations.signIn({
    email: textOf(user.email) ?? '',
    password: typeof user.password === 'string' ? user.password : '',
    clientAddress: request.wire.clientAddress,
  })
  if (!signed.ok) return refused(request, signed.error)
  const customer = signed.value
  const key = await issueApiKey(customer, operations)
  return respondJson(200, {
    user: { id: customer.integerId, email: customer.email, spree_api_key: key },
    ...renderDefaultAddresses(customer),
  })
})

/** GET /logout: 204. The key that a log-in gave is good no longer; one that the store gave out stays. */
export const getLogout = endpoint('always_open', async ({ wire, tree }, operations) => {
  await endApiKey(wire, tree, operations)
  return respondNothing()
})

async function readUser(request: SpreeRequest, operations: Operations): Promise<Result<Customer, WireResponse>> {
  const integerId = integerText(request.params.id)
  const isSomebody = request.customerId !== undefined || request.isAdmin
  if (integerId === undefined || !isSomebody) return { ok: false, error: respondNotFound() }
  const customer = await operations.readCustomer(request.caller, { integerId })
  return customer.ok ? customer : { ok: false, error: respondNotFound() }
}

function readAddresses({ settings }: SpreeRequest, user: Tree) {
  const roles = ['bill', 'ship'] as const
  const read = roles.flatMap(role => {
    const sent = user[`${role}_address_attributes`] ?? user[`${role}_address`]
    return isTree(sent) && Object.keys(sent).length > 0 ? [{ role, address: readAddress(sent) }] : []
  })
  const errors: FieldErrors = Object.assign(
    {},
    ...read.map(({ role, address }) => addressErrors(address, settings.rules.address, `${role}_address.`)),
  )
  return Object.keys(errors).length > 0 ? { ok: false as const, error: errors } : ok(read)
}
