import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { readAccessToken as readWhole, writeAccessToken } from './auth.js'

const secret = '0123456789abcdef0123456789abcdef'
const identity = { customerId: '11111111-1111-4111-8111-111111111111', reference: 'DE--21', integerId: 21 }
const now = new Date('2026-11-21T08:00:00Z')

const readAccessToken = async (...of: Parameters<typeof readWhole>) => (await readWhole(...of))?.identity

function later(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000)
}

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
}

function unsigned(header: object, payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part(header)}.${part(payload)}.`
}

describe('an access token', () => {
  it('reads back as whom it was written for', async () => {
    const token = await writeAccessToken(identity, secret, 28_800, now)
    expect(await readAccessToken(token, secret, now)).toEqual(identity)
  })

  it('tells since when, and the version of the customer who signed in where that is known', async () => {
    const known = { ...identity, customerVersion: 7 }
    const token = await writeAccessToken(known, secret, 28_800, new Date(now.getTime() + 700))
    expect(await readWhole(token, secret, later(1))).toEqual({ identity: known, issuedAt: now.getTime() })
  })

  it('carries what clients decode: a subject that is JSON in a text', async () => {
    const { sub, aud, exp, iat, nbf, scopes, jti } = payloadOf(await writeAccessToken(identity, secret, 28_800, now))
    expect(JSON.parse(String(sub))).toEqual({
      customer_reference: 'DE--21',
      id_customer: 21,
      id_company_user: null,
      permissions: null,
      id_agent: null,
      customer_id: identity.customerId,
    })
    expect({ aud, iat, nbf, exp, scopes }).toEqual({
      aud: 'frontend',
      iat: 1_795_248_000,
      nbf: 1_795_248_000,
      exp: 1_795_276_800,
      scopes: ['customer'],
    })
    expect(jti).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('ends when it says', async () => {
    const token = await writeAccessToken(identity, secret, 60, now)
    expect(await readAccessToken(token, secret, later(59))).toEqual(identity)
    expect(await readAccessToken(token, secret, later(60))).toBeUndefined()
  })

  it("is no other store's", async () => {
    const token = await writeAccessToken(identity, 'another secret of the same length', 60, now)
    expect(await readAccessToken(token, secret, now)).toBeUndefined()
  })

  it('cannot be changed', async () => {
    const [header, payload, signature] = (await writeAccessToken(identity, secret, 60, now)).split('.')
    const other = Buffer.from(JSON.stringify({ ...payloadOf(`.${payload}`), aud: 'frontend', exp: 9_999_999_999 }))
    expect(await readAccessToken(`${header}.${other.toString('base64url')}.${signature}`, secret, now)).toBeUndefined()
  })

  it('cannot go unsigned, nor be signed another way', async () => {
    const payload = payloadOf(await writeAccessToken(identity, secret, 60, now))
    expect(await readAccessToken(unsigned({ alg: 'none', typ: 'JWT' }, payload), secret, now)).toBeUndefined()
    const other = await new SignJWT(payload).setProtectedHeader({ alg: 'HS512' }).sign(Buffer.from(secret))
    expect(await readAccessToken(other, secret, now)).toBeUndefined()
  })

  it.each([
    ['no end', { sub: '{}', aud: 'frontend' }],
    ['another audience', { sub: '{}', aud: 'backend', exp: 9_999_999_999 }],
    ['a subject that is no JSON', { sub: 'DE--21', aud: 'frontend', exp: 9_999_999_999 }],
    ['a subject without a customer', { sub: '{"id_customer":1}', aud: 'frontend', exp: 9_999_999_999 }],
  ])('is refused with %s though the signature is right', async (_, payload) => {
    const token = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret))
    expect(await readAccessToken(token, secret, now)).toBeUndefined()
  })

  it.each(['', 'x', 'a.b.c', '..', 'null'])('is not %j', async token => {
    expect(await readAccessToken(token, secret, now)).toBeUndefined()
  })
})
