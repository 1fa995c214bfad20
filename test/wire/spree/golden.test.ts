import { expect, it } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { type Sample, type SampleVariant, type SampleZone, sellBy } from './golden-store.js'
import { address, describeShop, type Line } from './shop.js'

// Figures of the rules 5.3 and 5.4 and of the complaints in section 8 of dialects/spree.md, as they come out over HTTP.

type Body = TestAnswer['json']
type Adjusted = { readonly adjustments: readonly Body[] }

const labels = ({ adjustments }: Adjusted) => adjustments.map(({ label, amount }) => [label, amount])
const sold = (id: number, price: string, more: object = {}): SampleVariant => ({
  id,
  sku: `S-${id}`,
  name: `Sample ${id}`,
  price,
  more,
})
const rateOf = (percent: string, name = 'North America') => ({ name, percent })
const vat = (percent: string, name = 'VAT') => ({ name, percent, included: true as const })
const northAmerica = (...rates: SampleZone['rates']): SampleZone => ({
  id: 'north-america',
  name: 'North America',
  areas: ['US', 'CA'],
  rates,
})
const fiveAdded: Sample = { zones: [northAmerica(rateOf('5'))], rates: { Ground: '5.00' } }

const places = {
  US: address,
  DE: { ...address, country_id: undefined, country_iso: 'DE', zipcode: '10115', state_name: 'Berlin' },
  FR: { ...address, country_id: undefined, country_iso: 'FR', zipcode: '75001', state_name: 'Île-de-France' },
  BR: { ...address, country_id: undefined, country_iso: 'BR', zipcode: '22250-040', state_name: 'Rio de Janeiro' },
}

describeShop('figures of the documentation', shop => {
  /** An order in state `delivery`. */
  const delivered = async (sample: Sample, lines: readonly Line[], to: object = address, coupon?: string) => {
    await sellBy(shop.server(), sample)
    const shopper = await shop.newOrder(lines)
    if (coupon !== undefined) {
      const path = `/api/orders/${shopper.number}/apply_coupon_code`
      expect((await shop.send('PUT', path, { token: shopper.token, body: { coupon_code: coupon } })).status).toBe(200)
    }
    await shop.put(shopper)
    return shop.put(shopper, {
      order: { email: 'ann@example.com', bill_address_attributes: to, ship_address_attributes: to },
    })
  }
  const piece = (variant_id: number, quantity = 1): Line => ({ variant_id, quantity })

  it('5 % is added and rounded half up per line: 9.50 bears 0.48, twice 9.50 on two lines 0.96', async () => {
    const sample = { ...fiveAdded, variants: [sold(7101, '9.50'), sold(7102, '9.50')] }
    const one = await delivered(sample, [piece(7101)])
    expect(one).toMatchObject({
      item_total: '9.5',
      additional_tax_total: '0.48',
      included_tax_total: '0.0',
      tax_total: '0.48',
      adjustment_total: '0.48',
      ship_total: '5.0',
      total: '14.98',
      display_total: '$14.98',
      line_items: [{ display_amount: '$9.50', total: '9.98' }],
    })
    expect(labels(one.line_items[0])).toEqual([['North America 5.0%', '0.48']])
    expect((await delivered(sample, [piece(7101), piece(7102)])).additional_tax_total).toBe('0.96')
  })

  it('5 % that the price holds counts in no total', async () => {
    const order = await delivered(
      { zones: [northAmerica(vat('5'))], rates: { Ground: '5.00' }, variants: [sold(7103, '10.50')] },
      [piece(7103)],
    )
    expect(order).toMatchObject({
      item_total: '10.5',
      included_tax_total: '0.5',
      additional_tax_total: '0.0',
      tax_total: '0.5',
      adjustment_total: '0.0',
      total: '15.5',
      display_included_tax_total: '$0.50',
      line_items: [{ price: '10.5', total: '10.5' }],
    })
    expect(labels(order.line_items[0])).toEqual([['VAT 5.0% (Included in Price)', '0.5']])
  })

  it('8.50 and 1.65 at 7 % included are 0.67 together, since each is rounded alone', async () => {
    const order = await delivered(
      {
        zones: [northAmerica(vat('7'))],
        rates: { Ground: '5.00' },
        variants: [sold(7104, '8.50'), sold(7105, '1.65')],
      },
      [piece(7104), piece(7105)],
    )
    expect(order).toMatchObject({ included_tax_total: '0.67', total: '15.15', adjustment_total: '0.0' })
    expect(order.line_items.map(labels)).toEqual([
      [['VAT 7.0% (Included in Price)', '0.56']],
      [['VAT 7.0% (Included in Price)', '0.11']],
    ])
  })

  it('rates of 5, 10 and 15 % that a price holds share one net price', async () => {
    const order = await delivered(
      {
        zones: [northAmerica(vat('5', 'A'), vat('10', 'B'), vat('15', 'C'))],
        rates: { Ground: '5.00' },
        variants: [sold(7106, '13.00')],
      },
      [piece(7106)],
    )
    expect(labels(order.line_items[0])).toEqual([
      ['A 5.0% (Included in Price)', '0.5'],
      ['B 10.0% (Included in Price)', '1.0'],
      ['C 15.0% (Included in Price)', '1.5'],
    ])
    expect(order).toMatchObject({ included_tax_total: '3.0', total: '18.0' })
  })

  it('a price that holds 19 % of the store takes the tax of the zone it goes to', async () => {
    const sample: Sample = {
      prices: 'gross',
      zones: [
        { id: 'store', name: 'Germany', areas: ['DE'], rates: [rateOf('19', 'MwSt')] },
        { id: 'second', name: 'France', areas: ['FR'], rates: [rateOf('20', 'TVA')] },
        { id: 'third', name: 'Abroad', areas: ['US'], rates: [] },
      ],
      rates: { Post: '4.00' },
      shipsTo: ['US', 'DE', 'FR', 'BR'],
      variants: [sold(7107, '11.90')],
    }
    const bought = async (country: keyof typeof places) => {
      const { line_items: lines, ...order } = await delivered(sample, [piece(7107, 2)], places[country])
      return [lines[0].price, order.item_total, order.included_tax_total, order.total, ...labels(lines[0]).flat()]
    }
    const atHome = ['11.9', '23.8', '3.8', '27.8', 'MwSt 19.0% (Included in Price)', '3.8']
    expect(await bought('DE')).toEqual(atHome)
    expect(await bought('FR')).toEqual(['12.0', '24.0', '4.0', '28.0', 'TVA 20.0% (Included in Price)', '4.0'])
    expect(await bought('US')).toEqual(['10.0', '20.0', '0.0', '24.0'])
    // An address in no zone counts as one at home.
    expect(await bought('BR')).toEqual(atHome)
  })

  it('the zone of the state beats that of the country, the smaller one the larger', async () => {
    const sample: Sample = {
      zones: [
        northAmerica(rateOf('2')),
        { id: 'second', name: 'World', areas: ['US', 'CA', 'DE'], rates: [rateOf('1', 'World')] },
        { id: 'third', name: 'New York', areas: ['US-NY'], rates: [rateOf('3', 'State')] },
      ],
      rates: { Ground: '5.00' },
      shipsTo: ['US', 'DE', 'FR'],
      variants: [sold(7108, '100.00')],
    }
    const taxTo = async (to: object) => (await delivered(sample, [piece(7108)], to)).additional_tax_total
    expect(await taxTo(address)).toBe('3.0')
    expect(await taxTo({ ...address, state_name: 'Texas', zipcode: '78701' })).toBe('2.0')
    expect(await taxTo(places.DE)).toBe('1.0')
    expect(await taxTo(places.FR)).toBe('0.0')
  })

  it('10off takes 10 % of each line, and tax is on what is left of it', async () => {
    const order = await delivered({ ...fiveAdded, variants: [] }, [piece(1, 3), piece(2)], address, ' 10OFF ')
    expect(order).toMatchObject({ item_total: '70.96', adjustment_total: '-3.91', total: '72.05' })
    expect(order.line_items.map(labels)).toEqual([
      [
        ['Promotion (10% off)', '-4.8'],
        ['North America 5.0%', '2.16'],
      ],
      [
        ['Promotion (10% off)', '-2.3'],
        ['North America 5.0%', '1.03'],
      ],
    ])
    expect(order.line_items.map(({ total }: Body) => total)).toEqual(['45.33', '21.72'])
    expect(order.adjustments).toEqual([])
  })

  it('a discount of the order leaves the tax as it is', async () => {
    const off = {
      name: 'Ten',
      benefits: [{ kind: 'amount_off_order', amount: { USD: '10.00' } }],
      coupons: code('TENER'),
    }
    const order = await delivered(
      { ...fiveAdded, variants: [sold(7109, '40.00')], promotions: [off] },
      [piece(7109)],
      address,
      'tener',
    )
    expect(order).toMatchObject({ adjustment_total: '-8.0', additional_tax_total: '2.0', total: '37.0' })
    expect(labels(order)).toEqual([['Promotion (Ten)', '-10.0']])
    expect(order.adjustments[0]).toMatchObject({
      adjustable_type: 'Spree::Order',
      adjustable_id: order.id,
      source_type: 'Spree::PromotionAction',
      eligible: true,
    })
    expect(labels(order.line_items[0])).toEqual([['North America 5.0%', '2.0']])
    expect(order.line_items[0].total).toBe('42.0')
  })

  it('of two promotions on one line the better one counts, and the other one is shown', async () => {
    const half = { name: 'Half', benefits: [{ kind: 'percent_off_lines', rate: '50' }], coupons: code('HALF') }
    const order = await delivered(
      { ...fiveAdded, variants: [sold(7110, '20.00')], promotions: [off('Five', 'FIVEOFF'), half] },
      [piece(7110)],
      address,
      'FIVEOFF',
    )
    expect(order).toMatchObject({ adjustment_total: '-4.25', total: '20.75' })
    const path = `/api/orders/${order.number}/apply_coupon_code?coupon_code=half&order_token=${order.token}`
    expect((await shop.send('PUT', path)).status).toBe(200)
    const better = (await shop.send('GET', `/api/orders/${order.number}`, { token: order.token })).json
    expect(better).toMatchObject({ adjustment_total: '-9.5', total: '15.5' })
    const all = [...better.adjustments, ...better.line_items[0].adjustments]
    expect(all.map(({ label, eligible }: Body) => [label, eligible])).toEqual(
      expect.arrayContaining([
        ['Promotion (Half)', true],
        ['Promotion (Five)', false],
      ]),
    )
    const worse = await shop.send('PUT', path.replace('half', '10off'))
    expect([worse.status, worse.json.status_code]).toEqual([422, 'coupon_code_better_exists'])
  })

  it('shipping bears tax by a class of its own, and free shipping takes it off', async () => {
    const free = { name: 'Free', benefits: [{ kind: 'percent_off_shipping', rate: '100' }], coupons: code('NOSHIP') }
    const sample = { ...fiveAdded, shippingTaxClass: 'Clothing', variants: [sold(7111, '10.00')], promotions: [free] }
    const order = await delivered(sample, [piece(7111)])
    expect(order).toMatchObject({ ship_total: '5.0', additional_tax_total: '0.75', total: '15.75' })
    expect(labels(order.shipments[0])).toEqual([['North America 5.0%', '0.25']])
    const freed = await delivered(sample, [piece(7111)], address, 'NOSHIP')
    expect(freed).toMatchObject({ ship_total: '5.0', adjustment_total: '-4.5', total: '10.5' })
    expect(labels(freed.shipments[0])[0]).toEqual(['Promotion (Free)', '-5.0'])
    expect(freed.shipments[0].adjustments[0].adjustable_type).toBe('Spree::Shipment')
  })

  it('rates come by cost, the cheapest selected; goods of two categories go by two shipments', async () => {
    const sample: Sample = {
      ...fiveAdded,
      rates: { Dear: '9.00', Cheap: '3.00', Bulky: '20.00' },
      methodCategories: { Dear: ['Default'], Cheap: ['Default'], Bulky: ['Default', 'Bulky'] },
      variants: [sold(7112, '10.00'), sold(7113, '50.00', { shippingCategory: 'Bulky' })],
    }
    const order = await delivered(sample, [piece(7112, 2), piece(7113)])
    const seen = order.shipments.map((one: Body) => [
      one.manifest.map((unit: Body) => [unit.variant_id, unit.quantity]),
      one.shipping_rates.map(({ name, cost, selected }: Body) => [name, cost, selected]),
    ])
    expect(seen).toEqual([
      [
        [[7112, 2]],
        [
          ['Cheap', '3.0', true],
          ['Dear', '9.0', false],
          ['Bulky', '20.0', false],
        ],
      ],
      [[[7113, 1]], [['Bulky', '20.0', true]]],
    ])
    // Only what every shipment can go by, at what it costs for all of them.
    expect(order.shipping_methods.map(({ name, cost }: Body) => [name, cost])).toEqual([['Bulky', '40.0']])
    expect(order.ship_total).toBe('23.0')
    const put = (method: number) =>
      shop.send('PUT', `/api/checkouts/${order.number}`, {
        token: order.token,
        body: { order: { shipping_method_id: method } },
      })
    const half = await put(2)
    expect([half.status, half.json]).toEqual([
      422,
      { error: 'Invalid resource. Please fix errors and try again.', errors: { shipping_method_id: ['is invalid'] } },
    ])
    expect((await put(3)).json).toMatchObject({ state: 'payment', ship_total: '40.0' })
  })

  it('what costs nothing needs no payment and no confirmation', async () => {
    const sample = { ...fiveAdded, rates: { Ground: '0.00' }, variants: [sold(7114, '0.00')] }
    const order = await delivered(sample, [piece(7114)])
    expect(order).toMatchObject({ total: '0.0', checkout_steps: ['address', 'delivery', 'complete'] })
    const done = await shop.put({ number: order.number, token: order.token })
    expect(done).toMatchObject({ state: 'complete', total: '0.0', payments: [], payment_state: 'paid' })
  })
})

function off(name: string, codeText: string) {
  return { name, benefits: [{ kind: 'amount_off_lines', amount: { USD: '5.00' } }], coupons: code(codeText) }
}

function code(text: string) {
  return [{ code: text, integerId: 1000 + text.length * 7 + text.charCodeAt(0) }]
}
