import { beforeEach, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'

const adminKey = 'a-key-that-nobody-guesses'
const bearer = { authorization: `Bearer ${adminKey}` }
const path = '/admin/v1/events'

describeOnEachDatabase(
  'events by the admin API',
  server => {
    beforeEach(async () => {
      await server().storage.sql.query('delete from outbox')
    })

    const emit = (type: string, subject: string, n: number) =>
      server().storage.outbox.add({ type, subject, data: { n } })
    const get = (query = '') => server().request('GET', `${path}${query}`, { headers: bearer })
    const acknowledge = (body?: string | object) =>
      server().request('DELETE', path, {
        headers: { ...bearer, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body }),
      })
    const idsOf = async () => (await get()).json.events.map((event: { id: string }) => event.id)

    describe('GET /admin/v1/events', () => {
      it('answers the oldest, whole, as often as one asks', async () => {
        await emit('order.placed', 'o-1', 1)
        await emit('customer.sign_in_requested', 'c-1', 2)
        const answer = await get()
        expect(answer.status).toBe(200)
        expect(answer.headers).toMatchObject({
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'no-store',
        })
        const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/)
        const id = expect.stringMatching(/^[1-9]\d*$/)
        expect(answer.json).toEqual({
          events: [
            { id, type: 'order.placed', subject: 'o-1', data: { n: 1 }, at },
            { id, type: 'customer.sign_in_requested', subject: 'c-1', data: { n: 2 }, at },
          ],
        })
        expect((await get()).text).toBe(answer.text)
      })

      it('answers as many as are asked for, of one type', async () => {
        for (let n = 1; n <= 3; n += 1) await emit('cart.changed', 'a', n)
        await emit('order.placed', 'o', 4)
        const numbers = async (query: string) =>
          (await get(query)).json.events.map(({ data }: { data: { n: number } }) => data.n)
        expect(await numbers('?limit=2')).toEqual([1, 2])
        expect(await numbers('?limit=1000')).toEqual([1, 2, 3, 4])
        expect(await numbers('?limit=1&type=order.placed')).toEqual([4])
        expect(await numbers('?type=order.canceled')).toEqual([])
      })

      it.each(['limit=0', 'limit=1001', 'limit=-1', 'limit=1.5', 'limit=ten', 'limit=', 'type=', 'type=a%27b'])(
        'refuses ?%s',
        async query => {
          const answer = await get(`?${query}`)
          const message = 'Ask with ?limit= of 1 to 1000, and ?type= of one type such as order.confirmed.'
          expect(answer.json).toEqual({ errors: [{ code: 'invalid', message }] })
          expect(answer.status).toBe(422)
        },
      )
    })

    describe('DELETE /admin/v1/events', () => {
      it('takes away what is named, once, and counts what is not there', async () => {
        await emit('order.placed', 'o-1', 1)
        await emit('order.placed', 'o-2', 2)
        const [first, second] = await idsOf()
        const answer = await acknowledge({ ids: [first, first, '999999999999999999'] })
        expect(answer.json).toEqual({ deleted: 1, unknown: 1, waiting: 0 })
        expect(answer.status).toBe(200)
        expect(answer.headers['cache-control']).toBe('no-store')
        expect(await idsOf()).toEqual([second])
        expect((await acknowledge({ ids: [first] })).json).toEqual({ deleted: 0, unknown: 1, waiting: 0 })
      })

      it('keeps what has an older one of its subject before it', async () => {
        await emit('order.placed', 'o-1', 1)
        await emit('order.confirmed', 'o-1', 2)
        const [first, second] = await idsOf()
        expect((await acknowledge({ ids: [second] })).json).toEqual({ deleted: 0, unknown: 0, waiting: 1 })
        expect(await idsOf()).toEqual([first, second])
        expect((await acknowledge({ ids: [second, first] })).json).toEqual({ deleted: 2, unknown: 0, waiting: 0 })
        expect(await idsOf()).toEqual([])
      })

      it.each([
        ['no body', undefined],
        ['what is no JSON', '{"ids":['],
        ['no list', { ids: '1' }],
        ['an empty list', { ids: [] }],
        ['numbers', { ids: [1] }],
        ['what is no id', { ids: ['1', 'x'] }],
        ['more digits than an id has', { ids: ['1'.repeat(19)] }],
        ['too many', { ids: Array.from({ length: 1_001 }, (_, n) => `${n + 1}`) }],
      ])('refuses %s, and takes nothing away', async (_what, body) => {
        await emit('order.placed', 'o-1', 1)
        const before = await idsOf()
        const answer = await acknowledge(body)
        const message = 'Send {"ids": ["1", ...]}: 1 to 1000 ids of events, as texts.'
        expect(answer.json).toEqual({ errors: [{ code: 'invalid', message }] })
        expect(answer.status).toBe(422)
        expect(await idsOf()).toEqual(before)
      })
    })

    it.each([
      ['no key', {}],
      ['another key', { authorization: 'Bearer something-else-entirely' }],
      ['a key of a shop API', { 'x-auth-token': 'demo-bigcommerce-token' }],
    ])('%s opens neither', async (_what, headers) => {
      await emit('order.placed', 'o-1', 1)
      const before = await idsOf()
      for (const method of ['GET', 'DELETE']) {
        const answer = await server().request(method, path, {
          headers: { ...headers, 'content-type': 'application/json' },
          ...(method === 'DELETE' ? { body: { ids: before } } : {}),
        })
        const message = 'Send the admin key as "Authorization: Bearer <key>".'
        expect(answer.json).toEqual({ errors: [{ code: 'unauthorized', message }] })
        expect(answer.status).toBe(401)
      }
      expect(await idsOf()).toEqual(before)
    })

    it.each([
      ['nobody in particular', { kind: 'anonymous' } as const, { code: 'sign_in_required' }],
      [
        'a key that may see orders alone',
        { kind: 'key', keyId: 'k', permissions: ['orders:read', 'orders:write'] } as const,
        { code: 'forbidden' },
      ],
    ])('%s has no right to them', async (_who, caller, error) => {
      const { operations } = server()
      expect(await operations.listEvents(caller, { limit: 1 })).toMatchObject({ ok: false, error })
      expect(await operations.acknowledgeEvents(caller, { ids: [1n] })).toMatchObject({ ok: false, error })
    })
  },
  { environment: { POLYTILL_ADMIN_KEY: adminKey } },
)
