import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { fillIn, rio, transact } from './purchase.js'
import { checkoutPath, clientOf, expectError, type VtexClient } from './shop.js'

const one = (sku: string, more: object = {}) => ({ sku, maxQuantity: 1, ...more })
const pizza = {
  componentGroups: [
    {
      ...{ name: 'Dough', minQuantity: 1, maxQuantity: 1 },
      components: [one('GOODS-4202', { initialQuantity: 1 }), one('GOODS-4203')],
    },
    {
      ...{ name: 'Toppings', maxQuantity: 3 },
      components: [one('GOODS-4204', { maxQuantity: 2 }), one('GOODS-4205', { maxQuantity: 2 }), one('GOODS-4206')],
    },
  ],
}

interface Item {
  readonly id: string
  readonly quantity: number
  readonly parentItemIndex: number | null
  readonly parentAssemblyBinding: string | null
}

const shown = ({ items }: { readonly items: readonly Item[] }) =>
  items.map(item => [item.id, item.quantity, item.parentItemIndex, item.parentAssemblyBinding])

describeOnEachDatabase('goods that are put together', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      goods(4201, '30.00', pizza),
      goods(4202, '2.00'),
      goods(4203, '4.00', { stock: 3 }),
      goods(4204, '5.00'),
      goods(4205, '1.00', { maxQuantity: 4 }),
      goods(4206, '1.00', { prices: { us: '1.00' } }),
    ]),
  )

  const compose = (client: VtexClient, id: string, option: string, items: readonly object[], more: object = {}) =>
    client.form(id, 'POST', `/items/0/assemblyOptions/${option}`, {
      composition: { items },
      noSplitItem: true,
      ...more,
    })
  const take = (client: VtexClient, id: string, option: string, body: object = {}) =>
    client.form(id, 'DELETE', `/items/0/assemblyOptions/${option}`, body)

  it('come with their components, each an item that hangs on them and costs its own price', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 2 }])
    const { json } = await client.form(id, 'GET', '')
    expect(shown(json)).toEqual([
      ['4201', 2, null, null],
      ['4202', 2, 0, 'Dough'],
    ])
    expect(json.value).toBe(6400)
    expect(json.items[0].assemblies).toEqual([{ id: 'Dough', inputValues: {} }])
    const component = { minQuantity: 0, maxQuantity: 1, initialQuantity: 0, priceTable: '', seller: '1' }
    expect(json.itemMetadata.items[0].assemblyOptions).toEqual([
      {
        ...{ id: 'Dough', name: 'Dough', inputValues: {} },
        composition: {
          ...{ minQuantity: 1, maxQuantity: 1 },
          items: [
            { ...component, id: '4202', initialQuantity: 1 },
            { ...component, id: '4203' },
          ],
        },
      },
      {
        ...{ id: 'Toppings', name: 'Toppings', inputValues: {} },
        composition: {
          ...{ minQuantity: 0, maxQuantity: 3 },
          items: [
            { ...component, id: '4204', maxQuantity: 2 },
            { ...component, id: '4205', maxQuantity: 2 },
            { ...component, id: '4206' },
          ],
        },
      },
    ])
    expect(json.itemMetadata.items[1].assemblyOptions).toEqual([])
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/assemblyOptions/:assemblyOptionsName adds components', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 2 }])
    const two = await compose(client, id, 'Toppings', [{ id: '4204', quantity: 2, seller: '1' }])
    expect(shown(two.json).slice(2)).toEqual([['4204', 4, 0, 'Toppings']])
    expect(two.json.value).toBe(6400 + 4 * 500)
    const more = await compose(client, id, 'Toppings', [{ id: '4205', seller: '1' }])
    expect(shown(more.json).slice(2)).toEqual([
      ['4204', 4, 0, 'Toppings'],
      ['4205', 2, 0, 'Toppings'],
    ])
    expect(more.json.value).toBe(6400 + 4 * 500 + 2 * 100)
    const fewer = await compose(client, id, 'Toppings', [{ id: '4204', quantity: 1 }])
    expect(shown(fewer.json).slice(2)).toEqual([
      ['4204', 2, 0, 'Toppings'],
      ['4205', 2, 0, 'Toppings'],
    ])
    // DELETE /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/assemblyOptions/:assemblyOptionsName
    const without = await take(client, id, 'Toppings', { composition: { items: [{ id: '4204', seller: '1' }] } })
    expect(shown(without.json).slice(2)).toEqual([['4205', 2, 0, 'Toppings']])
    expect(shown((await take(client, id, 'Toppings')).json)).toHaveLength(2)
  })

  it('one of several pieces is split off to carry what is chosen for one', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 3 }])
    const { json } = await compose(client, id, 'Toppings', [{ id: '4204', quantity: 1 }], { noSplitItem: false })
    expect(shown(json)).toEqual([
      ['4201', 1, null, null],
      ['4201', 2, null, null],
      ['4202', 1, 0, 'Dough'],
      ['4202', 2, 1, 'Dough'],
      ['4204', 1, 0, 'Toppings'],
    ])
    expect(json.value).toBe(3 * 3200 + 500)
  })

  it('may be chosen while they are added', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const options = [
      { assemblyId: 'Toppings', id: '4204', quantity: 1, seller: '1' },
      { assemblyId: 'Dough', id: '4202', quantity: 0, seller: '1' },
      { assemblyId: 'Dough', id: '4203', quantity: 1, seller: '1' },
    ]
    const orderItems = [{ id: '4201', quantity: 1, seller: '1', options }]
    const { json } = await client.form(id, 'POST', '/items', { orderItems })
    expect(shown(json)).toEqual([
      ['4201', 1, null, null],
      ['4204', 1, 0, 'Toppings'],
      ['4203', 1, 0, 'Dough'],
    ])
    const plain = await client.form(id, 'POST', '/items', { orderItems: [{ id: '4201', quantity: 1, seller: '1' }] })
    expect(shown(plain.json).slice(3)).toEqual([
      ['4201', 1, null, null],
      ['4202', 1, 3, 'Dough'],
    ])
  })

  it('take their components along: more pieces, fewer, none at all', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 1 }])
    await compose(client, id, 'Toppings', [{ id: '4204', quantity: 2 }])
    const update = (quantity: number, index = 0) =>
      client.form(id, 'POST', '/items/update', { orderItems: [{ index, quantity }] })
    expect(shown((await update(3)).json).map(([, quantity]) => quantity)).toEqual([3, 3, 6])
    expect(shown((await update(2)).json).map(([, quantity]) => quantity)).toEqual([2, 2, 4])
    expect(shown((await update(2, 2)).json).map(([, quantity]) => quantity)).toEqual([2, 2, 2])
    expectError(await update(3, 2), 'CHK0023')
    expectError(await update(6, 2), 'CHK0023')
    expect(shown((await update(0, 2)).json).map(([, quantity]) => quantity)).toEqual([2, 2])
    expect((await update(0)).json).toMatchObject({ items: [], value: 0 })
    await client.form(id, 'POST', '/items', { orderItems: [{ id: '4201', quantity: 1, seller: '1' }] })
    expect((await client.form(id, 'POST', '/items/removeAll', {})).json.items).toEqual([])
  })

  it('are copied with what they were put together from', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 2 }])
    await compose(client, id, 'Toppings', [{ id: '4205', quantity: 2 }])
    const copy = await client.send('GET', `/api/checkout/changeToAnonymousUser/${id}`)
    expect(shown(copy.json)).toEqual([
      ['4201', 2, null, null],
      ['4202', 2, 0, 'Dough'],
      ['4205', 4, 0, 'Toppings'],
    ])
  })

  it('are ordered with their components, whose stock is taken', async () => {
    const stock = async () => (await getServer().storage.catalog.stock(['GOODS-4204'])).get('GOODS-4204') ?? 0
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 2 }])
    await compose(client, id, 'Toppings', [{ id: '4204', quantity: 1 }])
    const before = await stock()
    const value = await fillIn(client, id)
    expect(value).toBe(6400 + 1000 + 700)
    const placed = await transact(client, id, value)
    expect(placed.status).toBe(200)
    expect(shown(placed.json.orders[0])).toEqual([
      ['4201', 2, null, null],
      ['4202', 2, 0, 'Dough'],
      ['4204', 2, 0, 'Toppings'],
    ])
    expect(await stock()).toBe(before - 2)
  })

  it('cannot be ordered without what they need, or with what is sold out', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '4201', quantity: 2 }])
    const value = await fillIn(client, id)
    const dough = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 1, quantity: 0 }] })
    expect(dough.json.items).toHaveLength(1)
    expectError(await transact(client, id, value - 400), 'CHK0023')
    const options = [
      { assemblyId: 'Dough', id: '4202', quantity: 0 },
      { assemblyId: 'Dough', id: '4203', quantity: 1 },
    ]
    const other = await client.begin()
    const orderItems = [{ id: '4201', quantity: 4, seller: '1', options }]
    const scarce = await client.form(other, 'POST', '/items', { orderItems })
    expect(scarce.json.items).toMatchObject([{ availability: 'available' }, { availability: 'withoutStock' }])
    expectError(await transact(client, other, await fillIn(client, other)), 'ORD023')
  })

  it('are priced in a simulation as they are named, and refused in a whole order without what they need', async () => {
    const client = clientOf(getServer)
    const items = [{ id: '4201', quantity: 1, seller: '1' }]
    const tried = await client.send('POST', `${checkoutPath}/orderForms/simulation`, {
      ...{ items, country: 'BRA', postalCode: '22250040' },
    })
    expect(tried.json.items).toMatchObject([{ id: '4201', requestIndex: 0, price: 3000 }])
    const whole = await client.send('PUT', `${checkoutPath}/orders`, {
      items,
      clientProfileData: {
        ...{ email: 'ana@shop.example', firstName: 'Ana', lastName: 'Souza', phone: '+5521999990000' },
        ...{ documentType: 'cpf', document: '52998224725' },
      },
      shippingData: { address: rio, logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal', price: 700 }] },
      paymentData: { payments: [{ paymentSystem: 17, value: 3700, referenceValue: 3700, installments: 1 }] },
    })
    expectError(whole, 'CHK0023')
  })

  describe('are not changed by what they are not made of', () => {
    it.each([
      ['CHK0140', 'Sauces', { composition: { items: [{ id: '4204' }] } }],
      ['CHK0022', 'Toppings', { composition: { items: [{ id: '4202' }] } }],
      ['CHK0022', 'Toppings', { composition: { items: [{ id: '4206' }] } }],
      ['CHK0023', 'Toppings', { composition: { items: [{ id: '4204', quantity: 3 }] } }],
      ['CHK0023', 'Toppings', { composition: { items: [{ id: '4204', quantity: 0 }] } }],
      ['CHK0023', 'Toppings', { composition: { items: ['4204', '4205'].map(id => ({ id, quantity: 2 })) } }],
      ['CHK0023', 'Dough', { composition: { items: [{ id: '4203' }] } }],
      ['CHK0139', 'Toppings', { composition: { items: [] }, inputValues: { text: 'Ana' } }],
      ['001', 'Toppings', { composition: { items: 'ham' } }],
      ['001', 'Toppings', { composition: { items: [{ quantity: 1 }] } }],
      ['001', 'Toppings', {}],
    ])('%s: %s %j', async (code, option, body) => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '4201', quantity: 1 }])
      expectError(await client.form(id, 'POST', `/items/0/assemblyOptions/${option}`, body), code)
      expect(shown((await client.form(id, 'GET', '')).json)).toHaveLength(2)
    })

    it('CHK0023: what they need is not taken out; CHK0041: no item is there', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '4201', quantity: 1 }])
      expectError(await take(client, id, 'Dough'), 'CHK0023')
      expectError(await take(client, id, 'Sauces'), 'CHK0140')
      expectError(await take(client, id, 'Toppings', { composition: { items: [{ id: '1' }] } }), 'CHK0022')
      expectError(await client.form(id, 'DELETE', '/items/7/assemblyOptions/Toppings', {}), 'CHK0041')
      expect(shown((await client.form(id, 'GET', '')).json)).toHaveLength(2)
    })

    it('and other goods have no options', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '18', quantity: 1 }])
      expectError(await compose(client, id, 'Toppings', []), 'CHK0140')
    })
  })
})
