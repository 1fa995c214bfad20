import { expect, it } from 'vitest'
import { addresses, bag, card, describeShop, paidBy, paidByCheck, type Shopper, threeTotes } from '../shop.js'

// Statements that one request sends to the database. A read is one, a change reads and writes.

const shopping = {
  read: 1,
  addLine: 2,
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

  /** The server looks after itself every now and then; what a request sends is what it sends whenever it does not. */
  const fewest = async (payment: object) => {
    let least = await counted(payment)
    for (let times = 1; times < 4; times += 1) {
      const more = await counted(payment)
      const names = Object.keys(least) as readonly (keyof typeof least)[]
      const both = names.map(name => [name, lesser(least[name], more[name])])
      least = { ...least, ...Object.fromEntries(both) }
    }
    return least
  }

  it('are as few as a checkout by check needs', async () => {
    expect(await fewest(paidByCheck)).toEqual({
      ...shopping,
      // Whose order it is, the change, then the order with its payment in one.
      pay: 4,
      complete: undefined,
    })
  })

  it('are as few as a checkout by card needs', async () => {
    expect(await fewest(paidBy(card))).toEqual({
      ...shopping,
      // Whose order it is, then the change.
      pay: 3,
      complete: 4,
    })
  })
})

function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.min(a, b)
}
