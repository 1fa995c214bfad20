import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { openBrowser } from '../browser.js'
import { importBeside } from '../golden-store.js'
import { managementOver, mug } from '../management.js'
import { approved, cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

/** A second channel of the demo store, in yen, where cash has another name. */
const japan = {
  id: 'japan',
  name: 'Japan',
  currency: 'JPY',
  locale: 'en-US',
  countries: ['US'],
  priceMode: 'net',
  policy: { preset: 'netPerRate', tax: {} },
  orderNumbers: { kind: 'counting', first: 82_000 },
  taxZones: [{ id: 'guest', name: 'Guests', rates: [] }],
  shippingMethods: [
    {
      id: 'japan-1',
      integerId: 821,
      name: 'Parcel',
      carrier: 'Parcel service',
      position: 1,
      zones: ['US'],
      prices: { JPY: '900' },
    },
  ],
  paymentMethods: [
    {
      id: 'cod',
      integerId: 822,
      name: 'Daibiki',
      providerName: 'offline',
      provider: 'manual',
      paymentKind: 'cash_on_delivery',
      position: 1,
    },
  ],
  settings: { bigcommerce: { storeHash: 'demo', channelId: 82 } },
}

const tea = {
  sku: 'JAPAN-TEA',
  productId: 8201,
  variantId: 8201,
  name: 'Tea',
  taxClass: 'goods',
  prices: { japan: '3000' },
  stock: 100,
}

interface Listed {
  readonly id: number
  readonly channel_id: number
  readonly currency_code: string
  readonly total_inc_tax: string
  readonly default_currency_code: string
}

/** A backend sees the orders of its whole store. Source: dialects/bigcommerce.md 2.1, 3.9; reference/orders.v2.oas2.yml `channel_id`. */
describeOnEachDatabase('orders of a store with two channels', getServer => {
  const api = managementOver(getServer)
  const list = async (query = ''): Promise<readonly Listed[]> => {
    const answer = await api.send('GET', `/v2/orders?${query}`)
    if (answer.status === 204) return []
    expect(answer.status, answer.text).toBe(200)
    return answer.json
  }
  const idsBy = async (query: string) => (await list(query)).map(({ id }) => id)
  const japanese = { product_id: 8201, variant_id: 8201, quantity: 1 }
  let abroad = 0
  let cash = 0
  let card = 0

  beforeAll(async () => {
    await importBeside(getServer(), { version: 1, channels: [japan], variants: [tea] })
    abroad = await newOrder(api, await readyCart(api, [japanese], { channel_id: 82 }))
    await pay(api, abroad, cashOnDelivery)
    cash = await newOrder(api, await readyCart(api, [mug]))
    await pay(api, cash, cashOnDelivery)
    card = await newOrder(api, await readyCart(api, [mug]))
    await pay(api, card, approved)
  })

  it('are listed by their ids, each as it is read by itself', async () => {
    const all = await list()
    expect(all.map(({ id }) => id)).toEqual([cash, card, abroad])
    expect(await idsBy('sort=id:desc')).toEqual([abroad, card, cash])
    expect(await idsBy('limit=2&page=2')).toEqual([abroad])
    for (const one of all) expect(one).toEqual((await api.send('GET', `/v2/orders/${one.id}`)).json)
    expect(all.at(-1)).toMatchObject({
      channel_id: 82,
      currency_code: 'JPY',
      default_currency_code: 'JPY',
      total_inc_tax: '3900.0000',
    })
  })

  it('are counted together', async () => {
    const { count, statuses } = (await api.send('GET', '/v2/orders/count')).json
    const counted = statuses.filter((one: { count: number }) => one.count > 0)
    expect([count, counted.map((one: { id: number; count: number }) => [one.id, one.count])]).toEqual([
      3,
      [
        [7, 2],
        [11, 1],
      ],
    ])
    expect((await api.send('GET', '/v2/orders/count?channel_id=82')).json.count).toBe(1)
  })

  it('are filtered by channel', async () => {
    expect(await idsBy('channel_id=1')).toEqual([cash, card])
    expect(await idsBy('channel_id=82')).toEqual([abroad])
    expect(await idsBy('channel_id=82&status_id=11')).toEqual([])
    expect(await idsBy('channel_id=7')).toEqual([])
  })

  it('are filtered by amounts in the currency, and methods by their names, of each channel', async () => {
    expect(await idsBy('min_total=1000')).toEqual([abroad])
    expect(await idsBy('max_total=1000')).toEqual([cash, card])
    expect(await idsBy('min_total=3900&max_total=3900')).toEqual([abroad])
    expect(await idsBy('payment_method=daibiki')).toEqual([abroad])
    expect(await idsBy('payment_method=Cash%20on%20Delivery')).toEqual([cash])
    expect(await idsBy('status_id=7&customer_id=0')).toEqual([cash, abroad])
    expect(await idsBy('customer_id=424242')).toEqual([])
    expect(await idsBy(`min_id=${abroad}`)).toEqual([abroad])
  })

  it('a link of a cart leads to its checkout page, whatever channel answers', async () => {
    const { id } = await api.newCart([japanese], { channel_id: 82 })
    const { json } = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
    const path = json.data.checkout_url.slice(getServer().baseUrl.length)
    const browser = openBrowser(getServer())
    const landed = await browser.send('GET', path)
    expect([landed.status, landed.headers.location]).toEqual([302, expect.stringContaining(`/pay/${id}?pass=`)])
    expect((await browser.send('GET', path)).status).toBe(302)
    expect((await browser.send('GET', `/api/storefront/checkouts/${id}`)).json).toMatchObject({
      id,
      cart: { cartAmount: 3000 },
    })
    expect((await openBrowser(getServer()).send('GET', path)).status).toBe(404)
  })
})
