import { expect, it } from 'vitest'
import { leastOf, type StatementCounts, statementCounts } from '../../support/count-statements.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries, wholesale } from './more-goods.js'
import { ana, rio } from './purchase.js'
import { checkoutPath, clientOf } from './shop.js'

describeOnEachDatabase('statements in a store of two sales channels', getServer => {
  /** Statements that each request sends, of a checkout that names the channel once at most. */
  async function checkout(begun: string, selectedSla: string): Promise<StatementCounts> {
    const client = clientOf(getServer)
    const { counts, counted } = statementCounts(getServer().storage.sql)
    const made = await counted('create', () => client.send('POST', `${checkoutPath}/orderForm${begun}`, {}))
    const id: string = made.json.orderFormId
    const orderItems = [{ id: '3101', quantity: 1, seller: '1' }]
    await counted('item', () => client.form(id, 'POST', '/items', { orderItems }))
    await counted('quantity', () =>
      client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 2 }] }),
    )
    await counted('read', () => client.form(id, 'GET', ''))
    await counted('profile', () => client.form(id, 'POST', '/attachments/clientProfileData', ana))
    const logisticsInfo = [{ itemIndex: 0, selectedSla }]
    const shipped = await counted('shipping', () =>
      client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio], logisticsInfo }),
    )
    const { value } = shipped.json
    const payments = [{ paymentSystem: 17, referenceValue: value, installments: 1 }]
    await counted('payment', () => client.form(id, 'POST', '/attachments/paymentData', { payments }))
    const amounts = { referenceId: id, value, referenceValue: value, interestValue: 0 }
    const placed = await counted('transaction', () => client.form(id, 'POST', '/transaction', amounts))
    expect(placed.status).toBe(200)
    return counts
  }

  async function least(begun: string, selectedSla: string): Promise<StatementCounts> {
    const run = () => checkout(begun, selectedSla)
    return leastOf([await run(), await run(), await run()])
  }

  it('are those of a store of one, in either channel, whether or not a call names it', async () => {
    await importEntries(getServer(), [goods(3101, '20.00')])
    const alone = await least('', 'Normal')
    expect(alone).toMatchObject({ item: 2, read: 1, shipping: 2, transaction: 2 })
    await importEntries(getServer(), [wholesale, goods(3101, '', { prices: { br: '20.00', wholesale: '15.00' } })])
    expect(await least('', 'Normal')).toEqual(alone)
    expect(await least('?sc=2', 'Truck')).toEqual(alone)
  })
})
