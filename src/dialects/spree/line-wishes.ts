import type { ChannelId } from '../../core/ids.js'
import type { CurrencyCode } from '../../core/money.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { CartView, LineChange, NewLine, Operations } from '../../operations/operations.js'
import type { FieldErrors } from './errors.js'
import { parseAmount } from './money.js'
import { integerText, type Tree, textOf } from './params.js'
import { purchaseRef, type SpreeRequest } from './request.js'

/** Lines as they were sent, with the SKUs that their variants have. */
export interface LineWishes {
  readonly entries: readonly Tree[]
  readonly skuOf: ReadonlyMap<number, string>
  /** An administrator may name a price. */
  readonly currency?: CurrencyCode
}

export const noLines: LineWishes = { entries: [], skuOf: new Map() }

/** Which channel sells what lines name, and the currency of prices that come with them. */
interface LinePlace {
  readonly channel: ChannelId
  readonly currency: CurrencyCode
}

/**
 * Looks up the variants that lines name; refuses with nothing where one is not sold here. An order that was begun in another
 * channel has that channel's goods, and its own currency: it is read where a variant is not found or a price is named.
 *
 * @param number  the order's; undefined: a new one
 */
export async function readLineWishes(
  request: SpreeRequest,
  operations: Operations,
  entries: readonly Tree[],
  number = request.params.number,
): Promise<Result<LineWishes, null>> {
  const { id: channel, currency } = request.channel
  const here = await lookUp(operations, channel, entries)
  const namesPrice = request.isAdmin && entries.some(({ price }) => price !== undefined && price !== null)
  const place = here.ok && !namesPrice ? { channel, currency } : await placeOf(request, operations, number)
  const found = place.channel === channel ? here : await lookUp(operations, place.channel, entries)
  if (!found.ok) return found
  return ok({ entries, skuOf: found.value, ...(request.isAdmin ? { currency: place.currency } : {}) })
}

async function placeOf(request: SpreeRequest, operations: Operations, number: string | undefined): Promise<LinePlace> {
  const own = { channel: request.channel.id, currency: request.channel.currency }
  if (number === undefined) return own
  const read = await operations.readPurchase(request.caller, purchaseRef(request, number))
  return read.ok ? { channel: read.value.channel.id, currency: read.value.cart.cart.currency } : own
}

/** SKUs by variant id, as far as lines name one; refuses with nothing where one is not sold in that channel. */
async function lookUp(
  operations: Operations,
  channel: ChannelId,
  entries: readonly Tree[],
): Promise<Result<LineWishes['skuOf'], null>> {
  const variantIds = entries.flatMap(entry => (hasId(entry) ? [] : (integerText(entry.variant_id) ?? [])))
  const byId = variantIds.length === 0 ? [] : await operations.findSoldVariants({ channel, key: { variantIds } })
  const skus = entries.flatMap(entry =>
    hasId(entry) || entry.variant_id !== undefined ? [] : (textOf(entry.sku) ?? []),
  )
  const bySku = skus.length === 0 ? [] : await operations.findSoldVariants({ channel, key: { skus } })
  const skuOf = new Map(byId.map(({ variantId, sku }) => [variantId, sku]))
  const isKnown = (entry: Tree) => {
    if (hasId(entry)) return true
    if (entry.variant_id !== undefined) return skuOf.has(integerText(entry.variant_id) ?? -1)
    return bySku.some(({ sku }) => sku === textOf(entry.sku))
  }
  return entries.every(isKnown) ? ok(skuOf) : refuse(null)
}

/** A blank id, as forms send for a line that is not there yet, is none. */
function hasId({ id }: Tree): boolean {
  return id !== undefined && id !== null && id !== ''
}

/** SKUs that these lines may bring in. */
export function skusOf({ entries, skuOf }: LineWishes): readonly string[] {
  return entries.flatMap(entry => skuFor(entry, skuOf) ?? [])
}

function skuFor(entry: Tree, skuOf: LineWishes['skuOf']): string | undefined {
  if (hasId(entry)) return undefined
  return entry.variant_id === undefined ? textOf(entry.sku) : skuOf.get(integerText(entry.variant_id) ?? -1)
}

/** Lines as changes: an id names a line that is there, a variant sets the pieces of its line or makes one. */
export function lineChanges(
  wishes: LineWishes,
  { cart: { cart } }: CartView,
): { readonly changes: readonly LineChange[]; readonly errors: FieldErrors } {
  const errors: Record<string, readonly string[]> = {}
  const changes = wishes.entries.flatMap((entry): readonly LineChange[] => {
    const quantity = readQuantity(entry.quantity ?? 1)
    if (!quantity.ok) {
      errors['line_items.quantity'] = [quantity.error]
      return []
    }
    const sku = skuFor(entry, wishes.skuOf)
    if (sku === undefined) {
      const line = cart.lineItems.find(({ sequence }) => sequence === integerText(entry.id))
      // A line that is not on this order is passed over.
      return line === undefined || entry.quantity === undefined
        ? []
        : [{ lineItem: { id: line.id }, quantity: quantity.value }]
    }
    if (quantity.value === 0)
      return cart.lineItems.filter(line => line.sku === sku).map(({ id }) => ({ lineItem: { id }, quantity: 0 }))
    const origin = readOrigin(entry.price, wishes.currency)
    if (!origin.ok) {
      errors['line_items.price'] = [origin.error]
      return []
    }
    return [{ add: { sku, quantity: quantity.value, onPresent: 'set', ...origin.value } }]
  })
  return { changes, errors }
}

/** A number of pieces; what is not whole is refused with this platform's sentence. */
export function readQuantity(value: unknown): Result<number, string> {
  const number = integerText(value)
  if (number === undefined) return refuse('must be an integer')
  return number < 0 ? refuse('must be greater than or equal to 0') : ok(number)
}

/**
 * What an administrator says that a piece costs; nothing where nothing was said.
 *
 * @param currency  absent: nobody who may name a price, whatever was sent
 */
export function readOrigin(
  value: unknown,
  currency: CurrencyCode | undefined,
): Result<Pick<NewLine, 'origin'>, string> {
  if (currency === undefined || value === undefined || value === null || value === '') return ok({})
  const unitPrice = parseAmount(value, currency)
  if (unitPrice === undefined) return refuse('is not a number')
  if (unitPrice < 0n) return refuse('must be greater than or equal to 0')
  return ok({ origin: { kind: 'manual', unitPrice, by: 'administrator' } })
}

/** The same refusal under the name that a line of an order has. */
export function underLines(errors: FieldErrors): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([name, messages]) => [name === 'quantity' ? 'line_items.quantity' : name, messages]),
  )
}
