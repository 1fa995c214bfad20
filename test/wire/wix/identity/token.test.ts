import { expect, it } from 'vitest'
import { signingSecretName, writeToken } from '../../../../src/dialects/wix/tokens.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { clientId, customerId, expectError, idIn, personOf, site, siteOver } from '../people.js'

describeOnEachDatabase('POST /oauth2/token', getServer => {
  const wix = siteOver(getServer)

  it('makes a new visitor each time, for four hours', async () => {
    const answer = await wix.grant({ clientId, grantType: 'anonymous' })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^OauthNG\.JWS\.eyJ/),
      token_type: 'Bearer',
      expires_in: 14_400,
      refresh_token: expect.stringMatching(/^JWS\.eyJ/),
    })
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    const another = await wix.grant({ clientId, grantType: 'anonymous' })
    expect(idIn(another.json.access_token)).not.toBe(idIn(answer.json.access_token))
  })

  it('reads both spellings of its names, and forms', async () => {
    expect((await wix.grant({ client_id: clientId, grant_type: 'anonymous' })).status).toBe(200)
    const form = await getServer().request('POST', '/oauth2/token', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `client_id=${clientId.toUpperCase()}&grant_type=anonymous`,
    })
    expect(form.status).toBe(200)
  })

  it('answers at POST /_api/oauth2/token too', async () => {
    const answer = await wix.send('POST', '/_api/oauth2/token', undefined, { clientId, grantType: 'anonymous' })
    expect(answer.status).toBe(200)
  })

  it('renews: the visitor stays the same, and the refresh token stays good', async () => {
    const first = (await wix.grant({ clientId, grantType: 'anonymous' })).json
    for (let times = 0; times < 3; times += 1) {
      const { status, json } = await wix.grant({
        clientId,
        grantType: 'refresh_token',
        refreshToken: first.refresh_token,
      })
      expect(status).toBe(200)
      expect(json.refresh_token).toBe(first.refresh_token)
      expect(idIn(json.access_token)).toBe(idIn(first.access_token))
    }
  })

  it('renews a member until the account is gone', async () => {
    const email = `${crypto.randomUUID()}@polytill.test`
    const visitor = await wix.visitor()
    const registered = await wix.send('POST', '/_api/iam/authentication/v2/register', visitor, {
      loginId: { email },
      password: 'change123',
    })
    const memberId = registered.json.identity.id
    const authorization = `${visitor.headers.authorization},demo-wix-key`
    const granted = await wix.grant({ grant_type: 'authorized_client', member_id: memberId }, { authorization })
    const refresh = () => wix.grant({ clientId, grantType: 'refresh_token', refreshToken: granted.json.refresh_token })
    const renewed = await refresh()
    expect(renewed.status).toBe(200)
    expect(idIn(renewed.json.access_token)).toBe(memberId)
    const gone = await getServer().operations.anonymizeCustomer({ kind: 'system' }, { id: memberId })
    expect(gone.ok).toBe(true)
    expect(await refresh()).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
  })

  it('is over after the member did not come back for long', async () => {
    const visitor = await wix.visitor()
    const authorization = `${visitor.headers.authorization},demo-wix-key`
    const granted = await wix.grant({ grant_type: 'authorized_client', member_id: customerId }, { authorization })
    getServer().advance(31 * 86_400_000)
    const answer = await wix.grant({ clientId, grantType: 'refresh_token', refreshToken: granted.json.refresh_token })
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
  })

  it.each([
    ['no grant type', { clientId }, 400, 'unsupported_grant_type'],
    ['an unknown grant type', { clientId, grantType: 'password' }, 400, 'unsupported_grant_type'],
    ['a grant type of the language', { clientId, grantType: 'constructor' }, 400, 'unsupported_grant_type'],
    ['no client', { grantType: 'anonymous' }, 401, 'invalid_client'],
    ['an unknown client', { grantType: 'anonymous', clientId: site }, 401, 'invalid_client'],
    ['an API key as client', { grantType: 'anonymous', clientId: 'demo-wix-key' }, 401, 'invalid_client'],
    ['a client id that is no text', { grantType: 'anonymous', clientId: [clientId] }, 401, 'invalid_client'],
    ['no refresh token', { grantType: 'refresh_token', clientId }, 400, 'invalid_grant'],
    [
      'nonsense as refresh token',
      { grantType: 'refresh_token', clientId, refreshToken: 'JWS.x' },
      400,
      'invalid_grant',
    ],
    ['a refresh token without client', { grantType: 'refresh_token', refreshToken: 'JWS.x' }, 401, 'invalid_client'],
    ['no code', { grantType: 'authorization_code', clientId }, 400, 'invalid_grant'],
    ['an unknown code', { grantType: 'authorization_code', clientId, code: 'x' }, 400, 'invalid_grant'],
    ['an external log-in without a key', { grantType: 'authorized_client' }, 401, 'invalid_client'],
    ['an app without a secret', { grantType: 'client_credentials', clientId: 'x' }, 401, 'invalid_client'],
    [
      'an API key as app secret',
      { grantType: 'client_credentials', clientId: 'demo-wix-key', clientSecret: 'demo-wix-key', instanceId: site },
      401,
      'invalid_client',
    ],
  ])('refuses %s', async (_name, body, status, error) => {
    const answer = await wix.grant(body)
    expect({ status: answer.status, error: answer.json.error }).toEqual({ status, error })
    expect(answer.json.error_description).toBeTypeOf('string')
    expect(answer.json).not.toHaveProperty('access_token')
  })

  it.each(['', '[]', '{', 'null', '"x"'])('refuses a body that it cannot read: %s', async body => {
    const answer = await getServer().request('POST', '/oauth2/token', {
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_request' } })
  })

  describeTampering()

  it('logs members in for a backend that knows them: needs a key that may, and a member', async () => {
    const { authorization } = (await wix.visitor()).headers
    const asked = { grant_type: 'authorized_client', member_id: customerId, scope: 'offline_access' }
    const good = await wix.grant(asked, { authorization: `${authorization},demo-wix-key` })
    expect(good.status).toBe(200)
    expect(idIn(good.json.access_token)).toBe(customerId)
    for (const [body, key, error] of [
      [asked, 'demo-wix-reader', 'unauthorized_client'],
      [asked, 'no-such-key', 'invalid_client'],
      [{ ...asked, member_id: 'nobody' }, 'demo-wix-key', 'invalid_grant'],
      [{ ...asked, session_token: 'nonsense' }, 'demo-wix-key', 'invalid_grant'],
    ] as const) {
      const answer = await wix.grant(body, { authorization: `${authorization},${key}` })
      expect(answer.json.error).toBe(error)
    }
    expect((await wix.grant(asked, { authorization: `${authorization}x,demo-wix-key` })).json.error).toBe(
      'invalid_client',
    )
  })

  it('gives an app its token at the site where it is installed, and what the app may do stands in it', async () => {
    const app = 'c0ffee00-0005-4a6b-9b61-000000000001'
    const asked = { grant_type: 'client_credentials', client_id: app, client_secret: 'demo-wix-app-secret' }
    const answer = await wix.grant({ ...asked, instance_id: site })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      access_token: expect.stringMatching(/^OauthNG\.JWS\./),
      token_type: 'Bearer',
      expires_in: 14_400,
    })
    const missing = `/ecom/v1/orders/${crypto.randomUUID()}`
    expectError(await wix.send('GET', missing, personOf(answer.json.access_token)), 404, 'ORDER_NOT_FOUND')
    expect(await wix.grant({ ...asked, instance_id: clientId })).toMatchObject({ status: 401 })
    expect(await wix.grant({ ...asked, client_id: clientId, instance_id: site })).toMatchObject({ status: 401 })
    expect(await wix.grant({ ...asked, client_secret: 'wrong', instance_id: site })).toMatchObject({ status: 401 })
    // The secret is no key.
    expectError(await wix.send('GET', missing, personOf('demo-wix-app-secret')), 401, 'UNAUTHENTICATED')
  })

  function describeTampering() {
    it('an access token that is expired, of another site, changed, or a refresh token, is no token', async () => {
      const secret = await getServer().operations.signingSecret(signingSecretName)
      const holder = { kind: 'member', id: customerId } as const
      const terms = { use: 'access', site, ttlSeconds: 60 } as const
      const good = await writeToken(holder, terms, secret)
      expect((await wix.send('GET', '/members/v1/members/my', personOf(good))).status).toBe(200)
      const bad = [
        await writeToken(holder, { ...terms, ttlSeconds: -1 }, secret),
        await writeToken(holder, { ...terms, site: clientId }, secret),
        await writeToken(holder, { ...terms, use: 'refresh' }, secret),
        await writeToken(holder, terms, 'another secret'),
        `${good.slice(0, -4)}AAAA`,
        good.replace('OauthNG.', ''),
        'OauthNG.JWS.',
        'demo-wix-key-no',
        '',
      ]
      for (const token of bad) {
        expectError(await wix.send('GET', '/members/v1/members/my', personOf(token)), 401, 'UNAUTHENTICATED')
      }
    })

    it('a refresh token of another site or of an access token’s kind renews nothing', async () => {
      const secret = await getServer().operations.signingSecret(signingSecretName)
      const holder = { kind: 'visitor', id: crypto.randomUUID() } as const
      const tokens = [
        await writeToken(holder, { use: 'refresh', site: clientId, ttlSeconds: 60 }, secret),
        await writeToken(holder, { use: 'refresh', site, ttlSeconds: -1 }, secret),
        await writeToken(holder, { use: 'access', site, ttlSeconds: 60 }, secret),
        await writeToken({ kind: 'member', id: customerId }, { use: 'refresh', site, ttlSeconds: 60 }, secret),
      ]
      for (const refreshToken of tokens) {
        const answer = await wix.grant({ clientId, grantType: 'refresh_token', refreshToken })
        expect(answer).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
      }
    })
  }
})
