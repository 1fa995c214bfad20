import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, promissory, rio, transact } from './purchase.js'
import { clientOf, expectError } from './shop.js'

const shipping = '/attachments/shippingData'
const comesHere = { addressType: 'pickup', addressId: '1_RJ01', country: 'BRA', receiverName: 'Bia Lima' }
const pickedUp = [{ itemIndex: 0, selectedDeliveryChannel: 'pickup-in-point', addressId: '1_RJ01' }]

/** The shop of the demo store, with whoever comes there. */
const shop = {
  ...{ addressType: 'pickup', addressId: '1_RJ01', isDisposable: true, receiverName: 'Bia Lima', country: 'BRA' },
  ...{ postalCode: '22250040', city: 'Rio de Janeiro', state: 'RJ', street: 'Praia de Botafogo', number: '300' },
  ...{ neighborhood: 'Botafogo', complement: null, reference: null, geoCoordinates: [-43.1822, -22.9461] },
}

describeOnEachDatabase('who only picks up', getServer => {
  const begun = async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 2 }])
    await client.form(id, 'POST', '/attachments/clientProfileData', ana)
    const sent = await client.form(id, 'POST', shipping, { selectedAddresses: [comesHere], logisticsInfo: pickedUp })
    return { client, id, json: sent.json }
  }
  const paidFor = (value: number) => ({
    payments: [{ paymentSystem: promissory, referenceValue: value, value, installments: 1 }],
  })

  it('has the address of the shop and no other, and may order', async () => {
    const { client, id, json } = await begun()
    expect(json.shippingData.selectedAddresses).toEqual([shop])
    expect(json.shippingData.address).toEqual(shop)
    expect(json.shippingData.logisticsInfo).toMatchObject([{ selectedSla: 'pickup-1_RJ01', addressId: '1_RJ01' }])
    const again = await client.form(id, 'POST', shipping, json.shippingData)
    expect(again.json.shippingData).toEqual(json.shippingData)
    await client.form(id, 'POST', '/attachments/paymentData', paidFor(2500))
    const placed = await transact(client, id, 2500)
    expect(placed.status).toBe(200)
    expect(placed.json.orders[0].shippingData.selectedAddresses).toEqual([shop])
  })

  it('has it delivered once that is asked for, by the channel alone too', async () => {
    const { client, id } = await begun()
    const home = { ...rio, addressId: 'home' }
    const wanted = (selectedDeliveryChannel: string | null) => ({
      selectedAddresses: [home, comesHere],
      logisticsInfo: [{ itemIndex: 0, selectedSla: null, selectedDeliveryChannel, addressId: 'home' }],
    })
    const same = await client.form(id, 'POST', shipping, wanted(null))
    expect(same.json.shippingData.logisticsInfo).toMatchObject([{ selectedSla: 'pickup-1_RJ01' }])
    const { json } = await client.form(id, 'POST', shipping, wanted('delivery'))
    expect(json.shippingData.logisticsInfo).toMatchObject([
      { selectedSla: 'Normal', selectedDeliveryChannel: 'delivery', addressId: 'home' },
    ])
    expect([json.value, json.messages]).toEqual([3200, []])
  })

  it('has nothing sent to the shop: an address is asked for, and then it is that', async () => {
    const { client, id } = await begun()
    const logisticsInfo = [{ itemIndex: 0, selectedSla: 'Normal', selectedDeliveryChannel: 'delivery' }]
    await client.form(id, 'POST', shipping, { logisticsInfo })
    await client.form(id, 'POST', '/attachments/paymentData', paidFor(3200))
    expectError(await transact(client, id, 3200), 'CHK0175')
    const home = { ...rio, addressId: 'home', number: '12' }
    const { json } = await client.form(id, 'POST', shipping, { selectedAddresses: [home], logisticsInfo })
    expect(json.shippingData.selectedAddresses).toMatchObject([{ addressId: 'home', number: '12' }])
    expect((await transact(client, id, 3200)).status).toBe(200)
  })
})
