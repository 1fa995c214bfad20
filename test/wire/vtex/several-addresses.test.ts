import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure, importEntries } from './more-goods.js'
import { ana, promissory, rio, transact } from './purchase.js'
import { checkoutPath, clientOf, demoKey, errorBody, expectError } from './shop.js'

const home = { ...rio, addressId: 'home', receiverName: 'Ana Souza' }
const paulista = {
  ...{ addressType: 'residential', addressId: 'office', receiverName: 'Bruno Lima', postalCode: '01310100' },
  ...{
    country: 'BRA',
    state: 'SP',
    city: 'São Paulo',
    street: 'Avenida Paulista',
    number: '1',
    neighborhood: 'Centro',
  },
}
const store = { addressType: 'pickup', addressId: '1_RJ01', country: 'BRA' }
const items = [
  { id: '18', quantity: 2 },
  { id: '19', quantity: 1 },
]
const shipping = '/attachments/shippingData'

interface Info {
  readonly itemIndex: number
  readonly addressId: string | null
  readonly selectedSla: string | null
  readonly selectedDeliveryChannel: string | null
}

/** Where and how each item goes. */
const ways = (json: { readonly shippingData: { readonly logisticsInfo: readonly Info[] } }) =>
  json.shippingData.logisticsInfo.map(one => [
    one.itemIndex,
    one.addressId,
    one.selectedSla,
    one.selectedDeliveryChannel,
  ])

describeOnEachDatabase('several delivery addresses on one cart', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      {
        ...{ kind: 'shipping_method', channel: 'br', id: 'Paulista', integerId: 92, name: 'Paulista', carrier: 'Moto' },
        ...{ position: 10, zones: [{ area: 'BR', postalFrom: '01000000', postalTo: '05999999' }], deliveryDays: 5 },
        prices: { BRL: '20.00' },
      },
    ]),
  )

  describe('where the account does not allow them', () => {
    it.each([null, false])('%s: 400 CHK0261, and the cart is as it was', async allowMultipleDeliveries => {
      await configure(getServer(), { allowMultipleDeliveries })
      const client = clientOf(getServer)
      const id = await client.begin(items)
      const answer = await client.form(id, 'POST', shipping, { selectedAddresses: [home, paulista] })
      expect(answer.status).toBe(400)
      expect(answer.json).toEqual(errorBody('CHK0261', 'Multiple delivery addresses are not allowed'))
      expect((await client.form(id, 'GET', '')).json.shippingData.selectedAddresses).toEqual([])
    })
  })

  describe('where the account allows them', () => {
    beforeAll(async () => {
      const client = clientOf(getServer)
      const path = '/api/checkout/pvt/configuration/orderForm'
      const set = await client.send('PATCH', path, { allowMultipleDeliveries: true }, demoKey)
      expect(set.status).toBe(204)
      expect((await client.send('GET', path, undefined, demoKey)).json.allowMultipleDeliveries).toBe(true)
    })

    const both = {
      selectedAddresses: [home, paulista],
      logisticsInfo: [
        { itemIndex: 0, addressId: 'home', selectedSla: 'Normal', selectedDeliveryChannel: 'delivery' },
        { itemIndex: 1, addressId: 'office', selectedSla: 'Paulista', selectedDeliveryChannel: 'delivery' },
      ],
    }

    it('each item goes to its own, by what is offered there, and pays for its own shipment', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      const { status, json } = await client.form(id, 'POST', shipping, both)
      expect(status).toBe(200)
      expect(ways(json)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'office', 'Paulista', 'delivery'],
      ])
      const [first, second] = json.shippingData.logisticsInfo
      expect(first.slas.map((one: { id: string }) => one.id)).toEqual(['pickup-1_RJ01', 'Normal'])
      expect(second.slas).toMatchObject([{ id: 'Paulista', price: 2000 }])
      expect(json.shippingData.selectedAddresses).toMatchObject([
        { addressId: 'home', city: 'Rio de Janeiro', receiverName: 'Ana Souza' },
        { addressId: 'office', postalCode: '01310100', receiverName: 'Bruno Lima' },
      ])
      expect(json.shippingData.address.addressId).toBe('home')
      expect(json.totalizers).toMatchObject([{ value: 6500 }, { id: 'Shipping', value: 2700 }])
      expect([json.value, json.messages]).toEqual([9200, []])
      // what was read goes back whole and changes nothing; so does a change of something else
      const again = await client.form(id, 'POST', shipping, json.shippingData)
      expect(again.json.shippingData).toEqual(json.shippingData)
      const more = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 1, quantity: 2 }] })
      expect(ways(more.json)).toEqual(ways(json))
    })

    it('an item without a word goes to the first, and a new one too', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      const logisticsInfo = [{ itemIndex: 1, addressId: 'office' }]
      const { json } = await client.form(id, 'POST', shipping, { selectedAddresses: [home, paulista], logisticsInfo })
      expect(ways(json)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'office', 'Paulista', 'delivery'],
      ])
      const later = await client.form(id, 'POST', '/items', { orderItems: [{ id: '901', quantity: 1, seller: '1' }] })
      expect(ways(later.json)[2]).toEqual([2, 'home', 'Normal', 'delivery'])
    })

    it('one is delivered and one is picked up while a third goes elsewhere', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([...items, { id: '901', quantity: 1 }])
      const { json } = await client.form(id, 'POST', shipping, {
        selectedAddresses: [home, paulista, store],
        logisticsInfo: [
          ...both.logisticsInfo,
          { itemIndex: 2, addressId: '1_RJ01', selectedSla: null, selectedDeliveryChannel: 'pickup-in-point' },
        ],
      })
      expect(ways(json)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'office', 'Paulista', 'delivery'],
        [2, '1_RJ01', 'pickup-1_RJ01', 'pickup-in-point'],
      ])
      expect(json.shippingData.selectedAddresses).toMatchObject([{ addressId: 'home' }, { addressId: 'office' }, store])
      expect(json.totalizers).toMatchObject([{ value: 7000 }, { id: 'Shipping', value: 2700 }])
    })

    it('moves with its item when an item before it leaves, and an item changes its place without its address sent again', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      await client.form(id, 'POST', shipping, both)
      const moved = await client.form(id, 'POST', shipping, { logisticsInfo: [{ itemIndex: 0, addressId: 'office' }] })
      expect(ways(moved.json)).toEqual([
        [0, 'office', 'Paulista', 'delivery'],
        [1, 'office', 'Paulista', 'delivery'],
      ])
      expect(moved.json.totalizers).toMatchObject([{ value: 6500 }, { id: 'Shipping', value: 2000 }])
      await client.form(id, 'POST', shipping, both)
      const left = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 0 }] })
      expect(ways(left.json)).toEqual([[0, 'office', 'Paulista', 'delivery']])
    })

    it('an address that is selected no longer is given up for the first', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      await client.form(id, 'POST', shipping, both)
      const { json } = await client.form(id, 'POST', shipping, { selectedAddresses: [home] })
      expect(ways(json)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'home', 'Normal', 'delivery'],
      ])
    })

    it('pieces of one item go to two places once it is split', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '18', quantity: 3 }])
      const { uniqueId } = (await client.form(id, 'GET', '')).json.items[0]
      await client.form(id, 'POST', `/items/${uniqueId}/split`, [{ quantity: 1 }, { quantity: 2 }])
      const { json } = await client.form(id, 'POST', shipping, both)
      expect(ways(json)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'office', 'Paulista', 'delivery'],
      ])
      expect(json.items.map((item: { quantity: number }) => item.quantity)).toEqual([1, 2])
    })

    it('what cannot be sent to its address says so, though another could', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      const logisticsInfo = [{ itemIndex: 1, addressId: 'far' }]
      const far = { ...paulista, addressId: 'far', postalCode: '69005010' }
      const { json } = await client.form(id, 'POST', shipping, { selectedAddresses: [home, far], logisticsInfo })
      expect(ways(json)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'far', null, null],
      ])
      expect(json.items.map((item: { availability: string }) => item.availability)).toEqual([
        'available',
        'cannotBeDelivered',
      ])
      expect(json.messages).toMatchObject([{ code: 'cannotBeDelivered', status: 'error', fields: { itemIndex: '1' } }])
      await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      const refused = await transact(client, id, json.value)
      expectError(refused, 'ORD023')
    })

    it.each([
      [400, 'CHK0263', { selectedAddresses: [home, { ...paulista, country: 'USA', postalCode: '10011' }] }],
      [400, 'CHK00334', { selectedAddresses: Array.from({ length: 21 }, (_, n) => ({ ...home, addressId: `a${n}` })) }],
      [400, 'ORD001', { selectedAddresses: [home, { ...paulista, postalCode: '12' }] }],
      [400, 'CHK0127', { selectedAddresses: [home, { ...paulista, country: null }] }],
      [400, 'CHK0264', { selectedAddresses: [home, paulista, { ...store, addressId: 'nowhere' }] }],
    ])('%d %s', async (status, code, body) => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      const answer = await client.form(id, 'POST', shipping, body)
      expectError(answer, code)
      expect(answer.status).toBe(status)
      expect((await client.form(id, 'GET', '')).json.shippingData.selectedAddresses).toEqual([])
    })

    it('the order keeps them, each item with its own', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(items)
      await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      // The sample directory knows no code of São Paulo.
      await client.form(id, 'POST', shipping, { ...both, clearAddressIfPostalCodeNotFound: false })
      const payments = [{ paymentSystem: promissory, referenceValue: 9200, value: 9200, installments: 1 }]
      await client.form(id, 'POST', '/attachments/paymentData', { payments })
      const placed = await transact(client, id, 9200)
      expect(placed.status).toBe(200)
      const { orderGroup } = placed.json
      const [order] = (await client.send('GET', `${checkoutPath}/orders/order-group/${orderGroup}`)).json
      expect(ways(order)).toEqual([
        [0, 'home', 'Normal', 'delivery'],
        [1, 'office', 'Paulista', 'delivery'],
      ])
      expect(order.shippingData.selectedAddresses).toMatchObject([{ addressId: 'home' }, { addressId: 'office' }])
      expect(order.totals).toMatchObject([{ value: 6500 }, { value: 0 }, { id: 'Shipping', value: 2700 }, { value: 0 }])
    })
  })
})
