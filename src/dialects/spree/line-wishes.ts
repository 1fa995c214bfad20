import { ok, type Result, refuse } from '../../core/result.js'
import type { CartView, LineChange, Operations } from '../../operations/operations.js'
import type { FieldErrors } from './errors.js'
import { parseAmount } from './money.js'
import { integerText, type Tree, textOf } from './params.js'
import type { SpreeRequest } from './request.js'

/** Lines as they were sent, with the SKUs that their variants have. */
export interface LineWishes {
  readonly entries: readonly Tree[]
  readonly skuOf: ReadonlyMap<number, string>
  /** An administrator may name a price. */
  readonly currency?: string
}

export const noLines: LineWishes = { entries: [], skuOf: new Map() }

/** Looks up the variants that lines name; refuses with nothing where one is not sold here. */
export async function readLineWishes(
  request: SpreeRequest,
  operations: Operations,
  entries: readonly Tree[],
): Promise<Result<LineWishes, null>> {
  const variantIds = entries.flatMap(({ id, variant_id: variantId }) =>
    id === undefined ? (integerText(variantId) ?? []) : [],
  )
  const channel = request.channel.id
  const byId = variantIds.length === 0 ? [] : await operations.findSoldVariants({ channel, key: { variantIds } })
  const skus = entries.flatMap(({ id, variant_id: variantId, sku }) =>
    id === undefined && variantId === undefined ? (textOf(sku) ?? []) : [],
  )
  const bySku = skus.length === 0 ? [] : await operations.findSoldVariants({ channel, key: { skus } })
  const skuOf = new Map(byId.map(({ variantId, sku }) => [variantId, sku]))
  const isKnown = (entry: Tree) => {
    if (entry.id !== undefined) return true
    if (entry.variant_id !== undefined) return skuOf.has(integerText(entry.variant_id) ?? -1)
    return bySku.some(({ sku }) => sku === textOf(entry.sku))
  }
  if (!entries.every(isKnown)) return refuse(null)
  return ok({ entries, skuOf, ...(request.isAdmin ? { currency: request.channel.currency } : {}) })
}

/** SKUs that these lines may bring in. */
export function skusOf({ entries, skuOf }: LineWishes): readonly string[] {
  return entries.flatMap(entry => skuFor(entry, skuOf) ?? [])
}

function skuFor(entry: Tree, skuOf: LineWishes['skuOf']): string | undefined {
  if (entry.id !== undefined) return undefined
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
    const price = wishes.currency === undefined ? undefined : parseAmount(entry.price, wishes.currency)
    const origin =
      price === undefined || price < 0n
        ? {}
        : { origin: { kind: 'manual' as const, unitPrice: price, by: 'administrator' } }
    return [{ add: { sku, quantity: quantity.value, onPresent: 'set', ...origin } }]
  })
  return { changes, errors }
}

/** A number of pieces; what is not whole is refused with this platform's sentence. */
export function readQuantity(value: unknown): Result<number, string> {
  const number = integerText(value)
  if (number === undefined) return refuse('must be an integer')
  return number < 0 ? refuse('must be greater than or equal to 0') : ok(number)
}

/** The same refusal under the name that a line of an order has. */
export function underLines(errors: FieldErrors): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).map(([name, messages]) => [name === 'quantity' ? 'line_items.quantity' : name, messages]),
  )
}
