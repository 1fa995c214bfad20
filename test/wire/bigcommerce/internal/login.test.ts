import { beforeEach, describe, expect, it } from 'vitest'
import { ok } from '../../../../src/core/result.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import {
  type Browser,
  cartOf,
  expectInternalProblem,
  expectShopperHeaders,
  goods,
  newAccount,
  openBrowser,
  signedIn,
} from '../browser.js'
import { loginToken } from '../login-tokens.js'

const path = '/login.php?action=passwordless_login'
const adminKey = 'a-key-that-nobody-guesses'
const bearer = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
const sent = { sent_email: 'sign_in', expiry: 900 }
const known = 'customer@polytill.test'
const unprocessable = { status: 422, title: 'Unprocessable Entity', type: 'invalid' }
const tooMany = {
  status: 429,
  title: 'Too Many Requests',
  type: 'too_many_requests',
  detail: 'Too many requests. Please try again later.',
}

// `POST /login.php`
describeOnEachDatabase(
  'e-mails that sign in',
  server => {
    const open = () => openBrowser(server())
    const events = async () => {
      const answer = await server().request('GET', '/admin/v1/events?type=customer.sign_in_requested', {
        headers: bearer,
      })
      expect(answer.status).toBe(200)
      return answer.json.events
    }
    const ask = (email: unknown, redirect_url?: unknown, browser: Browser = open()) =>
      browser.send('POST', path, { body: { email, ...(redirect_url === undefined ? {} : { redirect_url }) } })

    beforeEach(async () => {
      await server().storage.sql.query('delete from outbox')
      // Whoever asked too often may ask again.
      server().advance(16 * 60_000)
    })

    it('lead from the request over the event and a log-in token to a session', async () => {
      const browser = open()
      const who = await signedIn(open())
      await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
      const before = server().now()
      const asked = await ask(who.email, '/checkout?step=2#pay', browser)
      expect(asked.json).toEqual(sent)
      expect(asked.status).toBe(200)
      expectShopperHeaders(asked)

      // The store's mailer reads what happened. There is nothing in it that opens anything.
      const [event, ...others] = await events()
      expect(others).toEqual([])
      const { id, data, ...rest } = event
      expect(rest).toEqual({ type: 'customer.sign_in_requested', subject: data.customerId, at: expect.any(String) })
      expect(data).toEqual({
        customerId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        integerId: expect.any(Number),
        email: who.email,
        redirectUrl: '/checkout?step=2#pay',
        channel: 'us',
        expiresAt: expect.any(String),
      })
      const lasts = Date.parse(data.expiresAt) - Date.parse(before)
      expect(lasts).toBeGreaterThanOrEqual(900_000)
      expect(lasts).toBeLessThan(960_000)

      // The shopper follows the mailer's link, which signs a token for that customer and sends the browser on.
      const token = await loginToken({ customer_id: data.integerId, redirect_to: data.redirectUrl })
      const landed = await browser.send('GET', `/login/token/${token}`)
      expect(landed.status).toBe(302)
      expect(landed.headers.location).toBe(`${server().baseUrl}/checkout?step=2#pay`)
      const carts = (await browser.send('GET', '/api/storefront/carts')).json
      expect(carts).toMatchObject([{ customerId: data.integerId, email: who.email }])

      const acknowledged = await server().request('DELETE', '/admin/v1/events', {
        headers: bearer,
        body: { ids: [id] },
      })
      expect(acknowledged.json).toEqual({ deleted: 1, unknown: 0, waiting: 0 })
      expect(await events()).toEqual([])
    })

    describe('who has an account', () => {
      it('is told to nobody: the same answer after the same time, and an event for the account alone', async () => {
        for (const [email, count] of [
          [newAccount().email, 0],
          [known, 1],
        ] as const) {
          const begun = performance.now()
          const answer = await ask(email, '/checkout')
          expect(performance.now() - begun).toBeGreaterThan(240)
          expect(answer).toMatchObject({ status: 200, json: sent })
          expect(await events()).toHaveLength(count)
        }
      })

      it('the mail goes to the address of the account, however it was typed', async () => {
        expect((await ask(`  ${known.toUpperCase()} `)).json).toEqual(sent)
        expect(await events()).toMatchObject([{ data: { email: known, integerId: 1, redirectUrl: '/account.php' } }])
      })

      it('one that was not confirmed yet, or was made nameless, gets none', async () => {
        const { operations } = server()
        const { email, password } = newAccount()
        const made = await operations.registerCustomer(
          { kind: 'system' },
          { email, password, referencePrefix: 'BC-', isConfirmed: false },
        )
        expect(made.ok).toBe(true)
        expect((await ask(email)).json).toEqual(sent)
        expect(await events()).toEqual([])

        const other = await signedIn(open())
        expect((await ask(other.email)).json).toEqual(sent)
        const [event] = await events()
        expect((await operations.anonymizeCustomer({ kind: 'system' }, { id: event.subject })).ok).toBe(true)
        expect(await events()).toEqual([])
        const { rows } = await server().storage.sql.query<{ text: string }>('select o::text as text from outbox o')
        expect(rows.map(({ text }) => text).join()).not.toContain(other.email)
      })

      it('is in no log', async () => {
        const from = server().log.length
        await ask(known)
        expect(server().log.slice(from).join()).not.toContain(known)
      })
    })

    describe('where the shopper goes next', () => {
      it.each([
        ['a path', '/checkout', '/checkout'],
        ['a path with a query', '/cart.php?x=1', '/cart.php?x=1'],
        ['null', null, '/account.php'],
        ['an address of this store', 'OWN/checkout', '/checkout'],
        ['one with a name in it', 'NAMED/checkout', '/checkout'],
        ['a path that leaves its folder', '/a/../../checkout', '/checkout'],
      ])('is a page of this store: %s', async (_what, target, expected) => {
        const own = server().baseUrl
        const url = target?.replace('OWN', own).replace('NAMED', own.replace('://', '://ada@'))
        expect((await ask(known, url === undefined ? null : url)).json).toEqual(sent)
        expect(await events()).toMatchObject([{ data: { redirectUrl: expected } }])
      })

      it.each([
        ['another site', 'https://evil.test/x'],
        ['one without a scheme', '//evil.test/x'],
        ['one behind a backslash', '/\\evil.test/x'],
        ['one behind a tab', '/\t/evil.test/x'],
        ['a path that is one when it is put into a link', '/.//evil.test/x'],
        ['the same with this store before it', 'OWN//evil.test/x'],
        ['a name that looks like this store', 'OWN@evil.test/'],
        ['a script', 'javascript:alert(1)'],
        ['a page in the address', 'data:text/html,x'],
        ['no address', 'http://'],
      ])('is refused: %s', async (_what, target) => {
        const answer = await ask(known, target.replace('OWN', server().baseUrl))
        expectInternalProblem(answer, { ...unprocessable, detail: 'redirect_url must be a page of this store' })
        expect(await events()).toEqual([])
      })
    })

    it.each([
      ['no body', undefined, 'email required'],
      ['no address', { redirect_url: '/' }, 'email required'],
      ['an empty one', { email: ' ' }, 'email must be an email address'],
      ['a number', { email: 7 }, 'email must be of type string'],
      ['a list', [], 'body must be of type object'],
    ])('a body is refused: %s', async (_what, body, detail) => {
      const answer = await open().send('POST', path, body === undefined ? {} : { body })
      expectInternalProblem(answer, { ...unprocessable, detail })
    })

    it.each(['ada', '@', 'a b@example.test', `${'a'.repeat(250)}@b.test`])('is no e-mail address: %s', async email => {
      const answer = await ask(email)
      expectInternalProblem(answer, { ...unprocessable, detail: 'email must be an email address' })
      expect(await events()).toEqual([])
    })

    it('another action is not here', async () => {
      const notFound = { status: 404, title: 'Not found', type: 'not_found' }
      for (const other of ['/login.php', '/login.php?action=check_login', '/login.php?action=']) {
        const answer = await open().send('POST', other, { body: { email: known } })
        expectInternalProblem(answer, { ...notFound, detail: 'The requested resource was not found.' })
      }
      expect(await events()).toEqual([])
    })

    it('another site cannot ask', async () => {
      const detail = 'CSRF token mismatch'
      const headers = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }
      const answer = await open().send('POST', path, { body: { email: known }, headers })
      const body = { status: 403, title: 'Forbidden', type: 'about:blank', detail, errors: [detail] }
      expect(answer).toMatchObject({ status: 403, json: body })
      expect(await events()).toEqual([])
    })

    describe('too many', () => {
      it.each(['an account', 'nobody'])(
        'to %s: the sixth is refused, and the next quarter of an hour is free',
        async who => {
          const email = who === 'nobody' ? newAccount().email : known
          const first = await Promise.all(Array.from({ length: 5 }, () => ask(email)))
          expect(first.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
          const sixth = await ask(email.toUpperCase())
          expectInternalProblem(sixth, tooMany)
          expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(800)
          expect((await ask(newAccount().email)).status).toBe(200)
          expect(await events()).toHaveLength(who === 'nobody' ? 0 : 5)
          server().advance(15 * 60_000)
          expect((await ask(email)).status).toBe(200)
        },
      )

      it('from one address: the fifty-first is refused', async () => {
        const answers = await Promise.all(Array.from({ length: 50 }, () => ask(newAccount().email)))
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
        expectInternalProblem(await ask(newAccount().email), tooMany)
        expectInternalProblem(await ask(known), tooMany)
        expect(await events()).toEqual([])
      })
    })

    it('a checkout page offers them where the store says that somebody sends them', async () => {
      const offered = async () =>
        (await open().send('GET', '/api/storefront/checkout-settings')).json.storeConfig.checkoutSettings
          .isSignInEmailEnabled
      expect(await offered()).toBe(false)
      const change = (signInEmails: boolean) =>
        server().operations.changeChannelSettings(
          { kind: 'system' },
          { channel: 'us', name: 'bigcommerce', change: settings => ok({ ...settings, signInEmails }) },
        )
      expect((await change(true)).ok).toBe(true)
      expect(await offered()).toBe(true)
      expect((await change(false)).ok).toBe(true)
    })
  },
  { environment: { POLYTILL_ADMIN_KEY: adminKey } },
)
