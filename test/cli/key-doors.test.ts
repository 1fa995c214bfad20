import { expect, test } from 'vitest'
import { createKey, type NewKey } from '../../src/cli/keys.js'
import { permissionNames } from '../../src/core/access/caller.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'

/** What `polytill keys create` prints opens the API that it was made for. */
describeOnEachDatabase('keys that the command line makes', open => {
  async function secretOf(server: TestServer, key: Omit<NewKey, 'permissions'>): Promise<string> {
    const printed: string[] = []
    await createKey(
      server.storage,
      { permissions: permissionNames, ...key },
      { write: (text: string) => printed.push(text) },
    )
    return printed.join('').trim()
  }

  test('open VTEX, BigCommerce, Spree and Wix', async () => {
    const server = await startTestServer({ storage: await open() })
    const vtex = await secretOf(server, {
      name: 'erp-vtex',
      dialect: 'vtex',
      scopes: ['Save OrderForm Configuration'],
    })
    const configuration = await server.request('GET', '/api/checkout/pvt/configuration/orderForm', {
      headers: { 'x-vtex-api-appkey': 'erp-vtex', 'x-vtex-api-apptoken': vtex },
    })
    expect(configuration.status, configuration.text).toBe(200)

    const scopes = ['store_cart', 'store_v2_orders_read_only']
    const big = await secretOf(server, { name: 'erp-big', dialect: 'bigcommerce', store: 'demo', scopes })
    const headers = { 'x-auth-token': big, 'content-type': 'application/json' }
    const body = { line_items: [{ product_id: 86, variant_id: 66, quantity: 1 }] }
    const cart = await server.request('POST', '/stores/demo/v3/carts', { headers, body })
    expect(cart.status, cart.text).toBe(201)
    expect((await server.request('GET', '/stores/demo/v2/orders', { headers })).status).toBe(204)
    expect((await server.request('PUT', '/stores/demo/v2/orders/1', { headers, body: {} })).status).toBe(403)

    const spree = await secretOf(server, { name: 'erp-spree', dialect: 'spree' })
    const orders = await server.request('GET', '/api/orders', { headers: { 'x-spree-token': spree } })
    expect(orders.status, orders.text).toBe(200)

    const site = 'c0ffee00-0002-4a6b-9b61-000000000002'
    const wix = await secretOf(server, { name: 'erp-wix', dialect: 'wix', store: site })
    const found = await server.request('POST', '/ecom/v1/orders/search', {
      headers: { authorization: wix, 'wix-site-id': site, 'content-type': 'application/json' },
      body: {},
    })
    expect(found.status, found.text).toBe(200)
    await server.close()
  })

  test('are refused where they would open nothing', async () => {
    const storage = await open()
    const output = { write: () => undefined }
    const made = (key: Partial<NewKey>) => createKey(storage, { name: 'erp', permissions: [], ...key }, output)
    await expect(made({})).rejects.toThrow('Say for which API it is: --dialect')
    await expect(made({ dialect: 'spryker' })).rejects.toThrow('Spryker Glue knows no keys of back offices.')
    await expect(made({ dialect: 'bigcommerce', scopes: ['store_cart'] })).rejects.toThrow('--store: storeHash')
    await expect(made({ dialect: 'bigcommerce', store: 'demo' })).rejects.toThrow('--scope')
    await expect(made({ dialect: 'bigcommerce', store: 'demo', scopes: ['store_carts'] })).rejects.toThrow(
      'No such scope: store_carts. There are store_cart, store_cart_read_only,',
    )
    await expect(made({ dialect: 'spree', store: 'demo' })).rejects.toThrow('Spree asks for no --store.')
    await expect(made({ dialect: 'spree', scopes: ['x'] })).rejects.toThrow('No such scope: x. There are none.')
    expect((await storage.sql.query(`select from credentials where subject = 'erp'`)).rows).toEqual([])
  })
})
