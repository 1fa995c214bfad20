import { expect, it } from 'vitest'
import { address, check, creditCard, describeShop, type Shop, type Shopper } from '../shop.js'

const summary = `id number item_total total ship_total state adjustment_total user_id created_at updated_at completed_at
  payment_total shipment_state payment_state email special_instructions channel included_tax_total additional_tax_total
  display_included_tax_total display_additional_tax_total tax_total currency considered_risky canceler_id
  display_item_total total_quantity display_total display_ship_total display_tax_total display_adjustment_total token
  guest_token checkout_steps`.split(/\s+/)
const nested = 'bill_address ship_address line_items payments shipments adjustments credit_cards permissions'.split(' ')

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

async function atPayment(shop: Shop): Promise<Shopper> {
  return shop.walkTo('payment', [{ variant_id: 1, quantity: 2 }])
}

describeShop('the form of an order', shop => {
  it('has every member in its place, and the choices of its state', async () => {
    const shopper = await shop.newOrder([{ variant_id: 1, quantity: 2 }])
    expect(Object.keys(await shop.read(shopper))).toEqual([...summary, ...nested])
    const payment = await atPayment(shop)
    expect(Object.keys(await shop.read(payment))).toEqual([...summary, 'payment_methods', ...nested])
    const delivery = await shop.walkTo('delivery')
    expect(Object.keys(await shop.read(delivery))).toEqual([...summary, 'shipping_methods', ...nested])
  })

  it('is that of the documented example in state payment', async () => {
    const shopper = await atPayment(shop)
    const order = await shop.read(shopper)
    const place = { id: 236, iso_name: 'UNITED STATES', iso: 'US', iso3: 'USA', name: 'United States', numcode: 840 }
    const rendered = {
      id: expect.any(Number),
      firstname: address.firstname,
      lastname: address.lastname,
      full_name: 'Ann Lee',
      address1: '1 Road',
      address2: null,
      city: 'Albany',
      zipcode: '12207',
      phone: '5550100',
      company: null,
      alternative_phone: null,
      country_id: 236,
      state_id: expect.any(Number),
      state_name: null,
      state_text: 'NY',
      country: place,
      state: { id: expect.any(Number), name: 'New York', abbr: 'NY', country_id: 236 },
    }
    expect(order).toEqual({
      ...order,
      number: shopper.number,
      token: shopper.token,
      guest_token: shopper.token,
      item_total: '31.98',
      total: '38.58',
      ship_total: '5.0',
      adjustment_total: '1.6',
      additional_tax_total: '1.6',
      included_tax_total: '0.0',
      tax_total: '1.6',
      display_total: '$38.58',
      state: 'payment',
      currency: 'USD',
      channel: 'spree',
      checkout_steps: ['address', 'delivery', 'payment', 'complete'],
      created_at: time,
      bill_address: rendered,
      ship_address: rendered,
      payment_methods: [
        { id: creditCard, name: 'Credit Card', method_type: 'gateway', environment: 'production', description: null },
        { id: check, name: 'Check', method_type: 'check', environment: 'production', description: null },
      ],
      payments: [],
      adjustments: [],
      credit_cards: [],
      permissions: { can_update: true },
    })
  })

  it('shows lines with their variant and taxes, shipments with their rates', async () => {
    const { line_items: lines, shipments } = await shop.read(await atPayment(shop))
    expect(lines[0]).toMatchObject({
      price: '15.99',
      display_amount: '$31.98',
      total: '33.58',
      variant: { sku: 'ROR-00011', price: '15.99' },
    })
    expect(Object.keys(lines[0])).toEqual(
      'id quantity price variant_id single_display_amount display_amount display_total total variant adjustments'.split(
        ' ',
      ),
    )
    expect(lines[0].adjustments).toEqual([
      {
        id: expect.any(Number),
        source_type: 'Spree::TaxRate',
        source_id: 31,
        adjustable_type: 'Spree::LineItem',
        adjustable_id: 1,
        originator_type: 'Spree::TaxRate',
        originator_id: 31,
        amount: '1.6',
        display_amount: '$1.60',
        label: 'North America 5.0%',
        mandatory: false,
        locked: false,
        eligible: true,
        created_at: time,
        updated_at: time,
      },
    ])
    expect(Object.keys(shipments[0])).toEqual(
      `id tracking number cost shipped_at state order_id stock_location_name shipping_rates selected_shipping_rate
        shipping_methods manifest adjustments`.split(/\s+/),
    )
    expect(shipments[0]).toMatchObject({
      state: 'pending',
      cost: '5.0',
      stock_location_name: 'default',
      selected_shipping_rate: { name: 'UPS Ground', cost: '5.0', selected: true, display_cost: '$5.00' },
      shipping_methods: [
        { name: 'UPS Ground', zones: [{ name: 'North America' }], shipping_categories: [{ id: 1, name: 'Default' }] },
        { name: 'UPS Two Day' },
        { name: 'UPS One Day' },
      ],
      manifest: [{ variant_id: 1, quantity: 2, states: { on_hand: 2 } }],
    })
    expect(shipments[0].manifest[0]).not.toHaveProperty('variant')
  })
})
