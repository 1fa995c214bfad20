import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { html } from '../../html.js'
import { changing, goTo, inWantedLanguage, lookOf, type PageCall, showing, wishOf, withPass } from '../page-call.js'
import { respondRefusal } from '../refusals.js'
import { type FormState, textField } from '../render/fields.js'
import { respondPage } from '../render/layout.js'

/** GET /pay/:cart/sign-in: 200, for those who have an account. */
export const getSignIn = showing(async (call, view) => {
  if (view.order !== undefined) return goTo(call.path('order'))
  return drawSignIn(call, view, { values: { email: view.cart.cart.buyer.email ?? '' }, errors: [] })
})

/**
 * POST /pay/:cart/sign-in: 303 to the details with the cart in the customer's hands; 422 for a wrong address or password, and
 * for a cart of another customer, 429 after too many.
 */
export const postSignIn = changing(async sent => {
  const { call, headers } = await inWantedLanguage(sent)
  const { operations, wire, form, cartId } = call
  const read = await operations.readPurchase(call.caller, { id: cartId })
  if (!read.ok) return respondRefusal(call, read.error)
  const view = read.value
  if (view.order !== undefined) return goTo(call.path('order'))
  const email = (form.get('email') ?? '').trim()
  const draw = (message?: string, status = 200) => {
    const page = drawSignIn(call, view, {
      values: { email },
      errors: message === undefined ? [] : [{ field: 'email', message }],
    })
    return { ...page, status, headers: { ...page.headers, ...headers } }
  }
  if (wishOf(call) !== undefined) return draw()
  const { words } = lookOf(call, view)
  const password = form.get('password') ?? ''
  const signedIn =
    email === '' || password === ''
      ? undefined
      : await operations.signIn({ email, password, clientAddress: wire.clientAddress })
  if (signedIn === undefined) return draw(words.errors.credentials, 422)
  if (!signedIn.ok) {
    const { code } = signedIn.error
    if (code === 'too_many_attempts') return draw(words.notice.tooMany, 429)
    return draw(code === 'customer_unconfirmed' ? words.errors.unconfirmed : words.errors.credentials, 422)
  }
  const to = { kind: 'member', customerId: signedIn.value.id } as const
  const bound = await operations.bindCart({ id: cartId, channel: view.channel.id, to })
  if (!bound.ok) return draw(words.errors.otherAccount, 422)
  return signedInAs(call, signedIn.value.id)
})

/** With a new pass: what was known of the old one is worth nothing any more. */
async function signedInAs(call: PageCall, customerId: string): Promise<WireResponse> {
  const { nonce: _spent, provenAt: _before, ...said } = call.pass
  const next = await withPass(call, { ...said, customerId })
  return goTo(next.call.path('details'), next.headers)
}

function drawSignIn(call: PageCall, view: PurchaseView, state: FormState): WireResponse {
  const look = lookOf(call, view)
  const { words } = look
  const email = {
    name: 'email',
    label: words.signIn.email,
    type: 'email',
    inputmode: 'email',
    autocomplete: 'username',
    maximum: 254,
  } as const
  const password = {
    name: 'password',
    label: words.signIn.password,
    type: 'password',
    autocomplete: 'current-password',
    maximum: 512,
  } as const
  const body = html`<section class="card"><form method="post" action="${call.path('sign-in')}" id="step" novalidate>
<input type="hidden" name="csrf" value="${call.csrf}"><button class="hidden" name="do" value="go" tabindex="-1" aria-hidden="true"></button>
<div class="fields">${textField(email, state)}${textField(password, state)}</div>
<div class="actions"><a href="${call.path('details')}">${words.signIn.asGuest}</a><button class="go" name="do" value="go">${words.signIn.submit}</button></div></form></section>`
  return respondPage({ look, view, title: words.signIn.title, errors: state.errors, form: 'step', body })
}
