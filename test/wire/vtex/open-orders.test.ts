import { beforeAll, expect, it } from 'vitest'
import { type Books, openBooks } from '../../support/books.js'
import { describeOnEachDatabase, type TestAnswer } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { ana, callBack, cardOf, fillIn, paymentOf, transact, visa } from './purchase.js'
import { clientOf, expectError, type VtexClient } from './shop.js'

const lastPieces = [
  { id: '6001', quantity: 2 },
  { id: '18', quantity: 8 },
]

// "While an order group is open (5 minutes) the cart keeps its content and may be changed": dialects/vtex.md 5.8.
describeOnEachDatabase('an orderForm whose order waits for its payment', getServer => {
  let books: Books
  beforeAll(async () => {
    await importEntries(getServer(), [
      goods(6001, '9.00', { stock: 2 }),
      goods(6003, '3.00', { stock: 0 }),
      goods(6004, '5.00', { stock: 1 }),
      {
        ...{ kind: 'promotion', id: 'sold-out', integerId: 6003, name: 'Sold out', channels: ['br'] },
        conditions: [{ kind: 'subtotal', atLeast: { BRL: '100.00' } }],
        benefits: [{ kind: 'gift_choice', skus: ['GOODS-6003'], quantity: 1 }],
      },
      {
        ...{ kind: 'promotion', id: 'once-more', integerId: 6002, name: 'Once', channels: ['br'] },
        benefits: [{ kind: 'amount_off_order', amount: { BRL: '4.00' } }],
        coupons: [{ code: 'JUSTONCE', integerId: 6002, usageLimit: 1 }],
      },
    ])
    books = await openBooks(getServer().storage.sql)
  })

  /** The last pieces, a coupon for one use and all that is left on a gift card. */
  async function filled(client: VtexClient): Promise<{ readonly id: string; readonly form: TestAnswer['json'] }> {
    const id = await client.begin(lastPieces)
    await client.form(id, 'POST', '/coupons', { text: 'JUSTONCE' })
    const value = await fillIn(client, id, { system: visa })
    const body = {
      payments: [{ paymentSystem: visa, referenceValue: value, value, installments: 1 }],
      giftCards: [{ redemptionCode: 'GIFT50DEMO', value: 5000, inUse: true }],
    }
    const { json } = await client.form(id, 'POST', '/attachments/paymentData', body)
    expect([json.value, json.paymentData.payments[0].value]).toEqual([1800 + 10_000 - 400 + 700, 7100])
    return { id, form: json }
  }

  const lasting = ({ paymentData, items, ...rest }: TestAnswer['json']) => ({
    ...rest,
    items: items.map(({ priceValidUntil: _, ...item }: { readonly priceValidUntil: string }) => item),
    paymentData: { ...paymentData, paymentSystems: [] },
  })

  async function pay(client: VtexClient, placed: TestAnswer, cardNumber: string): Promise<void> {
    const { id, orderGroup } = placed.json
    const more = { paymentSystem: visa, fields: cardOf(cardNumber) }
    const sent = [paymentOf({ transactionId: id, value: 7100 }, more)]
    const paid = await client.send('POST', `/api/pub/transactions/${id}/payments?orderId=${orderGroup}`, sent)
    expect(paid.status).toBe(201)
  }

  it('has what that order holds: nobody else does, and whoever comes back from paying can buy it', async () => {
    const client = clientOf(getServer)
    const { id, form } = await filled(client)
    const first = await transact(client, id, form.value)
    expect(first.status).toBe(200)
    const back = await client.form(id, 'GET', '')
    expect(lasting(back.json)).toEqual(lasting(form))
    const again = await transact(client, id, form.value)
    expect([again.json.orderGroup, lasting(again.json)]).toEqual([first.json.orderGroup, lasting(first.json)])

    const other = clientOf(getServer)
    const elsewhere = await other.begin(lastPieces)
    await other.form(elsewhere, 'POST', '/coupons', { text: 'JUSTONCE' })
    const giftCards = [{ redemptionCode: 'GIFT50DEMO', value: 5000, inUse: true }]
    const { json } = await other.form(elsewhere, 'POST', '/attachments/paymentData', { giftCards })
    expect(json.items.map((item: { availability: string }) => item.availability)).toEqual(['withoutStock', 'available'])
    const codes = json.messages.map((message: { code: string }) => message.code)
    expect(codes.sort()).toEqual(['couponNotFound', 'noFundsGiftCard', 'withoutStock'])

    // Typed anew, it is another purchase over the same things: the order before makes way.
    const typed = await client.form(id, 'POST', '/attachments/clientProfileData', { ...ana, firstName: 'Bea' })
    expect([typed.json.value, typed.json.messages]).toEqual([form.value, []])
    const second = await transact(client, id, form.value)
    expect(second.status).toBe(200)
    expect(second.json.orderGroup).not.toBe(first.json.orderGroup)
    expectError(await callBack(client, first.json.orderGroup), 'CHK0115')
    await pay(client, second, '4111111111111111')
    expect((await callBack(client, second.json.orderGroup)).status).toBe(204)
    expect((await client.form(id, 'GET', '')).json.items).toEqual([])
    expect(await books.faults()).toEqual([])
  })

  it('has what that order holds also where no payment is chosen any more', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '6004', quantity: 1 }])
    const value = await fillIn(client, id)
    expect((await transact(client, id, value)).status).toBe(200)
    const unpaid = await client.form(id, 'POST', '/attachments/paymentData', { payments: [] })
    expect([unpaid.json.items[0].availability, unpaid.json.messages, unpaid.json.value]).toEqual([
      'available',
      [],
      value,
    ])
    const back = await client.form(id, 'GET', '')
    expect(lasting(back.json)).toEqual(lasting(unpaid.json))
  })

  it('whose shopper was sent to a payment page is the same order while the cart says the same, however often', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 2 }])
    const value = await fillIn(client, id, { system: visa })
    const first = await transact(client, id, value, { savePersonalData: true, optinNewsLetter: true })
    const { id: transactionId, orderGroup } = first.json
    const more = { paymentSystem: visa, fields: cardOf('4000000000003220') }
    const sent = [paymentOf({ transactionId, value }, more)]
    const path = `/api/pub/transactions/${transactionId}/payments?orderId=${orderGroup}`
    expect((await client.send('POST', path, sent)).status).toBe(201)
    const page = await callBack(client, orderGroup)
    expect(page.status).toBe(428)
    // Pages write everything once more when their button is pressed again.
    const { shippingData, paymentData } = (await client.form(id, 'GET', '')).json
    const sections = { clientProfileData: ana, shippingData, paymentData: { payments: paymentData.payments } }
    for (const [section, body] of Object.entries(sections)) {
      expect((await client.form(id, 'POST', `/attachments/${section}`, body)).json.value).toBe(value)
    }
    const again = await transact(client, id, value, { savePersonalData: true, optinNewsLetter: true })
    expect([again.status, again.json.orderGroup]).toEqual([200, orderGroup])
    const back = await callBack(client, orderGroup)
    expect([back.status, back.json]).toEqual([428, page.json])
    await client.form(id, 'POST', '/attachments/openTextField', { value: 'Ring twice' })
    expectError(await transact(client, id, value), 'CHK0085')
  })
})
