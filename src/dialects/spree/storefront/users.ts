import type { Address } from '../../../core/cart/address.js'
import { isEmail } from '../../../core/cart/address-rules.js'
import type { Customer, CustomerAddress } from '../../../core/customers/customer.js'
import type { CheckoutError } from '../../../core/errors.js'
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
import { either, integerText, isTree, type Tree, textOf } from '../params.js'
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
  return {
    ...(email === '' ? { email: [texts.blank] } : isEmail(email) ? {} : { email: [texts.isInvalid] }),
    ...passwordErrors(user, password),
  }
}

function passwordErrors(user: Tree, password: string): FieldErrors {
  const confirmation = user.password_confirmation
  return {
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

/** PUT /api/users/:id: e-mail address, password (a blank one is left as it is) and default addresses; 200, 404, 422. */
export const putUser = endpoint('open', async (request, operations) => {
  const found = await readUser(request, operations)
  if (!found.ok) return found.error
  const { user } = request.tree
  if (!isTree(user) || Object.keys(user).length === 0) {
    return respondException('param is missing or the value is empty: user')
  }
  const email = textOf(user.email)
  if (email !== undefined && !isEmail(email)) return respondInvalid({ email: [texts.isInvalid] })
  const isLeft = user.password === undefined || user.password === null || user.password === ''
  const password = isLeft ? undefined : typeof user.password === 'string' ? user.password : ''
  const errors = password === undefined ? {} : passwordErrors(user, password)
  if (Object.keys(errors).length > 0) return respondInvalid(errors)
  const addresses = readAddresses(request, user, found.value)
  if (!addresses.ok) return respondInvalid(addresses.error)
  const { id } = found.value
  if (email !== undefined && email !== found.value.email) {
    const changed = await operations.updateCustomer(request.caller, { id, changes: { email } })
    if (!changed.ok) return refused(request, changed.error)
  }
  if (password !== undefined) {
    const changed = await operations.changePassword(request.caller, { id, password })
    if (!changed.ok) return refused(request, changed.error)
  }
  for (const entry of addresses.value) {
    const kept = await keepAddress(request, operations, id, entry)
    if (!kept.ok) return refused(request, kept.error)
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

/** An address that a user wants to begin orders with. */
interface DefaultAddress {
  readonly role: 'bill' | 'ship'
  readonly address: Address
  /** The entry of the book that it changes, or that says the same already. */
  readonly entryId: string | undefined
}

/** Puts an address into the book as a default one; one that stands there already is not written a second time. */
async function keepAddress(
  { caller }: SpreeRequest,
  operations: Operations,
  customerId: string,
  { role, address, entryId }: DefaultAddress,
): Promise<Result<unknown, CheckoutError>> {
  const isDefault = role === 'bill' ? { isDefaultBilling: true } : { isDefaultShipping: true }
  const { id: _id, ...parts } = address
  if (entryId !== undefined) {
    const changes = { ...parts, ...isDefault }
    return operations.changeAddress(caller, { customerId, addressId: entryId, changes })
  }
  const entry = { ...parts, isDefaultBilling: false, isDefaultShipping: false, ...isDefault }
  return operations.addAddress(caller, { customerId, address: entry })
}

function readAddresses({ settings }: SpreeRequest, user: Tree, { addresses }: Customer) {
  const roles = ['bill', 'ship'] as const
  const read = roles.flatMap((role): readonly DefaultAddress[] => {
    const sent = either(user, `${role}_address`)
    if (!isTree(sent) || Object.keys(sent).length === 0) return []
    const named = addresses.find(({ integerId }) => integerId === integerText(sent.id))
    const address = readAddress(sent, named === undefined ? undefined : plain(named))
    return [{ role, address, entryId: named?.id ?? addresses.find(entry => isSame(plain(entry), address))?.id }]
  })
  const errors: FieldErrors = Object.assign(
    {},
    ...read.map(({ role, address }) => addressErrors(address, settings.rules.address, `${role}_address.`)),
  )
  return Object.keys(errors).length > 0 ? { ok: false as const, error: errors } : ok(read)
}

/** An entry of the book without what only the book knows. */
function plain(entry: CustomerAddress): Address {
  const { integerId: _integer, isDefaultBilling: _billing, isDefaultShipping: _shipping, ...address } = entry
  return address
}

/** Whether two addresses say the same. */
function isSame(one: Address, other: Address): boolean {
  const parts = ({ id: _id, kind: _kind, ...rest }: Address) => JSON.stringify(Object.entries(rest).sort())
  return parts(one) === parts(other)
}
