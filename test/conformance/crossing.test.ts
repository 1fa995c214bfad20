import { beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { type Books, openBooks } from '../support/books.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { card, checkout, newCart, purchase } from '../wire/spryker/basket.js'
import { glueOver } from '../wire/spryker/glue.js'
import { checkoutPath, clientOf, demoKey } from '../wire/vtex/shop.js'
import { drivers } from './drivers.js'
import { giveToCustomer, keepers, spryker } from './keepers.js'

const mugAndShirt = [
  { sku: 'MUG-1', quantity: 1 },
  { sku: 'TEE-1', quantity: 1 },
]

describeOnEachDatabase('one cart in five dialects', getServer => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })
  const storedCart = async (id: string) => present((await getServer().storage.carts.read({ id })).cart, 'it is stored')

  describe.each(drivers)('begun in $dialect', ({ dialect, arrive }) => {
    it.each([...keepers, spryker])('is read in $dialect with the same goods at the same price', async reader => {
      const server = getServer()
      const { cartId } = await (await arrive(server)).begin(mugAndShirt)
      const cart = await storedCart(cartId)
      const seen = await reader.cart(server, cart)
      expect(seen).toEqual({ goods: mugAndShirt, currency: cart.currency, grandTotal: 5_250n })
    })

    it('becomes an order that the others read', async () => {
      const server = getServer()
      const shopper = await arrive(server)
      const { cartId } = await shopper.begin(mugAndShirt)
      const number = present(await shopper.place(cartId), `${dialect} places orders`)
      const kept = await server.operations.readOrder({ kind: 'system' }, { number })
      if (!kept.ok) throw new Error(kept.error.code)
      const { order } = kept.value
      const { currency, grandTotal } = order
      const read = await Promise.all(keepers.map(async keeper => [keeper.dialect, await keeper.order(server, order)]))
      expect(read).toEqual(keepers.map(keeper => [keeper.dialect, { currency, grandTotal }]))
      expect(await books.faults()).toEqual([])
    })
  })

  it.each(keepers)('that waits for its payment costs in $dialect what was ordered', async reader => {
    const server = getServer()
    await server.storage.sql.query(`update stock set available = 1 where sku = 'LAST-ONE'`)
    const stock = await openBooks(server.storage.sql)
    const glue = glueOver(() => server)
    const { token } = await glue.newCustomer()
    const cartId: string = (await newCart(glue, token)).json.data.id
    for (const sku of ['MUG-1', 'LAST-ONE']) {
      const data = { type: 'items', attributes: { sku, quantity: 1 } }
      expect((await glue.send('POST', `/carts/${cartId}/items`, { token, data })).status).toBe(201)
    }
    const vouchers = { type: 'vouchers', attributes: { code: 'ONCE' } }
    expect((await glue.send('POST', `/carts/${cartId}/vouchers`, { token, data: vouchers })).status).toBe(201)
    const placed = await checkout(glue, { token }, purchase(cartId, { payments: [card('4000000000003220')] }))
    expect(placed.status).toBe(201)
    const [order] = await server.storage.orders.ofCart(cartId)
    // 12.50 and 9.00, less 5.00, sent for 4.90: shipping was said in the order alone, and what it holds is held by it.
    expect(order).toMatchObject({ status: 'pending', grandTotal: 2_140n })
    const seen = await reader.cart(server, await storedCart(cartId))
    const goods = ['MUG-1', 'LAST-ONE'].map(sku => ({ sku, quantity: 1 }))
    expect(seen).toEqual({ goods, currency: 'EUR', grandTotal: 2_140n })
    await server.operations.cancelOrder({ kind: 'system' }, { id: order?.id ?? '', reason: 'another way' })
    expect(await stock.faults()).toEqual([])
  })

  it.each([...keepers, spryker])(
    'of goods that are put together, and a gift that was chosen, is read in $dialect',
    async reader => {
      const server = getServer()
      const client = clientOf(() => server)
      const id = await client.begin([{ id: '910', quantity: 2 }])
      await client.form(id, 'POST', '/coupons', { text: 'BRINDE' })
      const composition = { items: [{ id: '912', quantity: 1 }] }
      await client.form(id, 'POST', '/items/0/assemblyOptions/Tea', { composition, noSplitItem: true })
      const selectedGifts = [{ id: '911', seller: '1', index: 0 }]
      const chosen = await client.form(id, 'POST', '/selectable-gifts/brinde', { id: 'brinde', selectedGifts })
      expect(chosen.json.value).toBe(2 * (6000 + 800 + 900))
      const cart = await storedCart(id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))
      const bySku = (goods: readonly { readonly sku: string; readonly quantity: number }[]) =>
        goods.map(({ sku, quantity }) => `${quantity} ${sku}`).sort()
      const { goods, grandTotal } = await reader.cart(server, cart)
      expect([bySku(goods), grandTotal]).toEqual([['1 TEA-BLACK', '2 TEA-BLACK', '2 TEA-GREEN', '2 TEA-SET'], 15_400n])
    },
  )

  it('begun by a Spryker customer is finished by a VTEX client', async () => {
    const server = getServer()
    const driver = present(
      drivers.find(known => known.dialect === 'spryker'),
      'Spryker is mounted',
    )
    const { cartId } = await (await driver.arrive(server)).begin(mugAndShirt)
    const client = clientOf(() => server)
    const id = cartId.replaceAll('-', '')
    const call = (path: string, body: object) => client.form(id, 'POST', path, body, demoKey)
    const profile = { firstName: 'Ana', lastName: 'Souza', documentType: 'cpf', document: '52998224725' }
    await call('/attachments/clientProfileData', { ...profile, email: 'ana@shop.example', phone: '+5521999990000' })
    const address = {
      ...{ addressType: 'residential', receiverName: 'Ana', postalCode: '10115', country: 'DEU', state: 'BE' },
      ...{ city: 'Berlin', street: 'West road', number: '212', neighborhood: 'Mitte' },
    }
    const shipped = await call('/attachments/shippingData', { selectedAddresses: [address] })
    const { logisticsInfo } = shipped.json.shippingData
    const chosen = logisticsInfo.map(({ slas }: { slas: readonly { id: string }[] }, itemIndex: number) => ({
      ...{ itemIndex, selectedSla: slas[0]?.id, selectedDeliveryChannel: 'delivery' },
    }))
    await call('/attachments/shippingData', { selectedAddresses: [address], logisticsInfo: chosen })
    const { value, paymentData } = (await client.form(id, 'GET', '', undefined, demoKey)).json
    const invoice = paymentData.paymentSystems.find(({ name }: { name: string }) => name === 'invoice')
    const payment = { paymentSystem: invoice.stringId, referenceValue: value, value, installments: 1 }
    await call('/attachments/paymentData', { payments: [payment] })
    const sums = { referenceId: id, value, referenceValue: value, interestValue: 0 }
    const { orderGroup, merchantTransactions } = (await call('/transaction', sums)).json
    const [{ id: merchantName, transactionId }] = merchantTransactions
    const sent = [{ ...payment, currencyCode: 'EUR', fields: {}, transaction: { id: transactionId, merchantName } }]
    await client.send('POST', `/api/pub/transactions/${transactionId}/payments?orderId=${orderGroup}`, sent)
    expect((await client.send('POST', `${checkoutPath}/gatewayCallback/${orderGroup}`, {})).status).toBe(204)
    const [order] = await server.storage.orders.ofCart(cartId)
    expect(order).toMatchObject({ status: 'confirmed', grandTotal: BigInt(value), channel: 'de' })
    expect(await books.faults()).toEqual([])
  })

  it('begun by a VTEX client is finished by a Spryker customer', async () => {
    const server = getServer()
    const driver = present(
      drivers.find(known => known.dialect === 'vtex'),
      'VTEX is mounted',
    )
    const { cartId } = await (await driver.arrive(server)).begin(mugAndShirt)
    const who = await giveToCustomer(server, cartId)
    const place = {
      ...{ salutation: 'Ms', firstName: 'Ana', lastName: 'Souza', address1: 'Praia de Botafogo', address2: '300' },
      ...{ zipCode: '22250040', city: 'Rio de Janeiro', iso2Code: 'BR' },
    }
    const placed = await checkout(
      glueOver(() => server),
      who,
      {
        idCart: cartId,
        customer: { salutation: 'Ms', email: 'ana@shop.example', firstName: 'Ana', lastName: 'Souza' },
        billingAddress: place,
        shippingAddress: place,
        payments: [{ paymentMethodName: 'Promissory', paymentProviderName: 'promissoryPaymentGroup' }],
        shipment: { idShipmentMethod: 11 },
      },
    )
    expect([placed.status, placed.text]).toEqual([201, placed.text])
    const [order] = await server.storage.orders.ofCart(cartId)
    expect(order).toMatchObject({ status: 'confirmed', currency: 'BRL', grandTotal: 5_950n, channel: 'br' })
    expect((await storedCart(cartId)).status).toBe('closed')
    expect(await books.faults()).toEqual([])
  })
})
