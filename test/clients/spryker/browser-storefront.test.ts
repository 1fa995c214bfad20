import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'

/**
 * A storefront in a browser sends what `fetch` makes of a string body: `text/plain;charset=UTF-8`. The requests below are
 * those that the Oryx 1.4.0 adapters make, observed on a recording server: same methods, paths, headers and members, in
 * the same order. The adapters themselves may not be a dependency (docs/dialects/spryker.md says how to run them).
 */
let baseUrl = ''

interface Wire {
  readonly status: number
  readonly contentType: string | null
  readonly body: unknown
}

async function send(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: object,
): Promise<Wire> {
  const hasBody = method === 'POST' || method === 'PATCH'
  const type = hasBody ? 'text/plain;charset=UTF-8' : 'application/json'
  const answer = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { 'accept-language': 'en', 'content-type': type, ...headers },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    body: text === '' ? undefined : JSON.parse(text),
  }
}

const resource = (type: string, attributes: object): object => ({ data: { type, attributes } })

const address = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Client',
  address1: 'Example street',
  address2: '7',
  address3: '',
  zipCode: '10115',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '030123456',
  company: '',
}

const choicesPath = '/checkout-data?include=shipments,shipment-methods,payment-methods,carts,guest-carts'

/** What a storefront picks from the included resources, sent back as it came: `id`, `priority` and all. */
function chosenPayment(choices: Wire): object {
  const method = includedOf(choices, 'payment-methods').find(({ attributes }) =>
    String(attributes.paymentMethodName).toLowerCase().includes('invoice'),
  )
  expect(method?.attributes.paymentProviderName, 'storefronts sort by it').toEqual(expect.any(String))
  return { id: method?.id, ...method?.attributes }
}

function includedOf(
  wire: Wire,
  type: string,
): readonly { id: string; attributes: Readonly<Record<string, unknown>> }[] {
  const { included } = wire.body as {
    included?: readonly { type: string; id: string; attributes: Record<string, unknown> }[]
  }
  return (included ?? []).filter(each => each.type === type)
}

function idOf(wire: Wire): string {
  return (wire.body as { data: { id: string } }).data.id
}

function checkoutAttributes(cartId: string, choices: Wire): object {
  return {
    billingAddress: address,
    shippingAddress: address,
    shipment: { idShipmentMethod: 1 },
    idCart: cartId,
    payments: [chosenPayment(choices)],
  }
}

describeOnEachDatabase('a browser storefront', getServer => {
  beforeAll(() => {
    baseUrl = getServer().baseUrl
  })

  it('buys as a guest', async () => {
    // The adapters make identifiers of about a hundred characters.
    const guest = { 'x-anonymous-customer-unique-id': `${'B4KGFL09L68G-'.repeat(7)}LI964C9` }
    expect(await send('GET', '/stores', { 'accept-language': '*' })).toMatchObject({ status: 200 })
    const include = '?include=guest-cart-items,vouchers'
    const cameraLine = resource('guest-cart-items', { sku: '005_30663301', quantity: 1 })
    const begun = await send('POST', `/guest-cart-items${include}`, guest, cameraLine)
    expect(begun).toMatchObject({ status: 201 })
    const cart = `/guest-carts/${idOf(begun)}`
    const quantity = resource('guest-cart-items', { quantity: 2 })
    const changed = await send('PATCH', `${cart}/guest-cart-items/005_30663301${include}`, guest, quantity)
    expect(changed).toMatchObject({ status: 200 })
    expect(includedOf(changed, 'guest-cart-items')).toMatchObject([{ attributes: { quantity: 2 } }])
    const wildcard = { ...guest, 'if-match': '*' }
    const currency = resource('guest-carts', { cartId: idOf(begun), currency: 'EUR' })
    expect(await send('PATCH', `${cart}${include}`, wildcard, currency)).toMatchObject({ status: 200 })
    const choices = await send('POST', choicesPath, guest, resource('checkout-data', { idCart: idOf(begun) }))
    expect(choices).toMatchObject({ status: 200 })
    expect(includedOf(choices, 'shipments').length).toBeGreaterThan(0)
    expect(includedOf(choices, 'shipment-methods')).toContainEqual(expect.objectContaining({ id: '1' }))
    const customer = { salutation: 'Ms', firstName: 'Ada', lastName: 'Client', email: 'browser@polytill.test' }
    const attributes = { customer, ...checkoutAttributes(idOf(begun), choices) }
    const placed = await send('POST', '/checkout?include=orders', guest, resource('checkout', attributes))
    expect(placed).toMatchObject({ status: 201, body: { data: { attributes: { redirectUrl: null } } } })
    // 2 x 70.00 less 10 %; standard delivery is free above 30.00.
    expect(includedOf(placed, 'orders')).toMatchObject([{ attributes: { totals: { grandTotal: 12_600 } } }])
    const left = await send('GET', `/guest-carts${include}`, guest)
    expect(left).toMatchObject({ status: 200, body: { data: [] } })
  })

  it('takes the guest cart along when it logs in at /token, and buys as a customer', async () => {
    const guest = { 'x-anonymous-customer-unique-id': 'browser-storefront-log-in' }
    const line = resource('guest-cart-items', { sku: '136_24425591', quantity: 1 })
    expect(await send('POST', '/guest-cart-items', guest, line)).toMatchObject({ status: 201 })
    const member = await logIn(guest)
    const include = '?include=items,vouchers'
    const carts = await send('GET', `/customers/${member.reference}/carts${include}`, member.headers)
    expect(carts).toMatchObject({ status: 200, body: { data: [{ type: 'carts' }] } })
    const cartId = (carts.body as { data: readonly { id: string }[] }).data[0]?.id ?? ''
    const laptop = resource('items', { sku: '136_24425591', quantity: 1 })
    const filled = await send('POST', `/carts/${cartId}/items${include}`, member.headers, laptop)
    expect(filled).toMatchObject({ status: 201 })
    expect(includedOf(filled, 'items')).toMatchObject([{ attributes: { sku: '136_24425591', quantity: 2 } }])
    const choices = await send('POST', choicesPath, member.headers, resource('checkout-data', { idCart: cartId }))
    const placed = await send(
      'POST',
      '/checkout',
      member.headers,
      resource('checkout', checkoutAttributes(cartId, choices)),
    )
    expect(placed).toMatchObject({ status: 201 })
    const { orderReference } = (placed.body as { data: { attributes: { orderReference: string } } }).data.attributes
    const order = await send('GET', `/orders/${orderReference}`, member.headers)
    // 2 x 332.65 less 10 %.
    expect(order).toMatchObject({ status: 200, body: { data: { attributes: { totals: { grandTotal: 59_877 } } } } })
  })

  it('removes a voucher by an answer without body and content type, which it would try to parse', async () => {
    const guest = { 'x-anonymous-customer-unique-id': 'browser-storefront-voucher' }
    const include = '?include=guest-cart-items,vouchers'
    const line = resource('guest-cart-items', { sku: '005_30663301', quantity: 1 })
    const cart = `/guest-carts/${idOf(await send('POST', `/guest-cart-items${include}`, guest, line))}`
    const added = await send('POST', `${cart}/vouchers${include}`, guest, resource('vouchers', { code: 'ONCE' }))
    expect(added).toMatchObject({ status: 201 })
    expect(includedOf(added, 'vouchers')).toMatchObject([{ attributes: { code: 'ONCE', amount: 500 } }])
    const removed = await send('DELETE', `${cart}/vouchers/ONCE${include}`, guest)
    expect(removed).toEqual({ status: 204, contentType: null, body: undefined })
  })
})

/** The password grant as the adapters send it: a form, an empty client id, and the guest's header. */
async function logIn(
  guest: Readonly<Record<string, string>>,
): Promise<{ headers: Record<string, string>; reference: string }> {
  const answer = await fetch(`${baseUrl}/token`, {
    method: 'POST',
    headers: { ...guest, 'accept-language': '*' },
    body: new URLSearchParams({
      username: 'customer@polytill.test',
      password: 'change123',
      grant_type: 'password',
      client_id: '',
    }),
  })
  expect(answer.status).toBe(200)
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
  const subject: unknown = JSON.parse((payload as { sub: string }).sub)
  return {
    headers: { authorization: `Bearer ${token}` },
    reference: (subject as { customer_reference: string }).customer_reference,
  }
}
