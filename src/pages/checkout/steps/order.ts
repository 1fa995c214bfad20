import type { Order } from '../../../core/orders/order.js'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html } from '../../html.js'
import { paymentLink } from '../embedded/payment-page.js'
import { changing, goTo, type Look, lookOf, type PageCall, showing } from '../page-call.js'
import { addressOf, carrying, firstOpenStep } from '../progress.js'
import { respondRefusal } from '../refusals.js'
import { addressLines } from '../render/address.js'
import { respondPage } from '../render/layout.js'
import { accountSection } from './account.js'
import { methodName } from './payment.js'
import { triedOf } from './whereabouts.js'

/** How often a page looks again while a payment is being checked, seconds. Ours. */
const lookAgainSeconds = 5

/**
 * GET /pay/:cart/order: 200, what became of the order: confirmed, waiting for its payment, or called off; a confirmed one
 * leads on to the shop's own page where a link named one. 303 to the first open step while there is none.
 */
export const getOrder = showing(async (call, view) => drawOrder(call, view))

/** Draws the order as it stands, with what the form for an account says, where that was sent. */
export function drawOrder(
  call: PageCall,
  view: PurchaseView,
  account: Parameters<typeof accountSection>[3] = {},
): WireResponse {
  const { order } = view
  if (order === undefined) {
    const tried = triedOf(view.cart.cart)
    return goTo(tried === undefined ? call.path(firstOpenStep(view)) : `${call.path('payment')}?tried=${tried}`)
  }
  switch (order.status) {
    case 'confirmed':
      return drawConfirmed(call, view, order, account)
    case 'pending':
      return drawWaiting(call, view)
    default:
      return drawCanceled(call, view)
  }
}

/** POST /pay/:cart/another-way: calls off an order that waits for its payment; 303 to the choice of another. */
export const postAnotherWay = changing(async call => {
  const { operations, caller, cartId } = call
  const read = await operations.readPurchase(caller, { id: cartId })
  if (!read.ok) return respondRefusal(call, read.error)
  const { order } = read.value
  if (order === undefined || order.status !== 'pending') return goTo(call.path('order'))
  const canceled = await operations.cancelOrder(caller, { id: order.id, reason: 'canceled_by_shopper' })
  return goTo(call.path(canceled.ok ? 'payment' : 'order'))
})

/**
 * GET /pay/:cart/return: where a payment page sends the shopper back to, with its proof in the query. 303 to the order,
 * which says what came of it; to the choice of another way to pay where it failed.
 */
export const getReturn = showing(async (call, { order }) => {
  if (order === undefined) return goTo(call.path('order'))
  const payload = { ...Object.fromEntries(call.wire.query), type: 'payment-confirmation' }
  await call.operations.confirmPayment(call.caller, { order: order.number, payload })
  return goTo(call.path('order'))
})

function drawConfirmed(
  call: PageCall,
  view: PurchaseView,
  order: Order,
  account: Parameters<typeof accountSection>[3],
): WireResponse {
  const seen = lookOf(call, view)
  const onward = onwardUrl(call, order)
  const look = onward === undefined ? seen : { ...seen, brand: { ...seen.brand, shopUrl: onward } }
  const { words, brand } = look
  const { firstName } = view.cart.cart.buyer
  const title = firstName === undefined ? words.order.thanks : words.order.thanksName(firstName)
  const body = html`<section class="card"><p>${words.order.placed}</p>
<dl class="facts">${orderRows(view, order, look)}</dl></section>
${brand.farewell === undefined ? undefined : html`<section class="card"><p>${brand.farewell}</p></section>`}
${accountSection(call, view, look, account)}
${backToShop(look)}`
  // Not a redirect: browsers let what a form began lead to our own origin alone.
  const headers = onward === undefined || call.wire.frame !== undefined ? {} : { refresh: `0; url=${onward}` }
  return respondPage({ look, view, title, body, errors: account.errors ?? [], headers })
}

/** The page of the shop that takes over from here, told which order it was; undefined where the shop has none. */
function onwardUrl({ pass }: PageCall, { id }: Order): string | undefined {
  if (pass.doneUrl === undefined || !URL.canParse(pass.doneUrl)) return undefined
  const url = new URL(pass.doneUrl)
  url.searchParams.set('orderId', id)
  return url.href
}

function orderRows({ cart }: PurchaseView, order: Order, look: Look): readonly Html[] {
  const { words } = look
  const row = (label: string, value: Html) => html`<div><dt>${label}</dt><dd>${value}</dd></div>
`
  const shipments = carrying(cart).flatMap(({ consignment, selected }) => {
    const address = addressOf(consignment)
    return [
      ...(address === undefined || selected?.pickupPointId !== undefined
        ? []
        : [row(words.review.deliverTo, addressLines(address, look, 'lines'))]),
      ...(selected === undefined ? [] : [row(words.review.by, html`${selected.name}`)]),
    ]
  })
  const methods = cart.payments.map(({ method }) => {
    const instructions =
      method.instructions === undefined ? undefined : html`<br><span class="quiet">${method.instructions}</span>`
    return row(words.review.payBy, html`${methodName(method, cart, words)}${instructions}`)
  })
  const email = order.email === undefined ? [] : [row(words.order.contact, html`${order.email}`)]
  return [row(words.order.number, html`<b>${order.number}</b>`), ...email, ...shipments, ...methods]
}

/** The shopper still has to go to a payment page, or a gateway has not said yet what became of it. */
function drawWaiting(call: PageCall, view: PurchaseView): WireResponse {
  const look = lookOf(call, view)
  const { words } = look
  const open = view.payments.find(({ state, orderId }) => state === 'requires_action' && orderId === view.order?.id)
  const another = html`<form method="post" action="${call.path('another-way')}"><input type="hidden" name="csrf" value="${call.csrf}"><button>${words.order.anotherWay}</button></form>`
  if (open?.redirectUrl !== undefined) {
    const body = html`<section class="card"${call.wire.frame === undefined ? undefined : html` data-polls="${call.path('order')}"`}><p>${words.order.openPaymentText}</p><div class="actions">${another}${paymentLink(call, open.redirectUrl, words)}</div></section>`
    return respondPage({ look, view, title: words.order.openPayment, body })
  }
  const body = html`<section class="card" data-polls="${call.path('order')}"><span class="wait" aria-hidden="true"></span><p role="status">${words.order.checkingText}</p>
<p><a class="button" href="${call.path('order')}">${words.order.lookAgain}</a></p></section>`
  return respondPage({ look, view, title: words.order.checking, refresh: lookAgainSeconds, body })
}

function drawCanceled(call: PageCall, view: PurchaseView): WireResponse {
  const look = lookOf(call, view)
  const { words } = look
  const body = html`<section class="card"><p>${words.order.canceledText}</p>${backToShop(look)}</section>`
  return respondPage({ look, view, title: words.order.canceled, body })
}

function backToShop({ brand, words }: Look): Html | undefined {
  return brand.shopUrl === undefined
    ? undefined
    : html`<p class="after"><a class="button" href="${brand.shopUrl}">${words.order.backToShop}</a></p>`
}
