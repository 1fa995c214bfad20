import type { Variant } from '../catalog/variant.js'
import type { CheckoutError } from '../errors.js'
import type { Json, LineItemId, SellerId } from '../ids.js'
import { limits } from '../limits.js'
import type { Minor } from '../money.js'
import { ok, type Result, refuse } from '../result.js'
import type { Cart, LineItem, LineOption, PriceMode, PriceOrigin } from './cart.js'
import type { NewLine } from './changes.js'
import {
  componentLinesOf,
  componentsOf,
  compositionFault,
  excessFault,
  initialComponents,
  linesOfComponents,
  sameComponents,
} from './components.js'
import type { DecisionContext } from './decision.js'
import { wrappingFault } from './line-wrapping.js'

/**
 * Puts a line into the cart, or more pieces onto the line that holds the same thing already.
 *
 * A quantity above the stock is refused, cut to the stock or kept, by the channel's policy.
 */
export function addLine(cart: Cart, line: NewLine, context: DecisionContext): Result<Cart, CheckoutError> {
  const checked = checkLine(cart, line, context)
  if (!checked.ok) return checked
  const candidate = checked.value
  const variant = context.facts.variants.get(line.sku)
  const components = line.components ?? initialComponents(variant)
  const same =
    line.onPresent === 'separate'
      ? undefined
      : cart.lineItems.find(
          item => isSameThing(item, candidate) && sameComponents(componentsOf(cart, item), components),
        )
  // Pieces that join others count together with them; alone they need only be pieces.
  const fault = quantityFault(line.quantity, same === undefined ? variant : undefined)
  if (fault !== undefined) return refuse(fault)
  if (same !== undefined) {
    const quantity = line.onPresent === 'set' ? line.quantity : same.quantity + line.quantity
    return setQuantity(cart, same.id, quantity, context)
  }
  if (cart.lineItems.length + components.length >= limits.linesPerCart) {
    return refuse({ code: 'limit_reached', limit: 'lines', maximum: limits.linesPerCart })
  }
  if (holdsTooMuch(cart, line)) return refuse({ code: 'limit_reached', limit: 'extras', maximum: limits.extrasBytes })
  const quantity = promisable(cart, candidate, line.quantity, context)
  if (!quantity.ok) return quantity
  if (quantity.value === 0) return ok(cart)
  const added = { ...candidate, quantity: quantity.value }
  const hanging = linesOfComponents(added, components, candidate.sequence + 1, context)
  const lastSequence = hanging.at(-1)?.sequence ?? candidate.sequence
  return ok({ ...cart, lineItems: [...cart.lineItems, added, ...hanging], lastSequence })
}

/** The number of the cart's next line: above all that were ever there, so that none is taken for another. */
export function nextSequence(cart: Pick<Cart, 'lineItems' | 'lastSequence'>): number {
  return 1 + cart.lineItems.reduce((highest, item) => Math.max(highest, item.sequence), cart.lastSequence ?? 0)
}

/**
 * Sets the pieces of a line; 0 takes it out. A gift certificate stays one: each is a line of its own. Components follow their
 * goods; the number of a component alone may change as far as the goods allow.
 *
 * @param as  `composed`: whoever asks has looked at what the goods are put together from
 */
export function setQuantity(
  cart: Cart,
  lineItemId: LineItemId,
  quantity: number,
  context: DecisionContext,
  as: 'asked' | 'composed' = 'asked',
): Result<Cart, CheckoutError> {
  const item = cart.lineItems.find(line => line.id === lineItemId)
  if (item === undefined) return refuse({ code: 'line_not_found', lineItemId })
  if (quantity === 0) return removeLine(cart, lineItemId)
  if (item.origin.kind === 'gift_certificate' && quantity !== 1) {
    return refuse({ code: 'quantity_invalid', quantity, minimum: 1, maximum: 1 })
  }
  const parent = item.componentOf === undefined ? undefined : cart.lineItems.find(line => line.id === item.parent)
  if (parent !== undefined) {
    const wrong = as === 'composed' ? undefined : componentQuantityFault(cart, item, parent, quantity, context)
    return wrong === undefined ? ok(withPieces(cart, item, quantity)) : refuse(wrong)
  }
  const variant = context.facts.variants.get(item.sku)
  const fault = quantityFault(quantity, variant)
  if (fault !== undefined) return refuse(fault)
  // Taking less is never refused; where quantities are cut to the stock, also less than before is.
  const isCut = context.facts.channel.policy.excessQuantity === 'cap'
  const promised = quantity <= item.quantity && !isCut ? ok(quantity) : promisable(cart, item, quantity, context)
  if (!promised.ok) return promised
  if (promised.value === 0) return removeLine(cart, lineItemId)
  const hanging = componentLinesOf(cart, lineItemId)
  const perPiece = (line: LineItem) => Math.floor(line.quantity / item.quantity)
  return ok(
    hanging.reduce(
      (next, line) => withPieces(next, line, perPiece(line) * promised.value),
      withPieces(cart, item, promised.value),
    ),
  )
}

function withPieces(cart: Cart, { id }: LineItem, quantity: number): Cart {
  return {
    ...cart,
    lineItems: cart.lineItems.map(line => (line.id === id ? { ...line, quantity } : line)),
    consignments: fitAssignments(cart, id, quantity),
  }
}

/** A component has whole pieces per piece of its goods, as many as these allow. */
function componentQuantityFault(
  cart: Cart,
  item: LineItem,
  parent: LineItem,
  quantity: number,
  { facts }: DecisionContext,
): CheckoutError | undefined {
  const variant = facts.variants.get(parent.sku)
  if (variant === undefined || quantity % parent.quantity !== 0) {
    return { code: 'quantity_invalid', quantity, minimum: item.quantity, maximum: item.quantity }
  }
  const uses = componentsOf(cart, parent).map(use =>
    use.group === item.componentOf && use.sku === item.sku ? { ...use, quantity: quantity / parent.quantity } : use,
  )
  return compositionFault(variant, uses)
}

/** Sets what one piece of a line costs, whatever the catalog says; a certificate's amount is not a price. */
export function setUnitPrice(cart: Cart, lineItemId: LineItemId, unitPrice: Minor): Result<Cart, CheckoutError> {
  const item = cart.lineItems.find(line => line.id === lineItemId)
  if (item === undefined) return refuse({ code: 'line_not_found', lineItemId })
  if (item.origin.kind === 'gift_certificate' || item.giftOf !== undefined || unitPrice < 0n) {
    return refuse({ code: 'invalid_input', field: 'unitPrice', rule: 'not changeable' })
  }
  const origin: PriceOrigin =
    item.origin.kind === 'custom' ? { ...item.origin, unitPrice } : { kind: 'manual', unitPrice }
  return ok({ ...cart, lineItems: cart.lineItems.map(line => (line.id === lineItemId ? { ...line, origin } : line)) })
}

/** Takes a line out, with the lines that hang on it and what consignments say of them. */
export function removeLine(cart: Cart, lineItemId: LineItemId): Result<Cart, CheckoutError> {
  if (!cart.lineItems.some(line => line.id === lineItemId)) return refuse({ code: 'line_not_found', lineItemId })
  const gone = new Set([lineItemId, ...cart.lineItems.filter(line => line.parent === lineItemId).map(line => line.id)])
  return ok({
    ...cart,
    lineItems: cart.lineItems.filter(line => !gone.has(line.id)),
    consignments: cart.consignments.flatMap(consignment => {
      const items = consignment.items.filter(item => !gone.has(item.lineItemId))
      return consignment.items.length > 0 && items.length === 0 ? [] : [{ ...consignment, items }]
    }),
  })
}

/** Whether both lines hold the same thing at the same terms, so that their pieces may stand on one line. */
export function isSameThing(a: LineItem, b: LineItem): boolean {
  return (
    a.sku === b.sku &&
    a.seller === b.seller &&
    a.parent === b.parent &&
    a.componentOf === b.componentOf &&
    a.separate === b.separate &&
    a.isGift === b.isGift &&
    a.giftOf === b.giftOf &&
    a.subscription?.optionId === b.subscription?.optionId &&
    sameOptions(a.options, b.options) &&
    sameOrigin(a.origin, b.origin) &&
    sameJson(a.attachments as unknown as Json, b.attachments as unknown as Json) &&
    sameJson(a.wrapping, b.wrapping) &&
    sameJson(a.configuration, b.configuration) &&
    sameJson(a.customData, b.customData)
  )
}

function sameOptions(a: readonly LineOption[], b: readonly LineOption[]): boolean {
  if (a.length !== b.length) return false
  const sorted = (options: readonly LineOption[]) =>
    options.map(({ sku, attachments = [] }) => JSON.stringify([sku, attachments])).sort()
  const others = sorted(b)
  return sorted(a).every((text, index) => text === others[index])
}

function sameOrigin(a: PriceOrigin, b: PriceOrigin): boolean {
  if (a.kind === 'catalog') return b.kind === 'catalog'
  return a.kind === 'manual' && b.kind === 'manual' && a.unitPrice === b.unitPrice
}

function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

function checkLine(cart: Cart, line: NewLine, context: DecisionContext): Result<LineItem, CheckoutError> {
  const origin = line.origin ?? { kind: 'catalog' as const }
  if ('unitPrice' in origin && origin.unitPrice < 0n) {
    return refuse({ code: 'invalid_input', field: 'unitPrice', rule: 'negative' })
  }
  const variant = context.facts.variants.get(line.sku)
  const isOwnThing = origin.kind === 'custom' || origin.kind === 'gift_certificate'
  if (!isOwnThing && line.ifUnavailable !== 'keep') {
    const fault = variantFault(cart, line, variant)
    if (fault !== undefined) return refuse(fault)
  }
  const unwrappable = wrappingFault(cart, line, context)
  if (unwrappable !== undefined) return refuse(unwrappable)
  return ok({
    id: context.newId(),
    sequence: nextSequence(cart),
    sku: line.sku,
    seller: line.seller ?? variant?.seller ?? storeSeller(context),
    quantity: line.quantity,
    options: line.options ?? [],
    origin,
    attachments: line.attachments ?? [],
    isGift: false,
    ...(line.subscription === undefined ? {} : { subscription: line.subscription }),
    ...(line.parent === undefined ? {} : { parent: line.parent }),
    ...(line.onPresent === 'separate' ? { separate: context.newId() } : {}),
    ...(line.wrapping === undefined ? {} : { wrapping: line.wrapping }),
    ...(line.configuration === undefined ? {} : { configuration: line.configuration }),
    ...(line.customData === undefined ? {} : { customData: line.customData }),
    ...(line.extras === undefined ? {} : { extras: line.extras }),
    ...(line.hasFixedQuantity === true ? { hasFixedQuantity: true } : {}),
    addedAt: context.facts.now,
  })
}

/** Things that no catalog knows are the store's own: they are shipped and ordered with its goods. */
function storeSeller({ facts }: DecisionContext): SellerId {
  const [first = ''] = facts.sellers.keys()
  return first
}

function variantFault(cart: Cart, line: NewLine, variant: Variant | undefined): CheckoutError | undefined {
  if (variant === undefined) return { code: 'product_not_found', sku: line.sku }
  if (!variant.isActive) return { code: 'product_inactive', sku: line.sku, name: variant.name }
  if (line.origin?.kind !== 'manual' && !hasPrice(variant.prices, cart.channel, cart.currency, cart.priceMode)) {
    return { code: 'price_missing', sku: line.sku, name: variant.name }
  }
  const options = line.options ?? []
  if (options.length > limits.optionsPerLine) {
    return { code: 'limit_reached', limit: 'options', maximum: limits.optionsPerLine }
  }
  for (const { sku } of options) {
    const known = variant.optionGroups.flatMap(group => group.options).find(option => option.sku === sku)
    if (known === undefined || !hasPrice(known.prices, cart.channel, cart.currency, cart.priceMode)) {
      return { code: 'option_not_found', sku: line.sku, option: sku }
    }
  }
  return line.components === undefined ? undefined : excessFault(variant, line.components)
}

/** Whether something is sold in that channel, currency and price mode. */
export function hasPrice(prices: Variant['prices'], channel: string, currency: string, mode: PriceMode): boolean {
  return prices.some(price => price.channel === channel && price.currency === currency && price.mode === mode)
}

function quantityFault(quantity: number, variant: Variant | undefined): CheckoutError | undefined {
  const minimum = variant?.minQuantity ?? 1
  const maximum = Math.min(variant?.maxQuantity ?? limits.quantityPerLine, limits.quantityPerLine)
  if (Number.isInteger(quantity) && quantity >= minimum && quantity <= maximum) return undefined
  return { code: 'quantity_invalid', quantity, minimum, maximum }
}

/** How many pieces the line may have, other lines of the same SKU counted, by the policy for excess quantities. */
function promisable(
  cart: Cart,
  item: LineItem,
  wanted: number,
  context: DecisionContext,
): Result<number, CheckoutError> {
  const { stock, channel, variants } = context.facts
  if (stock === undefined || item.origin.kind === 'custom' || item.origin.kind === 'gift_certificate') return ok(wanted)
  const others = cart.lineItems
    .filter(line => line.sku === item.sku && line.id !== item.id)
    .reduce((sum, line) => sum + line.quantity, 0)
  const available = Math.max(0, (stock.get(item.sku) ?? 0) - others)
  if (wanted <= available || channel.policy.excessQuantity === 'keep') return ok(wanted)
  if (channel.policy.excessQuantity === 'cap' && available > 0) return ok(available)
  if (channel.policy.excessQuantity === 'cap' && channel.policy.unavailableLines === 'keep') return ok(wanted)
  const name = variants.get(item.sku)?.name ?? item.sku
  return refuse({ code: 'insufficient_stock', sku: item.sku, name, available })
}

/**
 * Consignments never assign more pieces of a line than it has: the last ones give way. One that loses all that it named
 * goes, since without names it would take everything that is not assigned elsewhere.
 */
function fitAssignments(cart: Cart, lineItemId: LineItemId, quantity: number): Cart['consignments'] {
  const whole = wholeAssignment(cart, lineItemId)
  if (whole !== undefined) {
    return cart.consignments.map(one =>
      one === whole
        ? { ...one, items: one.items.map(item => (item.lineItemId === lineItemId ? { ...item, quantity } : item)) }
        : one,
    )
  }
  let left = quantity
  return cart.consignments.flatMap(consignment => {
    const items = consignment.items.flatMap(item => {
      if (item.lineItemId !== lineItemId) return [item]
      const kept = Math.min(item.quantity, left)
      left -= kept
      return kept === 0 ? [] : [{ ...item, quantity: kept }]
    })
    return consignment.items.length > 0 && items.length === 0 ? [] : [{ ...consignment, items }]
  })
}

/** The one consignment that takes every piece of a line: pieces that are added go there too. */
function wholeAssignment(cart: Cart, lineItemId: LineItemId): Cart['consignments'][number] | undefined {
  const pieces = cart.lineItems.find(line => line.id === lineItemId)?.quantity
  const naming = cart.consignments.filter(one => one.items.some(item => item.lineItemId === lineItemId))
  const [only] = naming
  const entries = only?.items.filter(item => item.lineItemId === lineItemId) ?? []
  return naming.length === 1 && entries.length === 1 && entries[0]?.quantity === pieces ? only : undefined
}

/** Length of what a line carries that core does not read, as JSON. */
function opaqueLength(line: Pick<NewLine, 'configuration' | 'attachments' | 'customData' | 'extras'>): number {
  const { configuration, attachments = [], customData, extras } = line
  const isPlain = configuration === undefined && customData === undefined && extras === undefined
  return isPlain && attachments.length === 0
    ? 0
    : JSON.stringify([configuration, attachments, customData, extras]).length
}

/** Nobody makes a cart heavy with what only its client reads. */
function holdsTooMuch(cart: Cart, line: NewLine): boolean {
  const own = opaqueLength(line)
  if (own === 0) return false
  return cart.lineItems.reduce((sum, item) => sum + opaqueLength(item), own) > limits.extrasBytes
}
