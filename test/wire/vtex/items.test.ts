import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { clientOf, errorBody, expectError } from './shop.js'

const mug = { id: '18', quantity: 2, seller: '1' }
const shirt = { id: '19', quantity: 1, seller: '1' }

describeOnEachDatabase('items of an orderForm', getServer => {
  it('POST /api/checkout/pub/orderForm/:orderFormId/items adds what is sold, and sets the quantity of what is there', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const added = await client.form(id, 'POST', '/items', { orderItems: [mug, shirt] })
    expect(added.status).toBe(200)
    expect(added.json.value).toBe(6500)
    expect(added.json.totalizers).toEqual([{ id: 'Items', name: 'Total dos Itens', value: 6500 }])
    expect(added.json.items[0]).toMatchObject({
      uniqueId: expect.stringMatching(/^[0-9A-F]{32}$/),
      id: '18',
      productId: '18',
      refId: 'MUG-1',
      name: 'Mug',
      price: 1250,
      listPrice: 1500,
      sellingPrice: 1250,
      quantity: 2,
      seller: '1',
      sellerChain: ['1'],
      availability: 'available',
      measurementUnit: 'un',
      unitMultiplier: 1,
      priceTags: [],
      priceDefinition: {
        calculatedSellingPrice: 1250,
        total: 2500,
        sellingPrices: [{ value: 1250, quantity: 2 }],
        reason: null,
      },
    })
    const again = await client.form(id, 'POST', '/items', { orderItems: [{ ...mug, quantity: 5 }] })
    expect(again.json.items.map((item: { id: string; quantity: number }) => [item.id, item.quantity])).toEqual([
      ['18', 5],
      ['19', 1],
    ])
  })

  it('what nobody sells is told and left out', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const added = await client.form(id, 'POST', '/items', { orderItems: [{ ...mug, id: '4711' }, shirt] })
    expect(added.status).toBe(200)
    expect(added.json.items).toHaveLength(1)
    expect(added.json.messages).toEqual([
      { code: 'ORD027', text: 'Item 4711 não encontrado ou indisponível', status: 'error', fields: { id: '4711' } },
    ])
  })

  describe('what is no item is refused and changes nothing', () => {
    it.each([
      ['CHK0022', 'Invalid id for item', { quantity: 1, seller: '1' }],
      ['CHK0023', 'Invalid quantity for item', { id: '18', seller: '1' }],
      ['CHK0023', 'Invalid quantity for item', { id: '18', quantity: 0, seller: '1' }],
      ['CHK0023', 'Invalid quantity for item', { id: '18', quantity: 1.5, seller: '1' }],
      ['CHK0024', 'Invalid seller for item', { id: '18', quantity: 1 }],
      ['CHK0024', 'Invalid seller for item', { id: '18', quantity: 1, seller: 'nobody' }],
      ['CHK0025', 'Invalid price for item', { id: '18', quantity: 1, seller: '1', price: -1 }],
    ])('%s %s: %j', async (code, message, item) => {
      const client = clientOf(getServer)
      const id = await client.begin()
      const answer = await client.form(id, 'POST', '/items', { orderItems: [shirt, item] })
      expect([answer.status, answer.json]).toEqual([400, errorBody(code, message)])
      expect((await client.form(id, 'GET', '')).json.items).toEqual([])
    })

    it('a list that is none', async () => {
      const client = clientOf(getServer)
      const id = await client.begin()
      for (const body of [[], { orderItems: 'mug' }, { orderItems: [1] }]) {
        expect((await client.form(id, 'POST', '/items', body)).json).toEqual(errorBody('001', 'Bad request'))
      }
    })
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/items/update counts places as they were before the call', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([mug, shirt])
    const orderItems = [
      { index: 0, quantity: 0 },
      { index: '1', quantity: 3 },
    ]
    const updated = await client.form(id, 'POST', '/items/update', { orderItems, noSplitItem: true })
    expect(updated.json.items).toMatchObject([{ id: '19', quantity: 3 }])
    expect(updated.json.value).toBe(12_000)
  })

  it.each([
    ['CHK0041', 'Invalid item index', [{ index: 2, quantity: 1 }]],
    ['CHK0041', 'Invalid item index', [{ quantity: 1 }]],
    ['CHK0023', 'Invalid quantity for item', [{ index: 0, quantity: -1 }]],
    ['CHK0023', 'Invalid quantity for item', [{ index: 0 }]],
    [
      'CHK0108',
      'Duplicated item index',
      [
        { index: 0, quantity: 1 },
        { index: 0, quantity: 2 },
      ],
    ],
  ])('an update is refused with %s %s', async (code, message, orderItems) => {
    const client = clientOf(getServer)
    const id = await client.begin([mug, shirt])
    const answer = await client.form(id, 'POST', '/items/update/', { orderItems })
    expect([answer.status, answer.json]).toEqual([400, errorBody(code, message)])
    expect((await client.form(id, 'GET', '')).json.value).toBe(6500)
  })

  it('PATCH /api/checkout/pub/orderForm/:orderFormId/items adds and changes in one call', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([mug])
    const orderItems = [
      { seller: '1', quantity: 0, index: 0 },
      { id: 19, quantity: 2, seller: '1' },
    ]
    const patched = await client.form(id, 'PATCH', '/items?allowOutdatedData=paymentData&sc=1', {
      orderItems,
      noSplitItem: true,
    })
    expect(patched.json.items).toMatchObject([{ id: '19', quantity: 2 }])
  })

  it('PATCH leaves the quantity of an item alone where an entry does not say one, which an update must', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([mug, shirt])
    const before = (await client.form(id, 'GET', '')).json.items
    const orderItems = [{ index: 1, seller: '1' }]
    const patched = await client.form(id, 'PATCH', '/items', { orderItems })
    expect([patched.status, patched.json.items]).toEqual([200, before])
    const nothing = await client.form(id, 'PATCH', '/items', { orderItems: [{ index: 1, quantity: null }] })
    expect([nothing.status, nothing.json.items]).toEqual([200, before])
    expectError(await client.form(id, 'POST', '/items/update', { orderItems }), 'CHK0023')
    expectError(await client.form(id, 'PATCH', '/items', { orderItems: [{ id: '18', seller: '1' }] }), 'CHK0023')
  })

  it('an item is also named by its own id, whatever its place', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([mug, shirt])
    const { items } = (await client.form(id, 'GET', '')).json
    const orderItems = [{ index: 0, uniqueId: items[1].uniqueId, quantity: 7 }]
    const updated = await client.form(id, 'POST', '/items/update', { orderItems })
    expect(updated.json.items).toMatchObject([
      { id: '18', quantity: 2 },
      { id: '19', quantity: 7 },
    ])
  })

  it('an update takes items as they were read, whose prices it does not set', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([mug, shirt])
    const { items } = (await client.form(id, 'GET', '')).json
    const more = await client.form(id, 'POST', '/items/update', {
      orderItems: [{ ...items[1], index: 1, quantity: 2 }],
    })
    expect(more.json).toMatchObject({
      value: 10_500,
      items: [
        { id: '18', quantity: 2 },
        { id: '19', quantity: 2, manualPrice: null },
      ],
    })
    // `removeAllItems` of vtex/vtex.js (src/checkout.js) sends every item so, without a place.
    const orderItems = items.map((item: object) => ({ ...item, quantity: 0 }))
    const emptied = await client.form(id, 'POST', '/items/update/', { orderItems })
    expect([emptied.status, emptied.json.items]).toEqual([200, []])
  })

  it('more than there is becomes what there is, with a warning', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const orderItems = [{ id: '901', quantity: 25, seller: '1' }]
    const added = await client.form(id, 'POST', '/items', { orderItems })
    expect(added.json.items).toMatchObject([{ id: '901', quantity: 20, availability: 'available' }])
    expect(added.json.messages).toMatchObject([{ code: 'itemQuantityNotAvailable', status: 'warning' }])
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/items/removeAll takes the goods out and nothing else', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([mug, shirt])
    const refused = await client.form(id, 'POST', '/items/removeAll', { items: [] })
    expectError(refused, '001')
    const emptied = await client.form(id, 'POST', '/items/removeAll', { expectedOrderFormSections: ['items'] })
    expect(emptied.json).toMatchObject({ items: [], totalizers: [], value: 0 })
  })
})
