import type { ChosenGift } from '../../../core/cart/gifts.js'
import type { Variant } from '../../../core/catalog/variant.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Result } from '../../../core/result.js'
import type { EditDesk, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject, objectsOf, textOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { told } from './item-plan.js'
import { recomputed } from './recompute.js'

/**
 * POST .../selectable-gifts/{listId} `{id, selectedGifts: [{id, seller, index}]}`: 200, these gifts of the list instead of
 * those chosen before, one piece per entry; the message GiftUnavailable where the list or a gift is gone. 400 CHK0022 for
 * what the list does not have, CHK0023 for more than it gives.
 */
export async function selectGifts(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const selected = isObject(request.body) ? objectsOf(request.body.selectedGifts ?? []) : undefined
  if (selected === undefined) return respondError(fixed.badRequest)
  const ids = selected.map(({ id }) => textOf(id))
  const listId = request.params.listId ?? ''
  return changeOrderForm(request, operations, desk => chosen(desk, listId, ids))
}

function chosen(desk: EditDesk, listId: string, ids: readonly (string | undefined)[]): Result<EditDesk, CheckoutError> {
  const choice = desk.price().giftChoices?.find(({ promotionId }) => promotionId === listId)
  if (choice === undefined) return ids.length === 0 ? desk.edit([]) : told(desk, 'gift_unavailable', { id: listId })
  const variants = choice.skus.flatMap(sku => desk.facts.variants.get(sku) ?? [])
  const wanted = ids.map(id => variants.find(variant => isNamed(variant, id)))
  const gifts = new Map<string, number>()
  for (const variant of wanted) {
    if (variant === undefined) return refuseWith(fixed.invalidItemId)
    gifts.set(variant.sku, (gifts.get(variant.sku) ?? 0) + 1)
  }
  const picks = [...gifts].map(([sku, quantity]): ChosenGift => ({ sku, quantity }))
  const next = desk.edit([{ kind: 'choose_gifts', promotionId: listId, chosen: picks }])
  if (next.ok) return recomputed(next.value, desk)
  return next.error.code === 'product_not_found' ? told(desk, 'gift_unavailable', { id: listId }) : next
}

function isNamed({ variantId, sku }: Variant, id: string | undefined): boolean {
  return id === String(variantId) || id === sku
}
