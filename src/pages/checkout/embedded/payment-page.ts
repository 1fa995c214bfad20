import { type Html, html } from '../../html.js'
import { goTo, type Look, type PageCall, passHeaders, showing } from '../page-call.js'

/**
 * The way to the payment page of a gateway. Those refuse to be shown in a frame: from one it opens in a window of its own,
 * and the frame waits for what comes of it.
 */
export function paymentLink(call: PageCall, redirectUrl: string, words: Look['words']): Html {
  const { toPayment } = words.order
  return call.wire.frame === undefined
    ? html`<a class="button go" href="${redirectUrl}">${toPayment}</a>`
    : html`<a class="button go" href="${call.path('payment-page')}" target="_blank" rel="noopener">${toPayment}</a>`
}

/**
 * GET /pay/:cart/payment-page: 303 to the payment page that an order waits for, and to the order where it waits for none.
 * The window that goes there gets the page's cookie, so that it may come back; the gateway sees no pass.
 */
export const getPaymentPage = showing(async (call, { order, payments }) => {
  const open = payments.find(({ state, orderId }) => state === 'requires_action' && orderId === order?.id)
  if (open?.redirectUrl === undefined) return goTo(call.path('order'))
  const { nonce: _frames, ...said } = call.pass
  return goTo(open.redirectUrl, await passHeaders(call, said))
})
