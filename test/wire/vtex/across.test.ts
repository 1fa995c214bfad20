import { expect, it } from 'vitest'
import { readAccessToken } from '../../../src/dialects/spryker/auth.js'
import { openBooks } from '../../support/books.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { managementOver, mug } from '../bigcommerce/management.js'
import { newCart } from '../spryker/basket.js'
import { glueOver } from '../spryker/glue.js'
import { ana, rio, transact } from './purchase.js'
import { clientOf } from './shop.js'

const add = (sku: string, quantity: number) => ({ type: 'guest-cart-items', attributes: { sku, quantity } })

describeOnEachDatabase('a cart that another API began', getServer => {
  const glue = glueOver(getServer)

  it('is read here by its id with the same figures, and what is added here is seen there', async () => {
    const guest = crypto.randomUUID()
    const begun = await glue.send('POST', '/guest-cart-items', { guest, data: add('MUG-1', 2) })
    const id: string = begun.json.data.id
    const client = clientOf(getServer)
    const form = await client.form(id, 'GET', '')
    expect(form.json).toMatchObject({
      orderFormId: id.replaceAll('-', ''),
      value: 2500,
      items: [{ id: '18', refId: 'MUG-1', quantity: 2 }],
      storePreferencesData: { currencyCode: 'EUR', countryCode: 'DEU', timeZone: 'W. Europe Standard Time' },
      totalizers: [{ id: 'Items', value: 2500 }],
    })
    expect(form.json.paymentData.paymentSystems).toMatchObject([{ id: 101, isCustom: true }, { id: 102 }])
    const orderItems = [{ id: '19', quantity: 1, seller: '1' }]
    expect((await client.form(id, 'POST', '/items', { orderItems })).json.value).toBe(6500)
    const there = await glue.send('GET', `/guest-carts/${id}?include=guest-cart-items`, { guest })
    expect(there.json.data.attributes.totals.grandTotal).toBe(6500)
    const selectedAddresses = [{ postalCode: '10115', country: 'DEU', city: 'Berlin', street: 'Rua A' }]
    const shipped = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses })
    expect(shipped.json.shippingData.logisticsInfo[0].slas.length).toBeGreaterThan(1)
    const { value, totalizers } = shipped.json
    const sum = totalizers.reduce((total: number, one: { value: number }) => total + one.value, 0)
    expect(value).toBe(sum)
  })

  it('and deleted is made anew under its id, and the books hold its newest event against it', async () => {
    const books = await openBooks(getServer().storage.sql)
    const api = managementOver(getServer)
    const { id, line_items } = await api.newCart([mug])
    const [{ id: line }] = line_items.physical_items
    const more = { line_item: { product_id: mug.product_id, quantity: 2 } }
    expect((await api.send('PUT', `/v3/carts/${id}/items/${line}`, { body: more })).status).toBe(200)
    expect((await api.send('DELETE', `/v3/carts/${id}`)).status).toBe(204)
    const { json } = await clientOf(getServer).form(id, 'GET', '')
    expect([json.orderFormId, json.items, json.value]).toEqual([id.replaceAll('-', ''), [], 0])
    expect(await books.faults()).toEqual([])
  })

  it('of a member shows strangers no person', async () => {
    const { token } = await glue.newCustomer()
    const id: string = (await newCart(glue, token)).json.data.id
    await glue.send('POST', `/carts/${id}/items`, {
      token,
      data: { type: 'items', attributes: { sku: 'MUG-1', quantity: 1 } },
    })
    const secret = await getServer().operations.signingSecret('spryker_access_tokens')
    const member = await readAccessToken(token, secret)
    if (member === undefined) throw new Error('the token is good')
    const set = await getServer().operations.changeCheckout(
      { kind: 'member', customerId: member.identity.customerId },
      {
        cart: { key: { id } },
        changes: { buyer: { email: 'ada@shop.example', firstName: 'Adelaide', phone: '+4930123456' } },
      },
    )
    expect(set.ok).toBe(true)
    const stranger = await clientOf(getServer).form(id, 'GET', '')
    expect(stranger.json).toMatchObject({
      canEditData: false,
      clientProfileData: { firstName: 'Ade******', phone: '******3456' },
    })
    expect(stranger.text).not.toContain('Adelaide')
  })

  it('with things that no catalog knows is shipped once, and is one order of one number', async () => {
    const begun = await getServer().request('POST', '/stores/demo/v3/carts', {
      headers: { 'X-Auth-Token': 'demo-bigcommerce-token', 'content-type': 'application/json' },
      body: {
        line_items: [{ product_id: 86, variant_id: 66, quantity: 1 }],
        custom_items: [{ name: 'Engraving by hand', sku: 'HAND', quantity: 2, list_price: 3.5 }],
      },
    })
    const id: string = begun.json.data.id
    const client = clientOf(getServer)
    await client.form(id, 'POST', '/attachments/clientProfileData', ana)
    const austin = { ...rio, postalCode: '78701', city: 'Austin', state: 'TX', country: 'USA' }
    const shipped = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [austin] })
    expect(shipped.json.sellers).toMatchObject([{ id: '1' }])
    expect(shipped.json.totalizers).toMatchObject([
      { id: 'Items', value: 23_200 },
      { id: 'Shipping', value: 800 },
      { id: 'Tax' },
    ])
    const { value, paymentData } = shipped.json
    const payments = [{ paymentSystem: paymentData.paymentSystems[0].id, referenceValue: value }]
    await client.form(id, 'POST', '/attachments/paymentData', { payments })
    const placed = await transact(client, id, value)
    expect(placed.json.orders).toMatchObject([{ value, items: [{ id: '66' }, { id: 'HAND' }], sellers: [{ id: '1' }] }])
  })
})
