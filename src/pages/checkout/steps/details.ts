import type { Customer } from '../../../core/customers/customer.js'
import { findCountry } from '../../../core/geography/countries.js'
import { subdivisionsOf } from '../../../core/geography/subdivisions.js'
import type { Facts } from '../../../core/pricing/facts.js'
import { ok } from '../../../core/result.js'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html } from '../../html.js'
import { type AddressPart, addressParts } from '../address-parts.js'
import { signOutForm } from '../embedded/sign-out.js'
import { changing, inWantedLanguage, type Look, lookOf, type PageCall, proceed, showing, wishOf } from '../page-call.js'
import { carrying, nextStep, stepLinks } from '../progress.js'
import { respondRefusal } from '../refusals.js'
import { addressLines } from '../render/address.js'
import { checkbox, errorOf, type FormState, faultLine, selectField, textField, toldBy } from '../render/fields.js'
import { formEnd, formStart } from '../render/form.js'
import { respondPage } from '../render/layout.js'
import {
  addressCount,
  billingPrefix,
  parseDetails,
  shippingCountriesOf,
  shippingPrefix,
  storedDetails,
} from './details-form.js'
import { whereItIs } from './whereabouts.js'

/** GET /pay/:cart/details: 200, who buys and where it goes; 303 to where an ordered cart stands. */
export const getDetails = showing(async (call, view) => {
  const elsewhere = whereItIs(call, view, 'details')
  if (elsewhere !== undefined) return elsewhere
  if (view.cart.lines.length === 0) return drawEmpty(call, view)
  const customer = await customerOf(call)
  const values = { ...storedDetails(view.cart, factsIn(view), customer), to: call.wire.query.get('to') ?? '' }
  return drawDetails(call, view, customer, { values, errors: [] })
})

/**
 * POST /pay/:cart/details: 303 to the next step with what was typed stored; 422 with all of it and what is wrong; 200 with
 * all of it where another country or language was asked for.
 */
export const postDetails = changing(async sent => {
  const { call, headers } = await inWantedLanguage(sent)
  const wish = wishOf(call)
  let refused: { readonly state: FormState; readonly customer: Customer | undefined } | undefined
  const changed = await call.operations.editCart(call.caller, {
    cart: { key: { id: call.cartId } },
    tellsClosed: true,
    plan: desk => {
      const cart = desk.price()
      const { words } = lookOf(call, { cart, channel: desk.facts.channel, payments: [] })
      const parsed = parseDetails(call.form, cart, desk.facts, desk.customer, words)
      const errors = wish === undefined ? parsed.errors : []
      const isStored = wish === undefined && errors.length === 0
      refused = isStored
        ? undefined
        : { state: { values: Object.fromEntries(call.form), errors }, customer: desk.customer }
      return isStored ? desk.edit([{ kind: 'fill_in', changes: parsed.changes }]) : ok(desk)
    },
  })
  if (!changed.ok) return respondRefusal(call, changed.error)
  const view: PurchaseView = { ...changed.value, payments: [] }
  if (refused === undefined) return proceed(call, nextStep(call, 'details', view))
  const { state, customer } = refused
  const page = drawDetails(call, view, customer, state)
  return { ...page, status: state.errors.length > 0 ? 422 : 200, headers: { ...page.headers, ...headers } }
})

/** The facts of a cart that can still be changed. */
export function factsIn({ facts }: PurchaseView): Facts {
  if (facts === undefined) throw new Error('a cart that is open comes with its facts')
  return facts
}

async function customerOf({ operations, caller }: PageCall): Promise<Customer | undefined> {
  if (caller.kind !== 'member') return undefined
  const read = await operations.readCustomer(caller, { id: caller.customerId })
  return read.ok ? read.value : undefined
}

function drawDetails(
  call: PageCall,
  view: PurchaseView,
  customer: Customer | undefined,
  state: FormState,
): WireResponse {
  const look = lookOf(call, view)
  const { words } = look
  const facts = factsIn(view)
  const count = addressCount(view.cart)
  const shipping = Array.from({ length: count }, (_, index) => shippingSection(view, look, customer, state, index))
  const body = html`${look.brand.welcome === undefined ? undefined : html`<p>${look.brand.welcome}</p>`}
${formStart(call, 'details', state)}
${contactSection(call, look, customer, state)}
${shipping}
${billingSection(facts, look, count > 0, state)}
${formEnd(words.continue)}${customer === undefined ? undefined : signOutForm(call)}`
  return respondPage({
    look,
    view,
    title: words.steps.details,
    steps: stepLinks(call, 'details', view),
    errors: state.errors,
    form: 'step',
    body,
  })
}

function drawEmpty(call: PageCall, view: PurchaseView): WireResponse {
  const look = lookOf(call, view)
  const { words, brand } = look
  const back =
    brand.shopUrl === undefined
      ? undefined
      : html`<p><a class="button" href="${brand.shopUrl}">${words.order.backToShop}</a></p>`
  const body = html`<section class="card"><p>${words.notice.empty}</p>${back}</section>`
  return respondPage({ look, title: words.checkout, body })
}

function contactSection(call: PageCall, { words }: Look, customer: Customer | undefined, state: FormState): Html {
  const { contact } = words
  const who =
    customer === undefined
      ? html`<p class="quiet">${contact.haveAccount} <a href="${call.path('sign-in')}">${contact.signIn}</a></p>`
      : html`<p class="quiet">${contact.signedInAs([customer.firstName, customer.lastName].filter(Boolean).join(' ') || customer.email)} <button class="plain" form="sign-out">${contact.signOut}</button></p>`
  const email = {
    name: 'email',
    label: contact.email,
    hint: contact.emailHint,
    type: 'email',
    inputmode: 'email',
    autocomplete: 'email',
    maximum: 254,
  } as const
  return html`<section class="card"><h2>${contact.title}</h2>${who}
<div class="fields">${textField(email, state)}${checkbox('newsletter', contact.newsletter, state)}</div></section>
`
}

function shippingSection(
  view: PurchaseView,
  look: Look,
  customer: Customer | undefined,
  state: FormState,
  index: number,
): Html {
  const { words, formats } = look
  const consignments = carrying(view.cart)
  const isOne = consignments.length <= 1
  const title = isOne
    ? words.address.shipping
    : words.address.shippingOf(formats.number(index + 1), formats.number(consignments.length))
  const goods = consignments[index]?.items.map(({ lineItemId, quantity }) => {
    const name = view.cart.lines.find(({ item }) => item.id === lineItemId)?.name ?? ''
    return `${formats.number(quantity)} × ${name}`
  })
  const prefix = shippingPrefix(index)
  const purpose = isOne ? 'shipping' : `section-s${index} shipping`
  const fields = addressFields(prefix, purpose, shippingCountriesOf(factsIn(view)), look, state)
  return html`<section class="card"><fieldset><legend>${title}</legend>
${isOne || goods === undefined ? undefined : html`<p class="quiet">${words.address.goods} ${formats.list(goods)}</p>`}
${customer === undefined || customer.addresses.length === 0 ? fields : withBook(customer, prefix, look, state, fields)}
</fieldset></section>
`
}

function withBook(customer: Customer, prefix: string, look: Look, state: FormState, fields: Html): Html {
  const name = `${prefix}book`
  const chosen = state.values[name] ?? ''
  const radio = (id: string, inside: Html, kind: string) =>
    html`<label class="choice"><input type="radio" class="${kind}" name="${name}" value="${id}"${id === chosen ? html` checked` : undefined}><span>${inside}</span></label>
`
  const known = customer.addresses.map(address => radio(address.id, addressLines(address, look, ', '), ''))
  return html`<div class="has-book"><fieldset class="choices" id="${name}"${toldBy(errorOf(name, state))}><legend class="label">${look.words.address.book}</legend>
${faultLine(errorOf(name, state))}${known}${radio('', html`${look.words.address.another}`, 'another')}</fieldset>
<div class="own">${fields}</div></div>`
}

function billingSection(facts: Facts, look: Look, mayBeSame: boolean, state: FormState): Html {
  const { address } = look.words
  const fields = addressFields(billingPrefix, 'billing', facts.channel.countries, look, state)
  const same = mayBeSame ? checkbox('same', address.same, state) : undefined
  return html`<section class="card bill"><fieldset><legend>${address.billing}</legend>
${same}<div class="else">${fields}</div></fieldset></section>
`
}

/** The fields of an address in the country that is chosen; another country is a matter of one more click without script. */
function addressFields(
  prefix: string,
  purpose: string,
  countries: readonly string[],
  look: Look,
  state: FormState,
): Html {
  const { words, formats } = look
  const country = state.values[`${prefix}country`] ?? ''
  const choices = countries
    .map(code => [code, formats.country(code)] as const)
    .sort(([, one], [, other]) => formats.compare(one, other))
  const all = addressParts(country, words).map(part => ({
    part,
    field: partField(part, prefix, purpose, country, look, state),
  }))
  const folded = all.filter(({ part }) => isFolded(part.name))
  const isOpen = folded.some(({ part }) => (state.values[`${prefix}${part.name}`] ?? '') !== '')
  const shown = all.filter(({ part }) => !isFolded(part.name))
  const fold = html`<details class="more"${isOpen ? html` open` : undefined}><summary>${words.address.addMore}</summary><div class="fields">${folded.map(({ field }) => field)}</div></details>`
  const streetAt = shown.findIndex(({ part }) => part.name === 'line1') + 1
  const countryField = selectField(
    { name: `${prefix}country`, label: words.address.country, autocomplete: `${purpose} country`, choices },
    state,
  )
  return html`<div class="fields" data-redrawn="${words.address.redrawn}">${countryField}
<div class="field redraw"><button name="do" value="country" formnovalidate>${words.address.changeCountry}</button></div>
${shown.slice(0, streetAt).map(({ field }) => field)}${fold}${shown.slice(streetAt).map(({ field }) => field)}</div>`
}

/** What most people leave empty stands behind a link. */
function isFolded(name: AddressPart['name']): boolean {
  return name === 'company' || name === 'line2'
}

function partField(
  part: AddressPart,
  prefix: string,
  purpose: string,
  country: string,
  look: Look,
  state: FormState,
): Html {
  const { words } = look
  const { isRequired, autocomplete, name, ...field } = part
  const shown = {
    ...field,
    name: `${prefix}${name}`,
    ...(isRequired ? {} : { optional: words.optional }),
    ...(autocomplete === undefined ? {} : { autocomplete: `${purpose} ${autocomplete}` }),
  }
  if (name === 'subdivision') return subdivisionField(shown, country, look, state)
  if (name !== 'phone') return textField(shown, state)
  return textField({ ...shown, type: 'tel', inputmode: 'tel', hint: words.address.phoneHint }, state)
}

function subdivisionField(field: Parameters<typeof textField>[0], code: string, look: Look, state: FormState): Html {
  const country = findCountry(code)
  const choices = (country === undefined ? [] : subdivisionsOf(country))
    .map(subdivision => [subdivision.code, subdivision.name] as const)
    .sort(([, one], [, other]) => look.formats.compare(one, other))
  return selectField({ ...field, choices, empty: look.words.address.choose }, state)
}
