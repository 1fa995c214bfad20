import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { ana, rio, transact } from './purchase.js'
import { checkoutPath, clientOf } from './shop.js'

const onlyThere = { id: '3100', quantity: 1, seller: '1' }
const onBoth = { id: '3101', quantity: 2, seller: '1' }

// Source: dialects/vtex.md 2.1 `sc`; FastStore 4.8 leaves it out on carts that it did not begin, and takes over what they say.
describeOnEachDatabase('a store with two sales channels', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      {
        ...{ kind: 'channel', id: 'wholesale', name: 'Wholesale', currency: 'BRL', locale: 'pt-BR', countries: ['BR'] },
        ...{ defaultCountry: 'BR', timeZone: 'America/Sao_Paulo', priceMode: 'net', policy: 'unitMultiplierZeroTax' },
        orderNumbers: { kind: 'random_digits', digits: 13, groupSuffix: true },
        settings: { vtex: { account: 'polytill', salesChannel: '2', merchantName: 'WHOLESALE', maxItems: 2 } },
        shippingMethods: [
          {
            id: 'Truck',
            integerId: 21,
            name: 'Truck',
            carrier: 'Truck',
            zones: [{ area: 'BR' }],
            prices: { BRL: '90.00' },
          },
        ],
        paymentMethods: [
          {
            ...{ id: '17', integerId: 17, name: 'Promissory', providerName: 'promissoryPaymentGroup' },
            ...{ provider: 'manual', paymentKind: 'invoice' },
          },
        ],
      },
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
