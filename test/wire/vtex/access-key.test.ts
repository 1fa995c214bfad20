import { beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../src/core/result.js'
import { describeOnEachDatabase, startTestServer } from '../../support/test-server.js'
import {
  adminKey,
  askKey,
  bringKey,
  keyFrom,
  makeKey,
  otherThan,
  outcome,
  sendForm,
  sendJson,
  sendParts,
  signInEvents,
  started,
} from './access-keys.js'
import { checkoutPath, clientOf, expectError } from './shop.js'

const known = 'customer@polytill.test'
const customerId = 'c0ffee00-0003-4a6b-9b61-000000000001'
const environment = { POLYTILL_ADMIN_KEY: adminKey }
let strangers = 0
const stranger = () => {
  strangers += 1
  return `stranger-${strangers}@polytill.test`
}

// `POST /api/vtexid/pub/authentication/accesskey/send` and `POST /api/vtexid/pub/authentication/accesskey/validate`
describeOnEachDatabase(
  'sign-in by access key',
  server => {
    const begin = () => started(server)
    const events = () => signInEvents(server)
    const told = (answer: Awaited<ReturnType<typeof bringKey>>) => [answer.status, answer.json]
    /** Somebody who asked for a key and got it. */
    const withKey = async (email = known) => {
      const client = await begin()
      expect(told(await askKey(client, email))).toEqual([200, {}])
      return { client, key: await keyFrom(server) }
    }

    const register = async (email: string, isConfirmed = true) => {
      const account = { email, password: 'right password', referencePrefix: 'VT-', isConfirmed }
      const made = await server().operations.registerCustomer({ kind: 'system' }, account)
      if (!made.ok) throw new Error(made.error.code)
      return made.value
    }

    beforeEach(async () => {
      await server().storage.sql.query('delete from outbox')
      // Whoever failed too often may go on.
      server().advance(16 * 60_000)
    })

    it('leads from the start over the event and the mailer to a token, as a password does', async () => {
      const client = clientOf(server)
      const cartId = await client.begin([{ id: '18', quantity: 2 }])
      const start = await client.send('GET', '/api/vtexid/pub/authentication/start?scope=polytill')
      expect(told(start)).toEqual([
        200,
        {
          authenticationToken: expect.stringMatching(/^[0-9A-F]{64}$/),
          oauthProviders: [],
          showClassicAuthentication: true,
          showAccessKeyAuthentication: true,
          showPasskeyAuthentication: false,
          authCookie: null,
          isAuthenticated: false,
          selectedProvider: null,
          samlProviders: [],
        },
      ])
      expect(client.cookies.get('_vss')).toBe(start.json.authenticationToken)
      const before = Date.parse(server().now())
      const sent = await askKey(client, known.toUpperCase())
      expect(told(sent)).toEqual([200, {}])
      expect(sent.headers['cache-control']).toBe('no-cache, no-store')

      // The store's mailer reads what happened. There is nothing in it that opens anything.
      const [event, ...others] = await events()
      expect(others).toEqual([])
      expect(event).toEqual({
        id: expect.any(String),
        type: 'customer.sign_in_requested',
        subject: customerId,
        data: {
          customerId,
          integerId: 1,
          email: known,
          codeRequest: expect.stringMatching(/^[0-9a-f]{64}$/),
          channel: 'br',
          expiresAt: expect.any(String),
        },
        at: expect.any(String),
      })
      const lasts = Date.parse(event.data.expiresAt) - before
      expect(lasts).toBeGreaterThanOrEqual(900_000)
      expect(lasts).toBeLessThan(960_000)
      const made = await makeKey(server, event.data.codeRequest)
      expect(told(made)).toEqual([
        201,
        { code: expect.stringMatching(/^\d{6}$/), email: known, expiresAt: event.data.expiresAt },
      ])

      const signed = await sendParts(client, 'validate', { login: known, accessKey: made.json.code })
      const [cookie, ...more] = signed.cookies
      expect(more).toEqual([])
      const token = client.cookies.get('VtexIdclientAutCookie_polytill')
      const held = { Name: 'VtexIdclientAutCookie_polytill', Value: token }
      expect(told(signed)).toEqual([
        200,
        {
          ...outcome('Success'),
          authCookie: held,
          accountAuthCookie: held,
          expiresIn: 86_399,
          userId: customerId,
        },
      ])
      expect(cookie).toMatch(/^VtexIdclientAutCookie_polytill=[\w-]+\.[\w-]+\.[\w-]+; Max-Age=86400; Path=\/; HttpOnly/)
      const cart = await client.form(cartId, 'GET', '')
      expect(cart.json).toMatchObject({ loggedIn: true, value: 2500, clientProfileData: { firstName: 'Carla' } })
      const whose = await clientOf(server).send('POST', '/api/vtexid/credential/validate', { token })
      expect(whose.json).toMatchObject({ authStatus: 'Success', id: customerId, user: known })
      expect(told(await bringKey(client, known, made.json.code))).toEqual([200, outcome('WrongCredentials')])
    })

    it('keeps no key, no session and no address with what it keeps', async () => {
      const { client, key } = await withKey()
      const { rows } = await server().storage.sql.query<{ text: string }>(
        `select c::text as text from credentials c where kind = 'single_use' union all select o::text from outbox o
           where type <> 'customer.sign_in_requested'`,
      )
      const kept = rows.map(({ text }) => text).join('\n')
      expect(kept).toContain('sign_in_code')
      expect(kept).toContain('$argon2id$')
      expect(kept).not.toMatch(new RegExp(`(?<![\\d.])${key}(?!\\d)`))
      for (const secret of [client.token, client.token.toLowerCase(), known]) expect(kept).not.toContain(secret)
      const lines = server().log.join('\n')
      for (const secret of [client.token, known]) expect(lines).not.toContain(secret)
    })

    describe('is sent as clients do', () => {
      it.each([
        ['in parts', sendParts],
        ['in one line', sendForm],
        ['as an object', sendJson],
      ])('%s, with the token among the fields and no cookie', async (_how, step) => {
        const { token } = await begin()
        const sent = await step(clientOf(server), 'send', { email: known, authenticationToken: token })
        expect(told(sent)).toEqual([200, {}])
        const key = await keyFrom(server)
        const fields = { login: known, accesskey: ` ${key} `, authenticationToken: token }
        const signed = await step(clientOf(server), 'validate', fields)
        expect(signed.json).toMatchObject({ authStatus: 'Success', userId: customerId })
      })

      it('or with `email` in the place of `login`', async () => {
        const { client, key } = await withKey()
        const signed = await sendForm(client, 'validate', { email: known, accessKey: key })
        expect(signed.json.authStatus).toBe('Success')
      })

      it.each(['send', 'validate'] as const)('and what is no form is refused: %s', async step => {
        const client = await begin()
        const path = `/api/vtexid/pub/authentication/accesskey/${step}`
        for (const [body, type] of [
          ['{"login":', 'application/json'],
          ['[]', 'application/json'],
          ['x', 'multipart/form-data; boundary=y'],
          ['x', 'text/plain'],
        ] as const) {
          expectError(await client.send('POST', path, body, { 'content-type': type }), '001')
        }
        expect(await events()).toEqual([])
      })
    })

    describe('who has an account', () => {
      it('is told to nobody: the same answers after the same time, and an event for the account alone', async () => {
        for (const [email, count] of [
          [stranger(), 0],
          [known, 1],
        ] as const) {
          const client = await begin()
          const begun = performance.now()
          const answer = await askKey(client, email)
          expect(performance.now() - begun).toBeGreaterThan(240)
          expect(told(answer)).toEqual([200, {}])
          expect(await events()).toHaveLength(count)
          for (let tries = 0; tries < 5; tries += 1) {
            expect(told(await bringKey(client, email, '000000'))).toEqual([200, outcome('WrongCredentials')])
          }
          expect(told(await bringKey(client, email, '000000'))).toEqual([200, outcome('BlockedUser')])
        }
      })

      it('nor by one that comes too late', async () => {
        for (const email of [stranger(), known]) {
          const client = await begin()
          await askKey(client, email)
          server().advance(15 * 60_000)
          expect(told(await bringKey(client, email, '000000'))).toEqual([200, outcome('InvalidAccessKey')])
          server().advance(16 * 60_000)
        }
      })

      it('one that was not confirmed yet gets no key, and none that was changed since', async () => {
        const [unconfirmed, renamed] = [stranger(), stranger()]
        await register(unconfirmed, false)
        expect(told(await askKey(await begin(), unconfirmed))).toEqual([200, {}])
        expect(await events()).toEqual([])

        const { id } = await register(renamed)
        const { client, key } = await withKey(renamed)
        const changes = { email: stranger() }
        const changed = await server().operations.updateCustomer({ kind: 'system' }, { id, changes })
        expect(changed.ok).toBe(true)
        expect((await bringKey(client, renamed, key)).json).toEqual(outcome('WrongCredentials'))
      })

      it('one that was made nameless since is signed in no more', async () => {
        const email = stranger()
        const { id } = await register(email)
        const { client, key } = await withKey(email)
        expect((await server().operations.anonymizeCustomer({ kind: 'system' }, { id })).ok).toBe(true)
        expect((await bringKey(client, email, key)).json).toEqual(outcome('WrongCredentials'))
      })
    })

    describe('a key', () => {
      it('does only in the session that asked for it, and for its address', async () => {
        const { client, key } = await withKey()
        const other = await begin()
        expect((await bringKey(other, known, key)).json).toEqual(outcome('WrongCredentials'))
        await askKey(other, known)
        expect((await bringKey(other, known, key)).json).toEqual(outcome('WrongCredentials'))
        expect((await bringKey(client, stranger(), key)).json).toEqual(outcome('WrongCredentials'))
        expect((await bringKey(client, known, key)).json.authStatus).toBe('Success')
      })

      it('does for a quarter of an hour', async () => {
        const { client, key } = await withKey()
        server().advance(15 * 60_000 - 30_000)
        expect((await bringKey(client, known, otherThan(key))).json).toEqual(outcome('WrongCredentials'))
        const late = await withKey()
        server().advance(15 * 60_000)
        expect((await bringKey(late.client, known, late.key)).json).toEqual(outcome('InvalidAccessKey'))
        expect((await bringKey(client, known, key)).json).toEqual(outcome('InvalidAccessKey'))
      })

      it('counts until another one is asked for, by the shopper or by the mailer', async () => {
        const { client, key: first } = await withKey()
        await askKey(client, known)
        expect((await bringKey(client, known, first)).json).toEqual(outcome('WrongCredentials'))
        const second = await keyFrom(server)
        const third = await keyFrom(server)
        if (second !== third) {
          expect((await bringKey(client, known, second)).json).toEqual(outcome('WrongCredentials'))
        }
        expect((await bringKey(client, known, third)).json.authStatus).toBe('Success')
      })

      it('is nobody’s before the mailer has asked for it', async () => {
        const client = await begin()
        await askKey(client, known)
        for (const guess of ['', '000000', 'undefined', 'null']) {
          expect((await bringKey(client, known, guess)).json).toEqual(outcome('WrongCredentials'))
        }
      })

      it('is dead after five wrong ones, of many at once too, and the right one comes too late', async () => {
        const { client, key } = await withKey()
        const guesses = await Promise.all(Array.from({ length: 12 }, () => bringKey(client, known, otherThan(key))))
        const statuses = guesses.map(({ json }) => json.authStatus)
        expect(statuses.filter(status => status === 'WrongCredentials').length).toBe(5)
        expect(statuses.filter(status => status === 'BlockedUser').length).toBe(7)
        expect((await bringKey(client, known, key)).json).toEqual(outcome('BlockedUser'))
        const [event] = await events()
        expect((await makeKey(server, event.data.codeRequest)).status).toBe(404)
      })

      it('signs in once, of many at once', async () => {
        const { client, key } = await withKey()
        const answers = await Promise.all(Array.from({ length: 10 }, () => bringKey(client, known, key)))
        const statuses = answers.map(({ json }) => json.authStatus)
        expect(statuses.filter(status => status === 'Success')).toHaveLength(1)
        expect(answers.filter(({ cookies }) => cookies.length > 0)).toHaveLength(1)
        expect((await bringKey(client, known, key)).json).toEqual(outcome('WrongCredentials'))
      })

      it('is as dead for a server that was started anew, whose guesses count on', async () => {
        const { client, key } = await withKey()
        for (let tries = 0; tries < 3; tries += 1) await bringKey(client, known, otherThan(key))
        const besides = await startTestServer({ storage: server().storage, besides: true, environment })
        try {
          const moved = clientOf(() => besides)
          moved.cookies.set('_vss', client.token)
          // Its clock is not ahead: the key is all the fresher.
          for (const status of ['WrongCredentials', 'WrongCredentials', 'BlockedUser']) {
            expect((await bringKey(moved, known, otherThan(key))).json).toEqual(outcome(status))
          }
          expect((await bringKey(moved, known, key)).json).toEqual(outcome('BlockedUser'))
        } finally {
          await besides.close()
        }
      })
    })

    describe('a session', () => {
      it.each([
        ['none', ''],
        ['what is none', 'x'],
        ['of another store', 'C17BCD635B637E66BF2BBE07CEED0B1B7425387FB8D6E42FE68EBCE7A49193F2'],
      ])('is needed: %s', async (_what, token) => {
        const client = clientOf(server)
        if (token !== '') client.cookies.set('_vss', token)
        expect(told(await askKey(client, known))).toEqual([400, { authStatus: 'InvalidToken' }])
        expect(told(await bringKey(client, known, '123456'))).toEqual([400, outcome('InvalidToken')])
        expect(await events()).toEqual([])
      })
    })

    it.each(['', 'ada', '@', 'a b@example.test', `${'a'.repeat(250)}@b.test`])(
      'what is no address is told: %s',
      async email => {
        const client = await begin()
        expect(told(await askKey(client, email))).toEqual([400, { authStatus: 'InvalidEmail' }])
        expect(told(await bringKey(client, email, '123456'))).toEqual([400, outcome('InvalidEmail')])
        expect(await events()).toEqual([])
      },
    )

    it.each(['\0', '\ud800', '\u{1f511}', '１２３４５６', '%00', 'x'.repeat(5_000), '-1', '1e5', ' '])(
      'what is no key, or holds what no database takes, is a wrong one: %j',
      async accessKey => {
        const { client, key } = await withKey()
        const fields = { authenticationToken: client.token, accessKey }
        const wrong = [200, outcome('WrongCredentials')]
        expect(told(await sendJson(client, 'validate', { ...fields, login: known }))).toEqual(wrong)
        expect(told(await sendJson(client, 'validate', { ...fields, login: `a\ud800${key}@b.test` }))).toEqual(wrong)
        expect((await sendJson(client, 'send', { ...fields, email: 'a\ud800\0@b.test' })).status).toBe(200)
        expect((await bringKey(client, known, key)).json.authStatus).toBe('Success')
      },
    )

    describe('too many', () => {
      it.each(['an account', 'nobody'])('keys to %s: the sixth is refused', async who => {
        const email = who === 'nobody' ? stranger() : known
        const client = await begin()
        const first = await Promise.all(Array.from({ length: 5 }, () => askKey(client, email)))
        expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
        const sixth = await askKey(await begin(), ` ${email.toUpperCase()}`)
        expect(told(sixth)).toEqual([429, { authStatus: 'BlockedUser' }])
        expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(800)
        expect(await events()).toHaveLength(who === 'nobody' ? 0 : 5)
        server().advance(15 * 60_000)
        expect((await askKey(client, email)).status).toBe(200)
      })

      it('wrong keys of one account, whatever the session: passwords are closed too, and the right key', async () => {
        for (let session = 0; session < 2; session += 1) {
          const { client, key } = await withKey()
          for (let tries = 0; tries < 5; tries += 1) await bringKey(client, known, otherThan(key))
        }
        const { client, key } = await withKey()
        expect(told(await bringKey(client, known, key))).toEqual([200, outcome('BlockedUser')])
        const form = new URLSearchParams({ login: known, password: 'change123' }).toString()
        const path = '/api/vtexid/pub/authentication/classic/validate'
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        expect((await client.send('POST', path, form, headers)).json).toEqual(outcome('BlockedUser'))
      })
    })

    it('is there where the store says that somebody sends the keys', async () => {
      const change = (signInEmails: boolean) =>
        server().operations.changeChannelSettings(
          { kind: 'system' },
          { channel: 'br', name: 'vtex', change: settings => ok({ ...settings, signInEmails }) },
        )
      const { client, key } = await withKey()
      expect((await change(false)).ok).toBe(true)
      const start = await client.send('GET', '/api/vtexid/pub/authentication/start')
      expect(start.json.showAccessKeyAuthentication).toBe(false)
      expectError(await askKey(client, known), 'CHK003')
      expectError(await bringKey(client, known, key), 'CHK003')
      expect(await events()).toHaveLength(1)
      expect((await change(true)).ok).toBe(true)
      const again = await started(server)
      expect((await askKey(again, known)).status).toBe(200)
      const cart = await again.send('POST', `${checkoutPath}/orderForm`, {})
      expect(cart.json.loggedIn).toBe(false)
    })
  },
  { environment },
)
