import { beforeEach, expect, it } from 'vitest'
import type { Customer } from '../../src/core/customers/customer.js'
import type { Deps } from '../../src/operations/deps.js'
import { makeSignInCode } from '../../src/operations/make-sign-in-code.js'
import { signInByCode } from '../../src/operations/sign-in-by-code.js'
import { codeRequestOf } from '../../src/operations/sign-in-code.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { type AccountFixture, createAccountFixture } from './account-fixture.js'

const system = { kind: 'system' } as const
const clientAddress = '192.0.2.1'
const wrong = { ok: false, error: { code: 'credentials_wrong' } }

describeOnEachDatabase('codes that sign in', open => {
  let fixture: AccountFixture
  let customer: Customer
  beforeEach(async () => {
    fixture = await createAccountFixture(await open())
    customer = await fixture.register()
  })

  const ask = async (email = customer.email, session = 'a session') => {
    const by = { kind: 'code', session } as const
    const asked = await fixture.operations.requestSignIn({ email, by, channel: 'br', clientAddress })
    expect(asked).toEqual({ ok: true, value: { ttlSeconds: 900 } })
    return codeRequestOf(session, email)
  }
  const make = async (request: string) => {
    const made = await fixture.operations.makeSignInCode(system, { request })
    if (!made.ok) throw new Error(made.error.code)
    return made.value.code
  }
  const bearing = (code: string, changes: { email?: string; session?: string } = {}) => ({
    ...{ email: customer.email, session: 'a session', code, clientAddress },
    ...changes,
  })
  const other = (code: string) => (code === '000000' ? '000001' : '000000')

  it('sign in whom they were sent to', async () => {
    const code = await make(await ask())
    expect(await fixture.operations.signInByCode(bearing(code))).toMatchObject({ ok: true, value: { id: customer.id } })
    expect(await fixture.operations.signInByCode(bearing(code))).toEqual(wrong)
  })

  it('cost the same whoever is asked for: a wrong one, none yet, nobody, no request', async () => {
    const deps: Deps = fixture.deps
    const made = await make(await ask())
    await ask(customer.email, 'another session')
    await ask('nobody@polytill.test')
    const work = async (changes: { email?: string; session?: string }) => {
      let hashed = 0
      const verify: Deps['passwords']['verify'] = (hash, password) => {
        hashed += 1
        return deps.passwords.verify(hash, password)
      }
      const before = fixture.storage.sql.statementCount()
      const passwords = { ...deps.passwords, verify }
      expect(await signInByCode({ ...deps, passwords }, bearing(other(made), changes))).toEqual(wrong)
      return { hashed, statements: fixture.storage.sql.statementCount() - before }
    }
    const cases = [
      {},
      { session: 'another session' },
      { email: 'nobody@polytill.test' },
      { email: 'unasked@polytill.test' },
    ]
    // One that counts it for the account and the client, one for the code.
    for (const each of cases) expect(await work(each)).toEqual({ hashed: 1, statements: 2 })
  })

  it('that the mailer replaced while they were looked at sign in nobody', async () => {
    const { deps } = fixture
    const request = await ask()
    const code = await make(request)
    const verify: Deps['passwords']['verify'] = async (hash, password) => {
      const isRight = await deps.passwords.verify(hash, password)
      expect((await makeSignInCode(deps, system, { request })).ok).toBe(true)
      return isRight
    }
    const passwords = { ...deps.passwords, verify }
    expect(await signInByCode({ ...deps, passwords }, bearing(code))).toEqual(wrong)
  })

  it('that are wrong count for the client, as passwords do, and right ones take nothing off', async () => {
    const { deps, operations } = fixture
    const client = { kind: 'sign_in_client', key: clientAddress } as const
    for (let failed = 0; failed < 298; failed += 1) await deps.limiter.count([client])
    const request = await ask()
    expect(await operations.signInByCode(bearing(other(await make(request))))).toEqual(wrong)
    expect((await operations.signInByCode(bearing(await make(request)))).ok).toBe(true)
    expect(await deps.limiter.tooMany([client])).toBeUndefined()
    const again = await make(await ask())
    expect(await operations.signInByCode(bearing(other(again)))).toEqual(wrong)
    const blocked = await operations.signInByCode(bearing(again))
    expect(blocked).toMatchObject({ ok: false, error: { code: 'too_many_attempts' } })
  })

  it('are no codes any longer once they are over, and gone as long again', async () => {
    const { operations, storage } = fixture
    const request = await ask()
    const code = await make(request)
    fixture.wait(899)
    expect(await operations.signInByCode(bearing(other(code)))).toEqual(wrong)
    fixture.wait(1)
    const late = { ok: false, error: { code: 'credentials_wrong', isExpired: true } }
    expect(await operations.signInByCode(bearing(code))).toEqual(late)
    expect(await operations.makeSignInCode(system, { request })).toEqual({
      ok: false,
      error: { code: 'customer_not_found' },
    })
    fixture.wait(901)
    expect(await storage.credentials.prune(fixture.deps.clock(), 10)).toBe(1)
    expect(await operations.signInByCode(bearing(code))).toEqual(wrong)
  })
})
