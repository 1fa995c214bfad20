import { expect } from 'vitest'
import type { TestServer } from '../support/test-server.js'
import { glueOver } from '../wire/spryker/glue.js'
import { checkoutPath, clientOf, type VtexClient } from '../wire/vtex/shop.js'
import { catalogAppId, clientId, personOf, shirt, siteOver } from '../wire/wix/people.js'

/** One customer who is signed in through three APIs, by tokens that nothing is stored of. */
export interface SignedIn {
  readonly id: string
  readonly email: string
  readonly spryker: { readonly token: string; readonly refreshToken: string }
  readonly wix: { readonly token: string; readonly refreshToken: string }
  readonly vtex: VtexClient
}

export const firstPassword = 'Change123!change'

const catalogReference = { appId: catalogAppId, catalogItemId: shirt }

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** The same account at that server, by the ways in which people sign in. */
export async function signInEverywhere(server: TestServer, email: string, password: string): Promise<SignedIn> {
  const { accessToken, refreshToken } = await glueOver(() => server).signIn(email, password)
  const vtex = clientOf(() => server)
  const login = new URLSearchParams({ login: email, password }).toString()
  const known = await vtex.send('POST', '/api/vtexid/pub/authentication/classic/validate', login, form)
  expect(known.json.authStatus).toBe('Success')
  const id: string = known.json.userId
  const site = siteOver(() => server)
  const visitor = await site.visitor()
  const authorization = `${visitor.headers.authorization},demo-wix-key`
  const member = await site.grant({ grant_type: 'authorized_client', member_id: id }, { authorization })
  expect(member.status).toBe(200)
  const wix = { token: member.json.access_token, refreshToken: member.json.refresh_token }
  return { id, email, spryker: { token: accessToken, refreshToken }, wix, vtex }
}

/** Somebody new, who has signed in everywhere. */
export async function newAccount(server: TestServer): Promise<SignedIn> {
  const { email } = await glueOver(() => server).newCustomer()
  return signInEverywhere(server, email, firstPassword)
}

/** What each API answers to the tokens of before; whoever is not signed in is nobody to VTEX. */
export async function answersTo(server: TestServer, { id, spryker, wix, vtex }: SignedIn) {
  const glue = glueOver(() => server)
  const site = siteOver(() => server)
  const member = personOf(wix.token, id)
  const refresh = { type: 'refresh-tokens', attributes: { refreshToken: spryker.refreshToken } }
  const orderForm = await vtex.send('POST', `${checkoutPath}/orderForm`, {})
  const token = vtex.cookies.get('VtexIdclientAutCookie_polytill')
  return {
    spryker: (await glue.send('GET', '/customers/mine', { token: spryker.token })).status,
    'spryker orders': (await glue.send('GET', '/orders', { token: spryker.token })).status,
    'spryker carts': (await glue.send('GET', '/carts', { token: spryker.token })).status,
    'spryker renewed': (await glue.send('POST', '/refresh-tokens', { data: refresh })).status,
    wix: (await site.send('GET', '/members/v1/members/my', member)).status,
    'wix carts': (await site.send('POST', '/ecom/v1/carts', member, { lineItems: [{ quantity: 1, catalogReference }] }))
      .status,
    'wix tokens': (await site.send('POST', '/oauth2/token_info', undefined, { token: wix.token })).json.active,
    'wix renewed': (await site.grant({ clientId, grantType: 'refresh_token', refreshToken: wix.refreshToken })).status,
    vtex: orderForm.json.loggedIn,
    'vtex tokens': (await clientOf(() => server).send('POST', '/api/vtexid/credential/validate', { token })).status,
  }
}

export const signedIn = {
  spryker: 200,
  'spryker orders': 200,
  'spryker carts': 200,
  'spryker renewed': 201,
  wix: 200,
  'wix carts': 200,
  'wix tokens': true,
  'wix renewed': 200,
  vtex: true,
  'vtex tokens': 200,
}

export const signedOut = {
  spryker: 401,
  'spryker orders': 401,
  'spryker carts': 401,
  'spryker renewed': 401,
  wix: 401,
  'wix carts': 401,
  'wix tokens': false,
  'wix renewed': 400,
  vtex: false,
  'vtex tokens': 401,
}

/** Changes the password as its owner, by the API that has a way to. */
export async function changePassword(server: TestServer, email: string, before: string, after: string): Promise<void> {
  const login = { spree_user: { email, password: before } }
  const json = { 'content-type': 'application/json' }
  const key = await server.request('POST', '/login', { headers: json, body: login })
  const { id, spree_api_key: secret } = key.json.user
  const headers = { ...json, 'x-spree-token': secret }
  const changed = await server.request('PUT', `/api/users/${id}`, { headers, body: { user: { password: after } } })
  expect(changed.status).toBe(200)
}

/** Deletes the account as its owner. */
export async function deleteAccount(server: TestServer, token: string): Promise<void> {
  expect((await glueOver(() => server).send('DELETE', '/customers/mine', { token })).status).toBe(204)
}
