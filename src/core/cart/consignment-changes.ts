import type { CheckoutError } from '../errors.js'
import type { LineItemId, Sku } from '../ids.js'
import { limits } from '../limits.js'
import type { Minor } from '../money.js'
import { identifyGoods } from '../pricing/goods.js'
import { priceCart } from '../pricing/price-cart.js'
import type { ShippingOffer } from '../pricing/priced-cart.js'
import { offerId } from '../pricing/shipping-offers.js'
import { ok, type Result, refuse } from '../result.js'
import type { Address } from './address.js'
import {
  type Cart,
  type Consignment,
  type ConsignmentItem,
  customOptionId,
  type Destination,
  type LineItem,
} from './cart.js'
import { componentLinesByParent, componentLinesOf, sameComponents, usesOf } from './components.js'
import type { DecisionContext } from './decision.js'
import { isSameThing, nextSequence } from './line-items.js'

/** A consignment by what a dialect calls it. */
export type ConsignmentRef = (consignment: Consignment) => boolean

/** Where a consignment shall go; `pickup_method`: where that method's goods are handed out. */
export type WantedDestination =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'pickup_method'; readonly integerId: number; readonly receiver?: Address }

/** A new consignment, or what is to change about one. A line that is named in part is split: see `changeConsignments`. */
export interface WantedConsignment {
  readonly destination?: WantedDestination
  readonly items?: readonly ConsignmentItem[]
}

/** A new consignment, with the option by which it shall go, if that is known already. */
export interface NewConsignment extends WantedConsignment {
  readonly matches?: OptionMatch
}

type OptionMatch = (offer: ShippingOffer, consignment: Consignment) => boolean

export type ConsignmentChange =
  | { readonly kind: 'add'; readonly consignments: readonly NewConsignment[] }
  | ({ readonly kind: 'change'; readonly find: ConsignmentRef } & WantedConsignment)
  | {
      readonly kind: 'choose_option'
      readonly find: ConsignmentRef
      readonly matches: OptionMatch
    }
  /** A way of shipping that is not on offer, with its price; for keys that administer carts. */
  | { readonly kind: 'set_custom_option'; readonly find: ConsignmentRef; readonly name: string; readonly price: Minor }
  | { readonly kind: 'remove'; readonly find: ConsignmentRef }

/**
 * Changes the consignments of a cart where each line goes to one place as a whole: assigning a part of a line splits it,
 * so that a new line with these pieces goes, and the rest stays where it was. A consignment that is left without lines
 * disappears; lines that are assigned no longer and are the same thing become one again.
 */
export function changeConsignments(
  cart: Cart,
  change: ConsignmentChange,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const plain = withNamedLines(cart, context)
  switch (change.kind) {
    case 'add':
      return addConsignments(plain, change.consignments, context)
    case 'change':
      return changeOne(plain, change, context)
    case 'choose_option':
      return chooseOption(plain, change, context)
    case 'set_custom_option':
      return replaceOne(plain, change.find, ({ selectedPrice: _price, ...consignment }) => ({
        ...consignment,
        selectedOption: customOptionId,
        customOption: { name: change.name, price: change.price },
      }))
    case 'remove': {
      const found = plain.consignments.find(change.find)
      if (found === undefined) return refuse({ code: 'consignment_not_found', consignmentId: '' })
      return ok(merged({ ...plain, consignments: plain.consignments.filter(one => one !== found) }))
    }
  }
}

/** A consignment that takes whatever no other names, with the names written out; without lines it goes. */
function withNamedLines(cart: Cart, context: DecisionContext): Cart {
  if (cart.consignments.every(one => one.items.length > 0)) return cart
  const shippable = shippableLines(cart, context)
  const assigned = new Set(cart.consignments.flatMap(one => one.items.map(item => item.lineItemId)))
  const rest = cart.lineItems
    .filter(line => shippable.has(line.id) && !assigned.has(line.id))
    .map(line => ({ lineItemId: line.id, quantity: line.quantity }))
  const taker = cart.consignments.findIndex(one => one.items.length === 0)
  const named = cart.consignments.map((one, index) => (index === taker ? { ...one, items: rest } : one))
  return { ...cart, consignments: named.filter(one => one.items.length > 0) }
}

function shippableLines(cart: Cart, { facts }: DecisionContext): ReadonlySet<LineItemId> {
  return new Set(identifyGoods(cart, facts).flatMap(one => (one.needsShipping ? [one.item.id] : [])))
}

function addConsignments(
  cart: Cart,
  wanted: readonly NewConsignment[],
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  let next = cart
  const choices: Extract<ConsignmentChange, { readonly kind: 'choose_option' }>[] = []
  for (const one of wanted) {
    if (next.consignments.length >= limits.consignmentsPerCart) {
      return refuse({ code: 'limit_reached', limit: 'consignments', maximum: limits.consignmentsPerCart })
    }
    const target = targetOf(one.destination, context)
    if (!target.ok) return target
    const items = takeLines(next, one.items ?? [], context)
    if (!items.ok) return items
    const sequence = 1 + next.consignments.reduce((most, { sequence: own }) => Math.max(most, own), 0)
    const consignment = { id: context.newId(), sequence, items: items.value.items, ...target.value }
    next = { ...items.value.cart, consignments: [...items.value.cart.consignments, consignment] }
    const { matches } = one
    if (matches !== undefined) choices.push({ kind: 'choose_option', find: ({ id }) => id === consignment.id, matches })
  }
  return choices.reduce<Result<Cart, CheckoutError>>(
    (before, choice) => (before.ok ? chooseOption(before.value, choice, context) : before),
    ok(merged(withoutEmpty(next))),
  )
}

function changeOne(
  cart: Cart,
  change: { readonly find: ConsignmentRef } & WantedConsignment,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const found = cart.consignments.find(change.find)
  if (found === undefined) return refuse({ code: 'consignment_not_found', consignmentId: '' })
  const target = change.destination === undefined ? ok({}) : targetOf(change.destination, context)
  if (!target.ok) return target
  const released = change.items === undefined ? cart : replaced(cart, { ...found, items: [] })
  const items = change.items === undefined ? undefined : takeLines(released, change.items, context)
  if (items !== undefined && !items.ok) return items
  const base = items === undefined ? cart : items.value.cart
  const next = { ...found, ...target.value, items: items === undefined ? found.items : items.value.items }
  return ok(merged(withoutEmpty(replaced(base, next))))
}

function chooseOption(
  cart: Cart,
  change: Extract<ConsignmentChange, { readonly kind: 'choose_option' }>,
  context: DecisionContext,
): Result<Cart, CheckoutError> {
  const priced = priceCart(cart, context.facts).consignments.find(one => change.find(one.consignment))
  if (priced === undefined) return refuse({ code: 'consignment_not_found', consignmentId: '' })
  const offer = priced.offers.find(one => change.matches(one, priced.consignment))
  if (offer === undefined) return refuse({ code: 'shipping_option_not_found', optionId: '' })
  const { customOption: _custom, ...rest } = priced.consignment
  if (offer.id === customOptionId) return ok(cart)
  return ok(replaced(cart, { ...rest, selectedOption: offer.id, selectedPrice: offer.price }))
}

function replaceOne(
  cart: Cart,
  find: ConsignmentRef,
  change: (consignment: Consignment) => Consignment,
): Result<Cart, CheckoutError> {
  const found = cart.consignments.find(find)
  if (found === undefined) return refuse({ code: 'consignment_not_found', consignmentId: '' })
  return ok(replaced(cart, change(found)))
}

function replaced(cart: Cart, next: Consignment): Cart {
  return { ...cart, consignments: cart.consignments.map(one => (one.id === next.id ? next : one)) }
}

interface Target {
  readonly destination: Destination
  readonly selectedOption?: string
}

/** Goods that are picked up are picked up by the method that was named: nobody has to choose it again. */
function targetOf(wanted: WantedDestination | undefined, { facts }: DecisionContext): Result<Target, CheckoutError> {
  if (wanted === undefined) return ok({ destination: { kind: 'unknown' } })
  if (wanted.kind === 'address') return ok({ destination: wanted })
  const method = facts.shippingMethods.find(one => one.integerId === wanted.integerId && one.isActive)
  const [point] = method?.pickupPointIds ?? []
  if (method === undefined || point === undefined) {
    return refuse({ code: 'shipping_option_not_found', optionId: wanted.integerId.toString() })
  }
  const receiver = wanted.receiver === undefined ? {} : { receiver: wanted.receiver }
  return ok({
    destination: { kind: 'pickup', pickupPointId: point, ...receiver },
    selectedOption: offerId(method, point),
  })
}

interface Taken {
  readonly cart: Cart
  readonly items: readonly ConsignmentItem[]
}

/** Takes lines (parts of lines as lines of their own) out of wherever they were. */
function takeLines(
  cart: Cart,
  wanted: readonly ConsignmentItem[],
  context: DecisionContext,
): Result<Taken, CheckoutError> {
  if (wanted.length === 0) return refuse({ code: 'invalid_input', field: 'line_items', rule: 'required' })
  let taken: Taken = { cart, items: [] }
  const shippable = shippableLines(cart, context)
  for (const { lineItemId, quantity } of wanted) {
    const line = taken.cart.lineItems.find(one => one.id === lineItemId)
    if (line === undefined || taken.items.some(item => item.lineItemId === lineItemId)) {
      return refuse({ code: 'line_not_found', lineItemId })
    }
    if (!shippable.has(lineItemId)) return refuse({ code: 'invalid_input', field: 'line_items', rule: 'not shipped' })
    // A component alone is not divided: each piece of its goods has the same.
    const minimum = line.componentOf === undefined ? 1 : line.quantity
    if (!Number.isInteger(quantity) || quantity < minimum || quantity > line.quantity) {
      return refuse({ code: 'quantity_invalid', quantity, minimum, maximum: line.quantity })
    }
    const freed = quantity === line.quantity ? unassigned(taken.cart, lineItemId) : taken.cart
    const split =
      quantity === line.quantity ? { cart: freed, id: lineItemId } : splitOff(freed, lineItemId, quantity, context)
    taken = { cart: split.cart, items: [...taken.items, { lineItemId: split.id, quantity }] }
  }
  return taken.cart.lineItems.length > limits.linesPerCart
    ? refuse({ code: 'limit_reached', limit: 'lines', maximum: limits.linesPerCart })
    : ok(taken)
}

function unassigned(cart: Cart, lineItemId: LineItemId): Cart {
  const consignments = cart.consignments.map(one =>
    one.items.some(item => item.lineItemId === lineItemId)
      ? { ...one, items: one.items.filter(item => item.lineItemId !== lineItemId) }
      : one,
  )
  return { ...cart, consignments }
}

/** A new line with some pieces of an old one, which keeps the rest wherever it goes; both keep their pieces of the components. */
function splitOff(cart: Cart, lineItemId: LineItemId, quantity: number, { newId }: DecisionContext) {
  const id = newId()
  let sequence = nextSequence(cart)
  const source = cart.lineItems.find(line => line.id === lineItemId)
  const parts = new Map<LineItemId, LineItem>()
  if (source !== undefined) parts.set(lineItemId, { ...source, id, sequence, quantity })
  for (const line of componentLinesOf(cart, lineItemId)) {
    const pieces = quantity * Math.floor(line.quantity / (source?.quantity ?? 1))
    if (pieces === 0) continue
    sequence += 1
    parts.set(line.id, { ...line, id: newId(), sequence, quantity: pieces, parent: id })
  }
  const lineItems = cart.lineItems.map(line => {
    return { ...line, quantity: line.quantity - (parts.get(line.id)?.quantity ?? 0) }
  })
  const itemsOf = (item: ConsignmentItem): readonly ConsignmentItem[] => {
    const part = parts.get(item.lineItemId)
    if (part === undefined) return [item]
    const rest = { ...item, quantity: Math.max(1, item.quantity - part.quantity) }
    return part.id === id ? [rest] : [rest, { lineItemId: part.id, quantity: part.quantity }]
  }
  const consignments = cart.consignments.map(one => ({ ...one, items: one.items.flatMap(itemsOf) }))
  return { cart: { ...cart, lineItems: [...lineItems, ...parts.values()], lastSequence: sequence, consignments }, id }
}

function withoutEmpty(cart: Cart): Cart {
  return { ...cart, consignments: cart.consignments.filter(one => one.items.length > 0) }
}

/** Lines that are the same thing and go nowhere are one line: the parts of a line that was split. So are their components. */
function merged(cart: Cart): Cart {
  const assigned = new Set(cart.consignments.flatMap(one => one.items.map(item => item.lineItemId)))
  const components = componentLinesByParent(cart)
  const componentsAt = ({ id }: LineItem) => components.get(id) ?? []
  const isFree = (line: LineItem) => [line, ...componentsAt(line)].every(({ id }) => !assigned.has(id))
  // By the lines as they came: one that others joined has more pieces than its components are for.
  const uses = new Map(cart.lineItems.map(line => [line.id, usesOf(line, componentsAt(line))]))
  const isSame = (a: LineItem, b: LineItem) =>
    isSameThing(a, b) && sameComponents(uses.get(a.id) ?? [], uses.get(b.id) ?? [])
  const kept = new Map<LineItemId, LineItem>()
  const joined = new Map<LineItemId, LineItemId>()
  const freeOf = new Map<Sku, LineItemId[]>()
  const goodsFirst = [...cart.lineItems].sort((a, b) => Number(a.parent !== undefined) - Number(b.parent !== undefined))
  for (const line of goodsFirst) {
    const parent = joined.get(line.parent ?? '')
    const own = parent === undefined ? line : { ...line, parent }
    const free = isFree(line) ? (freeOf.get(line.sku) ?? []) : undefined
    const same = free?.flatMap(id => kept.get(id) ?? []).find(one => isSame(one, own))
    if (same !== undefined) {
      kept.set(same.id, { ...same, quantity: same.quantity + line.quantity })
      joined.set(line.id, same.id)
      continue
    }
    kept.set(line.id, own)
    if (free !== undefined) freeOf.set(line.sku, [...free, line.id])
  }
  return joined.size === 0 ? cart : { ...cart, lineItems: cart.lineItems.flatMap(line => kept.get(line.id) ?? []) }
}
