import { beforeEach, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'

const adminKey = 'a-key-that-nobody-guesses'
const bearer = { authorization: `Bearer ${adminKey}` }
const path = '/admin/v1/sign-in-codes'
const known = 'customer@polytill.test'

describeOnEachDatabase(
  'POST /admin/v1/sign-in-codes',
  server => {
    let sessions = 0
    beforeEach(async () => {
      await server().storage.sql.query('delete from outbox')
      server().advance(16 * 60_000)
    })

    const make = (body?: string | object, headers: Readonly<Record<string, string>> = bearer) =>
      server().request('POST', path, {
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      })
    const ask = async (email = known) => {
      sessions += 1
      const session = `session-${sessions}`
      const by = { kind: 'code', session } as const
      const asked = await server().operations.requestSignIn({ email, by, channel: 'br', clientAddress: '192.0.2.1' })
      expect(asked.ok).toBe(true)
      const events = await server().storage.outbox.oldest(10, 'customer.sign_in_requested')
      const data = events.at(-1)?.data
      return { session, codeRequest: Object(data).codeRequest }
    }
    const bring = (session: string, code: string) =>
      server().operations.signInByCode({ email: known, code, session, clientAddress: '192.0.2.1' })
    const gone = { errors: [{ code: 'not_found', message: 'Nobody waits for this code any longer.' }] }

    it('tells the code of a request, another one each time, until it is used', async () => {
      const { session, codeRequest } = await ask()
      const made = await make({ codeRequest })
      expect(made.json).toEqual({
        code: expect.stringMatching(/^\d{6}$/),
        email: known,
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
      })
      expect(made.status).toBe(201)
      expect(made.headers['cache-control']).toBe('no-store')
      const again = await make({ codeRequest })
      expect(again.json).toMatchObject({ email: known, expiresAt: made.json.expiresAt })
      const signed = await bring(session, again.json.code)
      expect(signed).toMatchObject({ ok: true, value: { email: known } })
      const used = await make({ codeRequest })
      expect([used.status, used.json]).toEqual([404, gone])
    })

    it('tells none of a request that is over', async () => {
      const { codeRequest } = await ask()
      server().advance(15 * 60_000)
      const late = await make({ codeRequest })
      expect([late.status, late.json]).toEqual([404, gone])
    })

    it('tells none where nobody has that address: there is no event, and no name for it but one', async () => {
      const { codeRequest } = await ask('nobody@polytill.test')
      expect(codeRequest).toBeUndefined()
      const { rows } = await server().storage.sql.query<{ hash: string }>(
        `select secret_hash as hash from credentials where subject = '00000000-0000-0000-0000-000000000000'`,
      )
      expect(rows).not.toEqual([])
      for (const { hash } of rows) expect((await make({ codeRequest: hash })).json).toEqual(gone)
    })

    it('tells none of another secret that is good once', async () => {
      const { operations, storage } = server()
      await operations.issueCredential({ kind: 'single_use', subject: 'c0ffee00-0003-4a6b-9b61-000000000001' })
      const { rows } = await storage.sql.query<{ hash: string }>(
        `select secret_hash as hash from credentials where kind = 'single_use' and data ->> 'purpose' is null`,
      )
      expect(rows).toHaveLength(1)
      for (const { hash } of rows) expect((await make({ codeRequest: hash })).json).toEqual(gone)
      await storage.sql.query(`delete from credentials where secret_hash = $1`, [rows[0]?.hash ?? ''])
    })

    it.each([
      ['no body', undefined],
      ['what is no JSON', '{"codeRequest":'],
      ['no name', {}],
      ['a number', { codeRequest: 1 }],
      ['what is none', { codeRequest: 'x' }],
      ['one in large letters', { codeRequest: 'A'.repeat(64) }],
    ])('refuses %s', async (_what, body) => {
      const answer = await make(body)
      const message = 'Send {"codeRequest": that of an event customer.sign_in_requested}.'
      expect([answer.status, answer.json]).toEqual([422, { errors: [{ code: 'invalid', message }] }])
    })

    it.each([
      ['no key', {}],
      ['another key', { authorization: 'Bearer something-else-entirely' }],
      ['a key of a shop API', { 'x-vtex-api-appkey': 'demo-vtex-key', 'x-vtex-api-apptoken': 'demo-vtex-token' }],
    ])('%s opens nothing', async (_what, headers) => {
      const { codeRequest } = await ask()
      const answer = await make({ codeRequest }, headers)
      const message = 'Send the admin key as "Authorization: Bearer <key>".'
      expect([answer.status, answer.json]).toEqual([401, { errors: [{ code: 'unauthorized', message }] }])
    })

    it.each([
      ['nobody in particular', { kind: 'anonymous' } as const, { code: 'sign_in_required' }],
      [
        'a key that may see customers alone',
        { kind: 'key', keyId: 'k', permissions: ['customers:read'] } as const,
        { code: 'forbidden', permission: 'customers:write' },
      ],
    ])('%s has no right to it', async (_who, caller, error) => {
      const { codeRequest } = await ask()
      const made = await server().operations.makeSignInCode(caller, { request: codeRequest })
      expect(made).toEqual({ ok: false, error })
    })
  },
  { environment: { POLYTILL_ADMIN_KEY: adminKey } },
)
