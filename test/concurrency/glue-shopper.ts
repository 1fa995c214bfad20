import { expect } from 'vitest'

/** One answer of the Spryker dialect, read whole. */
export interface GlueAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: unknown
}

/** Who is asking: a guest by a name of its own choice, or a customer by a token. */
export type Identity = { readonly guest: string } | { readonly token: string }

let requestsSoFar = 0

/** A name that no other guest of this test run has. */
export function newGuest(): { readonly guest: string } {
  requestsSoFar += 1
  return { guest: `concurrent-${process.pid}-${Date.now()}-${requestsSoFar}` }
}

/** Sends one request and reads its answer. */
export async function glue(
  baseUrl: string,
  who: Identity,
  method: string,
  path: string,
  data?: { readonly type: string; readonly attributes: object },
  headers: Readonly<Record<string, string>> = {},
): Promise<GlueAnswer> {
  const identity =
    'guest' in who ? { 'x-anonymous-customer-unique-id': who.guest } : { authorization: `Bearer ${who.token}` }
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { accept: 'application/vnd.api+json', 'content-type': 'application/json', ...identity, ...headers },
    ...(data === undefined ? {} : { body: JSON.stringify({ data }) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** Adds to the guest's cart, which is made where there is none. */
export function addToGuestCart(baseUrl: string, who: Identity, sku: string, quantity = 1): Promise<GlueAnswer> {
  const attributes = { sku, quantity }
  return glue(baseUrl, who, 'POST', '/guest-cart-items?include=guest-cart-items', {
    type: 'guest-cart-items',
    attributes,
  })
}

/** A guest with a cart of one line. */
export async function guestWithCart(
  baseUrl: string,
  sku: string,
  quantity = 1,
): Promise<{ who: Identity; cartId: string }> {
  const who = newGuest()
  const answer = await addToGuestCart(baseUrl, who, sku, quantity)
  expect(answer).toMatchObject({ status: 201 })
  return { who, cartId: idOf(answer) }
}

/** Puts a voucher or a gift card on a guest cart. */
export function addCode(baseUrl: string, who: Identity, cartId: string, code: string): Promise<GlueAnswer> {
  return glue(baseUrl, who, 'POST', `/guest-carts/${cartId}/cart-codes`, { type: 'cart-codes', attributes: { code } })
}

const address = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Parallel',
  address1: 'Example street',
  address2: '7',
  zipCode: '10115',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '030123456',
}

const invoice = { paymentMethodName: 'invoice', paymentProviderName: 'DummyPayment' }

/** A card of the sandbox gateway that is approved. */
export const approvedCard = {
  paymentMethodName: 'credit card',
  paymentProviderName: 'DummyPayment',
  dummyPaymentCreditCard: {
    cardType: 'Visa',
    cardNumber: '4111111111111111',
    nameOnCard: 'Ada Parallel',
    cardExpiresMonth: '12',
    cardExpiresYear: '2034',
    cardSecurityCode: '123',
  },
}

/** Places the order of that cart: standard delivery to Berlin. */
export function placeOrder(
  baseUrl: string,
  who: Identity,
  cartId: string,
  payment: object = invoice,
): Promise<GlueAnswer> {
  const attributes = {
    idCart: cartId,
    customer: { salutation: 'Ms', firstName: 'Ada', lastName: 'Parallel', email: 'parallel@polytill.test' },
    billingAddress: address,
    shippingAddress: address,
    shipment: { idShipmentMethod: 1 },
    payments: [payment],
  }
  return glue(baseUrl, who, 'POST', '/checkout', { type: 'checkout', attributes })
}

/** The id of the one resource of an answer. */
export function idOf(answer: GlueAnswer): string {
  const data = member(answer.body, 'data')
  const id = member(data, 'id')
  if (typeof id !== 'string') throw new Error(`No id in ${JSON.stringify(answer)}`)
  return id
}

/** Quantities by SKU of every line that an answer includes. */
export function quantitiesOf(answer: GlueAnswer): Readonly<Record<string, number>> {
  const included = member(answer.body, 'included')
  const resources = Array.isArray(included) ? included : []
  const quantities: Record<string, number> = {}
  for (const resource of resources) {
    const attributes = member(resource, 'attributes')
    const sku = member(attributes, 'sku')
    const quantity = member(attributes, 'quantity')
    if (typeof sku === 'string' && typeof quantity === 'number') quantities[sku] = (quantities[sku] ?? 0) + quantity
  }
  return quantities
}

/** The reference of a placed order. */
export function orderReferenceOf(answer: GlueAnswer): string {
  const reference = member(member(member(answer.body, 'data'), 'attributes'), 'orderReference')
  if (typeof reference !== 'string') throw new Error(`No order reference in ${JSON.stringify(answer)}`)
  return reference
}

/** Holds that a refusal has this status and one of these codes, in the dialect's own shape and with a text. */
export function expectRefusal(answer: GlueAnswer, status: number, codes: readonly string[]): void {
  expect(answer).toMatchObject({ status, contentType: expect.stringContaining('application/vnd.api+json') })
  const errors = member(answer.body, 'errors')
  expect(Array.isArray(errors) && errors.length > 0, JSON.stringify(answer.body)).toBe(true)
  for (const error of Array.isArray(errors) ? errors : []) {
    expect(error).toMatchObject({ status, code: expect.any(String), detail: expect.stringMatching(/\S/) })
    expect(codes, JSON.stringify(error)).toContain(member(error, 'code'))
  }
}

/** How many answers had each status. */
export function countByStatus(answers: readonly GlueAnswer[]): Readonly<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** A member of something that may be an object. */
export function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? Reflect.get(value, name) : undefined
}
