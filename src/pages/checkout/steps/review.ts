import type { CheckoutError } from '../../../core/errors.js'
import type { PricedConsignment } from '../../../core/pricing/priced-cart.js'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html } from '../../html.js'
import { arrivalDay } from '../arrival.js'
import { pagePath } from '../framing.js'
import {
  changing,
  goTo,
  inWantedLanguage,
  type Look,
  lookOf,
  type PageCall,
  renewedPass,
  showing,
  wishOf,
} from '../page-call.js'
import { addressOf, carrying, stepLinks } from '../progress.js'
import { respondRefusal, wordRefusal } from '../refusals.js'
import { addressLines } from '../render/address.js'
import type { FieldError, FormState } from '../render/fields.js'
import { formStart } from '../render/form.js'
import { respondPage } from '../render/layout.js'
import { cardName, needsShipping, stockMark } from '../render/summary.js'
import { factsIn } from './details.js'
import { methodName } from './payment.js'
import { whereItIs } from './whereabouts.js'

/** Longest note for the shop, characters. Ours. */
const noteLength = 1_000

/** GET /pay/:cart/review: 200, everything that is going to be bought, each with a way to change it. */
export const getReview = showing(async (call, view) => {
  const elsewhere = whereItIs(call, view, 'review')
  if (elsewhere !== undefined) return elsewhere
  return drawReview(call, view, { values: { note: view.cart.cart.customerNote ?? '' }, errors: shortLines(call, view) })
})

/**
 * POST /pay/:cart/review: places the order and leads on (303): to the payment page of a gateway, or to the order. The total
 * that the shopper saw comes along; another one is shown first (409). Sent twice, it is one order. 409 with everything
 * still there where goods or codes went to somebody else meanwhile. `do=line ID QUANTITY` takes what is left instead.
 */
export const postReview = changing(async sent => {
  const { call, headers } = await inWantedLanguage(sent)
  const wish = wishOf(call)
  if (wish?.startsWith('line ') === true) return changeLine(call, wish)
  if (wish !== undefined) return redraw(call, undefined, headers)
  const { operations, caller, cartId, form, wire } = call
  const note = (form.get('note') ?? '').trim().slice(0, noteLength)
  const total = form.get('total') ?? ''
  const placed = await operations.placeOrder(caller, {
    cart: { key: { id: cartId } },
    placement: {
      ...(/^\d{1,18}$/.test(total) ? { expectedTotal: BigInt(total) } : {}),
      customerNote: note === '' ? null : note,
      idempotencyKey: `checkout page ${cartId}`,
      returnUrl: `${wire.baseUrl}${pagePath(cartId, 'return')}`,
      clientAddress: wire.clientAddress,
      looksAtStock: true,
      requires: ['email', 'complete_addresses', 'payment'],
    },
  })
  if (!placed.ok) return afterRefusal(call, placed.error)
  const { redirectUrl } = placed.value
  // A gateway elsewhere is reached from the page of the order: browsers let a form lead to our own origin alone.
  // A frame is no place for one: from there it opens in a window of its own.
  const isOurs =
    redirectUrl !== null && wire.frame === undefined && new URL(redirectUrl).origin === new URL(wire.baseUrl).origin
  return goTo(isOurs ? redirectUrl : call.path('order'), await renewedPass(call))
})

/** Where a refused order leads: to the step that can mend it, else back here with the reason. */
async function afterRefusal(call: PageCall, error: CheckoutError): Promise<WireResponse> {
  switch (error.code) {
    case 'cart_locked':
    case 'cart_already_ordered':
    case 'payment_unknown':
      return respondRefusal(call, error)
    case 'payment_declined':
      return goTo(`${call.path('payment')}?tried=${error.reason === 'canceled_by_shopper' ? 'canceled' : 'declined'}`)
    case 'email_missing':
    case 'address_incomplete':
    case 'country_unknown':
      return goTo(call.path('details'))
    case 'payment_missing':
    case 'payment_method_unknown':
      return goTo(call.path('payment'))
    case 'shipping_option_missing':
      return goTo(call.path('delivery'))
    default:
      return redraw(call, error)
  }
}

async function redraw(
  call: PageCall,
  error: CheckoutError | undefined,
  headers: WireResponse['headers'] = {},
): Promise<WireResponse> {
  const read = await call.operations.readPurchase(call.caller, { id: call.cartId })
  if (!read.ok) return respondRefusal(call, read.error)
  const view = read.value
  if (view.order !== undefined) return goTo(call.path('order'))
  const errors = error === undefined ? shortLines(call, view) : wordRefusal(error, view.cart, lookOf(call, view))
  const page = drawReview(call, view, { values: Object.fromEntries(call.form), errors })
  const status = error === undefined ? 200 : error.code === 'too_many_attempts' ? 429 : 409
  return { ...page, status, headers: { ...page.headers, ...headers } }
}

/** Takes a line out, or as many pieces of it as are left. */
async function changeLine(call: PageCall, wish: string): Promise<WireResponse> {
  const [, lineItemId = '', quantity = ''] = wish.split(' ')
  if (!/^\d{1,6}$/.test(quantity)) return redraw(call, undefined)
  const { operations, caller, cartId } = call
  const changed = await operations.changeLineItems(caller, {
    cart: { key: { id: cartId } },
    changes: [{ lineItem: { id: lineItemId }, quantity: Number(quantity) }],
  })
  if (!changed.ok)
    return changed.error.code === 'line_not_found' ? redraw(call, undefined) : afterRefusal(call, changed.error)
  return goTo(call.path('review'), await renewedPass(call))
}

/** Lines that cannot be had as they are: told before anybody tries to buy. */
function shortLines(call: PageCall, view: PurchaseView): readonly FieldError[] {
  const problems = view.cart.problems.filter(({ code }) => code.startsWith('line_') && code !== 'line_unassigned')
  return problems.length === 0 ? [] : wordRefusal({ code: 'cart_invalid', problems }, view.cart, lookOf(call, view))
}

function drawReview(call: PageCall, view: PurchaseView, state: FormState): WireResponse {
  const look = lookOf(call, view)
  const { words, formats, brand } = look
  const { totals } = view.cart
  const due = formats.money(totals.amountDue)
  const leaves = view.cart.payments.some(({ method }) => method.kind === 'card')
  const label = totals.amountDue === 0n ? words.review.buyFree : leaves ? words.review.pay(due) : words.review.buy(due)
  const body = html`${formStart(call, 'review', state)}
<input type="hidden" name="total" value="${totals.grandTotal.toString()}">
${shortSection(view, look)}
<section class="card"><dl class="facts">${rows(call, view, look)}</dl></section>
<section class="card"><div class="field"><label for="note">${words.review.note} <span class="quiet">(${words.optional})</span></label>
<textarea id="note" name="note" rows="3" maxlength="${noteLength}">${state.values.note}</textarea></div></section>
${brand.legal.length === 0 ? undefined : html`<p class="small">${words.review.terms} ${brand.legal.map(({ label: text, url }, index) => html`${index === 0 ? undefined : ', '}<a href="${url}" target="_blank" rel="noopener">${text}</a>`)}</p>`}
${leaves && totals.amountDue > 0n ? html`<p class="small quiet after">${words.review.redirects}</p>` : undefined}
<div class="actions"><a href="${call.path('payment')}">${words.back(words.steps.payment)}</a>
<button class="go" name="do" value="go">${label}</button></div></form>`
  return respondPage({
    look,
    view,
    title: words.review.title,
    steps: stepLinks(call, 'review', view),
    errors: state.errors,
    form: 'step',
    body,
  })
}

/** What cannot be had as it is, with what can be done about it. */
function shortSection({ cart }: PurchaseView, { words, formats }: Look): Html | undefined {
  const short = cart.lines.filter(({ availability }) => availability !== 'available')
  if (short.length === 0) return undefined
  const rows = short.map(line => {
    const { available = 0 } = line
    const isSold = available >= (line.variant?.minQuantity ?? 1)
    const take = html`<button name="do" value="line ${line.item.id} ${available}" formnovalidate>${words.review.takeLeft(formats.number(available))}</button>`
    return html`<li><span>${line.name} ${stockMark(line, { words, formats })}</span> <span>${isSold && line.availability === 'partial' ? take : undefined}
<button name="do" value="line ${line.item.id} 0" formnovalidate>${words.review.removeLine(line.name)}</button></span></li>`
  })
  return html`<section class="card"><ul class="codes">${rows}</ul></section>`
}

function rows(call: PageCall, view: PurchaseView, look: Look): readonly Html[] {
  const { words, formats } = look
  const { cart } = view.cart
  const edit = (step: string, what: string) =>
    html`<a href="${call.path(step)}?to=review" aria-label="${words.editOf(what)}">${words.edit}</a>`
  const row = (label: string, value: Html, step: string) =>
    html`<div><dt>${label}</dt><dd>${value}</dd><dd class="change">${edit(step, label)}</dd></div>
`
  const carried = carrying(view.cart)
  const places = needsShipping(view.cart) ? carried.flatMap(one => shipmentRows(one, view, look, row)) : []
  const billing = cart.billingAddress === undefined ? html`` : addressLines(cart.billingAddress, look, 'lines')
  return [
    row(words.review.contact, html`${cart.buyer.email}`, 'details'),
    ...places,
    row(words.review.billTo, billing, 'details'),
    row(words.review.payBy, html`${formats.list(paidBy(view, look))}`, 'payment'),
  ]
}

function shipmentRows(
  { consignment, selected }: PricedConsignment,
  view: PurchaseView,
  look: Look,
  row: (label: string, value: Html, step: string) => Html,
): readonly Html[] {
  const { words, formats } = look
  const facts = factsIn(view)
  const point = facts.pickupPoints.find(({ id }) => id === selected?.pickupPointId)
  const address = addressOf(consignment)
  const place =
    point === undefined
      ? row(words.review.deliverTo, address === undefined ? html`` : addressLines(address, look, 'lines'), 'details')
      : row(words.review.pickUpAt, html`${point.name}<br>${addressLines(point.address, look, 'lines')}`, 'delivery')
  const day = selected === undefined ? undefined : arrivalDay(selected, facts)
  const when =
    day === undefined
      ? undefined
      : point === undefined
        ? words.delivery.arrivesBy(formats.day(day))
        : words.delivery.readyBy(formats.day(day))
  const price =
    selected === undefined || selected.discountedPrice === 0n
      ? words.summary.free
      : formats.money(selected.discountedPrice)
  const option = html`${selected?.name}, <span class="number">${price}</span>${when === undefined ? undefined : html`<br><span class="quiet">${when}</span>`}`
  return [place, row(words.review.by, option, 'delivery')]
}

/** Everything that pays for the cart. */
function paidBy({ cart }: PurchaseView, { words, formats }: Look): readonly string[] {
  const cards = cart.giftCards
    .filter(({ used }) => used > 0n)
    .map(card => `${cardName(card, words)} (${formats.money(card.used)})`)
  const methods = cart.totals.amountDue === 0n ? [] : cart.payments.map(({ method }) => methodName(method, cart, words))
  const all = [...methods, ...cards]
  return all.length === 0 ? [words.review.nothingToPay] : all
}
