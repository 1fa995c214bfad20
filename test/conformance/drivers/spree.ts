import { expect } from 'vitest'
import { present } from '../../../src/core/assert.js'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { addresses, type Shopper as Holder, paidByCheck, shopOver } from '../../wire/spree/shop.js'
import type { Driver, Goods, SeenCart, SeenOrder, Shopper } from '../driver.js'

/** A guest who keeps number and token of each order that it began. */
export const spree: Driver = { dialect: 'spree', channel: 'us-spree', arrive }

async function arrive(server: TestServer): Promise<Shopper> {
  const shop = shopOver(() => server)
  const held = new Map<string, Holder>()
  return {
    async begin(goods) {
      const lines = goods.map(({ sku, quantity }) => ({ sku, quantity }))
      const made = await shop.send('POST', '/api/orders', { body: { order: { line_items: lines } } })
      expect(made.status).toBe(201)
      const { number, token } = made.json
      const { cart } = await server.storage.carts.read({ number })
      const { id } = present(cart, 'the order that was begun is a cart')
      held.set(id, { number, token })
      return { cartId: id }
    },
    async readCart(cartId) {
      const holder = held.get(cartId)
      const number = holder?.number ?? (await server.storage.carts.read({ id: cartId })).cart?.number ?? 'R000000000'
      const answer = await shop.send('GET', `/api/orders/${number}`, {
        ...(holder === undefined ? {} : { token: holder.token }),
      })
      return answer.status === 200 ? seenCart(answer) : undefined
    },
    async place(cartId) {
      const holder = present(held.get(cartId), 'a shopper places what it began')
      const steps = [{}, addresses, {}, paidByCheck]
      for (const body of steps) {
        const answer = await shop.send('PUT', `/api/checkouts/${holder.number}`, { token: holder.token, body })
        // Whoever shops beside it may have gone a step further: then the next step is tried.
        if (answer.status === 200 && answer.json.state === 'complete') return answer.json.number
      }
      return undefined
    },
    async readOrder(number) {
      const holder = [...held.values()].find(known => known.number === number)
      const answer = await shop.send('GET', `/api/orders/${number}`, {
        ...(holder === undefined ? {} : { token: holder.token }),
      })
      return answer.status === 200 ? seenOrder(answer) : undefined
    },
  }
}

function seenOrder(answer: TestAnswer): SeenOrder {
  return { number: answer.json.number, ...seenCart(answer) }
}

function seenCart({ json }: TestAnswer): SeenCart {
  const lines: readonly { readonly quantity: number; readonly variant: { readonly sku: string } }[] = json.line_items
  const goods: readonly Goods[] = lines.map(({ quantity, variant }) => ({ sku: variant.sku, quantity }))
  return { goods, currency: json.currency, grandTotal: minorOf(json.total) }
}

/** `"10.5"` is 1050 cents. */
function minorOf(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.')
  return BigInt(whole + fraction.padEnd(2, '0'))
}
