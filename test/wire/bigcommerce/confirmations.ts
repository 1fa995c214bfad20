import { expect } from 'vitest'
import { pageShopper, pathOf, type SeenPage } from '../../pages/page-shopper.js'
import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { type Browser, payByCard, readyCheckout, submit } from './browser.js'

/** What a browser sends that opens an address. */
export const page = { accept: 'text/html,application/xhtml+xml', 'content-type': '' }

/** The card whose issuer wants a confirmation on a page of its own. */
export const confirmedCard = { number: '4000000000003220' }

/** One line that people read where an order is not theirs to see. */
export const noOrder =
  'This browser has no order under this address, or the link was used already. An order that was placed stands all the same.'

/** The whole answer leads on, keeps nothing, and tells nobody where it was asked. */
export function targetOf(server: TestServer, answer: TestAnswer, cartId: string): string {
  expect([answer.status, answer.text]).toEqual([302, ''])
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store, no-cache, must-revalidate',
    'referrer-policy': 'no-referrer',
  })
  const { location = '' } = answer.headers
  expect(location.startsWith(`${server.baseUrl}/pay/${cartId}`), location).toBe(true)
  return pathOf(location)
}

/** The page to which the answer leads, with its own headers; a browser's cookie for it is new each time. */
export async function shown(server: TestServer, answer: TestAnswer, cartId: string): Promise<SeenPage> {
  const seen = await pageShopper(() => server).open(targetOf(server, answer, cartId))
  expect(seen.headers).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-content-type-options': 'nosniff',
  })
  expect(seen.headers['referrer-policy']).toMatch(/^(no-referrer|same-origin)$/)
  return seen
}

/** The dialect's 404 for people: a page in no frame that names no order. */
export function expectNoOrder(answer: TestAnswer): void {
  expect([answer.status, answer.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
  expect(answer.headers).toMatchObject({
    'cache-control': 'no-store, no-cache, must-revalidate',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
  expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/)
  expect(answer.text).toContain(`<h1>No order to show</h1><p>${noOrder}</p>`)
  expect(answer.text).not.toContain('<script')
}

/** An order by an offline method, in that browser. */
export async function boughtOffline(browser: Browser): Promise<{ readonly id: string; readonly orderId: number }> {
  const { id } = await readyCheckout(browser)
  const submitted = await submit(browser, id, 'cod')
  expect(submitted.status).toBe(201)
  return { id, orderId: submitted.json.data.order.orderId }
}

/**
 * An order whose card the issuer wants confirmed; `decide` chooses on its page and says where that leads.
 *
 * @param gateway  `silent`: it notifies so late that only the shopper's way back can tell
 */
export async function atIssuer(server: TestServer, browser: Browser, gateway: 'silent' | 'telling' = 'telling') {
  const { id } = await readyCheckout(browser)
  const submitted = await submit(browser, id)
  const { orderId } = submitted.json.data.order as { readonly orderId: number }
  const page = gateway === 'telling' ? await sentByCard(browser, submitted) : await sentSilently(server, orderId)
  const issuer = pathOf(page)
  const decide = async (decision: 'approved' | 'declined' | 'canceled'): Promise<string> => {
    const decided = await server.request('POST', issuer, {
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: `decision=${decision}`,
    })
    expect(decided.status).toBe(303)
    return pathOf(decided.headers.location ?? '')
  }
  return { id, orderId, submitted, issuer, decide }
}

async function sentByCard(browser: Browser, submitted: TestAnswer): Promise<string> {
  const answer = await payByCard(browser, submitted, confirmedCard)
  expect(answer.json.status).toBe('additional_action_required')
  return answer.json.additional_action_required.data.redirect_url
}

/** No card's number asks the test gateway for that. */
async function sentSilently(server: TestServer, orderId: number): Promise<string> {
  const order = await server.storage.orders.read({ number: orderId.toString() })
  const paid = await server.operations.payByCard(
    { kind: 'system' },
    {
      id: order?.id ?? '',
      method: 'bigpaypay',
      card: { kind: 'given', instrument: { mode: 'redirect_notify_late' } },
      placement: {
        capture: true,
        returnUrl: `${server.baseUrl}/checkout/order-confirmation/${orderId.toString()}`,
        idempotencyKey: `confirmation of ${orderId.toString()}`,
      },
    },
  )
  if (!paid.ok) throw new Error(paid.error.code)
  return paid.value.redirectUrl ?? ''
}
