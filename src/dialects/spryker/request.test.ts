import { describe, expect, it } from 'vitest'
import type { Channel } from '../../core/catalog/channel.js'
import { ok, refuse } from '../../core/result.js'
import type { Operations } from '../../operations/operations.js'
import type { Method, WireRequest } from '../dialect.js'
import { signingSecretName, writeAccessToken } from './auth.js'
import { respondOne } from './json-api.js'
import { checkIfMatch, type EndpointRules, endpoint, type GlueRequest } from './request.js'
import { notBlank, required } from './validation.js'

const secret = '0123456789abcdef0123456789abcdef'
const identity = { customerId: '11111111-1111-4111-8111-111111111111', reference: 'DE--21', integerId: 21 }

/** The parts of a channel that the dialect looks at. */
function channel(id: string, settings: Channel['settings'] = {}): Channel {
  return {
    id,
    currency: 'EUR',
    locale: 'en_US',
    locales: ['en_US', 'de_DE'],
    settings,
  } as unknown as Channel
}

const channels = [channel('de'), channel('at', { spryker: { eagerItems: false } }), channel('us')]

const operations = {
  readChannel: async ({ channel: id }: { channel: string }) => {
    const found = channels.find(each => each.id === id)
    return found === undefined ? refuse({ code: 'channel_unknown', channel: id }) : ok(found)
  },
  listChannels: async () => channels,
  signingSecret: async (name: string) => (name === signingSecretName ? secret : 'other'),
  isSignedIn: async () => true,
} as unknown as Operations

interface Sent {
  readonly method?: Method
  readonly body?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, string>>
  readonly query?: string
}

function wire(sent: Sent): WireRequest {
  const text = sent.text ?? (sent.body === undefined ? '' : JSON.stringify(sent.body))
  return {
    method: sent.method ?? 'POST',
    path: '/things',
    params: sent.params ?? {},
    rawQuery: sent.query ?? '',
    query: new URLSearchParams(sent.query ?? ''),
    headers: sent.headers ?? {},
    body: Buffer.from(text),
    baseUrl: 'https://glue.example.test',
    requestId: 'r',
    channel: 'de',
    clientAddress: '127.0.0.1',
  }
}

const good = { data: { type: 'things', attributes: { name: 'x' } } }
const fields = { name: required(notBlank) }

async function send(rules: Partial<EndpointRules>, sent: Sent) {
  let seen: GlueRequest | undefined
  const handler = endpoint({ type: 'things', place: 'carts', identity: 'none', fields, ...rules }, async request => {
    seen = request
    return respondOne(request, { type: 'things', id: '1', attributes: {} })
  })
  const response = await handler(wire(sent), operations)
  const text = String(response.body ?? '')
  return { response, seen, errors: text.startsWith('{') ? JSON.parse(text).errors : text }
}

const token = await writeAccessToken(identity, secret, 600)
const bearer = { authorization: `Bearer ${token}` }
const guest = { 'x-anonymous-customer-unique-id': 'guest-1' }

const invalidType = [{ detail: 'Invalid type.', status: 400 }]
const invalidData = [{ detail: 'Post data is invalid.', status: 400 }]
const invalidToken = [{ code: '001', detail: 'Invalid access token.', status: 401 }]
const missingToken = [{ code: '002', detail: 'Missing access token.', status: 403 }]
const bothIdentities = [
  {
    code: '005',
    detail: "Headers request error. A user can't act as logged and not logged user at the same time.",
    status: 400,
  },
]

describe('the body', () => {
  it.each(['text/plain;charset=UTF-8', 'application/json', 'application/vnd.api+json', 'image/png'])(
    'is read as JSON whatever its type: %s',
    async type => {
      const { seen } = await send({}, { body: good, headers: { 'content-type': type } })
      expect(seen?.attributes).toEqual({ name: 'x' })
    },
  )

  it('needs no content type, but a blank one is refused', async () => {
    expect((await send({}, { body: good })).seen).toBeDefined()
    const { response } = await send({}, { body: good, headers: { 'content-type': ' ' } })
    expect(response).toMatchObject({ status: 415, body: 'Unsupported media type.' })
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['no data', '{}'],
    ['data that is a list', '{"data":[]}'],
    ['no type', '{"data":{"attributes":{}}}'],
    ['no attributes', '{"data":{"type":"things"}}'],
    ['attributes that are null', '{"data":{"type":"things","attributes":null}}'],
    ['attributes that are a list', '{"data":{"type":"things","attributes":[1]}}'],
    ['a text with a NUL', '{"data":{"type":"things","attributes":{"name":"a\\u0000"}}}'],
    ['half a character', '{"data":{"type":"things","attributes":{"name":"\\ud83d"}}}'],
  ])('is invalid with %s', async (_, text) => {
    const { response, errors } = await send({}, { text })
    expect(response.status).toBe(400)
    expect(errors).toEqual(invalidData)
  })

  it.each(['', 'fake_type', null])('is refused with the type %j', async type => {
    const { errors } = await send({}, { body: { data: { type, attributes: {} } } })
    expect(errors).toEqual(invalidType)
  })

  it('may have an empty list for empty attributes, and characters beyond 16 bits', async () => {
    expect(
      (await send({ fields: {} }, { text: '{"data":{"type":"things","attributes":[]}}' })).seen?.attributes,
    ).toEqual({})
    const text = '{"data":{"type":"things","attributes":{"name":"\\ud83d\\ude00"}}}'
    expect((await send({}, { text })).seen?.attributes).toEqual({ name: '😀' })
  })
})

describe('the order of checks', () => {
  it('finds a wrong type before a bad token', async () => {
    const headers = { authorization: 'Bearer bad' }
    const { errors } = await send({ identity: 'customer' }, { body: { data: { type: 'x', attributes: {} } }, headers })
    expect(errors).toEqual(invalidType)
  })

  it('finds a missing id after the envelope and before the identity', async () => {
    const sent = { method: 'PATCH', params: { uuid: '' }, body: good } as const
    expect((await send({ identity: 'customer' }, sent)).errors).toEqual([
      { detail: 'Resource id is not specified.', status: 400 },
    ])
    expect((await send({ identity: 'customer' }, { ...sent, body: {} })).errors).toEqual(invalidData)
    const removal = await send({ identity: 'customer' }, { method: 'DELETE', params: { uuid: '' } })
    expect(removal.errors).toEqual([{ detail: 'Resource id is not specified.', status: 400 }])
  })

  it('finds a missing guest header before two identities, and those before a bad token', async () => {
    const empty = { 'x-anonymous-customer-unique-id': '', authorization: 'Bearer bad' }
    expect((await send({ identity: 'guest' }, { body: good, headers: empty })).errors).toEqual([
      { code: '109', detail: 'Anonymous customer unique id is empty.', status: 400 },
    ])
    const both = { ...guest, authorization: 'Bearer bad' }
    expect((await send({ identity: 'guest' }, { body: good, headers: both })).errors).toEqual(bothIdentities)
    expect((await send({ identity: 'none' }, { body: good, headers: both })).errors).toEqual(bothIdentities)
  })

  it('finds a bad token before a field error, on every endpoint', async () => {
    const sent = { body: { data: { type: 'things', attributes: {} } }, headers: { authorization: 'Bearer bad' } }
    for (const kind of ['none', 'customer', 'either'] as const) {
      const { errors, response } = await send({ identity: kind }, sent)
      expect(errors).toEqual(invalidToken)
      expect(response.status).toBe(401)
    }
  })

  it('finds field errors last, with the newer reason phrase', async () => {
    const sent = { body: { data: { type: 'things', attributes: {} } }, headers: bearer }
    const { response, errors } = await send({ identity: 'customer' }, sent)
    expect(errors).toEqual([{ code: '901', detail: 'name => This field is missing.', status: 422 }])
    expect(response).toMatchObject({ status: 422, reason: 'Unprocessable Content' })
  })
})

describe('the identity', () => {
  it('is the customer of the token', async () => {
    const { seen } = await send({ identity: 'customer' }, { body: good, headers: bearer })
    expect(seen?.caller).toEqual({ kind: 'member', customerId: identity.customerId })
    expect(seen?.customer).toEqual(identity)
  })

  it('is the guest of the header', async () => {
    const { seen } = await send({ identity: 'either' }, { body: good, headers: guest })
    expect(seen?.caller).toEqual({ kind: 'guest', guestKey: 'guest-1' })
    expect(seen?.customer).toBeUndefined()
  })

  it('is nobody where headers are empty', async () => {
    const headers = { authorization: '', 'x-anonymous-customer-unique-id': ' ' }
    expect((await send({}, { body: good, headers })).seen?.caller).toEqual({ kind: 'anonymous' })
    expect((await send({ identity: 'customer' }, { body: good, headers })).errors).toEqual(missingToken)
    expect((await send({ identity: 'either' }, { body: good, headers })).errors).toEqual([
      {
        code: '1105',
        detail: 'One of Authorization or X-Anonymous-Customer-Unique-Id headers is required.',
        status: 400,
      },
    ])
  })

  it.each(['bad', token, `Bearer ${token} more`, 'Bearer'])(
    'needs two words in the header, not %s',
    async authorization => {
      expect((await send({}, { body: good, headers: { authorization } })).errors).toEqual(invalidToken)
    },
  )

  it('of a guest is not enough where a customer is asked for', async () => {
    expect((await send({ identity: 'customer' }, { body: good, headers: guest })).errors).toEqual(missingToken)
  })
})

describe('the answer', () => {
  it.each([
    ['de, en;q=0.9', 'de_DE'],
    ['de-AT', 'de_DE'],
    ['en', 'en_US'],
    ['fr;q=1, de;q=0.2', 'de_DE'],
    ['en;q=0.1, de;q=0.9', 'de_DE'],
    ['fr', 'en_US'],
    ['de_DE', 'de_DE'],
    ['*', 'en_US'],
    ['', 'en_US'],
    [';;;', 'en_US'],
  ])('to Accept-Language %j is in %s', async (header, locale) => {
    const { response } = await send({}, { body: good, headers: { 'accept-language': header } })
    expect(response.headers['Content-Language']).toBe(locale)
  })

  it('includes cart items unasked, unless the store or the request says no', async () => {
    expect((await send({}, { body: good })).seen?.include).toEqual(new Set(['items', 'guest-cart-items']))
    expect((await send({}, { body: good, query: 'include=' })).seen?.include).toEqual(new Set())
    expect((await send({}, { body: good, headers: { store: 'AT' } })).seen?.include).toEqual(new Set())
  })

  it('is for the store that the request names, if this dialect serves it', async () => {
    expect((await send({}, { body: good, headers: { store: 'AT' } })).seen?.channel.id).toBe('at')
    expect((await send({}, { body: good, query: '_store=AT' })).seen?.wire.channel).toBe('at')
    expect((await send({}, { body: good, headers: { store: 'US' } })).seen?.channel.id).toBe('de')
    expect((await send({}, { body: good, headers: { store: 'unknown' } })).seen?.channel.id).toBe('de')
  })

  it('to a page that is none is plain text', async () => {
    const { response } = await send({}, { body: good, query: 'page[offset]=0&page[limit]=0' })
    expect(response).toMatchObject({ status: 400, body: 'Pagination parameters are invalid.' })
  })

  it('never meets a NUL in an id', async () => {
    const { seen } = await send({}, { body: good, params: { uuid: 'a\0b' } })
    expect(seen?.params.uuid).toBe('a\uFFFDb')
  })
})

describe('If-Match', () => {
  async function check(header: string | undefined, current: string | undefined) {
    const headers = header === undefined ? undefined : { 'if-match': header }
    const { seen } = await send({}, { body: good, ...(headers === undefined ? {} : { headers }) })
    return seen === undefined ? undefined : checkIfMatch(seen, current)
  }

  it.each(['"abc"', 'abc', 'W/"abc"', '"x", "abc"', '*'])('accepts %s for the tag "abc"', async header => {
    expect(await check(header, '"abc"')).toEqual(ok(null))
  })

  it('is needed', async () => {
    const missing = refuse({ code: '005', detail: 'If-Match header is missing.', status: 428 })
    expect(await check(undefined, '"abc"')).toEqual(missing)
    expect(await check('', '"abc"')).toEqual(missing)
  })

  it('must fit, and fits nothing that is not there', async () => {
    const wrong = refuse({ code: '006', detail: 'If-Match header value is invalid.', status: 412 })
    expect(await check('"old"', '"abc"')).toEqual(wrong)
    expect(await check('"abc"', undefined)).toEqual(wrong)
  })
})
