import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand, type ServerProcess, startServer } from '../../bench/server-process.js'
import { openStorage } from '../../src/storage/open-storage.js'
import { describeOnPostgres, requestDatabase } from '../support/databases.js'
import {
  addToGuestCart,
  countByStatus,
  expectRefusal,
  glue,
  guestWithCart,
  newGuest,
  placeOrder,
  quantitiesOf,
} from './glue-shopper.js'

/** Processes share nothing but the database: whatever holds here is held by the database, not by a queue in memory. */
describeOnPostgres('two server processes on one database', () => {
  let url = ''
  const servers: ServerProcess[] = []
  let storage: Awaited<ReturnType<typeof openStorage>> | undefined

  beforeAll(async () => {
    url = await requestDatabase()
    const environment = { DATABASE_URL: url, LOG_LEVEL: 'error' }
    await runCommand(['seed', 'demo'], environment)
    storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
    servers.push(await startServer(environment), await startServer(environment))
  })
  afterAll(async () => {
    await Promise.all(servers.map(server => server.stop()))
    await storage?.close()
  })

  /** Requests go to one and the other in turn. */
  const urlFor = (index: number): string => servers[index % servers.length]?.baseUrl ?? ''

  async function numberOf(sql: string, values: readonly (string | readonly string[])[]): Promise<number> {
    const result = await storage?.sql.query<{ number: number }>(sql, values)
    return Number(result?.rows[0]?.number)
  }

  it('50 parallel adds through both leave 50 in one cart', async () => {
    const who = newGuest()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => addToGuestCart(urlFor(index), who, 'MUG-1')),
    )
    expect(countByStatus(answers)).toEqual({ 201: 50 })
    for (const index of [0, 1]) {
      const cart = await glue(urlFor(index), who, 'GET', '/guest-carts?include=guest-cart-items')
      expect(quantitiesOf(cart)).toEqual({ 'MUG-1': 50 })
    }
    const carts = `select count(*)::int as number from carts where owner_key = $1 and status = 'open'`
    expect(await numberOf(carts, [who.guest])).toBe(1)
  })

  it('50 parallel placements of one cart through both give one order and one payment', async () => {
    const { who, cartId } = await guestWithCart(urlFor(0), 'TEE-1')
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => placeOrder(urlFor(index), who, cartId)))
    expect(countByStatus(answers)).toEqual({ 201: 1, 422: 49 })
    for (const answer of answers.filter(({ status }) => status === 422)) expectRefusal(answer, 422, ['1103'])
    expect(await numberOf('select count(*)::int as number from orders where cart_id = $1', [cartId])).toBe(1)
    const payments = `select count(*)::int as number from payments join orders on orders.id = order_id where cart_id = $1`
    expect(await numberOf(payments, [cartId])).toBe(1)
  })

  it('64 buyers of 20 pieces through both give 20 orders', async () => {
    const buyers = await Promise.all(Array.from({ length: 64 }, (_, index) => guestWithCart(urlFor(index), 'TWENTY')))
    const answers = await Promise.all(buyers.map(({ who, cartId }, index) => placeOrder(urlFor(index), who, cartId)))
    expect(countByStatus(answers)).toEqual({ 201: 20, 422: 44 })
    for (const answer of answers.filter(({ status }) => status === 422)) expectRefusal(answer, 422, ['1101', '1102'])
    expect(await numberOf(`select available as number from stock where sku = 'TWENTY'`, [])).toBe(0)
    const orders = `select count(*)::int as number from orders where cart_id = any($1) and status = 'confirmed'`
    expect(await numberOf(orders, [buyers.map(({ cartId }) => cartId)])).toBe(20)
  })

  it('a token of one is taken by the other', async () => {
    const credentials = { username: 'customer@polytill.test', password: 'change123' }
    const form = new URLSearchParams({ grant_type: 'password', ...credentials })
    const answer = await fetch(`${urlFor(0)}/token`, { method: 'POST', body: form })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    expect(await glue(urlFor(1), { token }, 'GET', '/customers')).toMatchObject({
      status: 200,
      body: { data: [{ attributes: { email: 'customer@polytill.test' } }] },
    })
  })

  it('a key sent by e-mail signs in once through both, and both count what is guessed together', async () => {
    const login = 'customer@polytill.test'
    const adminKey = await storage?.settings.readOrCreate('admin-key', () => '')
    const bearer = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
    const post = async (url: string, body: object, headers = { 'content-type': 'application/json' }) =>
      (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json()
    const path = '/api/vtexid/pub/authentication'
    const asked = async () => {
      const started = await (await fetch(`${urlFor(0)}${path}/start`)).json()
      const { authenticationToken } = Object(started)
      expect(await post(`${urlFor(1)}${path}/accesskey/send`, { email: login, authenticationToken })).toEqual({})
      const listed = await fetch(`${urlFor(0)}/admin/v1/events?type=customer.sign_in_requested`, { headers: bearer })
      const { codeRequest } = Object(await listed.json()).events.at(-1).data
      const { code } = Object(await post(`${urlFor(1)}/admin/v1/sign-in-codes`, { codeRequest }, bearer))
      expect(code).toMatch(/^\d{6}$/)
      return { authenticationToken, code }
    }
    const bring = async (index: number, fields: object) => {
      const answer = await post(`${urlFor(index)}${path}/accesskey/validate`, { login, ...fields })
      return String(Object(answer).authStatus)
    }
    const often = async (times: number, fields: object) => {
      const said = await Promise.all(Array.from({ length: times }, (_, index) => bring(index, fields)))
      return (status: string) => said.filter(each => each === status).length
    }

    const { authenticationToken, code } = await asked()
    const right = await often(10, { authenticationToken, accessKey: code })
    expect(right('Success')).toBe(1)
    // Those that came too late count as wrong; whoever gets it right once more starts anew.
    const once = await asked()
    const fields = { authenticationToken: once.authenticationToken, accessKey: once.code }
    expect(await bring(0, fields)).toBe('Success')
    const again = await asked()
    const accessKey = again.code === '000000' ? '000001' : '000000'
    const wrong = await often(12, { authenticationToken: again.authenticationToken, accessKey })
    expect([wrong('WrongCredentials'), wrong('BlockedUser')]).toEqual([5, 7])
    expect(await bring(0, { authenticationToken: again.authenticationToken, accessKey: again.code })).toBe(
      'BlockedUser',
    )
  })

  it('of 60 wrong passwords at once through both ten are looked at, and the right one has to wait then', async () => {
    const username = 'guessed-at@polytill.test'
    const password = 'Right-pass-1'
    const names = { salutation: 'Ms', firstName: 'Ada', lastName: 'Guessed', gender: 'Female' }
    const attributes = { ...names, email: username, password, confirmPassword: password, acceptedTerms: true }
    const registered = await glue(urlFor(0), newGuest(), 'POST', '/customers', { type: 'customers', attributes })
    expect(registered.status).toBe(201)
    const signIn = async (index: number, tried: string) => {
      const form = new URLSearchParams({ grant_type: 'password', username, password: tried })
      const answer = await fetch(`${urlFor(index)}/token`, { method: 'POST', body: form })
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() }
    }
    expect((await signIn(1, password)).status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 60 }, (_, index) => signIn(index, `wrong ${index}`)))
    const waiting = { status: 429, retryAfter: expect.stringMatching(/^(?:900|8\d\d)$/), body: expect.anything() }
    const looked = answers.filter(({ status }) => status !== 429)
    expect(looked).toHaveLength(10)
    for (const { status, body } of looked) {
      expect({ status, body }).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    }
    for (const answer of answers.filter(({ status }) => status === 429)) expect(answer).toEqual(waiting)
    for (const index of [0, 1]) expect(await signIn(index, password)).toEqual(waiting)
    servers.push(await startServer({ DATABASE_URL: url, LOG_LEVEL: 'error' }))
    expect(await signIn(2, password)).toEqual(waiting)
  })
})
