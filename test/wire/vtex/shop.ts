import { expect } from 'vitest'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { spec, specFaults, specPath } from './checkout-spec.js'
import { filledIn, listedAs } from './listed-errors.js'

if (spec === undefined) process.stderr.write(`not checked against the VTEX description: ${specPath} is absent\n`)

/** Key and token of the demo store, with every right. */
export const demoKey = { 'X-VTEX-API-AppKey': 'demo-vtex-key', 'X-VTEX-API-AppToken': 'demo-vtex-token' }

export const checkoutPath = '/api/checkout/pub'

/** A browser that speaks this API: keeps cookies, and checks each answer against the published description. */
export interface VtexClient {
  readonly cookies: Map<string, string>
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>
  /** A call on one orderForm, below its path. */
  form(
    id: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<TestAnswer>
  /** A new orderForm with these items; its id. */
  begin(items?: readonly { readonly id: string; readonly quantity: number }[]): Promise<string>
}

/** A client that nobody knows yet. */
export function clientOf(getServer: () => TestServer): VtexClient {
  const cookies = new Map<string, string>()
  const send: VtexClient['send'] = async (method, path, body, headers = {}) => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await getServer().request(method, path, {
      headers: {
        'content-type': 'application/json',
        ...(jar === '' ? {} : { cookie: jar }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    keepCookies(cookies, answer.headers['set-cookie'] ?? '')
    expect(specFaults(method, path, answer.status, answer.json)).toEqual([])
    return answer
  }
  const form: VtexClient['form'] = (id, method, path, body, headers) =>
    send(method, `${checkoutPath}/orderForm/${id}${path}`, body, headers)
  return {
    cookies,
    send,
    form,
    async begin(items = []) {
      const made = await send('POST', `${checkoutPath}/orderForm?forceNewCart=true`, {})
      const id: string = made.json.orderFormId
      if (items.length > 0) {
        const orderItems = items.map(item => ({ ...item, seller: '1' }))
        expect((await form(id, 'POST', '/items', { orderItems })).status).toBe(200)
      }
      return id
    },
  }
}

/** Several cookies come joined; values of ours hold no comma. */
function keepCookies(jar: Map<string, string>, header: string): void {
  for (const cookie of header.split(/,\s*(?=[\w.-]+=)/)) {
    const match = /^([^=;]+)=([^;]*)/.exec(cookie)
    if (match?.[1] !== undefined) jar.set(match[1], match[2] ?? '')
  }
}

/** What every error looks like. */
export function errorBody(code: string, message: string) {
  return {
    fields: {},
    error: { code, message, exception: null },
    operationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  }
}

/**
 * The answer is that error, whole: status, code, words and nothing else, as the table in `docs/dialects/vtex.md` has it.
 *
 * @param values  what the words name; without any, they may name anything
 */
export function expectError(answer: TestAnswer, code: string, ...values: readonly string[]): void {
  const rows = listedAs(code)
  const said = rows.find(row => row.status === answer.status && saying(row, values).test(answer.json?.error?.message))
  const { status, words } = said ?? rows[0] ?? { status: 0, words: '' }
  expect([answer.status, answer.json]).toEqual([
    status,
    errorBody(code, expect.stringMatching(saying({ words }, values))),
  ])
}

function saying({ words }: { readonly words: string }, values: readonly string[]): RegExp {
  const text = filledIn(words, values).replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${text.replace(/\{\d\}/g, '.+')}$`)
}
