import { expect } from 'vitest'
import type { TestAnswer } from '../../support/test-server.js'
import { type SpecName, specFaults } from './wix-spec.js'

/** What an endpoint takes and answers, by the names of the machine-readable facts. */
interface Exchange {
  readonly spec: SpecName
  readonly request?: string
  readonly response: string
}

const family = '(?:/ecom/v1|/_api/ecom-cart/v1)'
const orders = '(?:/ecom/v1|/_api/ecom-orders/v1)'
const payments = '(?:/ecom/v1|/_api/ecom-payments/v1)/payments'
const id = '[0-9a-f-]{36}'

/** First match counts. */
const exchanges: readonly (readonly [method: string, path: string, exchange: Exchange])[] = [
  ['POST', '/ecom/v1/checkouts', of('checkout', 'CreateCheckout')],
  ['GET', `/ecom/v1/checkouts/by-cart-id/${id}`, of('checkout', 'GetCheckoutByCartId')],
  ['GET', `/ecom/v1/checkouts/${id}`, of('checkout', 'GetCheckout')],
  ['PATCH', `/ecom/v1/checkouts/${id}`, of('checkout', 'UpdateCheckout')],
  ['GET', `/ecom/v1/checkouts/${id}/checkout-url`, of('checkout', 'GetCheckoutURL')],
  ['GET', `/ecom/v1/checkouts/${id}/wix-checkout-url`, of('checkout', 'GetWixCheckoutURL')],
  ['POST', `/ecom/v1/checkouts/${id}/add-to-checkout`, of('checkout', 'AddToCheckout')],
  ['POST', `/ecom/v1/checkouts/${id}/update-line-items-quantity`, of('checkout', 'UpdateLineItemsQuantity')],
  ['POST', `/ecom/v1/checkouts/${id}/remove-line-items`, of('checkout', 'RemoveLineItems')],
  ['POST', `/ecom/v1/checkouts/${id}/remove-coupon`, of('checkout', 'RemoveCoupon')],
  ['POST', `/ecom/v1/checkouts/${id}/remove-gift-card`, of('checkout', 'RemoveGiftCard')],
  ['POST', `/ecom/v1/checkouts/${id}/remove-override-checkout-url`, of('checkout', 'RemoveOverrideCheckoutUrl')],
  ['POST', `/ecom/v1/checkouts/${id}/mark-as-completed`, of('checkout', 'MarkCheckoutAsCompleted')],
  ['POST', `/ecom/v1/checkouts/${id}/create-order`, of('checkout', 'CreateOrder')],
  ['POST', `/ecom/v1/checkouts/${id}/create-order-and-charge`, of('checkout', 'CreateOrderAndCharge')],
  ['POST', `${family}/carts/current/add-to-cart`, of('cart', 'AddToCart')],
  ['POST', `${family}/carts/current/create-checkout`, of('cart', 'CreateCheckout')],
  ['POST', `${family}/carts`, of('cart', 'CreateCart')],
  ['GET', `${family}/carts/(current|by-checkout-id/${id}|${id})`, of('cart', 'GetCart')],
  ['PATCH', `${family}/carts/(current|${id})`, of('cart', 'UpdateCart')],
  ['DELETE', `${family}/carts/(current|${id})`, of('cart', 'DeleteCart')],
  ['POST', `${family}/carts/(current|${id})/add-to-cart`, of('cart', 'AddToCart')],
  ['POST', `${family}/carts/(current|${id})/update-line-items-quantity`, of('cart', 'UpdateLineItemsQuantity')],
  ['POST', `${family}/carts/(current|${id})/remove-line-items`, of('cart', 'RemoveLineItems')],
  ['POST', `${family}/carts/(current|${id})/remove-coupon`, of('cart', 'RemoveCoupon')],
  ['POST', `${family}/carts/(current|${id})/estimate-totals`, of('cart', 'EstimateTotals')],
  ['POST', `${family}/carts/${id}/create-checkout`, of('cart', 'CreateCheckout')],
  ['POST', `${orders}/orders/search`, of('orders', 'SearchOrders')],
  ['GET', `${orders}/orders/${id}`, of('orders', 'GetOrder')],
  ['POST', `${orders}/orders/${id}/cancel`, of('orders', 'CancelOrder')],
  ['POST', `${orders}/payments-collector/orders/${id}/mark-as-paid`, of('orders', 'MarkOrderAsPaid')],
  ['GET', `${payments}/orders/${id}`, of('transactions', 'ListTransactionsForSingleOrder')],
  ['POST', `${payments}/list-by-ids`, of('transactions', 'ListTransactionsForMultipleOrders')],
  ['POST', `${payments}/orders/${id}/add-payment`, of('transactions', 'AddPayments')],
  ['POST', '/ecom/v1/gift-cards/redeem', of('giftCards', 'RedeemGiftCard')],
  ['POST', '/ecom/v1/gift-cards/void', of('giftCards', 'VoidTransaction')],
  ['POST', '/ecom/v1/gift-cards/[^/]+', of('giftCards', 'GetGiftCard')],
  [
    'POST',
    '(?:/_api/redirects-api|/headless|/redirect-session)/v1/redirect-session',
    { spec: 'redirects', response: 'CreateRedirectSessionResponse' },
  ],
]

function of(spec: SpecName, name: string): Exchange {
  return { spec, request: `${name}Request`, response: `${name}Response` }
}

/** What was sent, and what came back. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly answer: TestAnswer
}

/**
 * An exchange as the machine-readable facts have it: what was taken and what was answered of a success, and the envelope of
 * an error. Without the facts beside the project only the envelope is looked at.
 */
export function expectAsSpecified({ method, path, body, answer }: Seen): void {
  const [bare = ''] = path.split('?')
  const found = exchanges.find(([verb, pattern]) => verb === method && new RegExp(`^${pattern}$`).test(bare))
  if (found === undefined) return
  const [, , { spec, request, response }] = found
  if (answer.status !== 200) {
    expect(envelopeFaults(answer).join('\n'), `${method} ${path}`).toBe('')
    return
  }
  expect(specFaults(spec, response, answer.json).join('\n'), `${method} ${path} answers`).toBe('')
  if (request === undefined || typeof body !== 'object') return
  // Clients repeat in the body what the path says already; it need not be there.
  const said = new Set(
    ['id', 'orderId', 'ecomOrderId', 'code', 'checkout'].map(name => `${request}.${name} is missing`),
  )
  // An empty e-mail address is as absent. Source: dialects/wix.md 3.4.
  const isIgnored = (fault: string) => said.has(fault) || fault.endsWith('.buyerInfo.email is no EMAIL: ')
  const faults = specFaults(spec, request, JSON.parse(JSON.stringify(body))).filter(fault => !isIgnored(fault))
  expect(faults.join('\n'), `${method} ${path} takes`).toBe('')
}

function envelopeFaults({ status, json }: TestAnswer): readonly string[] {
  const { applicationError, validationError } = json?.details ?? {}
  // A failure of ours says nothing, on purpose.
  if (status >= 500 && status !== 503) return json?.message === '' ? [] : ['a failure that talks']
  if (typeof json?.message !== 'string') return [`${status}: no message`]
  if (validationError !== undefined) return specFaults('checkout', 'ValidationError', validationError)
  if (applicationError === undefined) return [`${status}: no applicationError`]
  const { data } = applicationError
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  return [...specFaults('checkout', 'ApplicationError', applicationError), ...(isObject ? [] : ['data is no object'])]
}
