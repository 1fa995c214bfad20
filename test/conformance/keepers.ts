import { expect } from 'vitest'
import type { Cart } from '../../src/core/cart/cart.js'
import type { Order } from '../../src/core/orders/order.js'
import type { TestServer } from '../support/test-server.js'
import { managementOver } from '../wire/bigcommerce/management.js'
import { admin, shopOver } from '../wire/spree/shop.js'
import { glueOver } from '../wire/spryker/glue.js'
import { checkoutPath, clientOf, demoKey as vtexKey } from '../wire/vtex/shop.js'
import { siteOver } from '../wire/wix/people.js'
import type { Goods } from './driver.js'

/** What anybody reads off a cart of whatever dialect: SKUs and minor units. */
export interface Glance {
  readonly goods: readonly Goods[]
  readonly currency: string
  readonly grandTotal: bigint
}

/** Somebody who may look at every cart and order of the store, by the answers of one dialect. */
export interface Keeper {
  readonly dialect: string
  cart(server: TestServer, cart: Cart): Promise<Glance>
  order(server: TestServer, order: Order): Promise<Omit<Glance, 'goods'>>
}

/** An amount with as many decimals as it happens to have. All demo channels count in cents. */
function cents(amount: string | number): bigint {
  const [whole = '0', fraction = ''] = String(amount).split('.')
  return BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
}

const vtex: Keeper = {
  dialect: 'vtex',
  async cart(server, { id }) {
    const answer = await clientOf(() => server).form(id.replaceAll('-', ''), 'GET', '', undefined, vtexKey)
    expect(answer.status).toBe(200)
    const { items, value, storePreferencesData } = answer.json
    const goods = items.map(({ refId, quantity }: { refId: string; quantity: number }) => ({ sku: refId, quantity }))
    return { goods, currency: storePreferencesData.currencyCode, grandTotal: BigInt(value) }
  },
  async order(server, { parts }) {
    const number = encodeURIComponent(parts[0]?.number ?? '')
    const answer = await clientOf(() => server).send('GET', `${checkoutPath}/orders/${number}`, undefined, vtexKey)
    expect(answer.status).toBe(200)
    return { currency: answer.json.storePreferencesData.currencyCode, grandTotal: BigInt(answer.json.value) }
  },
}

const bigcommerce: Keeper = {
  dialect: 'bigcommerce',
  async cart(server, { id }) {
    const { cart, grand_total } = await managementOver(() => server).checkout(id)
    const lines: readonly Goods[] = [...cart.line_items.physical_items, ...cart.line_items.digital_items]
    const goods = lines.map(({ sku, quantity }) => ({ sku, quantity }))
    return { goods, currency: cart.currency.code, grandTotal: cents(grand_total) }
  },
  async order(server, { number, integerId }) {
    // Numbers are integers here; an order of another kind of number goes by the store's own, far above them.
    const id = /^\d+$/.test(number) ? number : 1_000_000_000 + integerId
    const answer = await managementOver(() => server).send('GET', `/v2/orders/${id}`)
    expect(answer.status).toBe(200)
    return { currency: answer.json.currency_code, grandTotal: cents(Number(answer.json.total_inc_tax)) }
  },
}

const spree: Keeper = {
  dialect: 'spree',
  async cart(server, { number }) {
    const answer = await shopOver(() => server).send('GET', `/api/orders/${number}`, { key: admin })
    expect(answer.status).toBe(200)
    const lines: readonly { quantity: number; variant: { sku: string } | null }[] = answer.json.line_items
    const goods = lines.map(({ quantity, variant }) => ({ sku: variant?.sku ?? '', quantity }))
    return { goods, currency: answer.json.currency, grandTotal: cents(answer.json.total) }
  },
  async order(server, { number }) {
    const path = `/api/orders/${encodeURIComponent(number)}`
    const answer = await shopOver(() => server).send('GET', path, { key: admin })
    expect(answer.status).toBe(200)
    return { currency: answer.json.currency, grandTotal: cents(answer.json.total) }
  },
}

const wix: Keeper = {
  dialect: 'wix',
  async cart(server, { id }) {
    const site = siteOver(() => server)
    const answer = await site.send('GET', `/ecom/v1/checkouts/${id}`, site.key())
    expect(answer.status).toBe(200)
    const { lineItems, currency, priceSummary } = answer.json.checkout
    const lines: readonly { quantity: number; physicalProperties: { sku: string } }[] = lineItems
    const goods = lines.map(({ quantity, physicalProperties }) => ({ sku: physicalProperties.sku, quantity }))
    return { goods, currency, grandTotal: cents(priceSummary.total.amount) }
  },
  async order(server, { id }) {
    const site = siteOver(() => server)
    const answer = await site.send('GET', `/ecom/v1/orders/${id}`, site.key())
    expect(answer.status).toBe(200)
    const { currency, priceSummary } = answer.json.order
    return { currency, grandTotal: cents(priceSummary.total.amount) }
  },
}

/** This dialect has no keys: a customer looks, to whom the house gives the cart. Others' orders it shows to nobody. */
export const spryker: Pick<Keeper, 'dialect' | 'cart'> = {
  dialect: 'spryker',
  async cart(server, { id }) {
    const glue = glueOver(() => server)
    const { token } = await giveToCustomer(server, id)
    const answer = await glue.send('GET', `/carts/${id}?include=items`, { token })
    expect(answer.status).toBe(200)
    const included: readonly { type: string; attributes: Goods }[] = answer.json.included
    const lines = included.filter(({ type }) => type === 'items')
    const goods = lines.map(({ attributes: { sku, quantity } }) => ({ sku, quantity }))
    const { currency, totals } = answer.json.data.attributes
    return { goods, currency, grandTotal: BigInt(totals.grandTotal) }
  },
}

/** A new customer of the Spryker dialect who owns that cart from now on. */
export async function giveToCustomer(server: TestServer, cartId: string): Promise<{ readonly token: string }> {
  const customer = await glueOver(() => server).newCustomer()
  const known = await server.operations.readCustomer({ kind: 'system' }, { reference: customer.reference })
  if (!known.ok) throw new Error(known.error.code)
  const cart = { key: { id: cartId } }
  const given = await server.operations.assignCart({ kind: 'system' }, { cart, customerId: known.value.id })
  if (!given.ok) throw new Error(given.error.code)
  return customer
}

/** Those who may look at carts and orders alike. */
export const keepers: readonly Keeper[] = [vtex, bigcommerce, spree, wix]
