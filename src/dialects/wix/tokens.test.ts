import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { guidOf, readToken as readWhole, type TokenHolder, writeToken } from './tokens.js'

const secret = 'a secret of this store'
const site = 'site-1'
const access = { use: 'access', site } as const
const terms = { ...access, ttlSeconds: 60 }
const visitor: TokenHolder = { kind: 'visitor', id: '4c7ce95c-0001-417d-9f02-000000000001' }
const member: TokenHolder = { kind: 'member', id: '4c7ce95c-0002-417d-9f02-000000000002' }
const app: TokenHolder = { kind: 'app', id: 'app-1', permissions: ['carts:read'], scopes: ['ECOM.READ_CARTS'] }

const readToken = async (...of: Parameters<typeof readWhole>) => (await readWhole(...of))?.holder

describe('a token', () => {
  it.each([visitor, member, app])('gives back whom it was written for ($kind)', async holder => {
    expect(await readToken(await writeToken(holder, terms, secret), access, secret)).toEqual(holder)
  })

  it('ends when its time is over', async () => {
    const token = await writeToken(visitor, terms, secret, new Date('2026-11-21T09:00:00.000Z'))
    expect(await readToken(token, access, secret, new Date('2026-11-21T09:00:59.000Z'))).toEqual(visitor)
    expect(await readToken(token, access, secret, new Date('2026-11-21T09:01:00.000Z'))).toBeUndefined()
  })

  it('is worth nothing at another site, for another use, or to another store', async () => {
    const token = await writeToken(visitor, terms, secret)
    expect(await readToken(token, { use: 'access', site: 'site-2' }, secret)).toBeUndefined()
    expect(await readToken(token, access, 'another secret')).toBeUndefined()
    const refresh = await writeToken(visitor, { ...terms, use: 'refresh' }, secret)
    expect(await readToken(refresh, access, secret)).toBeUndefined()
    expect(await readToken(`OauthNG.${refresh}`, access, secret)).toBeUndefined()
    expect(await readToken(token.replace('OauthNG.', ''), { use: 'refresh', site }, secret)).toBeUndefined()
  })

  it('cannot be changed', async () => {
    const token = await writeToken(visitor, terms, secret)
    const [head = '', body = '', mark = ''] = token.slice('OauthNG.JWS.'.length).split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const changed = Buffer.from(JSON.stringify({ ...claims, sub: member.id, kind: 'member' })).toString('base64url')
    expect(await readToken(`OauthNG.JWS.${head}.${changed}.${mark}`, access, secret)).toBeUndefined()
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    expect(await readToken(`OauthNG.JWS.${unsigned}.${body}.`, access, secret)).toBeUndefined()
    for (const text of ['', 'OauthNG.JWS.', 'OauthNG.JWS.a.b.c', token.slice(0, -2), `${token}x`]) {
      expect(await readToken(text, access, secret)).toBeUndefined()
    }
  })

  it('of an unknown kind, or without an end, is none', async () => {
    const sign = (claims: object) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setAudience('wix:access:site-1')
        .setSubject('x')
        .sign(Buffer.from(secret))
    expect(await readToken(`OauthNG.JWS.${await sign({ kind: 'visitor' })}`, access, secret)).toBeUndefined()
    const later = Math.floor(Date.now() / 1000) + 60
    expect(await readToken(`OauthNG.JWS.${await sign({ kind: 'king', exp: later })}`, access, secret)).toBeUndefined()
    expect(await readToken(`OauthNG.JWS.${await sign({ kind: 'visitor', exp: later })}`, access, secret)).toEqual({
      kind: 'visitor',
      id: 'x',
    })
  })
})

describe('an id on the wire', () => {
  it('stays what it is where it is a GUID, and is made of any other name, always the same', () => {
    expect(guidOf('C0FFEE00-0001-4A6B-9B61-000000000001')).toBe('c0ffee00-0001-4a6b-9b61-000000000001')
    expect(guidOf('demo-wix-key')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(guidOf('demo-wix-key')).toBe(guidOf('demo-wix-key'))
    expect(guidOf('demo-wix-key')).not.toBe(guidOf('demo-wix-reader'))
  })
})
