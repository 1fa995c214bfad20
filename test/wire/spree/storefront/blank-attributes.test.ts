import { expect, it } from 'vitest'
import { address, admin, describeShop, threeTotes } from '../shop.js'

const invalid = 'Invalid resource. Please fix errors and try again.'
const blank = { email: ["can't be blank"] }

describeShop('attributes that a shopper empties', shop => {
  it('take the note out again, before and after completion: PUT /api/orders/:number', async () => {
    const shopper = await shop.newOrder(threeTotes)
    const path = `/api/orders/${shopper.number}`
    const note = async (special_instructions: unknown, sent: object = { token: shopper.token }) => {
      const answer = await shop.send('PUT', path, { ...sent, body: { order: { special_instructions } } })
      return [answer.status, answer.json.special_instructions, (await shop.read(shopper)).special_instructions]
    }
    expect(await note('Ring twice')).toEqual([200, 'Ring twice', 'Ring twice'])
    expect(await note(null)).toEqual([200, 'Ring twice', 'Ring twice'])
    expect(await note('')).toEqual([200, null, null])
    expect(await note('Ring')).toEqual([200, 'Ring', 'Ring'])
    expect(await note('  ')).toEqual([200, null, null])
    await note('Leave it at the door')
    const bodies = [{}, { order: { email: 'ann@example.com', ship_address_attributes: address } }, {}]
    for (const body of bodies) await shop.put(shopper, body)
    const done = await shop.put(shopper, { order: { payments_attributes: [{ payment_method_id: 3 }] } })
    expect([done.state, done.special_instructions]).toEqual(['complete', 'Leave it at the door'])
    expect(await note('', { key: admin })).toEqual([200, null, null])
  })

  it('ask for the e-mail address before the order leaves the address: PUT /api/checkouts/:number', async () => {
    const shopper = await shop.newOrder(threeTotes)
    await shop.put(shopper, { order: { email: 'ann@example.com' } })
    const left = await shop.put(shopper, { order: { email: '', ship_address_attributes: address } }, 422)
    expect(left).toEqual({
      error: 'The order could not be transitioned. Please fix the errors and try again.',
      errors: blank,
    })
    const { state, email, ship_address } = await shop.read(shopper)
    expect([state, email, ship_address.city]).toEqual(['address', null, 'Albany'])
    expect((await shop.put(shopper, { order: { email: 'ben@example.com' } })).email).toBe('ben@example.com')
  })

  it('are refused once the order needs an e-mail address: PUT /api/orders/:number', async () => {
    const shopper = await shop.walkTo('delivery')
    const put = (path: string, body: object, key?: string) =>
      shop.send('PUT', `/api/${path}/${shopper.number}`, { body, ...(key === undefined ? shopper : { key }) })
    const body = { order: { email: ' ', special_instructions: 'Ring' } }
    for (const door of ['orders', 'checkouts']) {
      const answer = await put(door, body)
      expect([door, answer.status, answer.json]).toEqual([door, 422, { error: invalid, errors: blank }])
    }
    const kept = await shop.read(shopper)
    expect([kept.email, kept.special_instructions]).toEqual(['ann@example.com', null])
    const back = await put('checkouts', { state: 'address', order: { email: '' } })
    expect([back.status, back.json.errors]).toEqual([422, blank])
    const again = { state: 'address', order: { email: 'ben@example.com' } }
    expect((await put('checkouts', again)).json).toMatchObject({ state: 'delivery', email: 'ben@example.com' })
    for (const step of [{}, { order: { payments_attributes: [{ payment_method_id: 3 }] } }]) {
      await shop.put(shopper, step)
    }
    const late = await put('orders', { order: { email: '' } }, admin)
    expect([late.status, late.json]).toEqual([422, { error: invalid, errors: blank }])
  })
})
