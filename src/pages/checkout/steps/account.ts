import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html } from '../../html.js'
import { changing, type Look, lookOf, type PageCall } from '../page-call.js'
import { respondRefusal } from '../refusals.js'
import { type FieldError, textField } from '../render/fields.js'
import { drawOrder } from './order.js'

/** Shortest password of a new account, characters. NIST SP 800-63B. */
const shortestPassword = 8

/** What came of the form for an account. */
export interface AccountState {
  readonly errors?: readonly FieldError[]
  readonly isCreated?: true
}

/**
 * POST /pay/:cart/account: 200, an account for the e-mail address that the order was placed with; 422 for a password that
 * is too short, or an address that has an account.
 */
export const postAccount = changing(async call => {
  const read = await call.operations.readPurchase(call.caller, { id: call.cartId })
  if (!read.ok) return respondRefusal(call, read.error)
  const view = read.value
  const { order } = view
  const { words } = lookOf(call, view)
  const refused = (message: string) => ({
    ...drawOrder(call, view, { errors: [{ field: 'password', message }] }),
    status: 422,
  })
  if (order?.email === undefined || order.status !== 'confirmed') return drawOrder(call, view)
  const password = call.form.get('password') ?? ''
  if (password.length < shortestPassword) return refused(words.errors.passwordShort)
  const { firstName, lastName, phone } = view.cart.cart.buyer
  const made = await call.operations.registerCustomer(call.caller, {
    email: order.email,
    password,
    referencePrefix: view.channel.orderNumbers.prefix,
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(phone === undefined ? {} : { phone }),
    acceptsMarketing: view.cart.cart.preferences.newsletter === true,
    isConfirmed: true,
  })
  if (made.ok) return drawOrder(call, view, { isCreated: true })
  return refused(made.error.code === 'customer_exists' ? words.errors.accountExists : words.errors.passwordShort)
})

/** Offers an account to a guest, once there is nothing else left to do. */
export function accountSection(
  call: PageCall,
  view: PurchaseView,
  { words }: Look,
  state: AccountState,
): Html | undefined {
  const { account } = words
  if (state.isCreated)
    return html`<section class="card account"><h2>${account.title}</h2><p role="status">${account.created}</p></section>`
  if (view.order?.owner.kind === 'member' || view.order?.email === undefined) return undefined
  const form = { values: {}, errors: state.errors ?? [] }
  const password = {
    name: 'password',
    label: account.password,
    hint: account.passwordHint,
    type: 'password',
    autocomplete: 'new-password',
    maximum: 512,
  } as const
  return html`<section class="card account"><h2>${account.title}</h2><p>${account.why}</p>
<form method="post" action="${call.path('account')}" novalidate><input type="hidden" name="csrf" value="${call.csrf}">
<input class="hidden" type="email" name="username" value="${view.order.email}" autocomplete="username" tabindex="-1" aria-hidden="true" readonly>
<div class="row">${textField(password, form)}</div><div class="actions"><span></span><button>${account.submit}</button></div></form></section>
`
}
