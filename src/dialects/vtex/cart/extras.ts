import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject, textOf } from '../body.js'
import { withExtras } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'

/** POST .../giftRegistry/{giftRegistryId}/remove: 200, the orderForm: no cart has a gift registry. */
export async function removeGiftRegistry(request: CartRequest, operations: Operations): Promise<WireResponse> {
  return changeOrderForm(request, operations, desk => ({ ok: true, value: desk }))
}

/** POST .../checkIn `{isCheckedIn, storeId?}`: 200, the shopper stands in a store, or no longer does. */
export async function checkIn(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const { isCheckedIn, storeId } = isObject(request.body) ? request.body : {}
  if (typeof isCheckedIn !== 'boolean') return respondError(fixed.wrongType('isCheckedIn', 'boolean'))
  const store = textOf(storeId)
  if (store !== undefined && store.length > 128) return respondError(fixed.fieldTooLong('storeId'))
  return changeOrderForm(request, operations, ({ cart, edit }) =>
    edit([
      {
        kind: 'fill_in',
        changes: {
          extras: withExtras(cart, {
            isCheckedIn: isCheckedIn ? true : null,
            storeId: isCheckedIn ? (store ?? null) : null,
          }),
        },
      },
    ]),
  )
}
