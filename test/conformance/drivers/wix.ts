import { expect } from 'vitest'
import { minorDigits } from '../../../src/core/money.js'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { appId, demoKey, filledIn, goods, item, type Wix, wixOver } from '../../wire/wix/wix.js'
import type { Driver, Goods, SeenCart, SeenOrder, Shopper } from '../driver.js'

/** A visitor, who goes from the current cart to a checkout. */
export const wix: Driver = { dialect: 'wix', channel: 'us-wix', arrive }

const itemsBySku: Readonly<Record<string, string>> = { 'MUG-1': goods.mug, 'TEE-1': goods.tee }

async function arrive(server: TestServer): Promise<Shopper> {
  const client = wixOver(() => server)
  const auth = await client.visitor()
  return {
    begin: wanted => begin(client, auth, wanted),
    async readCart(cartId) {
      const answer = await client.send('GET', `/ecom/v1/checkouts/${cartId}`, { auth })
      if (answer.status === 404) return undefined
      expect(answer.status).toBe(200)
      return seenCheckout(answer)
    },
    place: cartId => place(client, auth, cartId),
    readOrder: number => readOrder(client, number),
  }
}

async function begin(client: Wix, auth: string, wanted: readonly Goods[]) {
  const lineItems = wanted.map(({ sku, quantity }) => item(itemsBySku[sku] ?? sku, quantity))
  const added = await client.send('POST', '/ecom/v1/carts/current/add-to-cart', { auth, body: { lineItems } })
  expect(added.status).toBe(200)
  const body = { channelType: 'WEB' }
  const made = await client.send('POST', '/ecom/v1/carts/current/create-checkout', { auth, body })
  expect(made.status).toBe(200)
  return { cartId: made.json.checkoutId }
}

/** The gateway is asked in the same call, so that the order stands when the answer comes. */
async function place(client: Wix, auth: string, cartId: string): Promise<string | undefined> {
  const path = `/ecom/v1/checkouts/${cartId}`
  const updated = await client.send('PATCH', path, { auth, body: { checkout: filledIn } })
  if (updated.status !== 200) expect([409, 428]).toContain(updated.status)
  const body = { paymentToken: 'sandbox_approve' }
  const placed = await client.send('POST', `${path}/create-order-and-charge`, { auth, body })
  if (placed.status === 409) return undefined
  expect(placed.status).toBe(200)
  const order = await client.send('GET', `/ecom/v1/orders/${placed.json.orderId}`, { auth })
  expect(order.status).toBe(200)
  return order.json.order.number
}

/** Searching is for backends, which look on the shopper's behalf. */
async function readOrder(client: Wix, number: string): Promise<SeenOrder | undefined> {
  const body = { search: { filter: { number } } }
  const found = await client.send('POST', '/ecom/v1/orders/search', { auth: demoKey, body })
  expect(found.status).toBe(200)
  const [order] = found.json.orders
  if (order === undefined) return undefined
  const { currency, priceSummary, lineItems } = order
  return { number: order.number, goods: goodsOf(lineItems), currency, grandTotal: minor(priceSummary.total, currency) }
}

function seenCheckout({ json }: TestAnswer): SeenCart {
  const { lineItems, currency, priceSummary } = json.checkout
  return { goods: goodsOf(lineItems), currency, grandTotal: minor(priceSummary.total, currency) }
}

interface SeenLine {
  readonly quantity: number
  readonly catalogReference: { readonly appId: string }
  readonly physicalProperties: { readonly sku: string }
}

function goodsOf(lines: readonly SeenLine[]): readonly Goods[] {
  return lines.map(({ quantity, catalogReference, physicalProperties }) => {
    expect(catalogReference.appId).toBe(appId)
    return { sku: physicalProperties.sku, quantity }
  })
}

function minor({ amount }: { readonly amount: string }, currency: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(minorDigits(currency), '0'))
}
