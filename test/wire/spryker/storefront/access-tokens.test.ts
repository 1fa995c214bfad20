import { expect, it } from 'vitest'
import { describeGlue, expectCustomerOnly, expectError, expectFieldErrors, expectNothing, newEmail } from '../glue.js'

const demo = { username: 'customer@polytill.test', password: 'change123' }

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}

describeGlue('POST /access-tokens', glue => {
  const post = (attributes: object, sent: { readonly guest?: string } = {}) =>
    glue.send('POST', '/access-tokens', { data: { type: 'access-tokens', attributes }, ...sent })

  it('gives a customer a pair of tokens', async () => {
    const answer = await post(demo)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      data: {
        type: 'access-tokens',
        id: null,
        attributes: {
          tokenType: 'Bearer',
          expiresIn: 28_800,
          accessToken: expect.any(String),
          refreshToken: expect.any(String),
          idCompanyUser: null,
        },
        links: { self: `${glue.baseUrl()}/access-tokens` },
      },
    })
    expect(answer.headers).toMatchObject({
      'content-type': 'application/vnd.api+json',
      'content-language': 'en_US',
      'x-content-type-options': 'nosniff',
    })
  })

  it('writes what clients decode into the token', async () => {
    const payload = payloadOf((await post(demo)).json.data.attributes.accessToken)
    expect(JSON.parse(String(payload.sub))).toMatchObject({
      customer_reference: 'DE--1',
      id_customer: 1,
      id_company_user: null,
      permissions: null,
      id_agent: null,
    })
    expect(payload).toMatchObject({ aud: 'frontend', scopes: ['customer'] })
    expect(Number(payload.exp) - Number(payload.iat)).toBe(28_800)
  })

  it('finds the customer however the e-mail address is written', async () => {
    expect((await post({ ...demo, username: 'Customer@POLYTILL.test' })).status).toBe(201)
  })

  it.each([
    ['a wrong password', { ...demo, password: 'change124' }],
    ['a password in another case', { ...demo, password: 'Change123' }],
    ['an unknown e-mail address', { username: 'nobody@polytill.test', password: 'change123' }],
    ['a password that is far too long', { ...demo, password: 'x'.repeat(100_000) }],
  ])('refuses %s in the same words', async (_, attributes) => {
    expectError(await post(attributes), 401, '003', 'Failed to authenticate user.')
  })

  it('tells of blank and missing fields', async () => {
    expectFieldErrors(await post({ username: '' }), [
      'username => This value should not be blank.',
      'password => This field is missing.',
    ])
    expectFieldErrors(await post({ username: 5, password: { a: 1 } }), [
      'username => This value should be of type string.',
      'password => This value should be of type string.',
    ])
  })

  it('refuses another type and a body that is none', async () => {
    const wrong = await glue.send('POST', '/access-tokens', { data: { type: 'tokens', attributes: demo } })
    expectError(wrong, 400, undefined, 'Invalid type.')
    expectError(await glue.send('POST', '/access-tokens', { body: '{' }), 400, undefined, 'Post data is invalid.')
  })

  it('takes JSON as text/plain, as a browser sends it', async () => {
    const data = { type: 'access-tokens', attributes: demo }
    const headers = { 'content-type': 'text/plain;charset=UTF-8' }
    expect((await glue.send('POST', '/access-tokens', { data, headers })).status).toBe(201)
  })

  it('brings the cart of the guest header along', async () => {
    const shopper = await glue.newCustomer()
    const guest = newEmail()
    const line = { type: 'guest-cart-items', attributes: { sku: 'MUG-1', quantity: 2 } }
    expect((await glue.send('POST', '/guest-cart-items', { data: line, guest })).status).toBe(201)
    const { email: username, password } = shopper
    expect((await post({ username, password }, { guest })).status).toBe(201)
    const own = await glue.send('GET', '/carts?include=items', { token: shopper.token })
    expect(own.json.data).toHaveLength(1)
    expect(own.json.included).toMatchObject([{ type: 'items', attributes: { sku: 'MUG-1', quantity: 2 } }])
    expect((await glue.send('GET', '/guest-carts', { guest })).json.data).toEqual([])
  })

  it('stops guessing at one account, and leaves others alone', async () => {
    const victim = await glue.newCustomer()
    const guess = { username: victim.email, password: 'wrong' }
    const answers = []
    for (let attempt = 0; attempt < 11; attempt += 1) answers.push(await post(guess))
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401))
    const last = answers[10]
    expect(last?.status).toBe(429)
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0)
    expect((await post({ username: victim.email, password: victim.password })).status).toBe(429)
    expect((await post(demo)).status).toBe(201)
  })
})

describeGlue('POST /refresh-tokens', glue => {
  const post = (refreshToken: unknown) =>
    glue.send('POST', '/refresh-tokens', { data: { type: 'refresh-tokens', attributes: { refreshToken } } })

  it('gives a new pair and leaves the old token good', async () => {
    const shopper = await glue.newCustomer()
    const answer = await post(shopper.refreshToken)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      data: {
        type: 'refresh-tokens',
        id: null,
        attributes: {
          tokenType: 'Bearer',
          expiresIn: 28_800,
          accessToken: expect.any(String),
          refreshToken: expect.any(String),
        },
        links: { self: `${glue.baseUrl()}/refresh-tokens` },
      },
    })
    const { accessToken, refreshToken } = answer.json.data.attributes
    expect(refreshToken).not.toBe(shopper.refreshToken)
    const own = await glue.send('GET', '/customers', { token: accessToken })
    expect(own.json.data[0].id).toBe(shopper.reference)
    expect((await post(shopper.refreshToken)).status).toBe(201)
  })

  it('refuses what is no refresh token, also an access token', async () => {
    const shopper = await glue.newCustomer()
    expectError(await post('fake'), 401, '004', 'Failed to refresh token.')
    expectError(await post(shopper.token), 401, '004', 'Failed to refresh token.')
    expectFieldErrors(await post(''), ['refreshToken => This value should not be blank.'])
  })
})

describeGlue('DELETE /refresh-tokens/:token', glue => {
  const post = (refreshToken: string) =>
    glue.send('POST', '/refresh-tokens', { data: { type: 'refresh-tokens', attributes: { refreshToken } } })
  const remove = (path: string, token: string) => glue.send('DELETE', `/refresh-tokens/${path}`, { token })

  it('revokes one token, and answers the same for one that is not there', async () => {
    const shopper = await glue.newCustomer()
    const other = await glue.signIn(shopper.email, shopper.password)
    expectNothing(await remove(shopper.refreshToken, shopper.token))
    expectError(await post(shopper.refreshToken), 401, '004', 'Failed to refresh token.')
    expect((await post(other.refreshToken)).status).toBe(201)
    expectNothing(await remove(shopper.refreshToken, shopper.token))
    expectNothing(await remove('fake', shopper.token))
  })

  it('revokes all tokens of the customer as `mine`', async () => {
    const shopper = await glue.newCustomer()
    const other = await glue.signIn(shopper.email, shopper.password)
    expectNothing(await remove('mine', shopper.token))
    expectError(await post(shopper.refreshToken), 401, '004', 'Failed to refresh token.')
    expectError(await post(other.refreshToken), 401, '004', 'Failed to refresh token.')
  })

  it("leaves another customer's token good", async () => {
    const shopper = await glue.newCustomer()
    const stranger = await glue.newCustomer()
    expectNothing(await remove(stranger.refreshToken, shopper.token))
    expect((await post(stranger.refreshToken)).status).toBe(201)
  })

  it('needs a token and an id', async () => {
    await expectCustomerOnly(glue, 'DELETE', '/refresh-tokens/mine')
    const { token } = await glue.newCustomer()
    const answer = await glue.send('DELETE', '/refresh-tokens/', { token })
    expectError(answer, 400, undefined, 'Resource id is not specified.')
    const bare = await glue.send('DELETE', '/refresh-tokens', { token })
    expectError(bare, 400, undefined, 'Resource id is not specified.')
  })
})
