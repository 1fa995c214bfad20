import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure, goods, importEntries } from './more-goods.js'
import { fillIn, transact } from './purchase.js'
import { clientOf, demoKey, errorBody, expectError } from './shop.js'

const engraving = {
  name: 'Engraving',
  fields: { text: { maxLength: 5 }, font: { maxLength: 10, values: ['Serif', 'Sans'] } },
}
const card = { name: 'Card', isRequired: true, fields: { text: { maxLength: 9 } } }
const services = [
  {
    name: 'Warranty',
    options: [
      { sku: 'W1', name: 'One year', prices: { br: '10.00' } },
      { sku: 'W2', name: 'Two years', prices: { br: '18.00' } },
    ],
  },
  {
    name: 'Wrapping',
    options: [{ sku: 'GIFT', name: 'Gift wrapping', prices: { br: '2.50' }, attachments: [card] }],
  },
]

interface Item {
  readonly id: string
  readonly quantity: number
  readonly uniqueId: string
  readonly attachments: readonly object[]
}

const quantities = (items: readonly Item[]) => items.map(({ id, quantity }) => [id, quantity])

describeOnEachDatabase('parts of items', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      goods(2001, '50.00', { attachments: [engraving], optionGroups: services, categories: ['Pens'] }),
      goods(2002, '20.00'),
    ]),
  )

  it('POST /api/checkout/pub/orderForm/:orderFormId/items/:itemUniqueId/split makes items of their own', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([
      { id: '2001', quantity: 3 },
      { id: '2002', quantity: 1 },
    ])
    const [whole]: readonly Item[] = (await client.form(id, 'GET', '')).json.items
    const { json } = await client.form(id, 'POST', `/items/${whole?.uniqueId}/split`, [
      { quantity: 1 },
      { quantity: 2 },
    ])
    expect(quantities(json.items)).toEqual([
      ['2001', 1],
      ['2001', 2],
      ['2002', 1],
    ])
    expect(new Set(json.items.map((item: Item) => item.uniqueId)).size).toBe(3)
    expect(json.value).toBe(17_000)
    for (const parts of [[{ quantity: 1 }], [{ quantity: 0 }, { quantity: 2 }], [{}]]) {
      const refused = await client.form(id, 'POST', `/items/${json.items[1].uniqueId}/split`, parts)
      expect([refused.status, refused.json]).toEqual([400, errorBody('CHK0023', 'Invalid quantity for item')])
    }
  })

  it('a split that names nothing is refused', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '2001', quantity: 2 }])
    const unknown = 'A'.repeat(32)
    expectError(await client.form(id, 'POST', `/items/${unknown}/split`, [{ quantity: 1 }]), 'CHK0022')
    expectError(await client.form(id, 'POST', '/items/0/split', [{ quantity: 1 }]), 'CHK0022')
    expectError(await client.form(id, 'POST', `/items/${unknown}/split`, {}), '001')
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/clone adds further items of the SKU', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '2001', quantity: 1 }])
    const { json } = await client.form(id, 'POST', '/items/0/clone', [{ quantity: 2 }, {}])
    expect(quantities(json.items)).toEqual([
      ['2001', 1],
      ['2001', 2],
      ['2001', 1],
    ])
    const refused = await client.form(id, 'POST', '/items/9/clone', [{}])
    expect([refused.status, refused.json]).toEqual([400, errorBody('CHK0041', 'Invalid item index')])
  })

  describe('forms of an item', () => {
    it('POST /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/attachments/:attachmentName splits one piece off', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 3 }])
      const { json } = await client.form(id, 'POST', '/items/0/attachments/Engraving', { content: { text: 'Ana' } })
      expect(json.items).toMatchObject([
        {
          quantity: 1,
          attachments: [{ name: 'Engraving', content: { text: 'Ana' } }],
          attachmentOfferings: [
            {
              name: 'Engraving',
              required: false,
              schema: {
                text: { maximumNumberOfCharacters: 5, domain: [] },
                font: { maximumNumberOfCharacters: 10, domain: ['Serif', 'Sans'] },
              },
            },
          ],
        },
        { quantity: 2, attachments: [] },
      ])
      // further pieces of an engraved item stand beside it, without that
      const more = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 2 }] })
      expect(quantities(more.json.items)).toEqual([
        ['2001', 1],
        ['2001', 2],
        ['2001', 1],
      ])
      const whole = await client.form(id, 'POST', '/items/update', {
        orderItems: [{ index: 0, quantity: 2 }],
        noSplitItem: true,
      })
      expect(whole.json.items[0]).toMatchObject({ quantity: 2, attachments: [{ name: 'Engraving' }] })
      // DELETE /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/attachments/:attachmentName
      const gone = await client.form(id, 'DELETE', '/items/0/attachments/Engraving', { content: { text: 'Ana' } })
      expect(gone.json.items[0].attachments).toEqual([])
      const again = await client.form(id, 'DELETE', '/items/0/attachments/Engraving')
      expectError(again, 'CHK0140')
    })

    it('an item that is there without a form gets a neighbor with it', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 1 }])
      const attachments = [{ name: 'Engraving', content: { text: 'Bo' } }]
      const orderItems = [{ id: '2001', quantity: 1, seller: '1', attachments }]
      const added = await client.form(id, 'PATCH', '/items', { orderItems })
      const same = await client.form(id, 'PATCH', '/items', { orderItems })
      expect(same.json.items).toMatchObject([{ attachments: [] }, { quantity: 1, attachments }])
      expect(same.json.items).toEqual(added.json.items)
    })

    it('an item takes the form and the pieces that it is changed to together', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 1 }])
      await client.form(id, 'POST', '/items/0/attachments/Engraving', { content: { text: 'Ana' } })
      const change = async (more: object) => {
        const orderItems = [{ id: '2001', index: 0, seller: '1', ...more }]
        return (await client.form(id, 'PATCH', '/items', { orderItems })).json.items.map((item: Item) => [
          item.quantity,
          item.attachments,
        ])
      }
      const engraved = (text: string) => [{ name: 'Engraving', content: { text } }]
      expect(await change({ quantity: 3, attachments: engraved('Ana') })).toEqual([[3, engraved('Ana')]])
      expect(await change({ quantity: 4, attachments: engraved('Bo') })).toEqual([[4, engraved('Bo')]])
      expect(await change({ attachments: engraved('Cleo') })).toEqual([[4, engraved('Cleo')]])
    })

    it.each([
      [404, 'CHK0140', 'Paint', { content: { text: 'Ana' } }],
      [400, 'CHK0139', 'Engraving', { content: { color: 'red' } }],
      [400, 'CHK0141', 'Engraving', { content: { text: 'Too long' } }],
      [400, 'CHK0141', 'Engraving', { content: { font: 'Comic' } }],
      [400, '001', 'Engraving', {}],
    ])('%d %s', async (status, code, name, body) => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 1 }])
      const refused = await client.form(id, 'POST', `/items/0/attachments/${name}`, body)
      expectError(refused, code)
      expect(refused.status).toBe(status)
      expect((await client.form(id, 'GET', '')).json.items[0].attachments).toEqual([])
    })
  })

  describe('services', () => {
    it('POST /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/offerings counts in the Items total', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 2 }])
      const first = await client.form(id, 'POST', '/items/0/offerings', { id: 'W1', info: null })
      expect(first.json.items[0].offerings).toMatchObject([{ id: 'W1', price: 1000 }, { id: 'W2' }, { id: 'GIFT' }])
      const other = await client.form(id, 'POST', '/items/0/offerings', { id: 'W2' })
      const { json } = await client.form(id, 'POST', '/items/0/offerings', { id: 'GIFT' })
      expect(other.json.items[0].bundleItems).toMatchObject([{ id: 'W2', price: 1800 }])
      expect(json.items[0].bundleItems).toMatchObject([
        { id: 'W2', name: 'Two years', price: 1800, quantity: 2 },
        { id: 'GIFT', price: 250 },
      ])
      expect(json.totalizers).toMatchObject([{ id: 'Items', value: 14_100 }])
      expect([json.value, json.items[0].sellingPrice]).toEqual([14_100, 5000])
      // POST /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/offerings/:offeringId/remove
      const removed = await client.form(id, 'POST', '/items/0/offerings/W2/remove', {})
      expect(removed.json.value).toBe(10_500)
      const again = await client.form(id, 'POST', '/items/0/offerings/W2/remove', {})
      expectError(again, 'FMT011')
      expectError(await client.form(id, 'POST', '/items/0/offerings', { id: 'NONE' }), 'FMT011')
    })

    it('may have forms of their own: POST /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/bundles/:bundleId/attachments/:attachmentName', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 1 }])
      const path = '/items/0/bundles/GIFT/attachments/Card'
      const content = { text: 'Hi' }
      expectError(await client.form(id, 'POST', path, { content }), 'FMT011')
      const offered = await client.form(id, 'POST', '/items/0/offerings', { id: 'GIFT' })
      const forms = [{ name: 'Card', required: true, schema: { text: { maximumNumberOfCharacters: 9, domain: [] } } }]
      expect(offered.json.items[0].offerings[2]).toMatchObject({ id: 'GIFT', attachmentOfferings: forms })
      expect(offered.json.items[0].bundleItems).toMatchObject([{ attachments: [], attachmentOfferings: forms }])
      const filledIn = await client.form(id, 'POST', path, { content })
      expect(filledIn.json.items[0].bundleItems).toMatchObject([
        { id: 'GIFT', price: 250, attachments: [{ name: 'Card', content }] },
      ])
      const other = await client.form(id, 'POST', path, { content: { text: 'Hello' } })
      expect(other.json.items[0].bundleItems[0].attachments).toEqual([{ name: 'Card', content: { text: 'Hello' } }])
      expectError(await client.form(id, 'POST', path, { content: { text: 'Hi there, Ana' } }), 'CHK0141')
      expectError(await client.form(id, 'POST', path, { content: { color: 'red' } }), 'CHK0139')
      expectError(await client.form(id, 'POST', path, {}), '001')
      expectError(await client.form(id, 'POST', '/items/0/bundles/GIFT/attachments/Poem', { content }), 'CHK0140')
      // DELETE /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/bundles/:bundleId/attachments/:attachmentName
      const removed = await client.form(id, 'DELETE', path, {})
      expect(removed.json.items[0].bundleItems[0].attachments).toEqual([])
      expectError(await client.form(id, 'DELETE', path, {}), 'CHK0140')
    })

    it('are ordered with what was filled in, and not without what they need', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2001', quantity: 1 }])
      await client.form(id, 'POST', '/items/0/offerings', { id: 'GIFT' })
      await client.form(id, 'POST', '/items/0/attachments/Engraving', { content: { text: 'Ana' } })
      const value = await fillIn(client, id)
      expectError(await transact(client, id, value), 'ORD025', 'Goods 2001')
      await client.form(id, 'POST', '/items/0/bundles/GIFT/attachments/Card', { content: { text: 'Hi' } })
      const placed = await transact(client, id, value)
      expect(placed.status).toBe(200)
      expect(placed.json.orders[0].items[0]).toMatchObject({
        bundleItems: [{ id: 'GIFT', price: 250, attachments: [{ name: 'Card', content: { text: 'Hi' } }] }],
      })
    })
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/itemsOrdination arranges items from now on', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([
      { id: '19', quantity: 1 },
      { id: '18', quantity: 1 },
    ])
    const byName = await client.form(id, 'POST', '/itemsOrdination', { criteria: 'name', ascending: true })
    expect(quantities(byName.json.items)).toEqual([
      ['18', 1],
      ['19', 1],
    ])
    expect(byName.json.itemsOrdination).toEqual({ criteria: 'NAME', ascending: true })
    const added = await client.form(id, 'POST', '/items', { orderItems: [{ id: '2002', quantity: 1, seller: '1' }] })
    expect(quantities(added.json.items)).toEqual([
      ['2002', 1],
      ['18', 1],
      ['19', 1],
    ])
    const newest = await client.form(id, 'POST', '/itemsOrdination', { criteria: 'ADD_TIME', ascending: false })
    expect(quantities(newest.json.items)).toEqual([
      ['2002', 1],
      ['18', 1],
      ['19', 1],
    ])
    const refused = await client.form(id, 'POST', '/itemsOrdination', { criteria: 'PRICE' })
    expectError(refused, 'CHK0203')
  })

  it('items of one name keep their places while they are arranged by it, backwards too', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 6 }])
    const { json } = await client.form(id, 'GET', '')
    const parts = [{ quantity: 1 }, { quantity: 2 }, { quantity: 3 }]
    await client.form(id, 'POST', `/items/${json.items[0].uniqueId}/split`, parts)
    await client.form(id, 'POST', '/items', { orderItems: [{ id: '19', quantity: 1, seller: '1' }] })
    const backwards = await client.form(id, 'POST', '/itemsOrdination', { criteria: 'NAME', ascending: false })
    expect(quantities(backwards.json.items)).toEqual([
      ['19', 1],
      ['18', 3],
      ['18', 2],
      ['18', 1],
    ])
    for (const utmSource of ['a', 'b']) {
      const again = await client.form(id, 'POST', '/attachments/marketingData', { utmSource })
      expect(quantities(again.json.items)).toEqual(quantities(backwards.json.items))
    }
  })

  describe('prices by hand', () => {
    it('need the configuration', async () => {
      await configure(getServer(), { allowManualPrice: false })
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2002', quantity: 1 }])
      const refused = await client.form(id, 'PUT', '/items/0/price', { price: 1 })
      expect([refused.status, refused.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
      const orderItems = [{ id: '18', quantity: 1, seller: '1', price: 1 }]
      const bulk = await client.form(id, 'POST', '/items', { orderItems })
      expectError(bulk, 'CHK003')
      const clerk = await client.form(id, 'POST', '/items', { orderItems }, demoKey)
      expect(clerk.json.items[1]).toMatchObject({ manualPrice: 1, manualPriceAppliedBy: 'demo-vtex-key' })
    })

    it('go for every item of the SKU, above 32 bits too, and a dearer one is a surcharge', async () => {
      await configure(getServer(), { allowManualPrice: true })
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '2002', quantity: 1 }])
      await client.form(id, 'POST', '/items/0/clone', [{}])
      const { json } = await client.form(id, 'PUT', '/items/1/price', { price: 3_000_000_000 })
      expect(json.items).toMatchObject([{ manualPrice: 3_000_000_000 }, { manualPrice: 3_000_000_000 }])
      expect(json.totalizers).toMatchObject([{ value: 4000 }, { id: 'Discounts', value: 5_999_996_000 }])
      expect(json.value).toBe(6_000_000_000)
      expectError(await client.form(id, 'PUT', '/items/5/price', { price: 1 }), 'CHK0041')
      expectError(await client.form(id, 'PUT', '/items/0/price', { price: -1 }), 'CHK0025')
    })
  })
})
