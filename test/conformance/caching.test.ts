import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase, type TestServer } from '../support/test-server.js'
import { drivers } from './drivers.js'

const goods = [{ sku: 'MUG-1', quantity: 1 }]

describeOnEachDatabase('what is answered to a shopper', getServer => {
  describe.each(drivers)('by $dialect', ({ arrive }) => {
    it('is kept by nobody on the way, from the cart to the order', async () => {
      const server = getServer()
      const kept: string[] = []
      let asked = 0
      const watching: TestServer = {
        ...server,
        request: async (method, path, options) => {
          const answer = await server.request(method, path, options)
          asked += 1
          if (!/\bno-store\b/.test(answer.headers['cache-control'] ?? '')) kept.push(`${method} ${path}`)
          return answer
        },
      }
      const shopper = await arrive(watching)
      const { cartId } = await shopper.begin(goods)
      await shopper.readCart(cartId)
      const number = await shopper.place(cartId)
      await shopper.readOrder(number ?? '')
      await shopper.readOrder('no-such-order')
      expect([kept, asked > 4]).toEqual([[], true])
    })
  })
})
