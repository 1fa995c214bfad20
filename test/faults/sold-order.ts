import { expect } from 'vitest'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { addresses, admin, paidBy, threeTotes } from '../wire/spree/shop.js'

/** An order whose card was charged or only reserved, as the dialect with an API for both names it. */
export interface Sold {
  readonly number: string
  readonly payment: string
}

/** Three totes, tax and delivery: cents, and as the dialect writes them. */
export const soldFor = { amount: 5_537n, text: '55.37' } as const

async function send(url: string, method: string, headers: Readonly<Record<string, string>>, body: object = {}) {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const json: ReturnType<typeof JSON.parse> = await answer.json()
  return { status: answer.status, json }
}

/** Somebody buys three totes by card. */
export async function sell(baseUrl: string): Promise<Sold> {
  const made = await send(`${baseUrl}/api/orders`, 'POST', {}, { order: { line_items: threeTotes } })
  const { number, token } = made.json
  let answer = made
  for (const body of [{}, addresses, {}, paidBy(), {}]) {
    answer = await send(`${baseUrl}/api/checkouts/${number}`, 'PUT', { 'x-spree-order-token': token }, body)
    expect(answer.status, JSON.stringify(answer.json)).toBe(200)
  }
  expect(answer.json.state).toBe('complete')
  return { number, payment: answer.json.payments[0].number }
}

/** A merchant moves the money of an order: `capture`, `credit`, `void`. */
export function act(baseUrl: string, { number, payment }: Sold, action: string, body: object = {}) {
  const url = `${baseUrl}/api/orders/${number}/payments/${payment}/${action}`
  return send(url, 'PUT', { 'x-spree-token': admin }, body)
}

/** As `act`; whoever is answered at all is answered well. */
export async function acted(baseUrl: string, sold: Sold, action: string, body: object = {}): Promise<void> {
  expect((await act(baseUrl, sold, action, body)).status).toBe(200)
}

/** What the tables say of the only payment of an order. */
export async function moneyOf(storage: OpenStorage, { number }: Sold) {
  const order = await storage.orders.read({ number })
  const [payment, ...more] = await storage.payments.ofOrder(order?.id ?? '')
  expect(more).toEqual([])
  return { captured: payment?.captured, refunded: payment?.refunded, step: payment?.step, state: payment?.state }
}
