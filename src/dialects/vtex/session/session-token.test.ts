import { describe, expect, it } from 'vitest'
import { newSession, readSession, withSent, writeSession } from './session-token.js'

const secret = 'a secret of this store'
const session = { ...newSession(), public: { country: { value: 'BRA' } } }

describe('a session', () => {
  it('is read from its token, of which clients decode the id', async () => {
    const token = await writeSession(session, 'polytill', secret)
    expect(await readSession(token, secret)).toEqual(session)
    const [, middle = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(middle, 'base64').toString('utf8'))).toMatchObject({ id: session.id })
  })

  it('is nothing to another store, nor when it was changed', async () => {
    const token = await writeSession(session, 'polytill', secret)
    expect(await readSession(token, 'another secret')).toBeUndefined()
    const [head, , tail] = token.split('.')
    const forged = Buffer.from(JSON.stringify({ ...session, aud: 'session' })).toString('base64url')
    expect(await readSession(`${head}.${forged}.${tail}`, secret)).toBeUndefined()
    expect(await readSession('', secret)).toBeUndefined()
  })
})

describe('what a client sends', () => {
  it.each([
    [{}, { country: { value: 'BRA' } }],
    [{ public: {} }, { country: { value: 'BRA' } }],
    [{ public: { postalCode: { value: 22250040 } } }, { country: { value: 'BRA' }, postalCode: { value: '22250040' } }],
    [{ public: { country: { value: 'USA', keepAlive: true } } }, { country: { value: 'USA' } }],
    [{ public: { country: null } }, {}],
  ])('%j is laid over what is known', (body, expected) => {
    expect(withSent(session, body)).toEqual({ id: session.id, public: expected })
  })

  it.each([[[]], ['text'], [{ public: [] }], [{ public: { a: 'b' } }], [{ public: { a: { value: {} } } }], [null]])(
    '%j is refused',
    body => {
      expect(withSent(session, body)).toBeUndefined()
    },
  )

  it('must fit into a cookie', () => {
    expect(withSent(session, { public: { a: { value: 'x'.repeat(2_000) } } })).toBeUndefined()
  })
})
