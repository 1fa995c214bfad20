import { expect, it } from 'vitest'
import { statementCounts } from '../../support/count-statements.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, callBack, paymentOf, rio } from './purchase.js'
import { checkoutPath, clientOf } from './shop.js'

describeOnEachDatabase('statements of a checkout', getServer => {
  /** Statements that one request sends, on a server that is warm. */
  async function checkout(): Promise<Readonly<Record<string, number>>> {
    const client = clientOf(getServer)
    const { counts, counted } = statementCounts(getServer().storage.sql)
    const made = await counted('create', () => client.send('POST', `${checkoutPath}/orderForm?forceNewCart=true`, {}))
    const id: string = made.json.orderFormId
    const item = (sku: string) => ({ orderItems: [{ id: sku, quantity: 1, seller: '1' }] })
    await counted('first item', () => client.form(id, 'POST', '/items', item('18')))
    await counted('second item', () => client.form(id, 'POST', '/items', item('19')))
    await counted('quantity', () =>
      client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 2 }] }),
    )
    await counted('read', () => client.form(id, 'GET', ''))
    await counted('current', () => client.send('POST', `${checkoutPath}/orderForm`, {}))
    await counted('refresh', () => client.form(id, 'POST', '?refreshOutdatedData=true'))
    await counted('profile', () => client.form(id, 'POST', '/attachments/clientProfileData', ana))
    const logisticsInfo = [0, 1].map(itemIndex => ({ itemIndex, selectedSla: 'Normal' }))
    const shipped = await counted('shipping', () =>
      client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio], logisticsInfo }),
    )
    const value: number = shipped.json.value
    const payments = [{ paymentSystem: 17, referenceValue: value, installments: 1 }]
    await counted('payment', () => client.form(id, 'POST', '/attachments/paymentData', { payments }))
    const amounts = { referenceId: id, value, referenceValue: value, interestValue: 0 }
    const placed = await counted('transaction', () => client.form(id, 'POST', '/transaction', amounts))
    expect(placed.status).toBe(200)
    const sale = { transactionId: String(placed.json.id), orderGroup: String(placed.json.orderGroup), value }
    const path = `/api/pub/transactions/${sale.transactionId}/payments?orderId=${sale.orderGroup}`
    const sent = await counted('payments', () => client.send('POST', path, [paymentOf(sale)]))
    expect(sent.status).toBe(201)
    const done = await counted('callback', () => callBack(client, sale.orderGroup))
    expect(done.status).toBe(204)
    return counts
  }

  it('is one for a read, two for a change, two for placing and three for confirming', async () => {
    const runs = [await checkout(), await checkout(), await checkout(), await checkout()]
    // A server that nobody has asked for two seconds looks whether the catalog has changed: that is no part of a request.
    const least = (name: string) => Math.min(...runs.map(counts => counts[name] ?? 0))
    const names = Object.keys(runs[0] ?? {})
    expect(Object.fromEntries(names.map(name => [name, least(name)]))).toEqual({
      ...{ create: 1, read: 1, current: 1, refresh: 1 },
      ...{ 'first item': 2, 'second item': 2, quantity: 2, shipping: 2, payment: 2 },
      // One more asks whether the e-mail address is a registered customer's.
      profile: 3,
      ...{ transaction: 2, payments: 2, callback: 3 },
    })
  })
})
