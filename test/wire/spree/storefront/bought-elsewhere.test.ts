import { beforeAll, expect, it } from 'vitest'
import { present } from '../../../../src/core/assert.js'
import { type Books, openBooks } from '../../../support/books.js'
import { checkoutPath, clientOf, demoKey } from '../../vtex/shop.js'
import { admin, describeShop, type Shopper } from '../shop.js'

/** A cart that was begun here, and bought through the VTEX dialect, which goes on with the same cart. */
describeShop('an order that another API completed, whose cart stayed open', shop => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks(shop.server().storage.sql)
  })

  const newYork = {
    ...{ addressType: 'residential', receiverName: 'Ann Lee', postalCode: '10011', country: 'USA', state: 'NY' },
    ...{ city: 'New York', street: '1 Road', number: '1', neighborhood: 'Centre' },
  }

  /** By check, as the profile and delivery of a VTEX storefront. */
  async function buyThere({ number }: Shopper): Promise<string> {
    const { cart } = await shop.server().storage.carts.read({ number })
    const id = present(cart, 'an order that was begun is a cart').id.replaceAll('-', '')
    const client = clientOf(shop.server)
    const call = (path: string, body: object) => client.form(id, 'POST', path, body, demoKey)
    const profile = {
      firstName: 'Ann',
      lastName: 'Lee',
      documentType: 'cpf',
      document: '52998224725',
      phone: '+5521999990000',
    }
    await call('/attachments/clientProfileData', { ...profile, email: 'ann@example.com' })
    const shipped = await call('/attachments/shippingData', { selectedAddresses: [newYork] })
    const lines: readonly { readonly slas: readonly { readonly id: string }[] }[] =
      shipped.json.shippingData.logisticsInfo
    const logisticsInfo = lines.map(({ slas }, itemIndex) => ({
      ...{ itemIndex, selectedSla: slas[0]?.id, selectedDeliveryChannel: 'delivery' },
    }))
    const { value } = (await call('/attachments/shippingData', { selectedAddresses: [newYork], logisticsInfo })).json
    const payment = { paymentSystem: '3', referenceValue: value, value, installments: 1 }
    await call('/attachments/paymentData', { payments: [payment] })
    const sums = { referenceId: id, value, referenceValue: value, interestValue: 0 }
    const started = await call('/transaction', sums)
    expect([started.status, started.text]).toEqual([200, started.text])
    const { orderGroup, merchantTransactions } = started.json
    const [{ id: merchantName, transactionId }] = merchantTransactions
    const sent = [{ ...payment, currencyCode: 'USD', fields: {}, transaction: { id: transactionId, merchantName } }]
    await client.send('POST', `/api/pub/transactions/${transactionId}/payments?orderId=${orderGroup}`, sent)
    expect((await client.send('POST', `${checkoutPath}/gatewayCallback/${orderGroup}`, {})).status).toBe(204)
    return id
  }

  const listed = async (number: string): Promise<readonly { readonly state: string; readonly total: string }[]> =>
    (await shop.send('GET', `/api/orders?q[number_eq]=${number}`, { key: admin })).json.orders

  it('is read and listed as complete by its number, and cannot be changed (GET /api/orders/:number)', async () => {
    const shopper = await shop.newOrder([{ variant_id: 18, quantity: 2 }])
    const id = await buyThere(shopper)
    const order = await shop.read(shopper)
    expect(order).toMatchObject({
      ...{ number: shopper.number, state: 'complete', total: '30.0', item_total: '25.0', ship_total: '5.0' },
      ...{ payment_state: 'balance_due', email: 'ann@example.com' },
      line_items: [{ quantity: 2, variant: { sku: 'MUG-1' } }],
      payments: [{ amount: '30.0', payment_method_id: 3 }],
    })
    expect(await listed(shopper.number)).toMatchObject([{ state: 'complete', total: '30.0' }])
    const body = { line_item: { variant_id: 18, quantity: 1 } }
    const { number } = shopper
    const changes = async (known: Shopper) => {
      const own = { token: known.token }
      const email = { order: { email: 'bob@example.com' } }
      const answers = [
        await shop.send('POST', `/api/orders/${known.number}/line_items`, { ...own, body }),
        await shop.send('PUT', `/api/orders/${known.number}/apply_coupon_code`, {
          ...own,
          body: { coupon_code: '10off' },
        }),
        await shop.send('PUT', `/api/orders/${known.number}/empty`, { key: admin }),
        await shop.send('PUT', `/api/checkouts/${known.number}`, { ...own, body: email }),
      ]
      return answers.map(({ status, json }) => [status, json?.error ?? json?.exception ?? json?.state])
    }
    // As of an order that was completed here.
    expect(await changes(shopper)).toEqual(await changes(await shop.walkTo('complete')))
    expect(await shop.read(shopper)).toEqual(order)
    const form = await clientOf(shop.server).form(id, 'GET', '', undefined, demoKey)
    expect(form.json.items).toEqual([])

    const canceled = await shop.send('PUT', `/api/orders/${number}/cancel`, { key: admin })
    expect([canceled.status, canceled.json.state]).toEqual([200, 'canceled'])
    expect((await shop.read(shopper)).state).toBe('canceled')
    expect(await listed(number)).toMatchObject([{ state: 'canceled', total: '30.0' }])
    expect(await books.faults()).toEqual([])
  })

  it('stays what its number names while the cart is bought again', async () => {
    const shopper = await shop.newOrder([{ variant_id: 18, quantity: 2 }])
    const id = await buyThere(shopper)
    const orderItems = [{ id: '19', quantity: 1, seller: '1' }]
    await clientOf(shop.server).form(id, 'POST', '/items', { orderItems }, demoKey)
    await buyThere(shopper)
    expect(await shop.read(shopper)).toMatchObject({ state: 'complete', total: '30.0', payments: [{ amount: '30.0' }] })
    const next = await shop.send('GET', `/api/orders/${shopper.number}-2`, { key: admin })
    expect(next.json).toMatchObject({
      number: `${shopper.number}-2`,
      state: 'complete',
      total: '45.0',
      payments: [{ amount: '45.0' }],
    })
    expect(await books.faults()).toEqual([])
  })
})
