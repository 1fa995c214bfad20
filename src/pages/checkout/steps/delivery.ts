import type { Cart, Consignment } from '../../../core/cart/cart.js'
import type { NewConsignment } from '../../../core/cart/changes.js'
import type { Facts, PickupPoint } from '../../../core/pricing/facts.js'
import { priceCart } from '../../../core/pricing/price-cart.js'
import type { PricedConsignment, ShippingOffer } from '../../../core/pricing/priced-cart.js'
import { ok } from '../../../core/result.js'
import type { WireResponse } from '../../../dialects/dialect.js'
import type { PurchaseView } from '../../../operations/operations.js'
import { type Html, html } from '../../html.js'
import { arrivalDay } from '../arrival.js'
import { changing, inWantedLanguage, type Look, lookOf, type PageCall, proceed, showing, wishOf } from '../page-call.js'
import { addressOf, carrying, nextStep, stepLinks } from '../progress.js'
import { respondRefusal } from '../refusals.js'
import { addressLines } from '../render/address.js'
import { errorOf, type FieldError, type FormState, faultLine, toldBy } from '../render/fields.js'
import { formEnd, formStart } from '../render/form.js'
import { respondPage } from '../render/layout.js'
import { factsIn } from './details.js'
import { whereItIs } from './whereabouts.js'

/** GET /pay/:cart/delivery: 200, what is offered for each shipment, with its day and price. */
export const getDelivery = showing(async (call, view) => {
  const elsewhere = whereItIs(call, view, 'delivery')
  if (elsewhere !== undefined) return elsewhere
  const to = call.wire.query.get('to') ?? ''
  return drawDelivery(call, view, {
    values: { ...chosenValues(shipments(view.cart.cart, factsIn(view))), to },
    errors: [],
  })
})

/**
 * POST /pay/:cart/delivery: 303 to the next step with each shipment's choice stored; 422 where one has none. With `do=quote`
 * the choice is stored and the page shown again (200), with what everything costs by it.
 */
export const postDelivery = changing(async sent => {
  const { call, headers } = await inWantedLanguage(sent)
  const wish = wishOf(call)
  const isRedraw = wish !== undefined && wish !== 'quote'
  let refused: FormState | undefined
  const changed = await call.operations.editCart(call.caller, {
    cart: { key: { id: call.cartId } },
    tellsClosed: true,
    plan: desk => {
      const offered = shipments(desk.cart, desk.facts)
      const look = lookOf(call, { cart: desk.price(), channel: desk.facts.channel, payments: [] })
      const errors = isRedraw ? [] : missingChoices(call.form, offered, look)
      const isStored = !isRedraw && errors.length === 0
      refused = isStored ? undefined : { values: Object.fromEntries(call.form), errors }
      const consignments = chosenConsignments(call.form, desk.cart, offered)
      return isStored ? desk.edit([{ kind: 'fill_in', changes: { consignments } }]) : ok(desk)
    },
  })
  if (!changed.ok) return respondRefusal(call, changed.error)
  const view: PurchaseView = { ...changed.value, payments: [] }
  if (refused === undefined && wish === 'quote') {
    const { words, formats } = lookOf(call, view)
    const notice = words.notice.updated(formats.money(view.cart.totals.amountDue))
    return drawDelivery(call, view, { values: Object.fromEntries(call.form), errors: [] }, notice)
  }
  if (refused === undefined) return proceed(call, nextStep(call, 'delivery', view))
  const page = drawDelivery(call, view, refused)
  return { ...page, status: refused.errors.length > 0 ? 422 : 200, headers: { ...page.headers, ...headers } }
})

/**
 * Everything that is carried, with all that is offered at the shopper's own address: also for what is being picked up, so
 * that it may be sent after all.
 */
export function shipments(cart: Cart, facts: Facts): readonly PricedConsignment[] {
  const consignments = cart.consignments.map((consignment): Consignment => {
    const { destination } = consignment
    const receiver = destination.kind === 'pickup' ? destination.receiver : undefined
    return receiver === undefined
      ? consignment
      : { ...consignment, destination: { kind: 'address', address: receiver } }
  })
  return carrying(priceCart({ ...cart, consignments }, facts))
}

function optionField(index: number): string {
  return `d${index}`
}

function windowField(index: number, offer: number): string {
  return `w${index}-${offer}`
}

function chosenValues(offered: readonly PricedConsignment[]): Record<string, string> {
  return Object.fromEntries(
    offered.flatMap(({ consignment, selected, offers }, index) => {
      const at = offers.findIndex(({ id }) => id === selected?.id)
      const start = consignment.deliveryWindow?.start
      return [
        [optionField(index), selected?.id ?? (offers.length === 1 ? (offers[0]?.id ?? '') : '')],
        ...(start === undefined ? [] : [[windowField(index, at), start]]),
      ]
    }),
  )
}

function missingChoices(form: URLSearchParams, offered: readonly PricedConsignment[], { words }: Look) {
  return offered.flatMap(({ offers }, index): readonly FieldError[] => {
    const chosen = form.get(optionField(index))
    if (offers.some(({ id }) => id === chosen)) return []
    return [{ field: optionField(index), message: offers.length === 0 ? words.delivery.none : words.errors.option }]
  })
}

/** The cart's consignments with what was chosen for each that carries something. */
function chosenConsignments(
  form: URLSearchParams,
  cart: Cart,
  offered: readonly PricedConsignment[],
): readonly NewConsignment[] {
  return cart.consignments.map(({ id, sequence: _sequence, ...consignment }) => {
    const index = offered.findIndex(one => one.consignment.id === id)
    const offers = offered[index]?.offers ?? []
    const at = offers.findIndex(offer => offer.id === form.get(optionField(index)))
    const offer = offers[at]
    if (offer === undefined) return consignment
    const { deliveryWindow: _window, selectedPrice: _price, ...rest } = consignment
    const start = form.get(windowField(index, at))
    const windows = offer.deliveryWindows ?? []
    const window = windows.find(each => each.start === start) ?? windows[0]
    return {
      ...rest,
      destination: destinationBy(consignment, offer),
      selectedOption: offer.id,
      ...(window === undefined ? {} : { deliveryWindow: window }),
    }
  })
}

function destinationBy(consignment: Pick<Consignment, 'destination'>, { pickupPointId }: ShippingOffer) {
  const address = addressOf(consignment)
  if (pickupPointId !== undefined) {
    return { kind: 'pickup', pickupPointId, ...(address === undefined ? {} : { receiver: address }) } as const
  }
  return address === undefined ? consignment.destination : ({ kind: 'address', address } as const)
}

function drawDelivery(call: PageCall, view: PurchaseView, state: FormState, notice?: string): WireResponse {
  const look = lookOf(call, view)
  const { words, formats } = look
  const facts = factsIn(view)
  const offered = shipments(view.cart.cart, facts)
  const sections = offered.map((shipment, index) => {
    const address = addressOf(shipment.consignment)
    const title =
      offered.length === 1
        ? words.delivery.title
        : words.delivery.shipment(formats.number(index + 1), formats.number(offered.length))
    const goods = shipment.items.map(({ lineItemId, quantity }) => {
      const name = view.cart.lines.find(({ item }) => item.id === lineItemId)?.name ?? ''
      return `${formats.number(quantity)} × ${name}`
    })
    return html`<section class="card"><fieldset class="choices" id="${optionField(index)}"${toldBy(errorOf(optionField(index), state))}><legend>${title}</legend>
${offered.length === 1 ? undefined : html`<p class="quiet">${formats.list(goods)}</p>`}
${address === undefined ? undefined : html`<p class="quiet">${words.delivery.to} ${addressLines(address, look, ', ')}</p>`}
${faultLine(errorOf(optionField(index), state))}
${shipment.offers.length === 0 ? html`<p>${words.delivery.none} <a href="${call.path('details')}">${words.editOf(words.address.shipping)}</a></p>` : undefined}
${shipment.offers.map((offer, at) => renderOffer(offer, { index, at, facts, look, state }))}
</fieldset></section>
`
  })
  const body = html`${formStart(call, 'delivery', state, html` data-quotes`)}${sections}
${formEnd(words.continue, { url: call.path('details'), label: words.back(words.steps.details) })}`
  return respondPage({
    look,
    view,
    title: words.steps.delivery,
    steps: stepLinks(call, 'delivery', view),
    errors: state.errors,
    notice,
    form: 'step',
    body,
  })
}

interface OfferPlace {
  readonly index: number
  readonly at: number
  readonly facts: Facts
  readonly look: Look
  readonly state: FormState
}

function renderOffer(offer: ShippingOffer, { index, at, facts, look, state }: OfferPlace): Html {
  const { words, formats } = look
  const name = optionField(index)
  const isChosen = state.values[name] === offer.id
  const point = facts.pickupPoints.find(({ id }) => id === offer.pickupPointId)
  const day = arrivalDay(offer, facts)
  const when = day === undefined ? undefined : point === undefined ? words.delivery.arrivesBy : words.delivery.readyBy
  const price = offer.discountedPrice === 0n ? words.summary.free : formats.money(offer.discountedPrice)
  return html`<label class="choice"><input type="radio" name="${name}" value="${offer.id}"${isChosen ? html` checked` : undefined}>
<span><b>${offer.name}</b></span><span class="number">${offer.discountedPrice === offer.price ? undefined : html`<s class="quiet small"><span class="hidden">${words.summary.before} </span>${formats.money(offer.price)}</s> `}${price}</span>
${when === undefined || day === undefined ? undefined : html`<span class="under quiet small">${when(formats.day(day))}</span>`}
${offer.description === undefined ? undefined : html`<span class="under quiet small">${offer.description}</span>`}
${point === undefined ? undefined : renderPoint(point, look)}
${renderWindows(offer, { index, at, facts, look, state })}</label>
`
}

function renderPoint(point: PickupPoint, look: Look): Html {
  const { formats } = look
  const hours = point.hours.map(({ day, opens, closes }) => `${formats.weekday(day)} ${opens}–${closes}`)
  return html`<span class="under small">${point.name}, ${addressLines(point.address, look, ', ')}</span>
${point.instructions === undefined ? undefined : html`<span class="under small quiet">${point.instructions}</span>`}
${hours.length === 0 ? undefined : html`<span class="under small quiet">${look.words.delivery.hours}: ${hours.join(', ')}</span>`}`
}

function renderWindows(offer: ShippingOffer, { index, at, look, state }: OfferPlace): Html | undefined {
  const windows = offer.deliveryWindows ?? []
  if (windows.length === 0) return undefined
  const { words, formats } = look
  const name = windowField(index, at)
  const options = windows.map(({ start, end, price }) => {
    const text = words.delivery.between(formats.hour(start), formats.hour(end))
    const more = price === 0n ? '' : ` (+ ${formats.money(price)})`
    return html`<option value="${start}"${state.values[name] === start ? html` selected` : undefined}>${text}${more}</option>`
  })
  return html`<span class="under"><select name="${name}" aria-label="${words.delivery.window}">${options}</select></span>`
}
