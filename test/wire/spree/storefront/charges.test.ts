import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../../../src/core/assert.js'
import { demoToken } from '../../bigcommerce/management.js'
import { goods, importEntries } from '../../vtex/more-goods.js'
import { callBack, cardOf, fillIn, sendPayments, transact } from '../../vtex/purchase.js'
import { clientOf, demoKey } from '../../vtex/shop.js'
import { addresses, admin, describeShop, type Shopper } from '../shop.js'

/** The channel of the demo store, where wrapping is sold and taxed as clothes are; `gross`: in its price. */
function wrappingChannel(gross: boolean): Readonly<Record<string, unknown>> {
  const { channels } = JSON.parse(readFileSync('demo/store.json', 'utf8'))
  const channel = channels.find(({ id }: { readonly id: string }) => id === 'us-spree')
  const paper = (integerId: number, amount: string) => ({
    ...{ integerId, name: 'Paper', taxClass: 'Clothing', prices: { USD: amount } },
  })
  return {
    kind: 'channel',
    ...channel,
    policy: gross ? { preset: 'netPerLine', tax: { entry: 'gross', display: 'gross' } } : 'netPerLine',
    priceMode: gross ? 'gross' : 'net',
    wrappings: [paper(1, '2.10'), paper(2, '4.20')],
  }
}

interface WireAdjustment {
  readonly id: number
  readonly amount: string
  readonly label: string
  readonly source_type: string | null
}

describeShop('what other APIs charge', shop => {
  const cartOf = async ({ number }: Shopper) =>
    present((await shop.server().storage.carts.read({ number })).cart, 'an order that was begun is a cart')
  const backend = async (path: string, body: object, method = 'POST') => {
    const headers = { 'x-auth-token': demoToken, 'content-type': 'application/json', accept: 'application/json' }
    const answer = await shop.server().request(method, `/stores/demo/v3${path}`, { headers, body })
    expect([answer.status, answer.status < 300 ? '' : answer.text]).toEqual([answer.status, ''])
  }

  describe('wrapping that is taxed (GET /api/orders/:number)', () => {
    const wrapped = async () => {
      const shopper = await shop.newOrder([
        { variant_id: 1, quantity: 3 },
        { variant_id: 2, quantity: 1 },
      ])
      await shop.put(shopper)
      await shop.put(shopper, addresses)
      const { id, lineItems } = await cartOf(shopper)
      for (const line of lineItems) {
        const line_item = { quantity: line.quantity, gift_wrapping: { wrap_together: true, wrap_details: [{ id: 1 }] } }
        await backend(`/carts/${id}/items/${line.id}`, { line_item }, 'PUT')
      }
      return shop.read(shopper)
    }
    const ofOrder = ({ adjustments }: { readonly adjustments: readonly WireAdjustment[] }) => {
      expect(new Set(adjustments.map(({ id }) => id)).size).toBe(adjustments.length)
      return adjustments.map(({ source_type, label, amount }) => [source_type, label, amount])
    }

    it('has its tax among the adjustments, each entry with an id of its own, so that they add up', async () => {
      await importEntries(shop.server(), [wrappingChannel(false)])
      const order = await wrapped()
      expect(ofOrder(order)).toEqual([
        [null, 'Paper', '6.3'],
        [null, 'Paper', '2.1'],
        ['Spree::TaxRate', 'North America 5.0%', '0.32'],
        ['Spree::TaxRate', 'North America 5.0%', '0.11'],
      ])
      const lineTaxes = order.line_items.map(
        ({ adjustments: [tax] }: { adjustments: readonly WireAdjustment[] }) => tax,
      )
      expect(lineTaxes.map((tax: WireAdjustment) => tax.amount)).toEqual(['2.4', '1.15'])
      expect([order.adjustment_total, order.additional_tax_total]).toEqual(['12.38', '3.98'])
    })

    it('says that the price contains it where it does', async () => {
      const prices = { 'ROR-00011': '15.99', 'ROR-10012': '22.99' }
      const gross = Object.entries(prices).map(([sku, amount]) => ({ kind: 'price', sku, channel: 'us-spree', amount }))
      await importEntries(shop.server(), [wrappingChannel(true), ...gross])
      const order = await wrapped()
      const label = 'North America 5.0% (Included in Price)'
      expect(ofOrder(order)).toEqual([
        [null, 'Paper', '6.3'],
        [null, 'Paper', '2.1'],
        ['Spree::TaxRate', label, '0.3'],
        ['Spree::TaxRate', label, '0.1'],
      ])
      expect([order.adjustment_total, order.additional_tax_total]).toEqual(['8.4', '0.0'])
    })
  })

  it('goods by measure cost per piece what is in it, so that lines add up to the item total', async () => {
    const measured = { prices: { 'us-spree': '10.00' }, unitMultiplier: '0.375', measurementUnit: 'kg' }
    const policy = { preset: 'netPerLine', lineAmount: 'unit_multiplier' }
    await importEntries(shop.server(), [
      { ...wrappingChannel(false), policy },
      { ...goods(2201, '0.00'), ...measured },
    ])
    const order = await shop.read(await shop.newOrder([{ variant_id: 2201, quantity: 2 }]))
    expect(order).toMatchObject({ item_total: '7.5', line_items: [{ price: '3.75', quantity: 2, total: '7.5' }] })
  })

  it('a coupon that is refused leaves the cart as it was (PUT /api/orders/:number/apply_coupon_code)', async () => {
    const shopper = await shop.walkTo('confirm')
    const before = await cartOf(shopper)
    await backend(`/checkouts/${before.id}/fees`, {
      fees: [{ type: 'custom_fee', name: 'fee', display_name: 'Fee', cost: 3, source: 'app' }],
    })
    const { version, payments } = await cartOf(shopper)
    const path = `/api/orders/${shopper.number}/apply_coupon_code?coupon_code=nothing`
    expect((await shop.send('PUT', path, { token: shopper.token })).status).toBe(422)
    expect(await cartOf(shopper)).toMatchObject({ version, payments })
  })

  describe('interest of installments (PUT /api/orders/:number/payments/:payment/credit)', () => {
    beforeAll(async () => {
      const { channels } = JSON.parse(readFileSync('demo/store.json', 'utf8'))
      const br = channels.find(({ id }: { readonly id: string }) => id === 'br')
      const visa = br.paymentMethods.find(({ id }: { readonly id: string }) => id === '2')
      const installments = [{ count: 3, interestRate: '2' }]
      await importEntries(shop.server(), [{ kind: 'payment_method', channel: 'br', ...visa, installments }])
    })

    it('is owed: what an order lacks nothing of gives nothing back of itself', async () => {
      const client = clientOf(shop.server)
      const id = await client.begin([{ id: '19', quantity: 2 }])
      const value = await fillIn(client, id, { system: 2, installments: 3 })
      expect(value).toBeGreaterThan(8_700)
      const interestValue = value - 8_700
      const placed = await transact(client, id, value, { referenceValue: 8_700, interestValue })
      const sale = {
        ...{ transactionId: String(placed.json.id), orderGroup: String(placed.json.orderGroup), value },
      }
      const sent = { paymentSystem: 2, installments: 3, referenceValue: 8_700, fields: cardOf('4111111111111111') }
      expect((await sendPayments(client, sale, sent)).status).toBe(201)
      expect((await callBack(client, sale.orderGroup, demoKey)).status).toBe(204)
      const number = encodeURIComponent(sale.orderGroup)
      const [payment] = (await shop.send('GET', `/api/orders/${number}`, { key: admin })).json.payments
      const act = (what: string) =>
        shop.send('PUT', `/api/orders/${number}/payments/${payment.id}/${what}`, { key: admin })
      expect((await act('capture')).json).toMatchObject({ state: 'completed' })
      expect((await act('credit')).status).toBe(200)
      const order = (await shop.send('GET', `/api/orders/${number}`, { key: admin })).json
      expect([order.payment_state, Number(order.payment_total)]).toEqual(['paid', value / 100])
    })
  })
})
