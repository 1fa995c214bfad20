import { beforeEach, expect, it } from 'vitest'
import { refuse } from '../../src/core/result.js'
import { describeOnEachDatabase } from '../support/databases.js'
import { type AccountFixture, createAccountFixture } from './account-fixture.js'

describeOnEachDatabase('credentials', open => {
  let fixture: AccountFixture
  beforeEach(async () => {
    fixture = await createAccountFixture(await open())
  })

  const token = { kind: 'refresh_token', subject: 'somebody' } as const

  it('read back by their secret, which is stored nowhere', async () => {
    const { operations, storage } = fixture
    const secret = await operations.issueCredential({
      ...token,
      dialect: 'shop',
      permissions: ['carts:read'],
      data: { reference: 'DE--1' },
      ttlSeconds: 60,
    })
    expect(secret).toMatch(/^[\w-]{32}$/)
    expect(await operations.checkCredential({ kind: 'refresh_token', secret })).toMatchObject({
      ...token,
      dialect: 'shop',
      permissions: ['carts:read'],
      data: { reference: 'DE--1' },
      createdAt: '2026-11-21T08:00:00.000Z',
      expiresAt: '2026-11-21T08:01:00.000Z',
    })
    const { rows } = await storage.sql.query('select row_to_json(credentials)::text as text from credentials')
    expect(JSON.stringify(rows)).not.toContain(secret)
  })

  it('are of one kind only', async () => {
    const secret = await fixture.operations.issueCredential(token)
    expect(await fixture.operations.checkCredential({ kind: 'api_key', secret })).toBeUndefined()
    expect(await fixture.operations.checkCredential({ kind: 'refresh_token', secret: `${secret}x` })).toBeUndefined()
  })

  it('end when they say', async () => {
    const secret = await fixture.operations.issueCredential({ ...token, ttlSeconds: 60 })
    fixture.wait(59)
    expect(await fixture.operations.checkCredential({ kind: 'refresh_token', secret })).toBeDefined()
    fixture.wait(1)
    expect(await fixture.operations.checkCredential({ kind: 'refresh_token', secret })).toBeUndefined()
    expect(await fixture.operations.takeCredential({ kind: 'refresh_token', secret })).toBeUndefined()
  })

  it('are taken by one only', async () => {
    const secret = await fixture.operations.issueCredential({ kind: 'single_use', subject: 'somebody' })
    const take = () => fixture.operations.takeCredential({ kind: 'single_use', secret })
    const taken = await Promise.all([take(), take(), take()])
    expect(taken.filter(credential => credential !== undefined)).toHaveLength(1)
    expect(await take()).toBeUndefined()
  })

  it('are used as often as they may be, by many at once too, and are gone then', async () => {
    const { operations } = fixture
    const secret = await operations.issueCredential({ kind: 'single_use', subject: 'somebody', ttlSeconds: 60 })
    const use = () => operations.countUse({ secret, atMost: 3 })
    expect(await use()).toBe(true)
    const used = await Promise.all(Array.from({ length: 10 }, use))
    expect(used.filter(isUsed => isUsed)).toHaveLength(2)
    expect(await use()).toBe(false)
    expect(await operations.checkCredential({ kind: 'single_use', secret })).toBeUndefined()
  })

  it('are used no more once they ended, and not under another secret', async () => {
    const { operations } = fixture
    const secret = await operations.issueCredential({ kind: 'single_use', subject: 'somebody', ttlSeconds: 60 })
    expect(await operations.countUse({ secret: `${secret}x`, atMost: 3 })).toBe(false)
    fixture.wait(60)
    expect(await operations.countUse({ secret, atMost: 3 })).toBe(false)
  })

  it("are revoked together, but not others'", async () => {
    const { operations } = fixture
    const own = [await operations.issueCredential(token), await operations.issueCredential(token)]
    const other = await operations.issueCredential({ ...token, subject: 'else' })
    expect(await operations.revokeCredentials(token)).toBe(2)
    for (const secret of own) {
      expect(await operations.checkCredential({ kind: 'refresh_token', secret })).toBeUndefined()
    }
    expect(await operations.checkCredential({ kind: 'refresh_token', secret: other })).toBeDefined()
  })

  it('are signed with one secret per name, made once', async () => {
    const { operations, storage } = fixture
    const [first, second] = await Promise.all([operations.signingSecret('a'), operations.signingSecret('a')])
    expect(first).toBe(second)
    expect(await operations.signingSecret('b')).not.toBe(first)
    const later = await createAccountFixture(storage)
    expect(await later.operations.signingSecret('a')).toBe(first)
  })
})

describeOnEachDatabase('an answer that is given once', open => {
  let fixture: AccountFixture
  let runs: number
  beforeEach(async () => {
    fixture = await createAccountFixture(await open())
    runs = 0
  })

  async function run(): Promise<{ readonly run: number }> {
    runs += 1
    const own = runs
    await new Promise(resolve => setTimeout(resolve, 30))
    return { run: own }
  }

  it('is repeated for the same key and body, without running again', async () => {
    const { operations } = fixture
    const first = await operations.answerOnce({ key: 'k', body: 'a' }, run)
    expect(first).toEqual({ ok: true, value: { run: 1 } })
    expect(await operations.answerOnce({ key: 'k', body: Buffer.from('a') }, run)).toEqual(first)
    expect(await operations.answerOnce({ key: 'other', body: 'a' }, run)).toEqual({ ok: true, value: { run: 2 } })
  })

  it('is given to all that ask at the same moment', async () => {
    const ask = () => fixture.operations.answerOnce({ key: 'k', body: 'a' }, run)
    const answers = await Promise.all(Array.from({ length: 10 }, ask))
    expect(answers).toEqual(Array(10).fill({ ok: true, value: { run: 1 } }))
    expect(runs).toBe(1)
  })

  it('is refused to another body', async () => {
    await fixture.operations.answerOnce({ key: 'k', body: 'a' }, run)
    const other = await fixture.operations.answerOnce({ key: 'k', body: 'b' }, run)
    expect(other).toEqual(refuse({ code: 'idempotency_mismatch' }))
    expect(runs).toBe(1)
  })

  it('is not kept where the caller says so, nor after a crash', async () => {
    const { operations } = fixture
    const keeps = () => false
    expect(await operations.answerOnce({ key: 'k', body: 'a', keeps }, run)).toEqual({ ok: true, value: { run: 1 } })
    const crash = async (): Promise<{ readonly run: number }> => {
      throw new Error('crash')
    }
    await expect(operations.answerOnce({ key: 'k', body: 'a' }, crash)).rejects.toThrow('crash')
    expect(await operations.answerOnce({ key: 'k', body: 'a' }, run)).toEqual({ ok: true, value: { run: 2 } })
  })
})
