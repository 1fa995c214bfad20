import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase, startTestServer } from '../../support/test-server.js'
import { goods, importEntries, wholesale } from './more-goods.js'
import { ana, rio, transact } from './purchase.js'
import { checkoutPath, clientOf } from './shop.js'

const onlyThere = { id: '3100', quantity: 1, seller: '1' }
const onBoth = { id: '3101', quantity: 2, seller: '1' }

// Source: dialects/vtex.md 2.1 `sc`; FastStore 4.8 leaves it out on carts that it did not begin, and takes over what they say.
describeOnEachDatabase('a store with two sales channels', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      wholesale,
      goods(3100, '', { prices: { wholesale: '30.00' } }),
      goods(3101, '', { prices: { br: '20.00', wholesale: '15.00' } }),
      goods(3102, '', { prices: { wholesale: '1.00' } }),
    ]),
  )

  async function begun() {
    const client = clientOf(getServer)
    const made = await client.send('POST', `${checkoutPath}/orderForm?sc=2`, {})
    const id: string = made.json.orderFormId
    return { client, id, made }
  }

  it('goes on in the channel that a cart was begun in, whether or not a call names it', async () => {
    const { client, id, made } = await begun()
    expect(made.json.salesChannel).toBe('2')
    const added = await client.form(id, 'POST', '/items', { orderItems: [onlyThere] })
    expect([added.json.salesChannel, added.json.value, added.json.messages]).toEqual(['2', 3000, []])
    const other = await client.form(id, 'PATCH', '/items?sc=1', { orderItems: [onBoth] })
    expect([other.json.salesChannel, other.json.items.map((item: { price: number }) => item.price)]).toEqual([
      '2',
      [3000, 1500],
    ])
    const read = await client.form(id, 'GET', '')
    expect([read.json.salesChannel, read.json.value]).toEqual(['2', 6000])
  })

  it('has the settings of its channel: how many items there may be, and who is paid', async () => {
    const { client, id } = await begun()
    const orderItems = [onlyThere, onBoth, { id: '3102', quantity: 1, seller: '1' }]
    const filled = await client.form(id, 'POST', '/items', { orderItems })
    expect(filled.json.items.map((item: { id: string }) => item.id)).toEqual(['3100', '3101'])
    expect(filled.json.messages).toMatchObject([{ code: 'cartMaxProductCountReached' }])
    await client.form(id, 'POST', '/attachments/clientProfileData', ana)
    const sent = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
    const { value } = sent.json
    expect(value).toBe(15000)
    const payments = [{ paymentSystem: 17, referenceValue: value, value, installments: 1 }]
    const paid = await client.form(id, 'POST', '/attachments/paymentData', { payments })
    expect(paid.json.paymentData.payments[0].merchantSellerPayments).toMatchObject([{ id: 'WHOLESALE', value }])
    const placed = await transact(client, id, value)
    expect(placed.json).toMatchObject({ salesChannel: '2', merchantTransactions: [{ id: 'WHOLESALE' }] })
    expect(placed.json.orders[0]).toMatchObject({ salesChannel: '2', merchantName: 'WHOLESALE' })
  })

  // An id that was given up is begun anew by whoever still has it in a cookie, as `GET /orderForm/{orderFormId}` says.
  it('takes no cart for that of a channel in which its id was used before', async () => {
    const { client, id } = await begun()
    await client.form(id, 'POST', '/items', { orderItems: [onBoth] })
    await givenUp(id)
    const again = await client.form(id, 'GET', '?sc=1')
    expect(again.json).toMatchObject({ orderFormId: id, salesChannel: '1', items: [] })

    const { client: other, id: elsewhere } = await begun()
    await other.form(elsewhere, 'POST', '/items', { orderItems: [onBoth] })
    await givenUp(elsewhere)
    const besides = await startTestServer({ storage: getServer().storage, besides: true })
    try {
      const there = await clientOf(() => besides).form(elsewhere, 'GET', '?sc=1')
      expect(there.json).toMatchObject({ orderFormId: elsewhere, salesChannel: '1' })
    } finally {
      await besides.close()
    }
    const orderItems = [onBoth, { id: '18', quantity: 1, seller: '1' }, { id: '19', quantity: 1, seller: '1' }]
    const filled = await other.form(elsewhere, 'POST', '/items', { orderItems })
    expect(filled.json).toMatchObject({ salesChannel: '1', messages: [] })
    expect(filled.json.items.map((item: { id: string }) => item.id)).toEqual(['3101', '18', '19'])
    expect(filled.json.items[0].price).toBe(2000)
  })

  it('finds a cart of another channel on a server that has not seen it, and changes it once', async () => {
    const [bought, copied] = [await begun(), await begun()]
    await copied.client.form(copied.id, 'POST', '/items', { orderItems: [onlyThere] })
    const carts = await countCarts()
    const besides = await startTestServer({ storage: getServer().storage, besides: true })
    try {
      const shopper = clientOf(() => besides)
      const added = await shopper.form(bought.id, 'POST', '/items', { orderItems: [onlyThere] })
      expect([added.json.salesChannel, added.json.items.length]).toEqual(['2', 1])
      const copy = await shopper.send('GET', `/api/checkout/changeToAnonymousUser/${copied.id}`)
      expect([copy.json.salesChannel, copy.json.items.length]).toEqual(['2', 1])
    } finally {
      await besides.close()
    }
    expect((await bought.client.form(bought.id, 'GET', '')).json.value).toBe(3000)
    expect(await countCarts()).toBe(carts + 1)
  })

  async function countCarts(): Promise<number> {
    const { rows } = await getServer().storage.sql.query<{ total: bigint }>('select count(*) as total from carts')
    return Number(rows[0]?.total)
  }

  async function givenUp(id: string) {
    const cartId = id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    const gone = await getServer().operations.deleteCart({ kind: 'system' }, { cart: { key: { id: cartId } } })
    expect(gone.ok).toBe(true)
  }

  it('gives the browser a cart of the channel that is named, where its own is still empty or of none', async () => {
    const client = clientOf(getServer)
    const first = await client.send('POST', `${checkoutPath}/orderForm?sc=1`, {})
    const second = await client.send('POST', `${checkoutPath}/orderForm?sc=2`, {})
    expect([first.json.salesChannel, second.json.salesChannel]).toEqual(['1', '2'])
    await client.form(second.json.orderFormId, 'POST', '/items', { orderItems: [onBoth] })
    const third = await client.send('POST', `${checkoutPath}/orderForm?sc=1`, {})
    expect(third.json).toMatchObject({ orderFormId: second.json.orderFormId, salesChannel: '2', value: 3000 })
  })
})
