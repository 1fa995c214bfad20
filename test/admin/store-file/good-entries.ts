import { linesOf, problemsOf, shortChannel } from './recording-store.js'

// One good entry of each kind, as short as it may be; the cases change one thing of it.

export const variant = { kind: 'variant', sku: 'A', variantId: 1, productId: 1, name: 'A' }
export const coupon = { code: 'TEN', integerId: 1 }
export const promotion = {
  kind: 'promotion',
  id: 'ten',
  integerId: 1,
  name: 'Ten',
  channels: ['de'],
  benefits: [{ kind: 'percent_off_order', rate: '10' }],
}
export const method = { id: 'post', integerId: 1, name: 'Post', carrier: 'Post', prices: { EUR: '4.90' } }
export const payment = {
  id: 'card',
  integerId: 1,
  name: 'Card',
  providerName: 'P',
  provider: 'sandbox',
  paymentKind: 'card',
}
export const card = { kind: 'gift_card', code: 'GIFT', integerId: 1, name: 'Card', channels: ['de'], amount: '5.00' }
export const customer = {
  kind: 'customer',
  integerId: 1,
  reference: 'DE--1',
  email: 'a@example.com',
  password: 'change123',
}
export const credential = { kind: 'credential', subject: 'key', secret: 'long enough' }
export const place = {
  country: 'DE',
  postalCode: '10115',
  place: 'Berlin',
  subdivision: 'BE',
  subdivisionName: 'Berlin',
}
export const zone = { id: 'z', name: 'Z' }
export const rate = { id: 'r', integerId: 1, name: 'R', rate: '19', taxClasses: ['standard'] }

/** A title, an entry, and what is said of it. */
export type Case = readonly [string, Readonly<Record<string, unknown>>, ...string[]]

/** What is said of `entry` on line 3, behind a good channel and a good variant. */
export async function said(entry: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const text = linesOf({ kind: 'channel', ...shortChannel }, variant, entry)
  const problems = await problemsOf('json_lines', text)
  return problems.map(problem => problem.replace(/^3:\d+ /, ''))
}
