import { expect, it } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { type Sample, sellBy } from './golden-store.js'
import { address, card, describeShop, type Shopper } from './shop.js'

// The example of dialects/spree.md 4.9: two canvas bags at 20.00, 5 % added in North America, the second of three flat
// rates, 40.00 + 2.00 + 8.50 = 50.50; walked as the seed walks it, by bare PUTs. Every answer is compared whole. What
// the store makes up (ids, numbers, the token, times) is taken from the first answer that has it and must stay.

const sample: Sample = {
  zones: [
    {
      id: 'north-america',
      name: 'North America',
      areas: ['US', 'CA'],
      rates: [{ name: 'North America', percent: '5' }],
    },
  ],
  rates: { Ground: '5.00', 'Two Day': '8.50', 'One Day': '12.00' },
  variants: [{ id: 7001, sku: 'BAG-1', name: 'Canvas bag', price: '20.00', more: { description: 'A bag.' } }],
}

const id = expect.any(Number)
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
type Body = TestAnswer['json']

const usa = { id: 236, iso_name: 'UNITED STATES', iso: 'US', iso3: 'USA', name: 'United States', numcode: 840 }
const shownAddress = {
  id,
  firstname: 'Ann',
  lastname: 'Lee',
  full_name: 'Ann Lee',
  address1: '1 Road',
  address2: null,
  city: 'Albany',
  zipcode: '12207',
  phone: '5550100',
  company: null,
  alternative_phone: null,
  country_id: 236,
  state_id: id,
  state_name: null,
  state_text: 'NY',
  country: usa,
  state: { id, name: 'New York', abbr: 'NY', country_id: 236 },
}

const bag = {
  id: 7001,
  name: 'Canvas bag',
  sku: 'BAG-1',
  price: '20.0',
  weight: '0.0',
  height: null,
  width: null,
  depth: null,
  is_master: true,
  slug: 'canvas-bag',
  permalink: 'canvas-bag',
  description: 'A bag.',
  track_inventory: true,
  display_price: '$20.00',
  options_text: '',
  in_stock: true,
  is_backorderable: false,
  is_orderable: true,
  total_on_hand: 10,
  is_destroyed: false,
  option_values: [],
  images: [],
  product_id: 7001,
}

const untaxedLine = {
  id: 1,
  quantity: 2,
  price: '20.0',
  variant_id: 7001,
  single_display_amount: '$20.00',
  display_amount: '$40.00',
  display_total: '$40.00',
  total: '40.0',
  variant: bag,
  adjustments: [] as readonly object[],
}

const taxedLine = {
  ...untaxedLine,
  total: '42.0',
  adjustments: [
    {
      id,
      source_type: 'Spree::TaxRate',
      source_id: 100,
      adjustable_type: 'Spree::LineItem',
      adjustable_id: 1,
      originator_type: 'Spree::TaxRate',
      originator_id: 100,
      amount: '2.0',
      display_amount: '$2.00',
      label: 'North America 5.0%',
      mandatory: false,
      locked: false,
      eligible: true,
      created_at: time,
      updated_at: time,
    },
  ],
}

const zones = [{ id, name: 'North America', description: 'United States + Canada' }]
const method = (integer: number, name: string) => ({
  id: integer,
  code: null,
  name,
  zones,
  shipping_categories: [{ id: 1, name: 'Default' }],
})

const rate = (integer: number, name: string, cost: string, shown: string, selected: boolean) => ({
  id,
  name,
  cost,
  selected,
  shipping_method_id: integer,
  shipping_method_code: null,
  display_cost: shown,
})

function shipment(number: string, chosen: 1 | 2) {
  const rates = [
    rate(1, 'Ground', '5.0', '$5.00', chosen === 1),
    rate(2, 'Two Day', '8.5', '$8.50', chosen === 2),
    rate(3, 'One Day', '12.0', '$12.00', false),
  ]
  return {
    id,
    tracking: null,
    number: expect.stringMatching(/^H\d{11}$/),
    cost: chosen === 1 ? '5.0' : '8.5',
    shipped_at: null,
    state: 'pending',
    order_id: number,
    stock_location_name: 'default',
    shipping_rates: rates,
    selected_shipping_rate: rates[chosen - 1],
    shipping_methods: [method(1, 'Ground'), method(2, 'Two Day'), method(3, 'One Day')],
    manifest: [{ variant_id: 7001, quantity: 2, states: { on_hand: 2 } }],
    adjustments: [],
  }
}

/** What was bought keeps the rate that it went by, not those that were offered beside it. */
function bought({ shipping_rates: rates, shipping_methods: methods, ...rest }: ReturnType<typeof shipment>) {
  const shape = { ...shipment(rest.order_id, 2), ...rest }
  return { ...shape, shipping_rates: rates.slice(1, 2), shipping_methods: methods.slice(1, 2) }
}

const paymentMethods = [
  { id: 1, name: 'Credit Card', method_type: 'gateway', environment: 'production', description: 'Test gateway' },
  { id: 2, name: 'Check', method_type: 'check', environment: 'production', description: 'Pay by check.' },
]

const payment = {
  id,
  number: expect.stringMatching(/^P[A-Z0-9]{7}$/),
  source_type: 'Spree::CreditCard',
  source_id: id,
  amount: '50.5',
  display_amount: '$50.50',
  payment_method_id: 1,
  state: 'checkout',
  avs_response: null,
  response_code: null as unknown,
  created_at: time,
  updated_at: time,
  payment_method: { id: 1, name: 'Credit Card', environment: 'production' },
  source: { id, month: '1', year: '2031', cc_type: 'visa', last_digits: '1111', name: 'Ann Lee' },
}

const creditCard = { ...payment.source, gateway_customer_profile_id: null, gateway_payment_profile_id: null }

/** An order that was just created. */
function emptyOrder({ id: integer, number, token }: Body) {
  return {
    id: integer,
    number,
    item_total: '0.0',
    total: '0.0',
    ship_total: '0.0',
    state: 'cart',
    adjustment_total: '0.0',
    user_id: null,
    created_at: time,
    updated_at: time,
    completed_at: null,
    payment_total: '0.0',
    shipment_state: null,
    payment_state: null,
    email: null,
    special_instructions: null,
    channel: 'spree',
    included_tax_total: '0.0',
    additional_tax_total: '0.0',
    display_included_tax_total: '$0.00',
    display_additional_tax_total: '$0.00',
    tax_total: '0.0',
    currency: 'USD',
    considered_risky: false,
    canceler_id: null,
    display_item_total: '$0.00',
    total_quantity: 0,
    display_total: '$0.00',
    display_ship_total: '$0.00',
    display_tax_total: '$0.00',
    display_adjustment_total: '$0.00',
    token,
    guest_token: token,
    checkout_steps: ['address', 'delivery', 'complete'],
    bill_address: null,
    ship_address: null,
    line_items: [],
    payments: [],
    shipments: [],
    adjustments: [],
    credit_cards: [],
    permissions: { can_update: true },
  }
}

const shippingMethods = [
  { id: 1, name: 'Ground', cost: '5.0', zone_id: id, shipping_category_id: 1 },
  { id: 2, name: 'Two Day', cost: '8.5', zone_id: id, shipping_category_id: 1 },
  { id: 3, name: 'One Day', cost: '12.0', zone_id: id, shipping_category_id: 1 },
]

/** The members that change from state to state. */
function samples(made: Body) {
  const filled = {
    ...emptyOrder(made),
    item_total: '40.0',
    total: '40.0',
    display_item_total: '$40.00',
    display_total: '$40.00',
    total_quantity: 2,
    checkout_steps: ['address', 'delivery', 'payment', 'complete'],
    line_items: [untaxedLine],
  }
  const addressed = { ...filled, state: 'address' }
  const taxed = {
    ...addressed,
    email: 'ann@example.com',
    bill_address: shownAddress,
    ship_address: shownAddress,
    adjustment_total: '2.0',
    additional_tax_total: '2.0',
    tax_total: '2.0',
    display_additional_tax_total: '$2.00',
    display_tax_total: '$2.00',
    display_adjustment_total: '$2.00',
    line_items: [taxedLine],
  }
  const delivery = {
    ...taxed,
    state: 'delivery',
    total: '47.0',
    ship_total: '5.0',
    display_total: '$47.00',
    display_ship_total: '$5.00',
    shipping_methods: shippingMethods,
    shipments: [shipment(made.number, 1)],
  }
  const { shipping_methods: _methods, ...beyond } = delivery
  const paying = {
    ...beyond,
    state: 'payment',
    total: '50.5',
    ship_total: '8.5',
    display_total: '$50.50',
    display_ship_total: '$8.50',
    payment_methods: paymentMethods,
    shipments: [shipment(made.number, 2)],
  }
  const confirm = {
    ...paying,
    state: 'confirm',
    checkout_steps: ['address', 'delivery', 'payment', 'confirm', 'complete'],
    payments: [payment],
    credit_cards: [creditCard],
  }
  const { payment_methods: _offered, ...placed } = confirm
  const complete = {
    ...placed,
    state: 'complete',
    completed_at: time,
    shipment_state: 'pending',
    payment_state: 'balance_due',
    payments: [{ ...payment, state: 'pending', response_code: expect.any(String) }],
    // The goods as they were bought: what is left of them now is not part of that.
    line_items: [{ ...taxedLine, variant: { ...bag, total_on_hand: null } }],
    shipments: [bought(shipment(made.number, 2))],
    permissions: { can_update: false },
  }
  return { cart: emptyOrder(made), address: addressed, delivery, payment: paying, confirm, complete }
}

/** The members that only one state has stand behind `checkout_steps`. */
function withoutChoices({ payment_methods: _methods, ...rest }: Body): Body {
  return rest
}

/** Names of members, in order, at every depth; what a matcher stands for is a leaf. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'asymmetricMatch' in value) return null
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return null
  return Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)])
}

describeShop('the walk of the documentation', shop => {
  const send = (method: string, path: string, { token }: Shopper, body?: object) =>
    shop.send(method, path, { token, ...(body === undefined ? {} : { body }) })

  it('answers each of five bare PUTs with the order as that state has it: POST /api/checkouts, PUT /api/checkouts/:number', async () => {
    await sellBy(shop.server(), sample)
    const created = await shop.send('POST', '/api/checkouts')
    const made = created.json
    const shopper = { number: made.number, token: made.token }
    const expected = samples(made)
    expect([created.status, made.number, made.token]).toEqual([
      201,
      expect.stringMatching(/^R\d{9}$/),
      expect.stringMatching(/^\S{22,}$/),
    ])
    expect(made).toEqual(expected.cart)
    const order = `/api/orders/${made.number}`
    const walk = async () => {
      const answer = await send('PUT', `/api/checkouts/${made.number}`, shopper)
      expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
      return answer.json
    }

    await send('POST', `${order}/line_items`, shopper, { line_item: { variant_id: 7001, quantity: 2 } })
    expect(await walk()).toEqual(expected.address)

    const addresses = { email: 'ann@example.com', bill_address: address, ship_address: address }
    expect((await send('PUT', order, shopper, { order: addresses })).json.state).toBe('address')
    const delivery = await walk()
    expect(delivery).toEqual(expected.delivery)

    expect((await send('PUT', `${order}?shipping_method_id=2`, shopper)).json.state).toBe('delivery')
    const paying = await walk()
    expect(paying).toEqual(expected.payment)
    expect(paying.shipments[0].id).toBe(delivery.shipments[0].id)
    expect(paying.bill_address.id).not.toBe(paying.ship_address.id)

    const chosen = await send('POST', `${order}/payments`, shopper, {
      payment: { payment_method_id: 1, amount: paying.total, source_attributes: card },
    })
    const { payment_method: _method, source: _source, ...alone } = payment
    expect([chosen.status, chosen.json]).toEqual([201, alone])
    const confirm = await walk()
    expect(confirm).toEqual(expected.confirm)
    expect(confirm.payments[0].number).toBe(chosen.json.number)

    const done = await walk()
    expect(done).toEqual(expected.complete)
    expect(done.payments[0].number).toBe(chosen.json.number)
    expect(done.shipments[0].number).toBe(delivery.shipments[0].number)
    expect((await send('GET', order, shopper)).json).toEqual(done)
    expect(await walk()).toEqual(done)
    // Members stand in the documented order, at every depth.
    expect(shapeOf(made)).toEqual(shapeOf(expected.cart))
    const { payment_methods: offered, ...atPayment } = expected.payment
    expect(shapeOf(withoutChoices(paying))).toEqual(shapeOf(atPayment))
    expect(shapeOf(paying.payment_methods)).toEqual(shapeOf(offered))
    expect(shapeOf(done)).toEqual(shapeOf(expected.complete))
  })
})
