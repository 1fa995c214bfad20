import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { type Person, secondId, siteOver } from './people.js'
import { filledIn, goods, item } from './wix.js'

const lineId = '00000000-0000-0000-0000-000000000001'

describeOnEachDatabase('statements of the database that a request takes', getServer => {
  const wix = siteOver(getServer)

  const lookout = new Promise<Person>(resolve => {
    beforeAll(async () => resolve(await wix.member(secondId)))
  })

  /** Runs one request that succeeds; how many statements it took. */
  async function count(...asked: Parameters<typeof wix.send>): Promise<number> {
    const { sql } = getServer().storage
    // Whatever was looked up more than two seconds ago is asked for again: not what is counted here.
    await wix.send('GET', '/ecom/v1/carts/current', await lookout)
    const before = sql.statementCount()
    const answer = await wix.send(...asked)
    expect(answer.status, answer.text).toBe(200)
    return sql.statementCount() - before
  }

  const people = {
    'a visitor': () => wix.visitor(),
    'a member': () => wix.member(),
  }

  /** Everything that is kept in the process is there after one purchase and one link to its page. */
  beforeAll(async () => {
    const visitor = await wix.visitor()
    const lineItems = Object.values(goods).flatMap(id =>
      id === goods.nothing || id === goods.coffee ? [] : [item(id)],
    )
    const body = { channelType: 'WEB', lineItems, checkoutInfo: filledIn }
    const { json } = await wix.send('POST', '/ecom/v1/checkouts', visitor, body)
    const path = `/ecom/v1/checkouts/${json.checkout.id}`
    expect((await wix.send('GET', `${path}/checkout-url`, visitor)).status).toBe(200)
    const charge = { paymentToken: 'sandbox_approve' }
    expect((await wix.send('POST', `${path}/create-order-and-charge`, visitor, charge)).status).toBe(200)
  })

  it.each(Object.entries(people))(
    'for %s: one to read, two to change, as few as can be to order',
    async (who, arrive) => {
      const person = await arrive()
      // Whose account it is, with their addresses, is read beside the cart.
      const member = who === 'a member' ? 1 : 0
      const current = '/ecom/v1/carts/current'
      const adding = { lineItems: [item(goods.shirt)] }
      expect(await count('POST', `${current}/add-to-cart`, person, adding)).toBe(2 + member)
      expect(await count('POST', `${current}/add-to-cart`, person, { lineItems: [item(goods.shoe)] })).toBe(2 + member)
      expect(await count('GET', current, person)).toBe(1)
      expect(await count('POST', `${current}/estimate-totals`, person, {})).toBe(1 + member)
      const set = { lineItems: [{ id: lineId, quantity: 3 }] }
      expect(await count('POST', `${current}/update-line-items-quantity`, person, set)).toBe(2 + member)
      expect(await count('POST', `${current}/create-checkout`, person, { channelType: 'WEB' })).toBe(2 + member)
      const { checkoutId } = (await wix.send('POST', `${current}/create-checkout`, person, { channelType: 'WEB' })).json
      const path = `/ecom/v1/checkouts/${checkoutId}`
      expect(await count('GET', path, person)).toBe(1)
      expect(await count('GET', `${path}/checkout-url`, person)).toBe(1)
      expect(await count('PATCH', path, person, { checkout: filledIn })).toBe(2 + member)
      expect(await count('POST', `${path}/add-to-checkout`, person, adding)).toBe(2 + member)
      // Cart, order; and what the gateway said of the payment, which waits: payment and order.
      expect(await count('POST', `${path}/create-order`, person, {})).toBe(5 + member)
    },
  )

  it('many lines take no more', async () => {
    const visitor = await wix.visitor()
    const many = Object.values(goods).filter(id => id !== goods.nothing && id !== goods.coffee)
    const lineItems = many.map(id => item(id))
    expect(await count('POST', '/ecom/v1/carts/current/add-to-cart', visitor, { lineItems })).toBe(2)
    expect(await count('GET', '/ecom/v1/carts/current', visitor)).toBe(1)
  })

  it('goods that are sold out take no more', async () => {
    const visitor = await wix.visitor()
    await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', visitor, { lineItems: [item(goods.twenty)] })
    expect(await count('GET', '/ecom/v1/carts/current', visitor)).toBe(1)
    const { sql } = getServer().storage
    await sql.query("update stock set available = 0 where sku = 'TWENTY'")
    expect(await count('GET', '/ecom/v1/carts/current', visitor)).toBe(1)
    await sql.query("update stock set available = 20 where sku = 'TWENTY'")
  })

  it('charging at once: cart, order, payment, and its end', async () => {
    const visitor = await wix.visitor()
    const body = { channelType: 'WEB', lineItems: [item(goods.shirt)], checkoutInfo: filledIn }
    const { json } = await wix.send('POST', '/ecom/v1/checkouts', visitor, body)
    const path = `/ecom/v1/checkouts/${json.checkout.id}/create-order-and-charge`
    expect(await count('POST', path, visitor, { paymentToken: 'sandbox_approve' })).toBe(4)
  })

  it('tokens of visitors take none', async () => {
    const { sql } = getServer().storage
    await wix.visitor()
    const before = sql.statementCount()
    await wix.visitor()
    expect(sql.statementCount() - before).toBe(0)
  })
})
