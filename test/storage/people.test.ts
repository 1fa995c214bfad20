import { expect, it } from 'vitest'
import type { Customer } from '../../src/core/customers/customer.js'
import type { Credential } from '../../src/storage/storage.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { later, now, sampleCart, samplePlacing } from './samples.js'

type NewCustomer = Omit<Customer, 'integerId' | 'reference'>

function sampleCustomer(overrides: Partial<NewCustomer> = {}): NewCustomer {
  return {
    id: 'c1',
    email: 'Ada@Example.test',
    groups: ['vip'],
    acceptsMarketing: true,
    isConfirmed: true,
    addresses: [{ id: 'a', integerId: 1, isDefaultShipping: true, isDefaultBilling: false, city: 'Berlin' }],
    customFields: { z: '1', a: '2' },
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...overrides,
  }
}

const options = { passwordHash: 'hash', referencePrefix: 'DE--' }

describeOnEachDatabase('customers', open => {
  it('get an integer id and a reference, and are found by every key', async () => {
    const { customers } = await open()
    const added = await customers.insert(sampleCustomer(), options)
    const customer = { ...sampleCustomer(), integerId: 1, reference: 'DE--1' }
    expect(added).toStrictEqual(customer)
    const keys = [{ id: 'c1' }, { email: 'ada@example.TEST' }, { reference: 'DE--1' }, { integerId: 1 }]
    for (const key of keys) expect(await customers.read(key)).toStrictEqual(customer)
    expect(await customers.read({ id: 'nobody' })).toBeUndefined()
  })

  it('have one e-mail address each, whatever its case', async () => {
    const { customers } = await open()
    const register = (_: unknown, index: number) => customers.insert(sampleCustomer({ id: `c${index}` }), options)
    const outcomes = await Promise.all(Array.from({ length: 8 }, register))
    expect(outcomes.filter(outcome => outcome !== 'exists')).toHaveLength(1)
  })

  it('are saved only on the version that was read, and not with the address of another', async () => {
    const { customers } = await open()
    const added = await customers.insert(sampleCustomer(), options)
    if (added === 'exists') throw new Error('not inserted')
    await customers.insert(sampleCustomer({ id: 'c2', email: 'taken@x' }), options)
    expect(await customers.save({ ...added, lastName: 'L', version: 2 }, 1)).toBe('saved')
    expect(await customers.save({ ...added, lastName: 'M', version: 2 }, 1)).toBe('lost')
    expect(await customers.save({ ...added, email: 'TAKEN@x', version: 3 }, 2)).toBe('lost')
    expect(await customers.read({ id: 'c1' })).toStrictEqual({ ...added, lastName: 'L', version: 2 })
  })

  it('change their password, and count their orders', async () => {
    const { customers, orders, signOuts } = await open()
    await customers.insert(sampleCustomer(), options)
    await signOuts.add('c1', { at: now, passwordHash: 'new' })
    expect(await customers.passwordHash('c1')).toBe('new')
    expect(await customers.passwordHash('c2')).toBeUndefined()
    const cart = sampleCart({ owner: { kind: 'member', customerId: 'c1' } })
    await orders.prepare(samplePlacing(cart))
    await orders.prepare(samplePlacing(sampleCart()))
    expect(await customers.orderCount('c1')).toBe(1)
    const list = await orders.list({ owner: cart.owner, channel: 'de', statuses: ['pending'], offset: 0, limit: 10 })
    expect(list).toMatchObject({ total: 1, orders: [{ cartId: cart.id }] })
    const beyond = await orders.list({ owner: cart.owner, offset: 1, limit: 10 })
    expect(beyond).toEqual({ total: 1, orders: [] })
    expect(await orders.list({ email: 'nobody@x', offset: 0, limit: 10 })).toEqual({ total: 0, orders: [] })
  })
})

describeOnEachDatabase('customers who are signed out everywhere', open => {
  const of = (kind: Credential['kind'], secretHash: string, data: Credential['data'] = {}): Credential => ({
    ...{ kind, secretHash, subject: 'c1', permissions: [], data, createdAt: now, expiresAt: later },
  })

  it('have a later version, another password where one is given, and no credential left but keys', async () => {
    const { customers, credentials, signOuts } = await open()
    await customers.insert(sampleCustomer(), options)
    for (const kind of ['session', 'refresh_token', 'single_use', 'api_key'] as const) {
      await credentials.insert(of(kind, 'h'))
      await credentials.insert({ ...of(kind, 'other'), subject: 'c2' })
    }
    expect(await signOuts.add('c1', { at: now })).toEqual({ customerId: 'c1', number: 1n, version: 2, at: now })
    expect([(await customers.read({ id: 'c1' }))?.version, await customers.passwordHash('c1')]).toEqual([2, 'hash'])
    for (const kind of ['session', 'refresh_token', 'single_use'] as const) {
      expect(await credentials.read(kind, 'h')).toBeUndefined()
      expect(await credentials.read(kind, 'other')).toBeDefined()
    }
    expect(await credentials.read('api_key', 'h')).toBeDefined()
    expect(await signOuts.add('c1', { at: later, passwordHash: 'new' })).toMatchObject({ number: 2n, version: 3 })
    expect(await customers.passwordHash('c1')).toBe('new')
    expect(await signOuts.add('nobody', { at: now, passwordHash: 'new' })).toBeUndefined()
  })

  it('are listed in the order in which they were, once each, from a number on', async () => {
    const { customers, signOuts } = await open()
    for (const id of ['c1', 'c2', 'c3']) await customers.insert(sampleCustomer({ id, email: `${id}@x` }), options)
    await Promise.all(['c1', 'c2', 'c3', 'c1'].map(id => signOuts.add(id, { at: now })))
    await signOuts.add('c2', { at: later })
    const all = await signOuts.since(0n, 10)
    expect(all.at(-1)).toEqual({ customerId: 'c2', number: 5n, version: 3, at: later })
    expect(all.map(({ customerId }) => customerId).sort()).toEqual(['c1', 'c2', 'c3'])
    expect(await signOuts.since(all[0]?.number ?? 0n, 1)).toEqual([all[1]])
    expect(await signOuts.since(5n, 10)).toEqual([])
    expect(await signOuts.prune(later, 10)).toBe(2)
    expect(await signOuts.since(0n, 10)).toEqual([all.at(-1)])
  })

  it('are signed in no more by what is stored late, by somebody who had proved it before', async () => {
    const { customers, credentials, signOuts } = await open()
    await customers.insert(sampleCustomer(), options)
    await signOuts.add('c1', { at: now })
    await credentials.insert(of('session', 'before', { customerVersion: 1 }))
    await credentials.insert(of('session', 'after', { customerVersion: 2 }))
    await credentials.insert(of('session', 'untold'))
    const stored = await Promise.all(['before', 'after', 'untold'].map(hash => credentials.read('session', hash)))
    expect(stored.map(one => one !== undefined)).toEqual([false, true, true])
  })
})

describeOnEachDatabase('credentials', open => {
  const credential: Credential = {
    kind: 'single_use',
    secretHash: 'h1',
    subject: 'c1',
    permissions: ['carts:read', 'a "b"'],
    data: { n: 1, list: ['#1'] },
    createdAt: now,
    expiresAt: later,
  }

  it('are read by kind and hash, and taken once', async () => {
    const { credentials } = await open()
    await credentials.insert(credential)
    expect(await credentials.read('single_use', 'h1')).toStrictEqual(credential)
    expect(await credentials.read('session', 'h1')).toBeUndefined()
    const take = () => credentials.take('single_use', 'h1')
    const taken = (await Promise.all(Array.from({ length: 8 }, take))).filter(one => one !== undefined)
    expect(taken).toStrictEqual([credential])
  })

  it('are written anew in the place of one with the same secret', async () => {
    const { credentials } = await open()
    const once = { ...credential, kind: 'single_use' } as const
    await credentials.replace(once)
    expect(await credentials.read('single_use', 'h1')).toStrictEqual(once)
    const other = { ...once, subject: 'c2', data: { n: 2 }, permissions: [], createdAt: later }
    await credentials.replace({ ...other, dialect: 'shop' })
    expect(await credentials.read('single_use', 'h1')).toStrictEqual({ ...other, dialect: 'shop' })
    expect(await credentials.amend('single_use', 'h1', { n: 3, hash: '$a$' })).toStrictEqual({
      ...other,
      dialect: 'shop',
      data: { n: 3, hash: '$a$' },
    })
    expect(await credentials.amend('single_use', 'h2', { n: 3 })).toBeUndefined()
  })

  it('count tries, of many at once each one', async () => {
    const { credentials } = await open()
    expect(await credentials.countTry('single_use', 'h1')).toBeUndefined()
    await credentials.insert(credential)
    const counted = await Promise.all(Array.from({ length: 8 }, () => credentials.countTry('single_use', 'h1')))
    const tries = counted.map(one => Number(one?.data.tries))
    expect(tries.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(await credentials.read('single_use', 'h1')).toStrictEqual({
      ...credential,
      data: { ...credential.data, tries: 8 },
    })
  })

  it('of one subject are revoked together, and expired ones pruned', async () => {
    const { credentials } = await open()
    const { expiresAt: _, ...endless } = credential
    for (const secretHash of ['h1', 'h2']) await credentials.insert({ ...endless, kind: 'refresh_token', secretHash })
    expect(await credentials.read('refresh_token', 'h1')).not.toHaveProperty('expiresAt')
    await credentials.insert(credential)
    expect(await credentials.prune('2027-01-01T00:00:00.000Z', 10)).toBe(1)
    expect(await credentials.revokeAll('refresh_token', 'c1')).toBe(2)
  })
})
