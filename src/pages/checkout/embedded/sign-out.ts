import { randomUUID } from 'node:crypto'
import { type Html, html } from '../../html.js'
import { changing, goTo, type PageCall, withPass } from '../page-call.js'
import { respondRefusal } from '../refusals.js'

/**
 * POST /pay/:cart/sign-out: 303 to the details; the goods stay with this browser, and nothing of the customer's does. A
 * new pass, so that the one of before opens nothing more than the cart. To the order, where there is one.
 */
export const postSignOut = changing(async call => {
  const { operations, caller, cartId } = call
  const read = await operations.readPurchase(caller, { id: cartId })
  if (!read.ok) return respondRefusal(call, read.error)
  if (read.value.order !== undefined || caller.kind !== 'member') return goTo(call.path(''))
  const to = { kind: 'guest', guestKey: `checkout-page-${randomUUID()}` } as const
  const released = await operations.releaseCart(caller, { cart: { key: { id: cartId } }, to })
  if (!released.ok) return respondRefusal(call, released.error)
  const { nonce: _spent, customerId: _who, provenAt: _when, ...said } = call.pass
  const next = await withPass(call, said)
  return goTo(`${next.call.path('details')}?signed=out`, next.headers)
})

/** What the button "Sign out" of another form sends. */
export function signOutForm(call: PageCall): Html {
  return html`<form method="post" action="${call.path('sign-out')}" id="sign-out"><input type="hidden" name="csrf" value="${call.csrf}"></form>`
}
