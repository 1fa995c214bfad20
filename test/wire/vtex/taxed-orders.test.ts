import { expect, it } from 'vitest'
import { taxesOf } from '../../support/tax-service.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, callBack, fillIn, promissory, rio, sendPayments, transact } from './purchase.js'
import { checkoutPath, clientOf, expectError } from './shop.js'
import { taxedShop } from './taxed-shop.js'

describeOnEachDatabase(
  'an order whose taxes an outside service says',
  getServer => {
    const shop = taxedShop(getServer)
    const { send, configure, asked, shipped, taxOf, reply } = shop

    it('has the taxes that were quoted, by part, tag and total, also where another API shows it', async () => {
      const client = clientOf(getServer)
      const { id } = await shipped(client)
      const value = await fillIn(client, id)
      expect(value).toBe(3520)
      const placed = await transact(client, id, value)
      expect(placed.status).toBe(200)
      const sale = { transactionId: String(placed.json.id), orderGroup: String(placed.json.orderGroup), value }
      // Whatever the service says later is not the order's.
      reply(() => taxesOf([]))
      expect((await sendPayments(client, sale)).status).toBe(201)
      expect((await callBack(client, sale.orderGroup)).status).toBe(204)
      const tags = [expect.objectContaining({ name: 'TAXHUB@VAT', value: 320, rawValue: 3.2 })]
      const taxData = {
        areTaxesDesignatedByMarketplace: false,
        taxInfoCollection: [{ itemIndex: 0, sku: '18', priceTags: tags }],
      }
      const shown = await send('GET', `${checkoutPath}/orders/order-group/${sale.orderGroup}`)
      expect(shown.json[0]).toMatchObject({ value: 3520, items: [{ tax: 0, priceTags: tags }], taxData })
      expect(taxOf({ totalizers: shown.json[0].totals })).toBe(320)
      const oms = await send('GET', `/api/oms/pvt/orders/${sale.orderGroup}-01`)
      expect(oms.json).toMatchObject({ value: 3520, taxData })
      const order = await getServer().storage.orders.read({ number: sale.orderGroup })
      expect(order?.snapshot.taxes).toMatchObject([{ name: 'VAT', amount: 320n }])
      expect(order?.grandTotal).toBe(3520n)
    })

    it('is never placed by a quote that is out of date', async () => {
      const client = clientOf(getServer)
      const { id } = await shipped(client)
      const value = await fillIn(client, id)
      const before = asked()
      // Another account with the service: what it said before counts no longer.
      reply(() => taxesOf([{ id: '0', taxes: [{ name: 'NEW', value: 5 }] }]))
      await configure({ url: shop.url(), authorizationHeader: 'Bearer another' })
      const read = await client.form(id, 'GET', '')
      expect([taxOf(read.json), asked()]).toEqual([undefined, before])
      expectError(await transact(client, id, value), 'CHK0210')
      expect(asked()).toBe(before + 1)
      const fresh = await client.form(id, 'GET', '')
      expect([fresh.json.value, taxOf(fresh.json)]).toEqual([3700, 500])
      const placed = await transact(client, id, 3700)
      expect([placed.status, placed.json.value, asked()]).toEqual([200, 3700, before + 1])
    })

    it('comes about by PUT /api/checkout/pub/orders too, with the taxes asked for it', async () => {
      const payments = [{ paymentSystem: promissory, installments: 1, value: 3520, referenceValue: 3520 }]
      const whole = (value: number) => ({
        items: [{ id: '18', quantity: 2, seller: '1', price: 1250 }],
        clientProfileData: ana,
        shippingData: { address: rio, logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal', price: 700 }] },
        paymentData: { payments: payments.map(payment => ({ ...payment, value, referenceValue: value })) },
      })
      const client = clientOf(getServer)
      const wrong = await client.send('PUT', `${checkoutPath}/orders`, whole(3200))
      expectError(wrong, 'CHK0198')
      const placed = await client.send('PUT', `${checkoutPath}/orders`, whole(3520))
      expect([placed.status, placed.json.orders?.[0]?.value]).toEqual([201, 3520])
      reply(() => taxesOf([], { status: 500 }))
      const refused = await client.send('PUT', `${checkoutPath}/orders`, whole(3200))
      expectError(refused, 'CHK0219')
    })

    it('is asked by a simulation too, unless that may leave taxes out', async () => {
      const client = clientOf(getServer)
      const path = `${checkoutPath}/orderForms/simulation`
      const simulation = {
        ...{ items: [{ id: '18', quantity: 2, seller: '1' }], country: 'BRA', postalCode: '22250040' },
        shippingData: { logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal' }] },
      }
      const told = await client.send('POST', path, simulation)
      expect(taxOf({ totalizers: told.json.totals })).toBe(320)
      const before = asked()
      const bare = await client.send('POST', path, { ...simulation, allowedOutdatedData: ['taxData'] })
      expect([taxOf({ totalizers: bare.json.totals }), asked()]).toEqual([undefined, before])
    })
  },
  { environment: { POLYTILL_TAX_HOSTS: '127.0.0.1' } },
)
