import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { expectError, type Person, siteOver } from '../people.js'
import { goods, item } from '../wix.js'

const carts = '/ecom/v1/carts/current'
const password = 'change123'

describeOnEachDatabase('who logs in', getServer => {
  const wix = siteOver(getServer)

  /** A member of their own, with the way to log a visitor in as them. */
  async function newMember() {
    const email = `${crypto.randomUUID()}@polytill.test`
    const made = await wix.send('POST', '/_api/iam/authentication/v2/register', await wix.visitor(), {
      loginId: { email },
      password,
    })
    expect(made.status).toBe(200)
    const member = await wix.member(made.json.identity.id)
    return {
      member,
      async logIn(visitor: Person) {
        const body = { loginId: { email }, password }
        expect((await wix.send('POST', '/_api/iam/authentication/v2/login', visitor, body)).status).toBe(200)
      },
    }
  }

  async function putIn(person: Person, catalogItemId: string, quantity = 1): Promise<string> {
    const body = { lineItems: [item(catalogItemId, quantity)] }
    const added = await wix.send('POST', `${carts}/add-to-cart`, person, body)
    expect(added.status).toBe(200)
    return added.json.cart.id
  }

  async function checkoutOf(person: Person): Promise<string> {
    const made = await wix.send('POST', `${carts}/create-checkout`, person, { channelType: 'WEB' })
    expect(made.status).toBe(200)
    return made.json.checkoutId
  }

  async function directCheckout(person: Person, catalogItemId: string): Promise<string> {
    const body = { channelType: 'WEB', lineItems: [item(catalogItemId)] }
    const made = await wix.send('POST', '/ecom/v1/checkouts', person, body)
    expect(made.status).toBe(200)
    return made.json.checkout.id
  }

  const goodsOf = (lines: readonly { quantity: number; productName: { original: string } }[]) =>
    lines.map(({ quantity, productName }) => [productName.original, quantity])

  /** Status, id and goods of what is there. */
  async function cart(person: Person) {
    const { status, json } = await wix.send('GET', carts, person)
    return status === 200 ? { id: json.cart.id, goods: goodsOf(json.cart.lineItems) } : status
  }
  async function checkout(id: string, person: Person) {
    const { status, json } = await wix.send('GET', `/ecom/v1/checkouts/${id}`, person)
    return status === 200 ? goodsOf(json.checkout.lineItems) : status
  }

  it('has the visitor’s current cart as their own, also beside a checkout that they made directly', async () => {
    const { member, logIn } = await newMember()
    const kept = await directCheckout(member, goods.shirt)
    const visitor = await wix.visitor()
    const cartId = await putIn(visitor, goods.mug, 2)
    await logIn(visitor)
    expect(await cart(member)).toEqual({ id: cartId, goods: [['Mug', 2]] })
    expect(await checkout(kept, member)).toEqual([['Shirt', 1]])
  })

  // Source: S:19-24, "after login buyer still can access his checkout".
  it('still has the checkout that they made directly, and their own cart as it was', async () => {
    const { member, logIn } = await newMember()
    const cartId = await putIn(member, goods.mug)
    const visitor = await wix.visitor()
    const checkoutId = await directCheckout(visitor, goods.shirt)
    await logIn(visitor)
    expect(await checkout(checkoutId, member)).toEqual([['Shirt', 1]])
    expect(await cart(member)).toEqual({ id: cartId, goods: [['Mug', 1]] })
    expectError(await wix.send('GET', `/ecom/v1/checkouts/${checkoutId}`, visitor), 404, 'CHECKOUT_NOT_FOUND')
  })

  it('still has the checkout of their cart, which their goods of before join', async () => {
    const { member, logIn } = await newMember()
    await putIn(member, goods.mug)
    const visitor = await wix.visitor()
    await putIn(visitor, goods.shirt)
    const checkoutId = await checkoutOf(visitor)
    await wix.send('PATCH', `/ecom/v1/checkouts/${checkoutId}`, visitor, { couponCode: 'SUMMERSALE10' })
    await logIn(visitor)
    const joined = [
      ['Shirt', 1],
      ['Mug', 1],
    ]
    expect(await checkout(checkoutId, member)).toEqual(joined)
    expect(await cart(member)).toEqual({ id: checkoutId, goods: joined })
    const { json } = await wix.send('GET', `/ecom/v1/checkouts/${checkoutId}`, member)
    expect(json.checkout.priceSummary.discount.amount).toBe('10.00')
    // Once more brings nothing more.
    await logIn(visitor)
    expect(await checkout(checkoutId, member)).toEqual(joined)
  })

  it('still has both checkouts, where there was one before; the last one is the current cart', async () => {
    const { member, logIn } = await newMember()
    await putIn(member, goods.mug)
    const before = await checkoutOf(member)
    const visitor = await wix.visitor()
    await putIn(visitor, goods.shirt)
    const last = await checkoutOf(visitor)
    await logIn(visitor)
    expect(await checkout(before, member)).toEqual([['Mug', 1]])
    expect(await checkout(last, member)).toEqual([['Shirt', 1]])
    expect(await cart(member)).toEqual({ id: last, goods: [['Shirt', 1]] })
  })
})
