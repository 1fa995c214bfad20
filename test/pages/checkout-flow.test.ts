import { beforeAll, describe, expect, it } from 'vitest'
import type { NewLine } from '../../src/operations/operations.js'
import { type Books, openBooks } from '../support/books.js'
import { describeOnEachDatabase, type TestServer } from '../support/test-server.js'
import { austin, linkedCart, type PageShopper, pageShopper, plain, type SeenPage } from './page-shopper.js'

const brewer = { sku: 'BREWER', quantity: 1 }

async function orderOf({ operations }: TestServer, cartId: string) {
  const read = await operations.readPurchase({ kind: 'system' }, { id: cartId })
  if (!read.ok || read.value.order === undefined) throw new Error('there is no order')
  return read.value.order
}

/** A guest of the channel `us` on the page where everything is looked at once more. */
async function atReview(
  server: () => TestServer,
  lines: readonly NewLine[] = [brewer],
  method = 'cod',
): Promise<{ readonly id: string; readonly shopper: PageShopper; readonly review: SeenPage }> {
  const { id, link } = await linkedCart(server(), 'us', lines)
  const shopper = pageShopper(server)
  const delivery = await shopper.send(await shopper.open(link), austin)
  const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
  const review = await shopper.send(payment, { method })
  expect([review.status, review.path]).toEqual([200, `/pay/${id}/review`])
  return { id, shopper, review }
}

describeOnEachDatabase('the hosted checkout page without script', getServer => {
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })

  describe('a guest', () => {
    it('GET /pay/:cart to POST /pay/:cart/review: from the link to a confirmed order on delivery', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [brewer])
      const shopper = pageShopper(getServer)
      const details = await shopper.open(link)
      expect([details.status, details.path]).toEqual([200, `/pay/${id}/details`])
      expect(plain(details.text)).toContain('$247.50')
      const delivery = await shopper.send(details, austin)
      expect([delivery.status, delivery.path]).toEqual([200, `/pay/${id}/delivery`])
      const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
      expect([payment.status, payment.path]).toEqual([200, `/pay/${id}/payment`])
      const review = await shopper.send(payment, { method: 'cod' })
      expect([review.status, review.path]).toEqual([200, `/pay/${id}/review`])
      // 225 and 8 at 8.25 %
      expect(review.text).toContain('Buy now for $252.22')
      const done = await shopper.send(review, { note: 'Ring twice' })
      expect([done.status, done.path]).toEqual([200, `/pay/${id}/order`])
      const order = await orderOf(getServer(), id)
      expect(order).toMatchObject({ status: 'confirmed', email: 'ana@example.test', grandTotal: 25_222n })
      expect(order.snapshot.cart).toMatchObject({ customerNote: 'Ring twice', billingAddress: { city: 'Austin' } })
      expect(done.title).toBe('Thank you, Ana')
      expect(done.text).toContain(`<b>${order.number}</b>`)
      expect(done.text).toContain('Pay the courier in cash.')
      expect(await books.faults()).toEqual([])
    })

    it('POST /pay/:cart/account: makes an account when all is done, once', async () => {
      const { id, shopper, review } = await atReview(getServer)
      const email = `${id}@example.test`
      const details = await shopper.open(`/pay/${id}/details?to=review`)
      const back = await shopper.send(details, { email })
      expect(back.path).toBe(`/pay/${id}/review`)
      const done = await shopper.send({ ...review, fields: back.fields })
      expect(done.text).toContain('Create an account')
      const csrf = /name="csrf" value="([^"]+)"/.exec(done.text)?.[1] ?? ''
      const short = await shopper.request('POST', `/pay/${id}/account`, { csrf, password: 'short' })
      expect(short.status).toBe(422)
      expect(short.text).toContain('Password: at least 8 characters, please.')
      const made = await shopper.request('POST', `/pay/${id}/account`, { csrf, password: 'long enough' })
      expect(made.status).toBe(200)
      expect(made.text).toContain('Your account is ready.')
      const signedIn = await getServer().operations.signIn({ email, password: 'long enough', clientAddress: '::1' })
      expect(signedIn).toMatchObject({ ok: true, value: { email, firstName: 'Ana' } })
      const again = await shopper.request('POST', `/pay/${id}/account`, { csrf, password: 'long enough' })
      expect(again.status).toBe(422)
      expect(again.text).toContain('There is an account with this e-mail address already.')
    })

    it('pays an invoice for a file without any delivery', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [{ sku: 'JOURNAL-PDF', quantity: 1 }])
      const shopper = pageShopper(getServer)
      const details = await shopper.open(link)
      expect(details.text).not.toContain('Delivery address')
      const billing = Object.fromEntries(
        Object.entries(austin).flatMap(([name, value]) =>
          name === 'same' ? [] : [[name.replace('s0-', 'b-'), value]],
        ),
      )
      const payment = await shopper.send(details, billing)
      expect(payment.path).toBe(`/pay/${id}/payment`)
      const done = await shopper.send(await shopper.send(payment, { method: 'cheque' }))
      expect(done.path).toBe(`/pay/${id}/order`)
      expect(await orderOf(getServer(), id)).toMatchObject({ status: 'confirmed' })
    })

    it('POST /pay/:cart/payment: pays all of it with a gift card and a coupon', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [{ sku: 'MUG-1', quantity: 1 }])
      const shopper = pageShopper(getServer)
      const delivery = await shopper.send(await shopper.open(link), austin)
      const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
      const reduced = await shopper.send(payment, { code: 'SAVE20' })
      expect(plain(reduced.text)).toContain('SAVE20 was added. Updated. The total is $18.66.')
      const covered = await shopper.send(reduced, { code: 'GIFT50DEMO', do: 'apply' })
      expect(covered.text).toContain('There is nothing left to pay.')
      const without = await shopper.send(covered, { do: 'remove SAVE20' })
      expect(plain(without.text)).toContain('SAVE20 was removed.')
      const review = await shopper.send(without)
      expect(review.path).toBe(`/pay/${id}/review`)
      expect(review.text).toContain('>Buy now</button>')
      expect((await shopper.send(review)).path).toBe(`/pay/${id}/order`)
      const order = await orderOf(getServer(), id)
      expect(order).toMatchObject({ status: 'confirmed', grandTotal: 2_116n, amountDue: 0n })
      expect(await books.faults()).toEqual([])
    })

    it('POST /pay/:cart/delivery: several shipments each have their address and their way', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [brewer, { sku: 'COFFEEMAKER', quantity: 1 }])
      const { operations } = getServer()
      const cart = { key: { id } } as const
      const read = await operations.readCart({ kind: 'system' }, cart)
      if (!read.ok) throw new Error(read.error.code)
      const consignments = read.value.cart.lines.map(({ item }) => ({
        items: [{ lineItemId: item.id, quantity: 1 }],
        destination: { kind: 'unknown' } as const,
      }))
      await operations.changeCheckout({ kind: 'system' }, { cart, changes: { consignments } })
      const shopper = pageShopper(getServer)
      const details = await shopper.open(link)
      expect(details.text).toContain('Delivery address 2 of 2')
      const second = { 's1-country': 'US', 's1-firstName': 'Bo', 's1-lastName': 'Lund', 's1-line1': '350 5th Ave' }
      const place = { 's1-city': 'New York', 's1-subdivision': 'NY', 's1-postalCode': '10011' }
      const delivery = await shopper.send(details, { ...austin, ...second, ...place })
      expect(delivery.text).toContain('Shipment 2 of 2')
      const one = await shopper.send(delivery, { d0: 'ship-by-weight' })
      expect([one.status, one.errors]).toEqual([422, ['Please choose a way of delivery.']])
      const payment = await shopper.send(one, { d1: 'flat-rate' })
      const done = await shopper.send(await shopper.send(payment, { method: 'cod' }))
      expect(done.path).toBe(`/pay/${id}/order`)
      const { snapshot } = await orderOf(getServer(), id)
      expect(snapshot.consignments.map(({ selected }) => selected?.id)).toEqual(['ship-by-weight', 'flat-rate'])
      expect(snapshot.totals.grandTotal).toBe(22_500n + 4_950n + 800n + 1_000n + 1_922n)
    })

    it('picks goods up at a point of the shop, with its address and hours', async () => {
      const { id, link } = await linkedCart(getServer(), 'br', [{ sku: 'MUG-1', quantity: 1 }])
      const shopper = pageShopper(getServer, 'pt-BR,pt;q=0.9,en;q=0.5')
      const rio = {
        email: 'ana@example.test',
        's0-country': 'BR',
        's0-firstName': 'Ana',
        's0-lastName': 'Ruiz',
        's0-line1': 'Praia de Botafogo',
        's0-streetNumber': '12',
        's0-district': 'Botafogo',
        's0-city': 'Rio de Janeiro',
        's0-postalCode': '22250040',
        's0-subdivision': 'RJ',
        same: '1',
      }
      const details = await shopper.open(link)
      expect(details.title).toBe('Seus dados')
      const delivery = await shopper.send(details, rio)
      expect(delivery.text).toContain('Bring the order number and a photo id.')
      expect(plain(delivery.text)).toContain('R$ 7,00')
      expect(delivery.text).toMatch(/Chega até \p{L}+-feira, /u)
      const payment = await shopper.send(delivery, { d0: 'pickup-1_RJ01' })
      // Once more, so that what is picked up can still be sent.
      const again = await shopper.open(`/pay/${id}/delivery`)
      expect([again.fields.d0, again.text.includes('value="Normal"')]).toEqual(['pickup-1_RJ01', true])
      const review = await shopper.send(payment, { method: '17' })
      expect(review.text).toContain('Retirar em')
      await shopper.send(review)
      const { snapshot, grandTotal } = await orderOf(getServer(), id)
      expect(grandTotal).toBe(1_250n)
      expect(snapshot.consignments[0]?.consignment.destination).toMatchObject({
        kind: 'pickup',
        pickupPointId: '1_RJ01',
        receiver: { firstName: 'Ana', district: 'Botafogo' },
      })
    })
  })

  describe('a customer', () => {
    it('POST /pay/:cart/sign-in: signs in and sends goods to an address of the book', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [brewer])
      const shopper = pageShopper(getServer)
      await shopper.open(link)
      const signIn = await shopper.open(`/pay/${id}/sign-in`)
      const wrong = await shopper.send(signIn, { email: 'customer@polytill.test', password: 'nothing' })
      expect([wrong.status, wrong.errors]).toEqual([422, ['E-mail address or password is wrong.']])
      expect(wrong.fields).toMatchObject({ email: 'customer@polytill.test', password: '' })
      const details = await shopper.send(wrong, { password: 'change123' })
      expect([details.status, details.path]).toEqual([200, `/pay/${id}/details`])
      expect(plain(details.text)).toContain('Signed in as Carla Customer')
      const book = [...details.text.matchAll(/name="s0-book" value="([^"]+)"[^>]*>\s*<span>([^<]*)</g)]
      const home = book.find(([, , text = '']) => text.includes('United States'))?.[1]
      const delivery = await shopper.send(details, { 's0-book': home })
      expect([delivery.status, delivery.path]).toEqual([200, `/pay/${id}/delivery`])
      const payment = await shopper.send(delivery, { d0: 'flat-rate' })
      const done = await shopper.send(await shopper.send(payment, { method: 'cod' }))
      expect(done.text).not.toContain('Create an account')
      const order = await orderOf(getServer(), id)
      expect(order).toMatchObject({ owner: { kind: 'member' }, email: 'customer@polytill.test' })
      expect(order.snapshot.consignments[0]?.consignment.destination).toMatchObject({
        address: { customerAddressId: home, country: 'US' },
      })
    })

    it("cannot take another customer's cart", async () => {
      const { operations } = getServer()
      const [owner, id] = ['c0ffee00-0003-4a6b-9b61-000000000002', (await linkedCart(getServer(), 'us', [brewer])).id]
      await operations.assignCart({ kind: 'system' }, { cart: { key: { id } }, customerId: owner })
      const shopper = pageShopper(getServer)
      await shopper.open(new URL(await operations.linkCheckout({ cartId: id })).pathname)
      const link = new URL(await operations.linkCheckout({ cartId: id }))
      await shopper.open(`${link.pathname}${link.search}`)
      const signIn = await shopper.open(`/pay/${id}/sign-in`)
      const refused = await shopper.send(signIn, { email: 'customer@polytill.test', password: 'change123' })
      const why = 'This purchase belongs to another account. Sign in to that one.'
      expect([refused.status, refused.errors]).toEqual([422, [why]])
      const read = await operations.readCart({ kind: 'system' }, { key: { id } })
      expect(read.ok && read.value.cart.cart.owner).toEqual({ kind: 'member', customerId: owner })
    })
  })

  describe('placing', () => {
    it('a form that is sent twice, and twice at once, is one order', async () => {
      const { id, shopper, review } = await atReview(getServer)
      const [one, two] = await Promise.all([shopper.send(review), shopper.send(review)])
      const three = await shopper.send(review)
      for (const page of [one, two, three]) expect([page.status, page.path]).toEqual([200, `/pay/${id}/order`])
      expect(await getServer().storage.orders.ofCart(id)).toHaveLength(1)
      // Back leads to what became of it.
      expect((await shopper.open(`/pay/${id}/payment`)).path).toBe(`/pay/${id}/order`)
      expect((await shopper.open(`/pay/${id}`)).path).toBe(`/pay/${id}/order`)
    })

    it('another total than the shopper saw is shown first, with the note that was typed', async () => {
      const { id, shopper, review } = await atReview(getServer)
      const { operations } = getServer()
      const read = await operations.readCart({ kind: 'system' }, { key: { id } })
      const lineItem = { id: (read.ok && read.value.cart.lines[0]?.item.id) || '' }
      await operations.changeLineItems(
        { kind: 'system' },
        { cart: { key: { id } }, changes: [{ lineItem, quantity: 2 }] },
      )
      const changed = await shopper.send(review, { note: 'By the door' })
      expect(changed.status).toBe(409)
      expect(changed.errors).toEqual(['The total has changed from $252.22 to $495.79. Please look at it once more.'])
      expect(changed.fields.note).toBe('By the door')
      expect((await shopper.send(changed)).path).toBe(`/pay/${id}/order`)
      expect(await orderOf(getServer(), id)).toMatchObject({ grandTotal: 49_579n })
    })

    it('what is sold out at the last moment is shown, and everything else is still there', async () => {
      const { id, shopper, review } = await atReview(getServer, [brewer, { sku: 'LAST-ONE', quantity: 1 }])
      const other = await atReview(getServer, [{ sku: 'LAST-ONE', quantity: 1 }])
      expect((await other.shopper.send(other.review)).path).toContain('/order')
      const refused = await shopper.send(review, { note: 'Still here' })
      expect(refused.status).toBe(409)
      expect(refused.errors).toEqual(['The last one has just been sold out. Everything else is still here.'])
      expect(refused.fields.note).toBe('Still here')
      expect(refused.text).toContain('Sold out')
      const button = /value="(line [0-9a-f-]+ 0)"/.exec(refused.text)?.[1]
      const without = await shopper.send(refused, { do: button })
      expect([without.status, without.errors, without.path]).toEqual([200, [], `/pay/${id}/review`])
      expect((await shopper.send(without)).path).toBe(`/pay/${id}/order`)
      expect(await books.faults()).toEqual([])
    })

    it('of what is left some may be taken', async () => {
      const { id, shopper, review } = await atReview(getServer, [{ sku: 'TWENTY', quantity: 15 }])
      const other = await atReview(getServer, [{ sku: 'TWENTY', quantity: 12 }])
      await other.shopper.send(other.review)
      const refused = await shopper.send(review)
      expect(refused.errors).toEqual(['Only 8 of Twenty of these are left.'])
      const button = /value="(line [0-9a-f-]+ 8)"/.exec(refused.text)?.[1]
      const fewer = await shopper.send(refused, { do: button })
      await shopper.send(fewer)
      const order = await orderOf(getServer(), id)
      expect(order.snapshot.lines.map(({ quantity }) => quantity)).toEqual([8])
    })

    it('a coupon that somebody else used up meanwhile can be taken off', async () => {
      const both = await Promise.all([atReview(getServer), atReview(getServer)])
      for (const { id, shopper } of both) await shopper.send(await shopper.open(`/pay/${id}/payment`), { code: 'ONCE' })
      const [first, second] = both
      const open = ({ id, shopper }: typeof first) => shopper.open(`/pay/${id}/review`)
      const late = await open(second)
      expect((await first.shopper.send(await open(first))).path).toContain('/order')
      const refused = await second.shopper.send(late)
      expect([refused.status, refused.errors]).toEqual([
        409,
        ['The coupon ONCE can no longer be used. Remove it to go on.'],
      ])
      const payment = await second.shopper.open(`/pay/${second.id}/payment`)
      const removed = await second.shopper.send(payment, { do: 'remove ONCE' })
      const review = await second.shopper.send(removed, { method: 'cod' })
      expect((await second.shopper.send(review)).path).toBe(`/pay/${second.id}/order`)
    })
  })
})
