import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LiveStep, liveCheckouts } from '../../src/pages/start/live-checkouts.js'
import { requestTemplate } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'

/** What the start page runs works on the demo store, without a browser in between. */
describe('purchases that the start page shows', () => {
  let server: TestServer | undefined
  beforeAll(async () => {
    await requestTemplate()
    server = await startTestServer({})
  })
  afterAll(() => server?.close())

  it.each(liveCheckouts.map(plan => ({ name: plan.dialect, plan })))('$name: every step is taken', async ({ plan }) => {
    const before = await ordersOf(server)
    const kept = new Map<string, unknown>([['shopper', plan.dialect]])
    const cookies = new Map<string, string>()
    for (const step of plan.steps) {
      const { headers = {}, body } = step
      const answer = await server?.request(step.method, String(filled(step.path, kept)), {
        headers: {
          'content-type': 'application/json',
          ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(filled(value, kept))])),
          cookie: [...cookies].map(pair => pair.join('=')).join('; '),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(filled(body, kept)) }),
      })
      expect([200, 201, 204], `${step.title}: ${answer?.text}`).toContain(answer?.status)
      for (const cookie of answer?.cookies ?? []) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/)
        cookies.set(name, value)
      }
      keep(step, answer?.json, kept)
    }
    expect(String(kept.get('order'))).toMatch(/^\S{2,}$/)
    expect(await ordersOf(server)).toBe(before + 1)
  })

  it('asks nothing of a place that is not here', () => {
    for (const { steps } of liveCheckouts) for (const { path } of steps) expect(path).toMatch(/^\/[a-z]/)
  })
})

async function ordersOf(server: TestServer | undefined): Promise<number> {
  const found = await server?.storage.sql.query<{ orders: number }>(
    `select count(*)::integer as orders from orders where status = 'confirmed'`,
  )
  return found?.rows[0]?.orders ?? -1
}

/** The same as the page's script: `{{name}}` alone is the value itself, within a text it is text. */
function filled(value: unknown, kept: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map(each => filled(each, kept))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, kept)]))
  }
  if (typeof value !== 'string') return value
  const [, whole] = /^\{\{(\w+)\}\}$/.exec(value) ?? []
  return whole === undefined
    ? value.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => String(kept.get(name)))
    : kept.get(whole)
}

function keep({ keep: wanted = {} }: LiveStep, json: unknown, kept: Map<string, unknown>): void {
  for (const [name, where] of Object.entries(wanted)) {
    const value = where.split('.').reduce<unknown>((at, key) => Object(at)[key], json)
    expect(value, `${name} at ${where}`).toBeDefined()
    kept.set(name, value)
  }
}
