import { beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import type { Goods } from './driver.js'
import { keepers, spryker } from './keepers.js'
import { linesOf, storeCarts, storeOrders } from './stored-forms/store.js'

/**
 * Carts and orders in the form in which version 0.1.0 wrote them, one JSON text per line, chosen so that each member that the
 * tests of that version ever wrote, in each of its forms, stands in one of them. What is written is kept: whoever adds a
 * member to a cart finds here what carts look like that have none. A later version gets files of its own beside these.
 */
const carts = linesOf('carts-0.1.0.jsonl')
const orders = linesOf('orders-0.1.0.jsonl')

describeOnEachDatabase('what version 0.1.0 stored', getServer => {
  beforeAll(async () => {
    const { sql } = getServer().storage
    await storeCarts(sql, carts)
    await storeOrders(sql, orders)
  })

  describe.each(carts.map(({ id }) => String(id)))('cart %s', id => {
    it('is read in every dialect with the lines that it has, and at one price', async () => {
      const server = getServer()
      const cart = present((await server.storage.carts.read({ id })).cart, 'it is stored')
      const seen = []
      for (const keeper of [...keepers, spryker]) seen.push(await keeper.cart(server, cart))
      // Gift certificates and custom items stand in lists of their own here and there.
      const fromCatalog = cart.lineItems.filter(({ origin }) => origin.kind === 'catalog')
      const isKnown = ({ sku }: Goods) => fromCatalog.some(line => line.sku === sku)
      const goods = fromCatalog.map(({ sku, quantity }) => ({ sku, quantity }))
      expect(seen.map(one => one.goods.filter(isKnown))).toEqual(seen.map(() => goods))
      // Wix takes gift cards off its total, and Spryker knows no delivery before the checkout.
      const totals = seen.slice(0, 3).map(one => one.grandTotal)
      expect(totals).toEqual(totals.map(() => totals[0]))
    })
  })

  describe.each(orders.map(({ body }) => body.id))('order %s', id => {
    it('is read in every dialect at the price that it had', async () => {
      const server = getServer()
      const order = present(await server.storage.orders.read({ id }), 'it is stored')
      const seen = []
      for (const keeper of keepers) seen.push(await keeper.order(server, order))
      const { currency, grandTotal } = order
      expect(seen).toEqual(keepers.map(() => ({ currency, grandTotal })))
    })
  })
})
