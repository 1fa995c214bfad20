import { beforeEach, expect, it, vi } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { limits } from '../../src/core/limits.js'
import { refuse } from '../../src/core/result.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { type AccountFixture, anybody, createAccountFixture, memberOf, newCustomer } from './account-fixture.js'

const clientAddress = '192.0.2.1'
const address = { line1: 'Street 1', country: 'DE', isDefaultShipping: false, isDefaultBilling: false }

describeOnEachDatabase('customers', open => {
  let fixture: AccountFixture
  beforeEach(async () => {
    fixture = await createAccountFixture(await open())
  })

  it('are registered with a reference that counts up, and never with a readable password', async () => {
    const first = await fixture.register({ email: 'First@polytill.test' })
    const second = await fixture.register()
    expect(first).toMatchObject({ email: 'First@polytill.test', version: 1, addresses: [], isConfirmed: true })
    expect([first.reference, second.reference]).toEqual([`DE--${first.integerId}`, `DE--${second.integerId}`])
    expect(second.integerId).toBe(first.integerId + 1)
    const { rows } = await fixture.storage.sql.query<{ hash: string }>('select hash from customer_passwords')
    for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$/)
  })

  it('are unique by e-mail address, however it is written, also for two at once', async () => {
    const input = newCustomer()
    const both = await Promise.all([
      fixture.operations.registerCustomer(anybody, input),
      fixture.operations.registerCustomer(anybody, { ...input, email: input.email.toUpperCase() }),
    ])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toEqual(refuse({ code: 'customer_exists' }))
  })

  it('are found by several e-mail addresses in one query, each as it was asked for', async () => {
    const [first, second] = [await fixture.register(), await fixture.register()]
    const emails = [first.email.toUpperCase(), 'nobody@polytill.test', second.email]
    const { sql } = fixture.storage
    const before = sql.statementCount()
    const found = await fixture.operations.findProfiles(memberOf(second), { emails })
    expect(sql.statementCount() - before).toBe(1)
    expect([...found].map(([email, { customer, isOwn }]) => [email, customer.id, isOwn])).toEqual([
      [first.email.toUpperCase(), first.id, false],
      [second.email, second.id, true],
    ])
    expect((await fixture.operations.findProfiles(anybody, { emails: ['nobody@polytill.test'] })).size).toBe(0)
  })

  it('are not made with a password that is empty or endless', async () => {
    for (const password of ['', 'x'.repeat(1_000)]) {
      const made = await fixture.operations.registerCustomer(anybody, newCustomer({ password }))
      expect(made).toEqual(refuse({ code: 'invalid_input', field: 'password', rule: 'length' }))
    }
  })

  it('are made by a key only if it may', async () => {
    const key: Caller = { kind: 'key', keyId: 'k', permissions: ['carts:write'] }
    const made = await fixture.operations.registerCustomer(key, newCustomer())
    expect(made).toEqual(refuse({ code: 'forbidden', permission: 'customers:write' }))
    const allowed: Caller = { ...key, permissions: ['customers:write'] }
    expect((await fixture.operations.registerCustomer(allowed, newCustomer())).ok).toBe(true)
  })

  it('are shown to themselves and to keys that may, to nobody else', async () => {
    const customer = await fixture.register()
    const stranger = await fixture.register()
    const read = (caller: Caller) => fixture.operations.readCustomer(caller, { id: customer.id })
    const absent = refuse({ code: 'customer_not_found' })
    expect(await read(memberOf(customer))).toEqual({ ok: true, value: customer })
    expect(await read({ kind: 'key', keyId: 'k', permissions: ['customers:read'] })).toMatchObject({ ok: true })
    expect(await read({ kind: 'system' })).toMatchObject({ ok: true })
    expect(await read(memberOf(stranger))).toEqual(absent)
    expect(await read(anybody)).toEqual(absent)
    expect(await read({ kind: 'guest', guestKey: customer.id })).toEqual(absent)
    expect(await read({ kind: 'key', keyId: 'k', permissions: ['customers:write'] })).toEqual(absent)
  })

  it('are found by reference and by e-mail address', async () => {
    const customer = await fixture.register()
    for (const key of [{ reference: customer.reference }, { email: customer.email.toUpperCase() }]) {
      expect(await fixture.operations.readCustomer(memberOf(customer), key)).toEqual({ ok: true, value: customer })
    }
  })

  it('change what they name, and nothing of others', async () => {
    const customer = await fixture.register({ phone: '030 1' })
    const stranger = await fixture.register()
    const { operations } = fixture
    fixture.wait(5)
    const input = { id: customer.id, changes: { firstName: 'Grace', phone: '' } }
    expect(await operations.updateCustomer(memberOf(stranger), input)).toEqual(refuse({ code: 'customer_not_found' }))
    const changed = await operations.updateCustomer(memberOf(customer), input)
    const { phone: _, ...rest } = customer
    const expected = { ...rest, firstName: 'Grace', version: 2, updatedAt: '2026-11-21T08:00:05.000Z' }
    expect(changed).toEqual({ ok: true, value: expected })
    expect(await operations.readCustomer(memberOf(customer), { id: customer.id })).toEqual(changed)
  })

  it('cannot take the e-mail address of another', async () => {
    const customer = await fixture.register()
    const stranger = await fixture.register()
    const update = (email: string) =>
      fixture.operations.updateCustomer(memberOf(customer), { id: customer.id, changes: { email } })
    expect(await update(stranger.email.toUpperCase())).toEqual(refuse({ code: 'customer_exists' }))
    expect(await update('new@polytill.test')).toMatchObject({ ok: true, value: { email: 'new@polytill.test' } })
    const signedIn = await fixture.operations.signIn({
      email: 'new@polytill.test',
      password: 'right password',
      clientAddress,
    })
    expect(signedIn).toMatchObject({ ok: true })
  })

  it('change their own password, which ends what was signed in with the one before', async () => {
    const customer = await fixture.register()
    const stranger = await fixture.register()
    const { operations } = fixture
    const { id } = customer
    const refreshToken = await operations.issueCredential({ kind: 'refresh_token', subject: id })
    const session = await operations.issueCredential({ kind: 'session', subject: id })
    const key = await operations.issueCredential({ kind: 'api_key', subject: id })
    const others = await operations.issueCredential({ kind: 'session', subject: stranger.id })
    const change = (caller: Caller, password: string) => operations.changePassword(caller, { id, password })
    const signIn = (password: string) => operations.signIn({ email: customer.email, password, clientAddress })
    const absent = refuse({ code: 'customer_not_found' })
    expect(await change(memberOf(stranger), 'a stranger’s')).toEqual(absent)
    expect(await change(anybody, 'nobody’s')).toEqual(absent)
    for (const password of ['', 'x'.repeat(1_000)]) {
      const wrong = refuse({ code: 'invalid_input', field: 'password', rule: 'length' })
      expect(await change(memberOf(customer), password)).toEqual(wrong)
    }
    expect(await operations.checkCredential({ kind: 'session', secret: session })).toMatchObject({ subject: id })
    expect(await change(memberOf(customer), 'another password')).toEqual({ ok: true, value: null })
    expect(await signIn('right password')).toEqual(refuse({ code: 'credentials_wrong' }))
    expect(await signIn('another password')).toMatchObject({ ok: true, value: { id } })
    expect(await operations.checkCredential({ kind: 'refresh_token', secret: refreshToken })).toBeUndefined()
    expect(await operations.checkCredential({ kind: 'session', secret: session })).toBeUndefined()
    expect(await operations.checkCredential({ kind: 'api_key', secret: key })).toMatchObject({ subject: id })
    const kept = await operations.checkCredential({ kind: 'session', secret: others })
    expect(kept).toMatchObject({ subject: stranger.id })
  })

  it('keep every one of many changes at once', async () => {
    const customer = await fixture.register()
    const add = () => fixture.operations.addAddress(memberOf(customer), { customerId: customer.id, address })
    const added = await Promise.all(Array.from({ length: 8 }, add))
    expect(added.map(({ ok }) => ok)).toEqual(Array(8).fill(true))
    const read = await fixture.operations.readCustomer(memberOf(customer), { id: customer.id })
    expect(read.ok && read.value.addresses).toHaveLength(8)
    expect(read.ok && read.value.addresses.filter(each => each.isDefaultShipping)).toHaveLength(1)
    expect(read.ok && read.value.version).toBe(9)
  })

  it('have an address book of their own', async () => {
    const customer = await fixture.register()
    const stranger = memberOf(await fixture.register())
    const { operations } = fixture
    const customerId = customer.id
    const added = await operations.addAddress(memberOf(customer), { customerId, address })
    const addressId = added.ok ? added.value.address.id : ''
    expect(added).toMatchObject({ ok: true, value: { address: { isDefaultShipping: true, isDefaultBilling: true } } })
    const absent = refuse({ code: 'customer_not_found' })
    expect(await operations.addAddress(stranger, { customerId, address })).toEqual(absent)
    expect(await operations.changeAddress(stranger, { customerId, addressId, changes: {} })).toEqual(absent)
    expect(await operations.removeAddress(stranger, { customerId, addressId })).toEqual(absent)
    const changed = await operations.changeAddress(memberOf(customer), {
      customerId,
      addressId,
      changes: { city: 'Berlin' },
    })
    expect(changed).toMatchObject({
      ok: true,
      value: { address: { id: addressId, city: 'Berlin', line1: 'Street 1' } },
    })
    expect(await operations.removeAddress(memberOf(customer), { customerId, addressId })).toEqual({
      ok: true,
      value: null,
    })
    const gone = await operations.removeAddress(memberOf(customer), { customerId, addressId })
    expect(gone).toEqual(refuse({ code: 'address_not_found', addressId }))
  })

  it('leave nothing personal behind when they go, and can come back as somebody new', async () => {
    const secretName = 'Unmistakable'
    const customer = await fixture.register({ email: `${secretName}@polytill.test`, lastName: secretName })
    const { operations, storage } = fixture
    const customerId = customer.id
    await operations.addAddress(memberOf(customer), { customerId, address: { ...address, lastName: secretName } })
    const refreshToken = await operations.issueCredential({ kind: 'refresh_token', subject: customerId })
    const stranger = memberOf(await fixture.register())
    const absent = refuse({ code: 'customer_not_found' })
    expect(await operations.anonymizeCustomer(stranger, { id: customerId })).toEqual(absent)
    expect(await operations.anonymizeCustomer(memberOf(customer), { id: customerId })).toEqual({
      ok: true,
      value: null,
    })
    const { rows } = await storage.sql.query<{ all: string }>(
      'select row_to_json(customers)::text as all from customers',
    )
    expect(JSON.stringify(rows).toLowerCase()).not.toContain(secretName.toLowerCase())
    expect(await operations.checkCredential({ kind: 'refresh_token', secret: refreshToken })).toBeUndefined()
    expect(await operations.readCustomer(memberOf(customer), { id: customerId })).toEqual(absent)
    expect(await operations.anonymizeCustomer(memberOf(customer), { id: customerId })).toEqual(absent)
    const returning = { id: customerId, password: 'right password' }
    expect(await operations.changePassword(memberOf(customer), returning)).toEqual(absent)
    const input = { email: `${customerId}@anonymous.invalid`, password: 'right password', clientAddress }
    expect(await operations.signIn(input)).toEqual(refuse({ code: 'credentials_wrong' }))
    const again = await fixture.register({ email: `${secretName}@polytill.test` })
    expect(again.id).not.toBe(customerId)
  })
})

describeOnEachDatabase('signing in', open => {
  let fixture: AccountFixture
  beforeEach(async () => {
    fixture = await createAccountFixture(await open())
  })

  it('takes the right password and answers a wrong one and an unknown address the same', async () => {
    const customer = await fixture.register()
    const signIn = (email: string, password: string) => fixture.operations.signIn({ email, password, clientAddress })
    expect(await signIn(` ${customer.email.toUpperCase()}`, 'right password')).toEqual({ ok: true, value: customer })
    const wrong = refuse({ code: 'credentials_wrong' })
    expect(await signIn(customer.email, 'Right password')).toEqual(wrong)
    expect(await signIn(customer.email, '')).toEqual(wrong)
    expect(await signIn(customer.email, `right password${'x'.repeat(2_000)}`)).toEqual(wrong)
    expect(await signIn('nobody@polytill.test', 'right password')).toEqual(wrong)
  })

  it('has as much hashed for an unknown address, and for a password that is too long', async () => {
    const customer = await fixture.register()
    const verify = vi.spyOn(fixture.deps.passwords, 'verify')
    const compared = async (email: string, password: string) => {
      verify.mockClear()
      const input = { email, password, clientAddress }
      expect(await fixture.operations.signIn(input)).toEqual(refuse({ code: 'credentials_wrong' }))
      return verify.mock.calls
    }
    const hash = expect.stringMatching(/^\$argon2id\$/)
    const long = 'x'.repeat(2_000)
    const beginning = long.slice(0, limits.passwordLength)
    expect(await compared(customer.email, 'wrong')).toEqual([[hash, 'wrong']])
    // The hasher does as much without a hash (src/password-hasher.test.ts).
    expect(await compared('nobody@polytill.test', 'wrong')).toEqual([[undefined, 'wrong']])
    expect(await compared(customer.email, long)).toEqual([[hash, beginning]])
    expect(await compared('nobody@polytill.test', long)).toEqual([[undefined, beginning]])
  })

  it('needs a confirmed address, and says so only to who knows the password', async () => {
    const customer = await fixture.register({ isConfirmed: false })
    const signIn = (password: string) => fixture.operations.signIn({ email: customer.email, password, clientAddress })
    expect(await signIn('right password')).toEqual(refuse({ code: 'customer_unconfirmed' }))
    expect(await signIn('wrong')).toEqual(refuse({ code: 'credentials_wrong' }))
  })

  it('stops guessing at one account for a while, from wherever it comes', async () => {
    const customer = await fixture.register()
    const signIn = (password: string, from: number) =>
      fixture.operations.signIn({ email: customer.email, password, clientAddress: `192.0.2.${from}` })
    for (let n = 0; n < 10; n += 1) expect(await signIn('wrong', n)).toEqual(refuse({ code: 'credentials_wrong' }))
    const blocked = await signIn('right password', 11)
    expect(blocked).toMatchObject({ ok: false, error: { code: 'too_many_attempts' } })
    const seconds = !blocked.ok && blocked.error.code === 'too_many_attempts' ? blocked.error.retryAfterSeconds : 0
    expect(seconds).toBeGreaterThan(0)
    fixture.wait(seconds)
    expect(await signIn('right password', 11)).toMatchObject({ ok: true })
  })

  it('is free for a crowd behind one address, of whom some mistype', async () => {
    const customers = await Promise.all(Array.from({ length: 8 }, () => fixture.register()))
    const signIn = (email: string, password: string) => fixture.operations.signIn({ email, password, clientAddress })
    for (const { email } of customers) {
      await signIn(email, 'mistyped')
      await signIn(email, 'mistyped again')
    }
    const answers = await Promise.all(customers.map(({ email }) => signIn(email, 'right password')))
    expect(answers.map(({ ok }) => ok)).toEqual(Array(8).fill(true))
  })
})
