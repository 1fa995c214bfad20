import { z } from 'zod'
import type { Caller } from '../../core/access/caller.js'
import type { LineItem } from '../../core/cart/cart.js'
import type { CartEdit } from '../../core/cart/edits.js'
import type { ErrorOf } from '../../core/errors.js'
import type { LineItemId } from '../../core/ids.js'
import type { Minor } from '../../core/money.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Answer, CartRef, CartView, EditDesk, Operations } from '../../operations/operations.js'

/** How a line shall be wrapped: each of its pieces the same, or piece by piece. */
export interface WantedWrapping {
  readonly isTogether: boolean
  /** Together: the first counts. Else one per piece, in order; pieces without one are not wrapped. */
  readonly details: readonly WrapDetail[]
}

interface WrapDetail {
  readonly id: number
  readonly message?: string | null | undefined
}

const details = z.array(z.object({ id: z.int(), message: z.string().nullish() })).min(1)

/** `gift_wrapping` of the server-to-server API. Source: bigcommerce/docs reference/carts.v3.yml. */
export const serverWrapping: z.ZodType<WantedWrapping> = z
  .object({ wrap_together: z.boolean(), wrap_details: details })
  .transform(({ wrap_together, wrap_details }) => ({ isTogether: wrap_together, details: wrap_details }))

/** `giftWrapping` of the storefront. Source: bigcommerce/docs reference/carts.sf.yml. */
export const storefrontWrapping: z.ZodType<WantedWrapping> = z
  .object({ wrapTogether: z.boolean(), wrapDetails: details })
  .transform(({ wrapTogether, wrapDetails }) => ({ isTogether: wrapTogether, details: wrapDetails }))

/** Pieces that are wrapped alike. */
export interface WrappedPieces {
  readonly quantity: number
  readonly wrapping?: NonNullable<LineItem['wrapping']>
}

/** The pieces of a line by how they are wrapped, in order; more details than pieces are refused. */
export function wrappedPieces(
  { isTogether, details: wanted }: WantedWrapping,
  quantity: number,
): Result<readonly WrappedPieces[], ErrorOf<'invalid_input'>> {
  const [first] = wanted
  if (first === undefined) return ok([{ quantity }])
  if (isTogether) return ok([{ quantity, wrapping: wrappingOf(first) }])
  if (wanted.length > quantity) return refuse({ code: 'invalid_input', field: 'wrap_details', rule: 'too_many' })
  const runs: WrappedPieces[] = []
  for (const wrapping of wanted.map(wrappingOf)) {
    const last = runs.at(-1)
    const isSame = JSON.stringify(last?.wrapping) === JSON.stringify(wrapping)
    if (last !== undefined && isSame) runs[runs.length - 1] = { ...last, quantity: last.quantity + 1 }
    else runs.push({ quantity: 1, wrapping })
  }
  return ok(wanted.length === quantity ? runs : [...runs, { quantity: quantity - wanted.length }])
}

function wrappingOf({ id, message }: WrapDetail): NonNullable<LineItem['wrapping']> {
  return { wrappingId: id, ...(message === undefined || message === null || message === '' ? {} : { message }) }
}

/** What one request changes about a line; `null` unwraps it. */
export interface WrappedChange {
  readonly lineItemId: LineItemId
  readonly quantity?: number
  readonly unitPrice?: Minor
  readonly wrapping: WantedWrapping | null
}

/** Changes a line and how it is wrapped, in one write; pieces that are wrapped otherwise become lines of their own. */
export function changeWrapped(
  caller: Caller,
  operations: Operations,
  target: { readonly cart: CartRef; readonly since?: number },
  change: WrappedChange,
): Answer<CartView> {
  return operations.editCart(caller, { ...target, plan: desk => wrapped(desk, change) })
}

function wrapped(
  desk: EditDesk,
  { lineItemId, quantity, unitPrice, wrapping }: WrappedChange,
): ReturnType<EditDesk['edit']> {
  const before = desk.cart.lineItems.find(({ id }) => id === lineItemId)
  if (before === undefined) return refuse({ code: 'line_not_found', lineItemId })
  const edits: CartEdit[] = []
  if (unitPrice !== undefined) {
    edits.push({ kind: 'change_line', lineItemId, changes: { origin: { kind: 'manual', unitPrice } } })
  }
  if (quantity !== undefined) edits.push({ kind: 'set_quantity', lineItemId, quantity })
  const changed = desk.edit(edits)
  if (!changed.ok) return changed
  const place = changed.value.cart.lineItems.findIndex(({ id }) => id === lineItemId)
  const line = changed.value.cart.lineItems[place]
  if (line === undefined) return changed
  if (wrapping === null) return changed.value.edit([{ kind: 'change_line', lineItemId, changes: { wrapping: null } }])
  const pieces = wrappedPieces(wrapping, line.quantity)
  if (!pieces.ok) return pieces
  const quantities = pieces.value.map(run => run.quantity)
  const split = quantities.length === 1 ? changed : changed.value.edit([{ kind: 'split_line', lineItemId, quantities }])
  if (!split.ok) return split
  return split.value.edit(
    pieces.value.flatMap((run, index): readonly CartEdit[] => {
      const part = split.value.cart.lineItems[place + index]
      if (part === undefined) return []
      return [{ kind: 'change_line', lineItemId: part.id, changes: { wrapping: run.wrapping ?? null } }]
    }),
  )
}
