import { describe, expect, it } from 'vitest'
import type { Operations } from '../../operations/operations.js'
import type { Credential } from '../../storage/storage.js'
import { actorOf, callerOf, readIdentities, readIdentity, type WixIdentity } from './auth.js'
import { readRefreshToken, type TokenHolder, writeToken } from './tokens.js'

const site = 'c0ffee00-0002-4a6b-9b61-000000000002'
const elsewhere = 'c0ffee00-0002-4a6b-9b61-00000000000f'
const signing = 'a secret of this store'
const visitor: TokenHolder = { kind: 'visitor', id: '4c7ce95c-0001-417d-9f02-000000000001' }
const member: TokenHolder = { kind: 'member', id: '4c7ce95c-0002-417d-9f02-000000000002' }

/** A member who was signed out everywhere. */
const gone: TokenHolder = { kind: 'member', id: '4c7ce95c-0003-417d-9f02-000000000003' }

const stored: Readonly<Record<string, Partial<Credential>>> = {
  owner: { subject: 'owner', permissions: ['carts:read', 'carts:write'], data: { siteId: site } },
  scoped: {
    subject: 'scoped',
    permissions: ['carts:read', 'carts:write'],
    data: { siteId: site, scopes: ['ECOM.READ_CARTS'] },
  },
  anywhere: { subject: 'anywhere', permissions: ['carts:read'], data: {} },
  foreign: { subject: 'foreign', permissions: ['carts:read'], data: { siteId: elsewhere } },
  spree: { subject: 'spree', dialect: 'spree', permissions: ['carts:read'], data: {} },
  client: { subject: 'client', data: { clientId: 'client', siteId: site } },
  app: { subject: 'app', permissions: ['carts:read'], data: { appId: 'app', siteId: site } },
}

const credentials = {
  checkCredential: async ({ kind, secret }: { kind: string; secret: string }) => {
    const found = stored[secret]
    if (found === undefined || kind !== 'api_key') return undefined
    return { kind: 'api_key', dialect: 'wix', secretHash: '', permissions: [], data: {}, createdAt: '', ...found }
  },
  signingSecret: async () => signing,
  isSignedIn: async ({ customerId }: { customerId: string }) => customerId !== gone.id,
} as unknown as Operations

const tokenOf = (holder: TokenHolder, at: string = site, ttlSeconds = 60) =>
  writeToken(holder, { use: 'access', site: at, ttlSeconds }, signing)

async function identityOf(authorization: string | undefined, more: Record<string, string> = {}): Promise<unknown> {
  const headers = { ...more, ...(authorization === undefined ? {} : { authorization }) }
  const read = await readIdentity({ headers }, site, credentials)
  return read.ok ? read.value : read.error
}

describe('who asks', () => {
  it.each([visitor, member])('is read from a token, with or without the scheme ($kind)', async holder => {
    const token = await tokenOf(holder)
    expect(await identityOf(token)).toEqual(holder)
    expect(await identityOf(`Bearer ${token}`)).toEqual(holder)
    expect(await identityOf(`bearer  ${token}`)).toEqual(holder)
  })

  it('is nobody without a credential, or with a bad one', async () => {
    const old = await tokenOf(visitor, site, -1)
    const foreign = await tokenOf(visitor, elsewhere)
    const ended = await tokenOf(gone)
    for (const text of [undefined, '', ' ', 'Bearer ', ',', 'nonsense', 'OauthNG.JWS.a.b.c', old, foreign, ended]) {
      expect(await identityOf(text), String(text)).toBe('unauthenticated')
    }
  })

  it('is the site owner with an API key, at the key’s own site alone', async () => {
    expect(await identityOf('owner', { 'wix-site-id': site.toUpperCase() })).toMatchObject({
      kind: 'user',
      keyId: 'owner',
      permissions: ['carts:read', 'carts:write'],
    })
    expect(await identityOf('owner')).toMatchObject({ kind: 'user' })
    expect(await identityOf('anywhere', { 'wix-site-id': site })).toMatchObject({ kind: 'user' })
    expect(await identityOf('owner', { 'wix-site-id': elsewhere })).toBe('wrong_site')
    expect(await identityOf('anywhere', { 'wix-site-id': elsewhere })).toBe('wrong_site')
    expect(await identityOf('foreign')).toBe('wrong_site')
  })

  it('is nobody with a client id, an app’s secret, or a key of another platform', async () => {
    for (const secret of ['client', 'app', 'spree']) expect(await identityOf(secret), secret).toBe('unauthenticated')
  })

  it('is the key where a visitor’s token is joined with one, and nobody where either is bad', async () => {
    const token = await tokenOf(visitor)
    expect(await identityOf(`${token},owner`)).toMatchObject({ kind: 'user' })
    expect(await identityOf(`${token}, Bearer owner`)).toMatchObject({ kind: 'user' })
    const both = await readIdentities({ headers: { authorization: `${token},owner` } }, site, credentials)
    expect(both).toMatchObject({ ok: true, value: [visitor, { kind: 'user' }] })
    expect(await identityOf(`${token},nonsense`)).toBe('unauthenticated')
    expect(await identityOf(`${token}x,owner`)).toBe('unauthenticated')
    expect(await identityOf('owner,owner,owner,owner')).toBe('unauthenticated')
  })
})

describe('for the core', () => {
  it('a shopper is a visitor or a member, a key has what counts at the endpoint', async () => {
    expect(callerOf(visitor, [])).toEqual({ kind: 'visitor', visitorId: visitor.id })
    expect(callerOf(member, [])).toEqual({ kind: 'member', customerId: member.id })
    const scoped = (await identityOf('scoped')) as WixIdentity
    expect(callerOf(scoped, ['ECOM.READ_CARTS'])).toEqual({ kind: 'key', keyId: 'scoped', permissions: ['carts:read'] })
    expect(callerOf(scoped, ['ECOM.READ_CHECKOUTS'])).toEqual({ kind: 'key', keyId: 'scoped', permissions: [] })
  })

  it('an object names its maker by kind', async () => {
    expect(actorOf(visitor)).toEqual({ visitorId: visitor.id })
    expect(actorOf(member)).toEqual({ memberId: member.id })
    expect(Object.keys(actorOf((await identityOf('owner')) as WixIdentity))).toEqual(['userId'])
  })
})

describe('a refresh token', () => {
  it('of a visitor is signed, and good at its own site alone', async () => {
    const token = await writeToken(visitor, { use: 'refresh', site, ttlSeconds: 60 }, signing)
    expect(await readRefreshToken(token, site, credentials)).toEqual(visitor)
    expect(await readRefreshToken(token, elsewhere, credentials)).toBeUndefined()
    expect(await readRefreshToken(await tokenOf(visitor), site, credentials)).toBeUndefined()
  })

  it('of a member is never a signed one', async () => {
    const forged = await writeToken(member, { use: 'refresh', site, ttlSeconds: 60 }, signing)
    expect(await readRefreshToken(forged, site, credentials)).toBeUndefined()
  })
})
