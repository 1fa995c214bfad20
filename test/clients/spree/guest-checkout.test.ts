import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../support/test-server.js'

/**
 * Whole guest checkouts in the habits of public clients of this API, by fetch, with nothing but the base URL changed.
 * Source: dialects/spree.md 6.
 */
describe('a guest checkout as public clients do it', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({})
  })
  afterAll(() => server.close())

  const call = async (method: string, path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${server.baseUrl}${path}`, { method, ...init })
    const text = await answer.text()
    const json: ReturnType<typeof JSON.parse> = text === '' ? undefined : JSON.parse(text)
    return { status: answer.status, json }
  }
  const json = { 'content-type': 'application/json' }

  it('with suffixes, the token in the query, and addresses as parameters of a PUT', async () => {
    expect((await call('GET', '/api/v1/orders/current.json')).status).toBe(204)
    const products = await call('GET', '/api/v1/products.json?q[name_cont]=tote')
    const variant = products.json.products[0].master.id
    const made = await call('POST', '/api/v1/orders.json', {
      headers: json,
      body: JSON.stringify({ order: { line_items: { 0: { variant_id: variant, quantity: 1 } } } }),
    })
    expect(made.status).toBe(201)
    const { number, token } = made.json
    const secret = `order_token=${token}`
    const added = await call('POST', `/api/v1/orders/${number}/line_items.json?${secret}`, {
      headers: json,
      body: JSON.stringify({ line_item: { variant_id: variant, quantity: 2 } }),
    })
    expect([added.status, added.json.quantity]).toEqual([201, 3])
    expect(
      (await call('PUT', `/api/v1/checkouts/${number}/next.json?${secret}`, { headers: json, body: '{}' })).json.state,
    ).toBe('address')
    const countries = await call('GET', '/api/v1/countries.json?per_page=300')
    const country = countries.json.countries.find(({ iso }: { iso: string }) => iso === 'US').id
    const { json: places } = await call('GET', `/api/v1/countries/${country}/states.json`)
    const state = places.states.find(({ abbr }: { abbr: string }) => abbr === 'NY').id
    const address = addressQuery(country, state)
    const query = [
      ...address('bill_address_attributes'),
      ...address('ship_address_attributes'),
      'order[email]=ann@example.com',
      secret,
    ]
    const delivery = await call('PUT', `/api/v1/checkouts/${number}.json?${query.join('&')}`, {
      headers: json,
      body: '{}',
    })
    expect([delivery.status, delivery.json.state]).toEqual([200, 'delivery'])
    const [shipment] = delivery.json.shipments
    const oneDay = shipment.shipping_rates[2].id
    const form = new URLSearchParams([
      ['order[shipments_attributes][][id]', String(shipment.id)],
      ['order[shipments_attributes][][selected_shipping_rate_id]', String(oneDay)],
      ['state', 'delivery'],
    ])
    const payment = await call('PUT', `/api/v1/checkouts/${number}.json?${secret}`, { body: form })
    expect([payment.json.state, payment.json.total, payment.json.checkout_steps]).toEqual([
      'payment',
      '65.37',
      ['address', 'delivery', 'payment', 'complete'],
    ])
    const methods = await call('GET', `/api/v1/orders/${number}/payments/new.json?${secret}`)
    const check = methods.json.payment_methods.find(
      ({ method_type: type }: { method_type: string }) => type === 'check',
    )
    const paid = await call('POST', `/api/v1/orders/${number}/payments.json?${secret}`, {
      headers: json,
      body: JSON.stringify({ payment: { payment_method_id: check.id, amount: Number(payment.json.total) } }),
    })
    expect([paid.status, paid.json.amount]).toEqual([201, '65.37'])
    const done = await call('PUT', `/api/v1/checkouts/${number}/next.json?${secret}`)
    expect([done.status, done.json.state, done.json.number]).toEqual([200, 'complete', number])
    expect((await call('GET', `/api/v1/orders/${number}.json?${secret}`)).json.completed_at).toEqual(
      done.json.completed_at,
    )
    expect(server.log.join('\n')).not.toContain(token)
  })

  it('with its own idea of the state on every save, and headers for secrets', async () => {
    const { json: made } = await call('POST', '/api/checkouts')
    const path = `/api/checkouts/${made.number}`
    const headers = { ...json, 'X-Spree-Order-Token': made.token, 'X-Spree-Order-Id': String(made.id) }
    const item = await call('POST', `${path}/line_items`, {
      headers,
      body: JSON.stringify({ line_item: { variant_id: '3', quantity: 1 } }),
    })
    expect(item.json.display_amount).toBe('$13.99')
    const save = async (state: string, order: object, more: object = {}) =>
      (await call('PUT', path, { headers, body: JSON.stringify({ order, state, ...more }) })).json
    expect((await save('cart', {})).state).toBe('address')
    const place = {
      first_name: 'Ann',
      last_name: 'Lee',
      address1: '1 Road',
      city: 'Albany',
      zipcode: '12207',
      phone: '1',
      country_iso: 'US',
      state_name: 'NY',
    }
    const address = { email: 'ann@example.com', bill_address_attributes: place, use_billing: true }
    expect((await save('address', address)).state).toBe('delivery')
    expect((await save('delivery', {})).state).toBe('payment')
    const wrong = await save(
      'payment',
      { payments_attributes: [{ payment_method_id: 1 }] },
      { payment_source: { 1: { number: '1' } } },
    )
    expect(wrong.errors['payments.Credit Card']).toContain('Month is not a number')
    const source = { number: '1', expiry: '01 / 31', verification_value: '123', name: 'Ann Lee' }
    const confirm = await save(
      'payment',
      { payments_attributes: [{ payment_method_id: 1 }] },
      { payment_source: { 1: source } },
    )
    expect(confirm).toMatchObject({
      state: 'confirm',
      payments: [{ source: { month: '1', year: '2031', name: 'Ann Lee' } }],
    })
    expect((await save('confirm', {})).state).toBe('complete')
  })
})

/** An address as parameters of a PUT, under either name. */
function addressQuery(country: number, state: number): (name: string) => readonly string[] {
  const parts = {
    firstname: 'Ann',
    lastname: 'Lee',
    address1: '1 Road',
    city: 'Albany',
    zipcode: '12207',
    phone: '1',
    country_id: country,
    state_id: state,
  }
  return (name: string) =>
    Object.entries(parts).map(([part, value]) => `order[${name}][${part}]=${encodeURIComponent(value)}`)
}
