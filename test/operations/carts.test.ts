import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller, CartOwner, Permission } from '../../src/core/access/caller.js'
import type { CheckoutError } from '../../src/core/errors.js'
import { limits } from '../../src/core/limits.js'
import type { Result } from '../../src/core/result.js'
import type { CartView, NewCart, Operations } from '../../src/operations/operations.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { guestCart, openTill, purchaseBy, secondProcess, type Till } from './till.js'

const system: Caller = { kind: 'system' }
const unknownCart = { ok: false, error: { code: 'cart_not_found' } }
const mug = { sku: 'MUG-1', quantity: 1 }
let people = 0

/** Somebody whom no other test knows. */
function newVisitor(): Extract<Caller, { readonly kind: 'visitor' }> {
  people += 1
  return { kind: 'visitor', visitorId: `visitor-${people}` }
}

function newMember(): Extract<Caller, { readonly kind: 'member' }> {
  people += 1
  return { kind: 'member', customerId: `customer-${people}` }
}

function keyWith(...permissions: readonly Permission[]): Caller {
  return { kind: 'key', keyId: 'key', permissions }
}

function granted<T>(result: Result<T, CheckoutError>): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

describeOnEachDatabase('a cart', getServer => {
  let till: Till
  let operations: Operations
  beforeAll(async () => {
    till = await openTill(getServer())
    operations = getServer().operations
  })

  const by = (id: string) => ({ key: { id } })

  async function madeBy(caller: Caller, more: Partial<NewCart> = {}): Promise<string> {
    return granted(await operations.createCart(caller, { channel: 'de', lines: [mug], ...more })).cart.cart.id
  }

  function add(caller: Caller, cartId: string, since?: number): Promise<Result<CartView, CheckoutError>> {
    const seen = since === undefined ? {} : { since }
    return operations.addLineItems(caller, { cart: by(cartId), lines: [mug], ...seen })
  }

  async function quantityIn(cartId: string): Promise<number> {
    return (await till.cart(cartId)).lineItems.reduce((sum, line) => sum + line.quantity, 0)
  }

  describe('is changed', () => {
    it('one version at a time, each with its event, and nothing is written where nothing changed', async () => {
      const { caller, cartId } = await guestCart(till)
      const changed = granted(await add(caller, cartId))
      expect(changed.cart.cart.version).toBe(2)
      expect(changed.cart.cart).toEqual(await till.cart(cartId))
      expect(await till.eventsOf(cartId, 'cart.changed')).toBe(1)
      const same = await operations.changeLineItems(caller, { cart: by(cartId), changes: [] })
      expect(same).toMatchObject({ ok: true, value: { cart: { cart: { version: 2 } } } })
      expect(await till.eventsOf(cartId, 'cart.changed')).toBe(1)
    })

    it('only at the version that the client saw, where it says so', async () => {
      const { caller, cartId } = await guestCart(till)
      expect((await add(caller, cartId, 1)).ok).toBe(true)
      expect(await add(caller, cartId, 1)).toEqual({ ok: false, error: { code: 'version_conflict', current: 2 } })
      const old = { cart: by(cartId), since: 1 }
      for (const refused of [
        await operations.applyCode(caller, { ...old, code: 'ONCE' }),
        await operations.updateCart(caller, { ...old, currency: 'CHF' }),
        await operations.changeCheckout(caller, { ...old, changes: { customerNote: 'x' } }),
        await operations.deleteCart(caller, old),
      ]) {
        expect(refused).toEqual({ ok: false, error: { code: 'version_conflict', current: 2 } })
      }
      expect(await quantityIn(cartId)).toBe(3)
    })

    it('again on the newest cart, when another process was faster', async () => {
      const { caller, cartId } = await guestCart(till)
      const { storage } = till.server
      let interruptions = 3
      const other = await secondProcess(till, {
        carts: {
          ...storage.carts,
          save: async (cart, since, events) => {
            interruptions -= 1
            if (interruptions >= 0) await add(caller, cartId)
            return storage.carts.save(cart, since, events)
          },
        },
      })
      const changed = await other.operations.addLineItems(caller, { cart: by(cartId), lines: [mug] })
      expect(changed.ok).toBe(true)
      expect(await quantityIn(cartId)).toBe(2 + 3 + 1)
      expect((await till.cart(cartId)).version).toBe(5)
    })

    it('never, when others are faster each time: the client is told to come again', async () => {
      const { caller, cartId } = await guestCart(till)
      const { storage } = till.server
      let tries = 0
      const other = await secondProcess(till, {
        carts: {
          ...storage.carts,
          save: async () => {
            tries += 1
            return 'lost'
          },
        },
      })
      const changed = await other.operations.addLineItems(caller, { cart: by(cartId), lines: [mug] })
      expect(changed).toEqual({ ok: false, error: { code: 'busy' } })
      expect(tries).toBe(limits.changeAttempts)
      expect(await quantityIn(cartId)).toBe(2)
    })

    it('by two processes at once without losing a piece', async () => {
      const { caller, cartId } = await guestCart(till)
      const other = await secondProcess(till)
      const adds = Array.from({ length: 15 }, () => [
        add(caller, cartId),
        other.operations.addLineItems(caller, { cart: by(cartId), lines: [mug] }),
      ])
      for (const answer of await Promise.all(adds.flat())) expect(answer.ok).toBe(true)
      expect(await quantityIn(cartId)).toBe(32)
      expect((await till.cart(cartId)).version).toBe(31)
    })

    it('wholly or not at all', async () => {
      const { caller, cartId } = await guestCart(till)
      const refused = await operations.addLineItems(caller, {
        cart: by(cartId),
        lines: [mug, { sku: 'NO-SUCH-THING', quantity: 1 }],
      })
      expect(refused).toEqual({ ok: false, error: { code: 'product_not_found', sku: 'NO-SUCH-THING' } })
      expect(await till.cart(cartId)).toMatchObject({ version: 1, lineItems: [{ sku: 'MUG-1', quantity: 2 }] })
    })

    it('no more once it was ordered', async () => {
      const { caller, cartId } = await guestCart(till)
      const placement = purchaseBy('approve')
      expect((await operations.placeOrder(caller, { cart: by(cartId), placement })).ok).toBe(true)
      expect(await add(caller, cartId)).toEqual(unknownCart)
      expect(await operations.deleteCart(caller, { cart: by(cartId) })).toEqual(unknownCart)
      // The shopper starts with a new one.
      const next = await operations.addLineItems(caller, {
        cart: { own: 'de', create: { channel: 'de' } },
        lines: [mug],
      })
      expect(granted(next).cart.cart.id).not.toBe(cartId)
    })
  })

  describe('is reached', () => {
    it('by its owner and by whoever holds its secret, and looks absent to everyone else', async () => {
      const owner = newMember()
      const cartId = await madeBy(owner)
      const holder: Caller = { kind: 'anonymous', heldCarts: [cartId] }
      for (const caller of [owner, holder, system])
        expect((await operations.readCart(caller, by(cartId))).ok).toBe(true)
      const strangers: readonly Caller[] = [
        newMember(),
        newVisitor(),
        { kind: 'guest', guestKey: 'somebody' },
        { kind: 'anonymous' },
        { kind: 'anonymous', heldCarts: ['another'] },
      ]
      const before = await till.cart(cartId)
      for (const caller of strangers) {
        expect(await operations.readCart(caller, by(cartId))).toEqual(unknownCart)
        expect(await add(caller, cartId)).toEqual(unknownCart)
        expect(await operations.placeOrder(caller, { cart: by(cartId), placement: {} })).toEqual(unknownCart)
        expect(await operations.deleteCart(caller, { cart: by(cartId) })).toEqual(unknownCart)
        const quoted = await operations.quoteCart(caller, {
          cart: by(cartId),
          plan: desk => ({ ok: true, value: desk }),
        })
        expect(quoted).toEqual(unknownCart)
      }
      expect(await till.cart(cartId)).toEqual(before)
      expect(await operations.readCart(owner, by(crypto.randomUUID()))).toEqual(unknownCart)
    })

    it('by a key as far as its permissions go', async () => {
      const cartId = await madeBy(newMember())
      const forbidden = (permission: Permission) => ({ ok: false, error: { code: 'forbidden', permission } })
      const reader = keyWith('carts:read')
      expect((await operations.readCart(reader, by(cartId))).ok).toBe(true)
      expect(await add(reader, cartId)).toEqual(forbidden('carts:write'))
      expect(await operations.deleteCart(reader, { cart: by(cartId) })).toEqual(forbidden('carts:write'))
      const writer = keyWith('carts:write')
      expect(await operations.readCart(writer, by(cartId))).toEqual(forbidden('carts:read'))
      expect((await add(writer, cartId)).ok).toBe(true)
      const placement = purchaseBy('approve')
      expect(await operations.placeOrder(writer, { cart: by(cartId), placement })).toEqual(forbidden('orders:place'))
      expect((await operations.placeOrder(keyWith('orders:place'), { cart: by(cartId), placement })).ok).toBe(true)
      expect(await operations.createCart(reader, { channel: 'de' })).toEqual(forbidden('carts:write'))
      expect(await operations.listCarts(writer, { channel: 'de' })).toEqual(forbidden('carts:read'))
    })

    it('of nobody, by keys alone', async () => {
      const cartId = await madeBy(keyWith('carts:write'))
      expect((await till.cart(cartId)).owner).toEqual({ kind: 'privileged' })
      expect(await operations.readCart(newMember(), by(cartId))).toEqual(unknownCart)
      expect((await operations.readCart(keyWith('carts:read'), by(cartId))).ok).toBe(true)
    })

    it('of the owner that a key named, or acts for, and of no other', async () => {
      const member = newMember()
      const named: CartOwner = { kind: 'member', customerId: member.customerId }
      const cartId = await madeBy(keyWith('carts:write'), { owner: named })
      expect((await operations.readCart(member, by(cartId))).ok).toBe(true)
      const acting: Caller = { kind: 'key', keyId: 'k', permissions: ['carts:write'], actingFor: member.customerId }
      expect((await till.cart(await madeBy(acting))).owner).toEqual(named)
      // Whoever is no key owns what it makes, whatever it says.
      const other = newMember()
      expect((await till.cart(await madeBy(other, { owner: named }))).owner).toMatchObject({
        customerId: other.customerId,
      })
    })

    it('with prices of one’s own only by keys that may', async () => {
      const { caller, cartId } = await guestCart(till)
      const lines = [{ ...mug, origin: { kind: 'manual', unitPrice: 1n } as const }]
      const refused = { ok: false, error: { code: 'forbidden', permission: 'carts:admin' } }
      expect(await operations.addLineItems(caller, { cart: by(cartId), lines })).toEqual(refused)
      expect(await operations.addLineItems(keyWith('carts:write'), { cart: by(cartId), lines })).toEqual(refused)
      expect(await operations.createCart(caller, { channel: 'de', lines })).toEqual(refused)
      const admin = keyWith('carts:write', 'carts:admin')
      const added = granted(await operations.addLineItems(admin, { cart: by(cartId), lines }))
      expect(added.cart.totals.subtotal).toBe(2_501n)
    })
  })

  describe('becomes the property', () => {
    it('of the member who first touches what a visitor began', async () => {
      const visitor = newVisitor()
      const cartId = await madeBy(visitor)
      expect((await operations.readCart(newVisitor(), by(cartId))).ok).toBe(true)
      expect((await till.cart(cartId)).owner).toEqual({ kind: 'visitor', visitorId: visitor.visitorId })
      const member = newMember()
      const seen = granted(await operations.readCart(member, by(cartId)))
      const { customerId } = member
      expect(seen.cart.cart).toMatchObject({ owner: { kind: 'member', customerId }, buyer: { customerId }, version: 2 })
      for (const late of [visitor, newMember()])
        expect(await operations.readCart(late, by(cartId))).toEqual(unknownCart)
      expect((await operations.readCart(member, by(cartId))).ok).toBe(true)
      expect((await till.cart(cartId)).version).toBe(2)
    })

    it('of one of two members who come at the same moment, by reading or by changing', async () => {
      const other = await secondProcess(till)
      for (const first of ['read', 'change']) {
        const cartId = await madeBy(keyWith('carts:write'), { owner: { kind: 'open' } })
        const members = [newMember(), newMember()]
        const touch = (process: Operations, caller: Caller) =>
          first === 'read'
            ? process.readCart(caller, by(cartId))
            : process.addLineItems(caller, { cart: by(cartId), lines: [mug] })
        const answers = await Promise.all(
          members.map((member, at) => touch(at === 0 ? operations : other.operations, member)),
        )
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
        expect(answers.find(({ ok }) => !ok)).toEqual(unknownCart)
        const winner = members[answers.findIndex(({ ok }) => ok)]
        expect((await till.cart(cartId)).owner).toEqual({ kind: 'member', customerId: winner?.customerId })
        expect(await quantityIn(cartId)).toBe(first === 'read' ? 1 : 2)
      }
    })

    it('of whoever asks for a quote: who sees the figures has seen the cart', async () => {
      const cartId = await madeBy(keyWith('carts:write'), { owner: { kind: 'open' } })
      const member = newMember()
      const quoted = await operations.quoteCart(member, { cart: by(cartId), plan: desk => desk.quote({}) })
      expect(quoted.ok).toBe(true)
      expect((await till.cart(cartId)).owner).toEqual({ kind: 'member', customerId: member.customerId })
    })
  })

  describe('is the only one', () => {
    it('of an owner who may have one, also for ten requests at once', async () => {
      const caller: Caller = { kind: 'guest', guestKey: `sole-${people}-${crypto.randomUUID()}` }
      const made = await Promise.all(
        Array.from({ length: 10 }, () => operations.createCart(caller, { channel: 'de', soleOfOwner: true })),
      )
      expect(made.filter(({ ok }) => ok)).toHaveLength(1)
      for (const refused of made.filter(({ ok }) => !ok)) {
        expect(refused).toEqual({ ok: false, error: { code: 'cart_exists' } })
      }
    })

    it('and stays, where the last one must', async () => {
      const member = newMember()
      const [first, second] = [await madeBy(member), await madeBy(member)]
      expect((await operations.deleteCart(member, { cart: by(first), keepLast: true })).ok).toBe(true)
      const last = await operations.deleteCart(member, { cart: by(second), keepLast: true })
      expect(last).toEqual({ ok: false, error: { code: 'cart_locked' } })
      expect(granted(await operations.listCarts(member, { channel: 'de' }))).toHaveLength(1)
      expect((await operations.deleteCart(member, { cart: by(second) })).ok).toBe(true)
      expect(await operations.readCart(member, by(second))).toEqual(unknownCart)
    })
  })

  describe('in another currency', () => {
    it('is priced anew; lines that have no price there leave with a word', async () => {
      const { caller, cartId } = await guestCart(till, [{ sku: '005_30663301', quantity: 1 }, mug])
      const changed = granted(await operations.updateCart(caller, { cart: by(cartId), currency: 'CHF' }))
      expect(changed.cart).toMatchObject({ currency: 'CHF', totals: { subtotal: 8_050n } })
      expect(changed.cart.cart).toMatchObject({
        lineItems: [{ sku: '005_30663301' }],
        notices: [{ code: 'line_removed', level: 'warning', data: { sku: 'MUG-1', currency: 'CHF' } }],
      })
    })

    it('that the channel does not sell in, or by another price mode while it is full, is refused', async () => {
      const { caller, cartId } = await guestCart(till)
      const update = (changes: object) => operations.updateCart(caller, { cart: by(cartId), ...changes })
      const unsupported = { code: 'currency_unsupported', currency: 'USD' }
      expect(await update({ currency: 'USD' })).toEqual({ ok: false, error: unsupported })
      expect(await update({ priceMode: 'net' })).toEqual({ ok: false, error: { code: 'price_mode_locked' } })
      expect(await till.cart(cartId)).toMatchObject({ version: 1, currency: 'EUR', priceMode: 'gross' })
    })
  })

  describe('has limits', () => {
    it('for the lines of one request and of one cart', async () => {
      const { caller, cartId } = await guestCart(till)
      const lines = (count: number) =>
        Array.from({ length: count }, (_, at) => ({
          sku: at % 2 === 0 ? 'MUG-1' : 'TEE-1',
          quantity: 1,
          onPresent: 'separate' as const,
        }))
      const addAll = (count: number) => operations.addLineItems(caller, { cart: by(cartId), lines: lines(count) })
      const over = (maximum: number) => ({ ok: false, error: { code: 'limit_reached', limit: 'lines', maximum } })
      expect(await addAll(limits.linesPerRequest + 1)).toEqual(over(limits.linesPerRequest))
      expect((await addAll(500)).ok).toBe(true)
      expect(await addAll(500)).toEqual(over(limits.linesPerCart))
      expect((await addAll(499)).ok).toBe(true)
      expect((await till.cart(cartId)).lineItems).toHaveLength(limits.linesPerCart)
      expect(await addAll(1)).toEqual(over(limits.linesPerCart))
    })

    it('for the pieces of a line, and for what is in stock', async () => {
      const { caller, cartId } = await guestCart(till)
      const set = (quantity: number) =>
        operations.changeLineItems(caller, {
          cart: by(cartId),
          changes: [{ lineItem: { matches: line => line.sku === 'MUG-1' }, quantity }],
        })
      for (const quantity of [limits.quantityPerLine + 1, -1, 0.5, Number.NaN]) {
        expect(await set(quantity)).toMatchObject({ ok: false, error: { code: 'quantity_invalid' } })
      }
      const available = await till.stockOf('MUG-1')
      expect(await set(available + 1)).toMatchObject({ ok: false, error: { code: 'insufficient_stock', available } })
      expect((await set(available)).ok).toBe(true)
      expect((await set(0)).ok).toBe(true)
      expect((await till.cart(cartId)).lineItems).toEqual([])
    })

    it('for guesses at codes', async () => {
      const { caller, cartId } = await guestCart(till)
      const guess = (code: string) => operations.applyCode(caller, { cart: by(cartId), code })
      for (let times = 0; times < 30; times += 1) {
        expect(await guess(`GUESS${times}`)).toMatchObject({ ok: false, error: { code: 'coupon_unknown' } })
      }
      const waiting = await guess('GIFT50DEMO')
      expect(waiting).toMatchObject({ ok: false, error: { code: 'too_many_attempts' } })
      const another = await guestCart(till)
      const cart = by(another.cartId)
      expect((await operations.applyCode(another.caller, { cart, code: 'gift50demo' })).ok).toBe(true)
    })

    it('for guesses at codes, however many come at once', async () => {
      const { caller, cartId } = await guestCart(till)
      const guess = (code: string) => operations.applyCode(caller, { cart: by(cartId), code })
      const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => guess(`ATONCE${index}`)))
      const codes = answers.map(answer => (answer.ok ? 'applied' : answer.error.code))
      expect(codes.filter(code => code === 'coupon_unknown')).toHaveLength(30)
      expect(codes.filter(code => code === 'too_many_attempts')).toHaveLength(170)
      expect(await guess('GIFT50DEMO')).toMatchObject({ ok: false, error: { code: 'too_many_attempts' } })
    })
  })
})
