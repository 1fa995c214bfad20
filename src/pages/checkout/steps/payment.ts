import type { CheckoutError } from '../../../core/errors.js'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { ok } from '../../../core/result.js'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html } from '../../html.js'
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
import { nextStep, stepLinks } from '../progress.js'
import { respondRefusal } from '../refusals.js'
import { errorOf, type FieldError, type FormState, faultLine, textField, toldBy } from '../render/fields.js'
import { formEnd, formStart } from '../render/form.js'
import { respondPage } from '../render/layout.js'
import { cardName, needsShipping } from '../render/summary.js'
import { wordCodeRefusal } from './code-refusals.js'
import { whereItIs } from './whereabouts.js'

/** GET /pay/:cart/payment: 200, how to pay, and codes. `tried` tells how the last try ended, `added` and `removed` which code. */
export const getPayment = showing(async (call, view) => {
  const elsewhere = whereItIs(call, view, 'payment')
  if (elsewhere !== undefined) return elsewhere
  const values = { method: view.cart.cart.payments[0]?.method ?? '', to: call.wire.query.get('to') ?? '' }
  return drawPayment(call, view, { values, errors: [] })
})

/**
 * POST /pay/:cart/payment: a way to pay is stored and leads on (303); a code is added (`code`) or taken off
 * (`do=remove CODE`) and leads back here (303). 422 with everything typed where the code or the way to pay is refused.
 */
export const postPayment = changing(async sent => {
  const { call, headers } = await inWantedLanguage(sent)
  const wish = wishOf(call)
  const method = call.form.get('method') ?? ''
  const removed = /^remove (.+)$/.exec(wish ?? '')?.[1]
  const code = (call.form.get('code') ?? '').trim()
  if (removed !== undefined) return changeCode(call, headers, { removed }, method)
  if (wish === 'apply' || (wish === undefined && code !== '')) return changeCode(call, headers, { added: code }, method)
  let refused: readonly FieldError[] | undefined
  const changed = await call.operations.editCart(call.caller, {
    cart: { key: { id: call.cartId } },
    tellsClosed: true,
    plan: desk => {
      const cart = desk.price()
      const isDue = cart.totals.amountDue > 0n
      const offered = offeredMethods(cart)
      const isChosen = !isDue || offered.some(({ id }) => id === method)
      const { words } = lookOf(call, { cart, channel: desk.facts.channel, payments: [] })
      if (wish !== undefined) refused = []
      else if (isChosen) refused = undefined
      else if (offered.length === 0) refused = [{ field: '', message: words.payment.none }]
      else refused = [{ field: 'method', message: words.errors.method }]
      const payments = isDue ? [{ method }] : []
      return refused === undefined ? desk.edit([{ kind: 'fill_in', changes: { payments } }]) : ok(desk)
    },
  })
  if (!changed.ok) return respondRefusal(call, changed.error)
  const view: PurchaseView = { ...changed.value, payments: [] }
  if (refused !== undefined) return redraw(call, view, refused, headers)
  return goTo(call.path(nextStep(call, 'payment', view)), await renewedPass(call))
})

/** Ways to pay that a shopper chooses from; what is free or a gift card is no choice. */
export function offeredMethods({ paymentMethods }: PricedCart): readonly PaymentMethod[] {
  return paymentMethods.filter(({ kind }) => kind !== 'free' && kind !== 'gift_card')
}

/** What a way to pay is called: by its kind in the shopper's language, where there is one of that kind. */
export function methodName(method: PaymentMethod, cart: PricedCart, { payment }: Look['words']): string {
  const isOnly = offeredMethods(cart).filter(({ kind }) => kind === method.kind).length <= 1
  const names: Readonly<Partial<Record<PaymentMethod['kind'], string>>> = {
    card: payment.card,
    invoice: payment.invoice,
    check: payment.check,
    cash_on_delivery: payment.cashOnDelivery,
    bank_transfer: payment.bankTransfer,
  }
  return (isOnly ? names[method.kind] : undefined) ?? method.name
}

/** What was chosen beside a code is kept with it. */
function keepMethod({ operations, caller, cartId }: PageCall, method: string) {
  return operations.changeCheckout(caller, { cart: { key: { id: cartId } }, changes: { payments: [{ method }] } })
}

async function changeCode(
  call: PageCall,
  headers: WireResponse['headers'],
  change: { readonly added?: string; readonly removed?: string },
  method: string,
): Promise<WireResponse> {
  const { operations, caller, cartId, wire } = call
  const cart = { key: { id: cartId } } as const
  const { added = '', removed } = change
  const done =
    removed === undefined
      ? await operations.applyCode(caller, { cart, code: added, clientAddress: wire.clientAddress })
      : await operations.removeCode(caller, { cart, code: removed })
  if (!done.ok) return refusedCode(call, headers, done.error, added)
  if (offeredMethods(done.value.cart).some(({ id }) => id === method)) await keepMethod(call, method)
  const told = new URLSearchParams(removed === undefined ? { added } : { removed })
  if (call.form.get('to') === 'review') told.set('to', 'review')
  return goTo(`${call.path('payment')}?${told}`, await renewedPass(call))
}

async function refusedCode(
  call: PageCall,
  headers: WireResponse['headers'],
  error: CheckoutError,
  code: string,
): Promise<WireResponse> {
  const read = await call.operations.readPurchase(call.caller, { id: call.cartId })
  if (!read.ok) return respondRefusal(call, error)
  if (read.value.order !== undefined) return goTo(call.path('order'))
  const { words } = lookOf(call, read.value)
  return redraw(call, read.value, [{ field: 'code', message: wordCodeRefusal(error, code, words) }], headers)
}

function redraw(
  call: PageCall,
  view: PurchaseView,
  errors: readonly FieldError[],
  headers: WireResponse['headers'],
): WireResponse {
  const page = drawPayment(call, view, { values: Object.fromEntries(call.form), errors })
  return { ...page, status: errors.length > 0 ? 422 : 200, headers: { ...page.headers, ...headers } }
}

function drawPayment(call: PageCall, view: PurchaseView, state: FormState): WireResponse {
  const look = lookOf(call, view)
  const { words } = look
  const back = needsShipping(view.cart)
    ? { url: call.path('delivery'), label: words.back(words.steps.delivery) }
    : { url: call.path('details'), label: words.back(words.steps.details) }
  const body = html`${formStart(call, 'payment', state)}
<section class="card">${methodsSection(view.cart, look, state)}</section>
<section class="card">${codesSection(view.cart, look, state)}</section>
${formEnd(words.continue, back)}`
  return respondPage({
    look,
    view,
    title: words.steps.payment,
    steps: stepLinks(call, 'payment', view),
    errors: state.errors,
    notice: state.errors.length > 0 ? undefined : noticeOf(call, view, look),
    form: 'step',
    body,
  })
}

function noticeOf({ wire }: PageCall, { cart }: PurchaseView, { words, formats }: Look): string | undefined {
  const { notice, payment } = words
  const total = notice.updated(formats.money(cart.totals.amountDue))
  const added = wire.query.get('added')
  const removed = wire.query.get('removed')
  // Whoever makes a link writes these: what is on the cart is named, and no sentence of theirs is said.
  if (added !== null) return hasCode(cart, added) ? `${payment.applied(added)} ${total}` : total
  if (removed !== null) return /^\S{1,64}$/.test(removed) ? `${payment.removed(removed)} ${total}` : total
  switch (wire.query.get('tried')) {
    case 'declined':
      return notice.declined
    case 'canceled':
      return notice.payCanceled
    case 'expired':
      return notice.payExpired
    default:
      return undefined
  }
}

function hasCode({ coupons, giftCards }: PricedCart, code: string): boolean {
  return [...coupons, ...giftCards].some(each => each.code.toLowerCase() === code.toLowerCase())
}

function methodsSection(cart: PricedCart, look: Look, state: FormState): Html {
  const { words } = look
  const offered = offeredMethods(cart)
  if (cart.totals.amountDue === 0n) return html`<h2>${words.payment.title}</h2><p>${words.payment.nothingDue}</p>`
  if (offered.length === 0) return html`<h2>${words.payment.title}</h2><p>${words.payment.none}</p>`
  const chosen = state.values.method || (offered.length === 1 ? offered[0]?.id : undefined)
  const choices = offered.map(method => {
    const hint = method.instructions ?? (method.kind === 'card' ? words.payment.cardHint : undefined)
    return html`<label class="choice"><input type="radio" name="method" value="${method.id}"${method.id === chosen ? html` checked` : undefined}>
<span><b>${methodName(method, cart, words)}</b></span>${hint === undefined ? undefined : html`<span class="under quiet small">${hint}</span>`}</label>
`
  })
  return html`<fieldset class="choices" id="method"${toldBy(errorOf('method', state))}><legend>${words.payment.title}</legend>${faultLine(errorOf('method', state))}${choices}</fieldset>`
}

/** The codes on the cart, and behind a link a field for another one. */
function codesSection(cart: PricedCart, { words, formats }: Look, state: FormState): Html {
  const { payment } = words
  const row = (
    name: string,
    code: string,
    effect: string,
  ) => html`<li><span><b>${name}</b> <span class="quiet">${effect}</span></span>
<button class="plain" name="do" value="remove ${code}" formnovalidate aria-label="${payment.removeOf(name)}">${payment.remove}</button></li>
`
  const rows = [
    ...cart.coupons.map(({ code, amount }) =>
      row(payment.coupon(code), code, amount > 0n ? payment.takesOff(formats.money(amount)) : payment.takesNothing),
    ),
    ...cart.giftCards.map(card =>
      row(
        cardName(card, words),
        card.code,
        card.used > 0n ? payment.pays(formats.money(card.used)) : payment.takesNothing,
      ),
    ),
  ]
  const list = rows.length === 0 ? undefined : html`<h2>${payment.codes}</h2><ul class="codes">${rows}</ul>`
  const isOpen = errorOf('code', state) !== undefined || (state.values.code ?? '') !== ''
  const field = textField(
    { name: 'code', label: payment.code, autocomplete: 'off', maximum: 128, optional: words.optional },
    state,
  )
  return html`${list}<details class="more"${isOpen ? html` open` : undefined}><summary>${payment.addCode}</summary>
<div class="row">${field}<button name="do" value="apply">${payment.apply}</button></div></details>`
}
