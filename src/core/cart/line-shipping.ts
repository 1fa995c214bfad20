import type { LineItemId } from '../ids.js'
import { priceCart } from '../pricing/price-cart.js'
import type { ShippingOffer } from '../pricing/priced-cart.js'
import type { Address } from './address.js'
import type { Cart, Consignment, LineItem, Notice } from './cart.js'
import type { DecisionContext } from './decision.js'
import { withNotices } from './problem-notices.js'

/** What somebody wants for one line; `option` null or absent: the automatic choice. */
export interface LineWish {
  readonly lineItemId: LineItemId
  readonly option?: string | null
  /** Absent: the one that was chosen, as long as the option stays; null: none. */
  readonly window?: { readonly start: string; readonly end: string } | null
  /** Where this line goes; absent: where it went before, if it may still, else where all others go. */
  readonly destination?: Address
}

/** Where the goods go, and how single lines shall go there. Lines without a wish keep what they had. */
export interface LineShipping {
  /** Absent: as before; null: nowhere, nothing is shipped. */
  readonly destination?: Address | null
  /** Further places that lines went to before and may still go to, told apart by their ids. */
  readonly alsoTo?: readonly Address[]
  readonly wishes: readonly LineWish[]
}

/** Lines that make one shipment. */
interface Group {
  readonly choice: Choice
  readonly place: Address
  readonly items: { lineItemId: string; quantity: number }[]
}

interface Choice {
  readonly option?: string
  readonly window?: NonNullable<Consignment['deliveryWindow']>
  readonly price?: bigint
}

/**
 * Gives each line a place and an option of its own, and puts lines of one seller that go to one place by the same option
 * into one consignment, which pays for one shipment. A line gets what is wanted for it; else what it had; else the cheapest
 * option that neither asks the shopper to come somewhere nor to be at home at some hour. What is wanted and not offered is
 * told by a notice.
 */
export function shipLines(cart: Cart, shipping: LineShipping, context: DecisionContext): Cart {
  const destination = shipping.destination === undefined ? destinationOf(cart) : shipping.destination
  if (destination === null || destination === undefined) {
    return cart.consignments.length === 0 ? cart : { ...cart, consignments: [] }
  }
  const before = choicesOf(cart)
  const wishes = new Map(shipping.wishes.map(wish => [wish.lineItemId, wish]))
  const lines = cart.lineItems.filter(line => isShipped(line, context))
  const places = new Map(
    lines.map(line => [
      line.id,
      wishes.get(line.id)?.destination ?? placeBefore(before.get(line.id), shipping) ?? destination,
    ]),
  )
  const offers = offersByLine(cart, lines, places, context)
  const notices: Notice[] = []
  const groups = new Map<string, Group>()
  for (const line of lines) {
    const choice = choose(line, offers.get(line.id) ?? [], wishes.get(line.id), before.get(line.id), notices, context)
    const place = places.get(line.id) ?? destination
    const key = JSON.stringify([
      line.seller,
      choice.option ?? null,
      choice.window?.start,
      choice.window?.end,
      placeKey(place),
    ])
    const group = groups.get(key) ?? { choice, place, items: [] }
    group.items.push({ lineItemId: line.id, quantity: line.quantity })
    groups.set(key, group)
  }
  const found = [...groups.values()]
  const consignments = (found.length === 0 ? [{ choice: {}, place: destination, items: [] }] : found).map(
    ({ choice, place, items }, index): Consignment => ({
      id: cart.consignments[index]?.id ?? context.newId(),
      sequence: index + 1,
      // The first one takes what is added without a word about shipping, such as gifts.
      items: index === 0 ? [] : items,
      destination: { kind: 'address', address: place },
      ...(choice.option === undefined ? {} : { selectedOption: choice.option }),
      ...(choice.price === undefined ? {} : { selectedPrice: choice.price }),
      ...(choice.window === undefined ? {} : { deliveryWindow: choice.window }),
    }),
  )
  return withNotices(isSame(consignments, cart.consignments) ? cart : { ...cart, consignments }, notices)
}

function isSame(a: readonly Consignment[], b: readonly Consignment[]): boolean {
  const text = (consignments: readonly Consignment[]) =>
    JSON.stringify(
      consignments.map(({ selectedPrice, deliveryWindow, ...rest }) => [
        ...Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)),
        selectedPrice?.toString(),
        deliveryWindow?.start,
        deliveryWindow?.end,
      ]),
    )
  return text(a) === text(b)
}

function isShipped(line: LineItem, { facts }: DecisionContext): boolean {
  if (line.origin.kind === 'custom') return line.origin.itemKind === 'physical'
  return line.origin.kind !== 'gift_certificate' && facts.variants.get(line.sku)?.kind === 'physical'
}

/** Where the cart's goods go now: as a whole, where the first of them go. */
function destinationOf({ consignments }: Cart): Address | undefined {
  return consignments.map(addressOf).find(address => address !== undefined)
}

function addressOf({ destination }: Consignment): Address | undefined {
  if (destination.kind === 'address') return destination.address
  return destination.kind === 'pickup' ? destination.receiver : undefined
}

/** One place has one id, or else is what is written there. */
function placeKey(place: Address): string {
  return place.id ?? JSON.stringify(place)
}

/** Where a line went before, as it is written now; undefined where it may not go there any longer. */
function placeBefore(before: Consignment | undefined, { destination, alsoTo }: LineShipping): Address | undefined {
  const place = before === undefined ? undefined : addressOf(before)
  if (destination === undefined || place?.id === undefined) return destination === undefined ? place : undefined
  return alsoTo?.find(({ id }) => id === place.id)
}

/** What is offered for each line alone: lines of one seller and shipping category are offered the same at one place. */
function offersByLine(
  cart: Cart,
  lines: readonly LineItem[],
  places: ReadonlyMap<LineItemId, Address>,
  context: DecisionContext,
): ReadonlyMap<LineItemId, readonly ShippingOffer[]> {
  const groups = new Map<string, LineItem[]>()
  for (const line of lines) {
    const category = context.facts.variants.get(line.sku)?.shippingCategory
    const key = JSON.stringify([line.seller, category, placeKey(places.get(line.id) ?? {})])
    groups.set(key, [...(groups.get(key) ?? []), line])
  }
  const consignments = [...groups.values()].map(
    (group, index): Consignment => ({
      id: `probe-${index}`,
      sequence: index + 1,
      items: group.map(({ id, quantity }) => ({ lineItemId: id, quantity })),
      destination: { kind: 'address', address: places.get(group[0]?.id ?? '') ?? {} },
    }),
  )
  const priced = priceCart({ ...cart, consignments }, context.facts)
  return new Map(
    priced.consignments.flatMap(({ offers, items }) => items.map(({ lineItemId }) => [lineItemId, offers] as const)),
  )
}

/** What each line has chosen so far. */
function choicesOf(cart: Cart): ReadonlyMap<LineItemId, Consignment> {
  const named = new Map(cart.consignments.flatMap(one => one.items.map(({ lineItemId }) => [lineItemId, one] as const)))
  const rest = cart.consignments.find(one => one.items.length === 0)
  return new Map(
    cart.lineItems.flatMap(({ id }) => {
      const consignment = named.get(id) ?? rest
      return consignment === undefined ? [] : [[id, consignment] as const]
    }),
  )
}

function choose(
  line: LineItem,
  offers: readonly ShippingOffer[],
  wish: LineWish | undefined,
  before: Consignment | undefined,
  notices: Notice[],
  { facts }: DecisionContext,
): Choice {
  const tell = (code: Notice['code'], data: Notice['data']) =>
    notices.push({ code, level: 'warning', data: { sku: line.sku, lineItemId: line.id, ...data }, at: facts.now })
  const wanted = wish?.option ?? undefined
  const asked = wanted === undefined ? undefined : offers.find(offer => offer.id === wanted)
  if (wanted !== undefined && asked === undefined) tell('shipping_option_gone', { option: wanted })
  const kept = wish?.option === null ? undefined : offers.find(offer => offer.id === before?.selectedOption)
  const chosen = asked ?? kept ?? automatic(offers)
  if (chosen === undefined) return {}
  const isSame = chosen.id === before?.selectedOption
  if (isSame && before.selectedPrice !== undefined && before.selectedPrice !== bare(chosen, before)) {
    tell('shipping_price_changed', { option: chosen.id })
  }
  const span = wish?.window === undefined && isSame ? before.deliveryWindow : wish?.window
  const window = chosen.deliveryWindows?.find(one => one.start === span?.start && one.end === span?.end)
  return { option: chosen.id, price: chosen.price + (window?.price ?? 0n), ...(window === undefined ? {} : { window }) }
}

/** The price of the option with the window that was chosen with it. */
function bare(offer: ShippingOffer, before: Consignment): bigint {
  return offer.price + (before.deliveryWindow?.price ?? 0n)
}

/** Nobody is sent to a pickup point, or bound to an hour, unasked. */
function automatic(offers: readonly ShippingOffer[]): ShippingOffer | undefined {
  let best: ShippingOffer | undefined
  for (const offer of offers) {
    if (offer.pickupPointId !== undefined || (offer.deliveryWindows?.length ?? 0) > 0) continue
    if (best === undefined || offer.price < best.price) best = offer
  }
  return best
}
