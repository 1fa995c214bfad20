import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { demoKey as auth, goods, item, wixOver } from '../wix/wix.js'
import { clientOf, demoKey } from './shop.js'

describeOnEachDatabase('an address that another API told', getServer => {
  it('is what it was when it comes back as it was shown, with the company and the tax id', async () => {
    const wix = wixOver(getServer)
    const body = { channelType: 'WEB', lineItems: [item(goods.mug)] }
    const { id } = (await wix.send('POST', '/ecom/v1/checkouts', { auth, body })).json.checkout
    const vatId = { id: '52998224725', type: 'CPF' }
    const shippingDestination = {
      address: { country: 'US', subdivision: 'US-NY', city: 'New York', postalCode: '10011', addressLine: '1 Road' },
      contactDetails: { firstName: 'Ann', lastName: 'Lee', phone: '+12125550100', company: 'Lee Ltd', vatId },
    }
    const checkout = { buyerInfo: { email: 'ann@polytill.test' }, shippingInfo: { shippingDestination } }
    const told = await wix.send('PATCH', `/ecom/v1/checkouts/${id}`, { auth, body: { checkout } })
    expect(told.status).toBe(200)

    const client = clientOf(getServer)
    const formId = id.replaceAll('-', '')
    const { selectedAddresses } = (await client.form(formId, 'GET', '', undefined, demoKey)).json.shippingData
    expect(selectedAddresses).toMatchObject([{ street: '1 Road', receiverName: 'Ann Lee' }])
    const sent = await client.form(formId, 'POST', '/attachments/shippingData', { selectedAddresses }, demoKey)
    expect(sent.json.shippingData.selectedAddresses).toEqual(selectedAddresses)
    const after = await wix.send('GET', `/ecom/v1/checkouts/${id}`, { auth })
    const { shippingInfo } = told.json.checkout
    expect(after.json.checkout.shippingInfo.shippingDestination).toEqual(shippingInfo.shippingDestination)
  })
})
