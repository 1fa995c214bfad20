import { expect } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { type Browser, payByCard, readyCheckout, signedIn, submit } from './browser.js'

export const visa = '4111111111111111'
export const mastercard = '5555555555554444'
const given = { account_name: 'Ana Ruiz', month: 12, year: 2040, verification_value: '123' }

/** Body of a payment by a card that shall be stored, as the Checkout SDK sends it. */
export const storing = (number: string, more: object = {}) => ({
  payment: {
    gateway: 'bigpaypay',
    method: 'zzzblackhole',
    vault_payment_instrument: true,
    credit_card: { ...given, number },
    ...more,
  },
})

/** Body of a payment by a stored card, as the Checkout SDK sends it. */
export const stored = (token: string, more: object = {}, besides: object = {}) => ({
  payment: {
    gateway: 'bigpaypay',
    method: 'zzzblackhole',
    bigpay_token: { token, verification_value: '123', ...more },
    ...besides,
  },
})

/** An order of this browser, submitted and not paid. */
export async function submitted(browser: Browser): Promise<TestAnswer> {
  return submit(browser, (await readyCheckout(browser)).id)
}

/** Pays an order as the SDK does, with this body. */
export function payBy(browser: Browser, order: TestAnswer, payment: Readonly<Record<string, unknown>>) {
  return payByCard(browser, order, { number: visa }, payment)
}

/** A new order that stores this card. */
export async function storeCard(browser: Browser, number = visa, more: object = {}): Promise<TestAnswer> {
  const paid = await payBy(browser, await submitted(browser), storing(number, more))
  expect([paid.status, paid.json]).toEqual([200, { status: 'ok', errors: [] }])
  return paid
}

/** What the SDK has of a signed-in customer before it asks for stored cards. */
export interface Vault {
  readonly authorization: string
  readonly shopperId: number
  list(): Promise<TestAnswer>
  delete(token: string): Promise<TestAnswer>
}

const currency = '?currency_code=USD'

/** Paths of the payments host, as the platform's client makes them. */
export function instrumentPaths(shopperId: number, storeId = 1) {
  const path = `stores/${storeId}/shoppers/${shopperId}/instruments`
  return {
    list: `/api/v3/${path}${currency}`,
    trusted: `/api/v3/${path}/trusted_shipping_address${currency}`,
    one: (token: string) => `/api/v2/${path}/${token}${currency}`,
  }
}

export async function openVault(browser: Browser): Promise<Vault> {
  const carts = await browser.send('GET', '/api/storefront/carts')
  const id = carts.json[0]?.id ?? (await readyCheckout(browser)).id
  const checkout = await browser.send('GET', `/api/storefront/checkout/${id}`)
  const shopperId: number = checkout.json.customer.id
  const answer = await browser.send('GET', '/internalapi/v1/checkout/payments/vault-access-token')
  expect(answer.status).toBe(200)
  const authorization: string = answer.json.data.token
  const headers = { authorization, accept: 'application/json', cookie: '', 'x-xsrf-token': '' }
  const paths = instrumentPaths(shopperId)
  return {
    authorization,
    shopperId,
    list: () => browser.send('GET', paths.list, { headers }),
    delete: token => browser.send('DELETE', paths.one(token), { headers }),
  }
}

/** A new customer with these cards stored; the last one comes first. */
export async function customerWithCards(browser: Browser, numbers: readonly string[] = [visa]) {
  const account = await signedIn(browser)
  for (const number of numbers) await storeCard(browser, number)
  const vault = await openVault(browser)
  const listed = await vault.list()
  const tokens: readonly string[] = listed.json.vaulted_instruments.map(
    (one: { bigpay_token: string }) => one.bigpay_token,
  )
  expect(tokens).toHaveLength(numbers.length)
  return { account, vault, tokens, token: tokens[0] ?? '' }
}

/** As the Checkout SDK reads a stored card. */
export const instrument = (more: object = {}) => ({
  bigpay_token: expect.stringMatching(/^[0-9a-f]{64}$/),
  provider: 'bigpaypay',
  method: 'credit_card',
  method_type: 'card',
  brand: 'visa',
  iin: '',
  last_4: '1111',
  expiry_month: '12',
  expiry_year: '2040',
  default_instrument: false,
  trusted_shipping_address: true,
  ...more,
})
