import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { callBack, fillIn, sendPayments, transact } from './purchase.js'
import { checkoutPath, clientOf, expectError, type VtexClient } from './shop.js'

const choice = {
  ...{ kind: 'promotion', id: 'two-of-three', integerId: 951, name: 'Two of three', channels: ['br'] },
  conditions: [{ kind: 'subtotal', atLeast: { BRL: '30.00' } }],
  benefits: [{ kind: 'gift_choice', skus: ['GOODS-4101', 'GOODS-4102', 'GOODS-4103'], quantity: 2 }],
}
const shirts = [{ id: '19', quantity: 1 }]

interface Rates {
  readonly rateAndBenefitsIdentifiers: readonly {
    readonly id: string
    readonly name: string
    readonly matchedParameters: object
  }[]
}

describeOnEachDatabase('gifts to choose from', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [goods(4101, '9.00'), goods(4102, '8.00'), goods(4103, '7.00', { stock: 0 }), choice]),
  )

  const select = (client: VtexClient, id: string, ...ids: readonly string[]) =>
    client.form(id, 'POST', '/selectable-gifts/two-of-three', {
      id: 'two-of-three',
      selectedGifts: ids.map((gift, index) => ({ id: gift, seller: '1', index })),
    })
  const gifts = (json: { readonly items: readonly { readonly id: string; readonly isGift: boolean }[] }) =>
    json.items.filter(({ isGift }) => isGift).map(({ id }) => id)

  it('are listed as soon as the cart has earned them, with what each is and whether it was chosen', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 1 }])
    expect((await client.form(id, 'GET', '')).json.selectableGifts).toEqual([])
    const { json } = await client.form(id, 'POST', '/items', { orderItems: [{ id: '19', quantity: 1, seller: '1' }] })
    const gift = { seller: '1', quantity: 1, price: 900, sellingPrice: 0, isGift: true, isSelected: false }
    expect(json.selectableGifts).toMatchObject([
      {
        ...{ id: 'two-of-three', availableQuantity: 2 },
        availableGifts: [
          { ...gift, id: '4101', refId: 'GOODS-4101', name: 'Goods 4101', availability: 'available' },
          { ...gift, id: '4102', price: 800 },
          { ...gift, id: '4103', price: 700, availability: 'withoutStock' },
        ],
      },
    ])
    expect(json.items).toHaveLength(2)
    const body = { items: [{ id: '19', quantity: 1, seller: '1' }], country: 'BRA', postalCode: '22250040' }
    const tried = await client.send('POST', `${checkoutPath}/orderForms/simulation`, body)
    expect(tried.json.selectableGifts).toMatchObject([{ id: 'two-of-three', availableQuantity: 2 }])
  })

  it('POST /api/checkout/pub/orderForm/:orderFormId/selectable-gifts/:listId puts them into the cart for nothing', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(shirts)
    const two = await select(client, id, '4101', '4102')
    expect(two.json.value).toBe(4000)
    expect(two.json.items.slice(1)).toMatchObject([
      { id: '4101', quantity: 1, price: 900, sellingPrice: 0, isGift: true, availability: 'available' },
      { id: '4102', quantity: 1, price: 800, sellingPrice: 0, isGift: true },
    ])
    expect(two.json.selectableGifts[0].availableGifts).toMatchObject([
      { isSelected: true },
      { isSelected: true },
      { isSelected: false },
    ])
    const other = await select(client, id, '4102')
    expect(gifts(other.json)).toEqual(['4102'])
    const twice = await select(client, id, '4102', '4102')
    expect(twice.json.items).toMatchObject([{ id: '19' }, { id: '4102', quantity: 2, sellingPrice: 0 }])
    expect(gifts((await select(client, id)).json)).toEqual([])
  })

  it('that were chosen stay while other things change, and leave with what earned them', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(shirts)
    await select(client, id, '4101')
    const more = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 2 }] })
    expect([more.json.value, gifts(more.json)]).toEqual([8000, ['4101']])
    expect(gifts((await client.form(id, 'GET', '')).json)).toEqual(['4101'])
    const none = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 0 }] })
    expect([none.json.items, none.json.selectableGifts, none.json.value]).toEqual([[], [], 0])
  })

  it('are told among the promotions that apply once they are chosen, as gifts and shipping given without a choice are', async () => {
    const rule = { kind: 'promotion', channels: ['br'], conditions: [] }
    const gift = { kind: 'free_gift', sku: 'GOODS-4102', quantity: 1 }
    const free = { kind: 'free_shipping_option', name: 'Gratis' }
    await importEntries(getServer(), [
      {
        ...rule,
        id: 'a-gift',
        integerId: 952,
        name: 'A gift',
        benefits: [gift],
        coupons: [{ code: 'GIFT', integerId: 952 }],
      },
      {
        ...rule,
        id: 'gratis',
        integerId: 953,
        name: 'Gratis',
        benefits: [free],
        coupons: [{ code: 'GRATIS', integerId: 953 }],
      },
    ])
    const told = ({ ratesAndBenefitsData }: { readonly ratesAndBenefitsData: Rates }) =>
      ratesAndBenefitsData.rateAndBenefitsIdentifiers.map(({ id, name, matchedParameters }) => [
        id,
        name,
        matchedParameters,
      ])
    const client = clientOf(getServer)
    const id = await client.begin(shirts)
    expect(told((await client.form(id, 'GET', '')).json)).toEqual([])
    expect(told((await select(client, id, '4101')).json)).toEqual([['two-of-three', 'Two of three', {}]])
    const coded = await client.form(id, 'POST', '/coupons', { text: 'GIFT,GRATIS' })
    const byCode = ['a-gift', 'A gift', { 'couponCode@Marketing': 'GIFT' }]
    expect(told(coded.json)).toEqual([['two-of-three', 'Two of three', {}], byCode])
    const value = await fillIn(client, id)
    expect(value).toBe(4000)
    const placed = await transact(client, id, value)
    const shipping = ['gratis', 'Gratis', { 'couponCode@Marketing': 'GRATIS' }]
    const all = [shipping, ['two-of-three', 'Two of three', {}], byCode]
    expect(told(placed.json)).toEqual(all)
    expect(told(placed.json.orders[0])).toEqual(all)
    expect(told((await select(client, id)).json)).toEqual([shipping, byCode])
  })

  it('are put back by taking them out of the cart', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(shirts)
    await select(client, id, '4101')
    const out = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 1, quantity: 0 }] })
    expect(gifts(out.json)).toEqual([])
    expect(out.json.selectableGifts[0].availableGifts[0].isSelected).toBe(false)
  })

  it('are ordered with the goods, and their stock is taken', async () => {
    const stock = async () => (await getServer().storage.catalog.stock(['GOODS-4102'])).get('GOODS-4102') ?? 0
    const before = await stock()
    const client = clientOf(getServer)
    const id = await client.begin(shirts)
    await select(client, id, '4102', '4102')
    const value = await fillIn(client, id)
    expect(value).toBe(4700)
    const placed = await transact(client, id, value)
    expect(placed.status).toBe(200)
    expect(placed.json.orders[0].items).toMatchObject([
      { id: '19', sellingPrice: 4000 },
      { id: '4102', quantity: 2, isGift: true, sellingPrice: 0 },
    ])
    expect(await stock()).toBe(before - 2)
    const sale = { transactionId: placed.json.id, orderGroup: placed.json.orderGroup, value }
    await sendPayments(client, sale)
    expect((await callBack(client, sale.orderGroup)).status).toBe(204)
    expect((await client.form(id, 'GET', '')).json.items).toEqual([])
  })

  describe('are not given', () => {
    it.each([
      ['CHK0022', ['19']],
      ['CHK0023', ['4101', '4101', '4102']],
    ])('%s: what the list has not, or more than it gives', async (code, ids) => {
      const client = clientOf(getServer)
      const id = await client.begin(shirts)
      await select(client, id, '4101')
      expectError(await select(client, id, ...ids), code)
      expect(gifts((await client.form(id, 'GET', '')).json)).toEqual(['4101'])
    })

    it.each([
      ['sold out', '/selectable-gifts/two-of-three', '4103'],
      ['of no such list', '/selectable-gifts/other', '4101'],
    ])('when they are %s: a message says so, and what was chosen stays', async (_, path, gift) => {
      const client = clientOf(getServer)
      const id = await client.begin(shirts)
      await select(client, id, '4101')
      const told = await client.form(id, 'POST', path, { selectedGifts: [{ id: gift, seller: '1' }] })
      expect(told.json.messages).toMatchObject([{ code: 'GiftUnavailable', status: 'warning' }])
      expect(gifts(told.json)).toEqual(['4101'])
    })

    it('by raising the quantity of one that was chosen', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(shirts)
      await select(client, id, '4101')
      const orderItems = [{ index: 1, quantity: 5 }]
      const more = await client.form(id, 'POST', '/items/update', { orderItems })
      expect([more.json.value, gifts(more.json)]).toEqual([4000, []])
    })
  })
})
