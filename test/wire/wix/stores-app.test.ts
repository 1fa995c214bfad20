import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { shirt, siteOver } from './people.js'

/** What the vendor's own template names the stores app by: wix/headless-templates nextjs/minimal-examples/pages/store.js. */
const olderStoresApp = '1380b703-ce81-ff05-f115-39571d94dfcd'

describeOnEachDatabase('goods of the stores app by its older id', getServer => {
  const wix = siteOver(getServer)
  const reference = { appId: olderStoresApp, catalogItemId: shirt, options: { options: {} } }
  const items = [{ catalogReference: reference, quantity: 2 }]

  it('are sold: POST /ecom/v1/carts/current/add-to-cart, POST /ecom/v1/checkouts', async () => {
    const visitor = await wix.visitor()
    const added = await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', visitor, { lineItems: items })
    const direct = await wix.send('POST', '/ecom/v1/checkouts', visitor, { channelType: 'WEB', lineItems: items })
    expect([added.status, direct.status]).toEqual([200, 200])
    const { cart } = added.json
    for (const [line] of [cart.lineItems, direct.json.checkout.lineItems]) {
      expect(line).toMatchObject({
        productName: { original: 'Shirt' },
        price: { amount: '10' },
        availability: { status: 'AVAILABLE' },
        catalogReference: { appId: olderStoresApp, catalogItemId: shirt },
      })
    }
  })

  it('are sold: POST /ecom/v2/carts/current/add-line-items', async () => {
    const visitor = await wix.visitor()
    const send = (method: string, path: string, body?: object) =>
      wix.send(method, `/ecom/v2/carts/current${path}`, visitor, body)
    expect((await send('POST', '', { cart: {} })).status).toBe(200)
    const added = await send('POST', '/add-line-items', { catalogItems: items })
    expect(added.status, added.text).toBe(200)
    const { cart } = (await send('GET', '')).json
    expect(cart.lineItems).toMatchObject([{ name: { original: 'Shirt' }, quantityInfo: { confirmedQuantity: 2 } }])
    const { summary } = (await send('POST', '/estimate', {})).json
    expect(summary.priceSummary.subtotal.amount).toBe('20.00')
    const [line] = cart.lineItems
    const changed = await send('POST', '/update-line-items', {
      lineItems: [{ lineItemId: line.id, quantity: { newQuantity: 3 } }],
    })
    expect(changed.json.cart.lineItems).toMatchObject([{ quantityInfo: { confirmedQuantity: 3 } }])
  })

  it('of another app are still nobody’s', async () => {
    const other = { ...reference, appId: 'c0ffee00-0009-4a6b-9b61-000000000009' }
    const lineItems = [{ catalogReference: other, quantity: 1 }]
    const added = await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', await wix.visitor(), { lineItems })
    expect(added.json.cart.lineItems).toMatchObject([{ availability: { status: 'NOT_FOUND' } }])
  })
})
