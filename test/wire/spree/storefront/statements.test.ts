import { expect, it } from 'vitest'
import { addresses, bag, card, describeShop, paidBy, paidByCheck, type Shopper, threeTotes } from '../shop.js'

// Statements that one request sends to the database. A read is one, a change reads and writes.

const shopping = {
  read: 1,
  // Which goods the variant is, then the change.
  addLine: 3,
  setLine: 2,
  removeLine: 2,
  toAddress: 2,
  toDelivery: 2,
  readDelivery: 1,
  toPayment: 2,
  // The cart, then its orders with their payments; a repeat finds the cart closed first.
  readDone: 2,
  repeat: 3,
}

describeShop('statements', shop => {
  const count = async (run: () => Promise<unknown>) => {
    const { sql } = shop.server().storage
    const before = sql.statementCount()
    await run()
    return sql.statementCount() - before
  }

  /** Counts the steps of one checkout by name. */
  const counted = async (payment: object) => {
    // Facts of the channel are in the process by then.
    await shop.walkTo('complete', [...threeTotes, { variant_id: bag, quantity: 1 }])
    const shopper = await shop.newOrder(threeTotes)
    const path = `/api/orders/${shopper.number}`
    const { token } = shopper
    const put = (of: Shopper, body: object) => count(() => shop.put(of, body))
    const line = (quantity: number) => ({ token, body: { line_item: { variant_id: bag, quantity } } })
    const counts = {
      read: await count(() => shop.read(shopper)),
      addLine: await count(() => shop.send('POST', `${path}/line_items`, line(1))),
      setLine: await count(() => shop.send('PUT', `${path}/line_items/2`, line(2))),
      removeLine: await count(() => shop.send('DELETE', `${path}/line_items/2`, { token })),
      toAddress: await put(shopper, {}),
      toDelivery: await put(shopper, addresses),
      readDelivery: await count(() => shop.read(shopper)),
      toPayment: await put(shopper, {}),
      pay: await put(shopper, payment),
    }
    const complete = (await shop.read(shopper)).state === 'complete' ? undefined : await put(shopper, {})
    return { ...counts, complete, readDone: await count(() => shop.read(shopper)), repeat: await put(shopper, {}) }
  }

  it('are as few as a checkout by check needs', async () => {
    expect(await counted(paidByCheck)).toEqual({
      ...shopping,
      // Whose order it is, the cart, the order and its payment in one.
      pay: 3,
      complete: undefined,
    })
  })

  it('are as few as a checkout by card needs', async () => {
    expect(await counted(paidBy(card))).toEqual({
      ...shopping,
      // Whose order it is, what the channel sells by, then the change.
      pay: 4,
      complete: 4,
    })
  })
})
