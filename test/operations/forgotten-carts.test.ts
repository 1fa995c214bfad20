import { expect, it } from 'vitest'
import type { Cart } from '../../src/core/cart/cart.js'
import type { CartStore } from '../../src/storage/storage.js'
import { sampleCart, sampleLine } from '../storage/samples.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { createAccountFixture } from './account-fixture.js'

const system = { kind: 'system' } as const
const options = { soleOfOwner: false, events: [] }
const held = { kind: 'holder' } as const

/** Ids in the order of their numbers, so that a test knows which come first. */
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`

describeOnEachDatabase('carts that name a customer who is deleted', open => {
  const begin = async (changes: (carts: CartStore) => Partial<CartStore> = () => ({})) => {
    const storage = await open()
    const fixture = await createAccountFixture({ ...storage, carts: { ...storage.carts, ...changes(storage.carts) } })
    const customer = await fixture.register({ email: 'gone@polytill.test', firstName: 'Goneril' })
    const add = async (index: number, changed: Partial<Cart>) => {
      const cart = sampleCart({ id: idOf(index), owner: held, ...changed })
      expect(await storage.carts.insert(cart, options)).toBe('saved')
      return cart
    }
    const stored = async (index: number) => (await storage.carts.read({ id: idOf(index) })).cart
    const person = { email: customer.email, firstName: 'Goneril', phone: '+49 30 1' }
    const forget = () => fixture.operations.anonymizeCustomer(system, { id: customer.id })
    return { ...fixture, storage, customer, add, stored, person, forget }
  }

  it('are deleted wherever the customer is the buyer, and those of others stay', async () => {
    const { customer, add, stored, person, forget } = await begin()
    const buyer = { ...person, customerId: customer.id }
    await add(1, { buyer })
    await add(2, { buyer, owner: { kind: 'privileged' } })
    await add(3, { buyer: person })
    await add(4, { buyer: { ...person, customerId: 'c-other' }, customerNote: `for ${customer.id}` })
    await add(5, { buyer, status: 'placing' })
    await add(6, { buyer, status: 'closed' })
    await add(7, { buyer, owner: { kind: 'member', customerId: 'c-other' } })
    expect(await forget()).toEqual({ ok: true, value: null })
    const left = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(async index => (await stored(index)) !== undefined))
    expect(left).toEqual([false, false, true, true, true, true, true])
    expect((await stored(3))?.buyer).toEqual(person)
  })

  it('keep nothing personal where a stranger named the customer, and what was put into them', async () => {
    const { customer, add, stored, person, forget } = await begin()
    const before = await add(1, {
      buyer: { ...person, profileId: customer.id },
      lineItems: [sampleLine()],
      addresses: [{ id: 'a', line1: 'Gasse 17', city: 'Berlin', country: 'DE' }],
      extras: { vtex: { profileId: customer.id } },
    })
    expect(await forget()).toEqual({ ok: true, value: null })
    const after = await stored(1)
    expect(after).toMatchObject({ owner: held, buyer: {}, addresses: [], extras: {}, version: before.version + 1 })
    expect(after?.lineItems).toEqual(before.lineItems)
  })

  it('are found in every slice, and go although somebody changes them meanwhile', async () => {
    let slices = 0
    let changes = 3
    const { customer, add, stored, person, forget, storage } = await begin(carts => ({
      naming: (id, slice) => {
        slices += 1
        return carts.naming(id, { ...slice, limit: 2 })
      },
      read: async (key, stockOf) => {
        const read = await carts.read(key, stockOf)
        if (changes > 0 && read.cart !== undefined) {
          changes -= 1
          await carts.save({ ...read.cart, version: read.cart.version + 1 }, read.cart.version, [])
        }
        return read
      },
    }))
    const buyer = { ...person, customerId: customer.id }
    for (const index of [1, 2, 3, 4, 5]) await add(index, { buyer: index === 2 ? {} : buyer })
    expect(await forget()).toEqual({ ok: true, value: null })
    expect([changes, slices]).toEqual([0, 4])
    const left = await Promise.all([1, 2, 3, 4, 5].map(async index => (await stored(index)) !== undefined))
    expect(left).toEqual([false, true, false, false, false])
    const { rows } = await storage.sql.query<{ subject: string }>(
      `select subject from outbox where type = 'cart.deleted' order by subject`,
    )
    expect(rows.map(({ subject }) => subject)).toEqual([1, 3, 4, 5].map(idOf))
  })

  it('go at the next try, where a crash came before the name was taken away', async () => {
    let isAway = true
    const { customer, add, stored, person, forget, operations } = await begin(carts => ({
      remove: (id, since, events) => {
        if (isAway && id === idOf(2)) throw new Error('the process is gone')
        return carts.remove(id, since, events)
      },
    }))
    const buyer = { ...person, customerId: customer.id }
    for (const index of [1, 2, 3]) await add(index, { buyer })
    await expect(forget()).rejects.toThrow('the process is gone')
    isAway = false
    const signedIn = { email: customer.email, password: 'right password', clientAddress: '192.0.2.1' }
    expect(await operations.signIn(signedIn)).toMatchObject({ ok: true, value: { id: customer.id } })
    expect(await forget()).toEqual({ ok: true, value: null })
    expect(await Promise.all([1, 2, 3].map(stored))).toEqual([undefined, undefined, undefined])
  })

  it('and what else a crash left of one who has no name any more goes by another try', async () => {
    const { customer, add, stored, person, forget, operations } = await begin()
    expect(await forget()).toEqual({ ok: true, value: null })
    await add(1, { buyer: { ...person, customerId: customer.id } })
    await operations.issueCredential({ kind: 'api_key', subject: customer.id })
    expect(await forget()).toEqual({ ok: false, error: { code: 'customer_not_found' } })
    expect(await stored(1)).toBeUndefined()
    expect(await operations.revokeCredentials({ kind: 'api_key', subject: customer.id })).toBe(0)
  })
})
