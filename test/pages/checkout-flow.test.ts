import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase, type TestServer } from '../support/test-server.js'
import { austin, linkedCart, pageShopper } from './page-shopper.js'

const brewer = { sku: 'BREWER', quantity: 1 }

async function orderOf({ operations }: TestServer, cartId: string) {
  const read = await operations.readPurchase({ kind: 'system' }, { id: cartId })
  if (!read.ok || read.value.order === undefined) throw new Error('there is no order')
  return read.value
}

describeOnEachDatabase('the hosted checkout page without script', getServer => {
  describe('a guest', () => {
    it('goes from the link to a confirmed order on delivery', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [brewer])
      const shopper = pageShopper(getServer)
      const details = await shopper.open(link)
      expect([details.status, details.path]).toEqual([200, `/pay/${id}/details`])
      const delivery = await shopper.send(details, austin)
      expect([delivery.status, delivery.path]).toEqual([200, `/pay/${id}/delivery`])
      const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
      expect([payment.status, payment.path]).toEqual([200, `/pay/${id}/payment`])
      const review = await shopper.send(payment, { method: 'cod' })
      expect([review.status, review.path]).toEqual([200, `/pay/${id}/review`])
      // 225 and 8 at 8.25 %
      expect(review.text).toContain('Buy now for $252.22')
      const done = await shopper.send(review)
      expect([done.status, done.path]).toEqual([200, `/pay/${id}/order`])
      const { order } = await orderOf(getServer(), id)
      expect(order).toMatchObject({ status: 'confirmed', email: 'ana@example.test', grandTotal: 25_222n })
      expect(done.title).toBe('Thank you, Ana')
      expect(done.text).toContain(`<b>${order?.number}</b>`)
    })
  })
})
