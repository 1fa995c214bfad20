import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { customerId, nobody, site, siteOver } from '../people.js'

const infoPaths = [
  'POST /oauth2/token_info',
  'POST /oauth2/token-info',
  'POST /_api/oauth2/token_info',
  'POST /_api/oauth2/token-info',
]

describeOnEachDatabase('what tokens say', getServer => {
  const wix = siteOver(getServer)

  it.each(infoPaths)('%s tells whom a token stands for', async route => {
    const [method = '', path = ''] = route.split(' ')
    const visitor = await wix.visitor()
    const answer = await wix.send(method, path, nobody, { token: visitor.headers.authorization })
    expect(answer.status).toBe(200)
    const { iat, exp, ...rest } = answer.json
    expect(rest).toEqual({ active: true, subjectType: 'VISITOR', subjectId: visitor.id, siteId: site })
    expect(Number(exp) - Number(iat)).toBe(14_400)
  })

  it('tells members, and that a bad token is not active', async () => {
    const { headers } = await wix.member()
    const told = await wix.send('POST', '/oauth2/token_info', nobody, { token: headers.authorization })
    expect(told.json).toMatchObject({ active: true, subjectType: 'MEMBER', subjectId: customerId })
    for (const token of ['nonsense', 'demo-wix-key', 'OauthNG.JWS.a.b.c']) {
      expect((await wix.send('POST', '/oauth2/token_info', nobody, { token })).json).toEqual({ active: false })
    }
    const none = await wix.send('POST', '/oauth2/token_info', nobody, {})
    expect(none).toMatchObject({ status: 400, json: { error: 'invalid_request' } })
  })

  it.each(['GET /oauth2/jwks', 'GET /_api/oauth2/jwks'])('%s has no keys: the secret stays here', async route => {
    const answer = await wix.send('GET', route.split(' ')[1] ?? '')
    expect(answer).toMatchObject({ status: 200, json: { keys: [] } })
  })

  it.each(['GET /oauth2/user-info', 'GET /_api/oauth2/user-info'])('%s tells a member who they are', async route => {
    const path = route.split(' ')[1] ?? ''
    expect(await wix.send('GET', path, await wix.member())).toMatchObject({
      status: 200,
      json: {
        sub: customerId,
        email: 'customer@polytill.test',
        emailVerified: true,
        givenName: 'Carla',
        familyName: 'Customer',
        name: 'Carla Customer',
      },
    })
    for (const person of [nobody, await wix.visitor(), wix.key()]) {
      expect(await wix.send('GET', path, person)).toMatchObject({ status: 401, json: { error: 'invalid_token' } })
    }
  })
})
