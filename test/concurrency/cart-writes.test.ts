import { expect, it } from 'vitest'
import {
  addToGuestCart,
  countByStatus,
  expectRefusal,
  type GlueAnswer,
  glue,
  idOf,
  member,
  newGuest,
  quantitiesOf,
} from './glue-shopper.js'
import { describeShop, type Shop } from './shop.js'

const mug = 'MUG-1'
const fifty = Array.from({ length: 50 })

async function cartsOfGuest(shop: Shop, guest: string): Promise<readonly { id: string; version: number }[]> {
  const rows = await shop.rows(`select id, version from carts where owner_key = $1 and status = 'open'`, [guest])
  return rows.map(row => ({ id: String(row.id), version: Number(row.version) }))
}

function guestCart(shop: Shop, who: { readonly guest: string }): Promise<GlueAnswer> {
  return glue(shop.baseUrl, who, 'GET', '/guest-carts?include=guest-cart-items')
}

describeShop('parallel writes to one cart', getShop => {
  it('50 parallel adds to a guest cart leave 50', async () => {
    const shop = getShop()
    const who = newGuest()
    await addToGuestCart(shop.baseUrl, who, 'TEE-1')
    const answers = await Promise.all(fifty.map(() => addToGuestCart(shop.baseUrl, who, mug)))
    expect(countByStatus(answers)).toEqual({ 201: 50 })
    expect(quantitiesOf(await guestCart(shop, who))).toEqual({ [mug]: 50, 'TEE-1': 1 })
    // One write more than the adds: the cart itself. Fewer would be a lost one, more a double one.
    expect(await cartsOfGuest(shop, who.guest)).toEqual([{ id: idOf(answers[0] as GlueAnswer), version: 51 }])
  })

  it('50 parallel adds of a guest without a cart make one cart of 50', async () => {
    const shop = getShop()
    const who = newGuest()
    const answers = await Promise.all(fifty.map(() => addToGuestCart(shop.baseUrl, who, mug)))
    expect(countByStatus(answers)).toEqual({ 201: 50 })
    expect(new Set(answers.map(idOf)).size).toBe(1)
    expect(quantitiesOf(await guestCart(shop, who))).toEqual({ [mug]: 50 })
    expect(await cartsOfGuest(shop, who.guest)).toHaveLength(1)
  })

  it('each parallel answer shows a quantity of its own, so no two adds were one', async () => {
    const shop = getShop()
    const who = newGuest()
    const answers = await Promise.all(fifty.map(() => addToGuestCart(shop.baseUrl, who, mug)))
    const seen = answers.map(answer => quantitiesOf(answer)[mug]).sort((one, other) => Number(one) - Number(other))
    expect(seen).toEqual(fifty.map((_, index) => index + 1))
  })

  it('adds, changes and removals side by side all take effect', async () => {
    const shop = getShop()
    const who = newGuest()
    const added = ['136_24425591', '012_25904598', mug, 'TEE-1']
    const cartId = idOf(await addToGuestCart(shop.baseUrl, who, '155_30149933'))
    await addToGuestCart(shop.baseUrl, who, '005_30663301')
    const itemPath = (sku: string): string => `/guest-carts/${cartId}/guest-cart-items/${sku}?include=guest-cart-items`
    const adds = fifty.slice(0, 40).map((_, index) => addToGuestCart(shop.baseUrl, who, added[index % 4] ?? mug))
    const changes = [2, 3, 4, 5, 6].map(quantity =>
      glue(shop.baseUrl, who, 'PATCH', itemPath('155_30149933'), {
        type: 'guest-cart-items',
        attributes: { quantity },
      }),
    )
    const removals = [1, 2, 3, 4, 5].map(() => glue(shop.baseUrl, who, 'DELETE', itemPath('005_30663301')))
    expect(countByStatus(await Promise.all(adds))).toEqual({ 201: 40 })
    expect(countByStatus(await Promise.all(changes))).toEqual({ 200: 5 })
    const removed = await Promise.all(removals)
    expect(countByStatus(removed)).toEqual({ 204: 1, 404: 4 })
    for (const answer of removed.filter(({ status }) => status === 404)) expectRefusal(answer, 404, ['103'])
    const left = quantitiesOf(await guestCart(shop, who))
    expect(left).toMatchObject(Object.fromEntries(added.map(sku => [sku, 10])))
    expect([2, 3, 4, 5, 6]).toContain(left['155_30149933'])
    expect(left).not.toHaveProperty('005_30663301')
  })

  it('a log-in that takes the guest cart over loses none of the adds beside it', async () => {
    const shop = getShop()
    const who = newGuest()
    await addToGuestCart(shop.baseUrl, who, mug)
    const credentials = { username: 'second@polytill.test', password: 'change123' }
    const logIn = glue(shop.baseUrl, who, 'POST', '/access-tokens', { type: 'access-tokens', attributes: credentials })
    const adds = await Promise.all(fifty.slice(0, 20).map(() => addToGuestCart(shop.baseUrl, who, mug)))
    const loggedIn = await logIn
    expect(loggedIn.status).toBe(201)
    expect(countByStatus(adds)).toEqual({ 201: 20 })
    const token = member(member(member(loggedIn.body, 'data'), 'attributes'), 'accessToken')
    const carts = await glue(shop.baseUrl, { token: String(token) }, 'GET', '/carts?include=items')
    const inCustomerCart = quantitiesOf(carts)[mug] ?? 0
    const stillWithGuest = quantitiesOf(await guestCart(shop, who))[mug] ?? 0
    expect(inCustomerCart).toBeGreaterThanOrEqual(1)
    expect(inCustomerCart + stillWithGuest).toBe(21)
  })
})
