import { Agent } from 'node:http'
import { fetchTransport, Management } from '@aligent/bigcommerce-api'
import { afterAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'

// The typed npm client of the platform's Management API, with only its base URL changed.

const address = {
  first_name: 'Ana',
  last_name: 'Ruiz',
  email: 'ana@example.com',
  address1: '9 Elm St',
  city: 'Austin',
  state_or_province: 'Texas',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
}

describeOnEachDatabase('@aligent/bigcommerce-api', getServer => {
  const agent = new Agent({ keepAlive: false })
  afterAll(() => agent.destroy())
  const transport = (version: 'v2' | 'v3') =>
    fetchTransport({
      baseUrl: `${getServer().baseUrl}/stores/demo/${version}`,
      headers: { 'X-Auth-Token': 'demo-bigcommerce-token' },
      agent,
    })

  it('goes from a cart to an order', async () => {
    const v3 = new Management.V3.Client(transport('v3'))
    const v2 = new Management.V2.Client(transport('v2'))
    const cart = await v3.post('/carts', { body: { line_items: [{ product_id: 86, variant_id: 66, quantity: 2 }] } })
    const id = cart.id ?? ''
    expect(cart.cart_amount).toBe(450)
    const path = { checkoutId: id }
    await v3.post('/checkouts/{checkoutId}/billing-address', { path, body: address })

    const items = (cart.line_items?.physical_items ?? []).map(line => ({ item_id: line.id ?? '', quantity: 2 }))
    const sent = await v3.post('/checkouts/{checkoutId}/consignments', {
      path,
      query: { include: 'consignments.available_shipping_options' },
      body: [{ address, line_items: items }],
    })
    const [consignment] = sent.consignments ?? []
    const [option] = consignment?.available_shipping_options ?? []
    expect(option).toMatchObject({ description: 'Ship by Weight', cost: 8 })
    const chosen = await v3.put('/checkouts/{checkoutId}/consignments/{consignmentId}', {
      path: { ...path, consignmentId: consignment?.id ?? '' },
      body: { shipping_option_id: option?.id ?? '' },
    })
    expect(chosen.shipping_cost_total_ex_tax).toBe(8)

    const coupled = await v3.post('/checkouts/{checkoutId}/coupons', { path, body: { coupon_code: 'SAVE20' } })
    expect(coupled.coupons).toMatchObject([{ code: 'SAVE20', discounted_amount: 90 }])
    const order = await v3.post('/checkouts/{checkoutId}/orders', { path })
    const read = await v2.get('/orders/{order_id}', { path: { order_id: order.id ?? 0 } })
    expect(read).toMatchObject({ id: order.id, status: 'Incomplete', total_inc_tax: '398.3600', cart_id: id })
    const products = await v2.get('/orders/{order_id}/products', { path: { order_id: order.id ?? 0 } })
    expect(products).toMatchObject([{ sku: 'BREWER', quantity: 2 }])
  })

  it('takes 404 and 204 for nothing', async () => {
    const v3 = new Management.V3.Client(transport('v3'))
    const path = { checkoutId: '00000000-0000-4000-8000-000000000000' }
    expect(await v3.get('/checkouts/{checkoutId}', { path })).toBeNull()
  })
})
