import { expect } from 'vitest'
import type { TestServer } from '../../support/test-server.js'
import { checkout, newCart, purchase } from '../../wire/spryker/basket.js'
import { type GlueAnswer, glueOver } from '../../wire/spryker/glue.js'
import type { Driver, Goods, SeenOrder, Shopper } from '../driver.js'

/** A customer, since guests of this dialect cannot look at their orders again. */
export const spryker: Driver = { dialect: 'spryker', channel: 'de', arrive }

async function arrive(server: TestServer): Promise<Shopper> {
  const glue = glueOver(() => server)
  const { token } = await glue.newCustomer()
  return {
    async begin(goods) {
      const cartId: string = (await newCart(glue, token)).json.data.id
      for (const attributes of goods) {
        const added = await glue.send('POST', `/carts/${cartId}/items`, { token, data: { type: 'items', attributes } })
        expect(added.status).toBe(201)
      }
      return { cartId }
    },
    async readCart(cartId) {
      const answer = await glue.send('GET', `/carts/${cartId}?include=items`, { token })
      if (answer.status === 404) return undefined
      expect(answer.status).toBe(200)
      const { currency, totals } = answer.json.data.attributes
      return { goods: goodsOf(itemsOf(answer)), currency, grandTotal: BigInt(totals.grandTotal) }
    },
    async place(cartId) {
      const answer = await checkout(glue, { token }, purchase(cartId))
      if (answer.status === 422) return undefined
      expect(answer.status).toBe(201)
      return answer.json.data.attributes.orderReference
    },
    async readOrder(number) {
      const answer = await glue.send('GET', `/orders/${number}`, { token })
      return answer.status === 404 ? undefined : seenOrder(answer)
    },
  }
}

function seenOrder(answer: GlueAnswer): SeenOrder {
  expect(answer.status).toBe(200)
  const { id, attributes } = answer.json.data
  const { currencyIsoCode, totals, items } = attributes
  return { number: id, currency: currencyIsoCode, grandTotal: BigInt(totals.grandTotal), goods: goodsOf(items) }
}

function itemsOf(answer: GlueAnswer): readonly Goods[] {
  const included: readonly { readonly type: string; readonly attributes: Goods }[] = answer.json.included ?? []
  return included.filter(({ type }) => type === 'items').map(({ attributes }) => attributes)
}

/** Orders show each piece on a line of its own. */
function goodsOf(items: readonly Goods[]): readonly Goods[] {
  const pieces = new Map<string, number>()
  for (const { sku, quantity } of items) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity)
  return [...pieces].map(([sku, quantity]) => ({ sku, quantity }))
}
