import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { dialects } from '../../src/dialects/index.js'
import { type Books, openBooks } from '../support/books.js'
import { describeOnEachDatabase, type TestServer } from '../support/test-server.js'
import type { SeenCart } from './driver.js'
import { drivers } from './drivers.js'

const mugAndShirt = [
  { sku: 'MUG-1', quantity: 1 },
  { sku: 'TEE-1', quantity: 1 },
]
const house: Caller = { kind: 'system' }

/** The cart as the house itself sees it, past all dialects. */
async function houseCart({ operations }: TestServer, cartId: string): Promise<SeenCart> {
  const read = await operations.readCart(house, { key: { id: cartId } })
  if (!read.ok) throw new Error(read.error.code)
  const { lines, currency, totals } = read.value.cart
  const goods = lines.map(({ item, quantity }) => ({ sku: item.sku, quantity }))
  return { goods, currency, grandTotal: totals.grandTotal }
}

describeOnEachDatabase('one story in every dialect', getServer => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })

  describe.each(drivers)('$dialect', ({ arrive, channel }) => {
    it('a cart holds a Mug and a T-shirt, costs what the house says, and becomes one order that can be read again', async () => {
      const server = getServer()
      const shopper = await arrive(server)
      const { cartId } = await shopper.begin(mugAndShirt)
      const seen = await shopper.readCart(cartId)
      expect(seen).toEqual(await houseCart(server, cartId))
      expect(seen).toMatchObject({ goods: mugAndShirt, grandTotal: 5_250n })

      const number = await shopper.place(cartId)
      if (number === undefined) throw new Error('the order was refused')
      const kept = await server.operations.readOrder(house, { number })
      if (!kept.ok) throw new Error(kept.error.code)
      const { order } = kept.value
      expect(order).toMatchObject({ cartId, channel, status: 'confirmed' })
      const { currency, grandTotal } = order
      expect(await shopper.readOrder(number)).toEqual({ number, goods: mugAndShirt, currency, grandTotal })
      expect(await books.faults()).toEqual([])
    })

    it('placing it again makes no second order', async () => {
      const server = getServer()
      const shopper = await arrive(server)
      const { cartId } = await shopper.begin(mugAndShirt)
      const number = await shopper.place(cartId)
      expect(number).toBeDefined()
      const again = await Promise.all([shopper.place(cartId), shopper.place(cartId)])
      for (const answer of again) expect([number, undefined]).toContain(answer)
      expect((await server.storage.orders.ofCart(cartId)).map(order => order.number)).toEqual([number])
      expect(await books.faults()).toEqual([])
    })

    it('what is not there is not found', async () => {
      const shopper = await arrive(getServer())
      expect(await shopper.readCart(crypto.randomUUID())).toBeUndefined()
      expect(await shopper.readOrder('NO-SUCH-ORDER')).toBeUndefined()
    })
  })
})

it('every dialect that is mounted has a driver, and so has the hosted page', () => {
  expect(drivers.map(({ dialect }) => dialect).sort()).toEqual(['page', ...dialects.map(({ name }) => name)].sort())
})
