import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { isObject } from '../body.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { recomputed } from './recompute.js'

/**
 * POST .../coupons `{text}`: 200, the codes of the text (separated by commas) instead of those before; an empty text takes
 * all off. A code that is none, or over, is told by a message.
 */
export async function setCoupons(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  const codes = readCodes(body.text)
  if (codes === undefined || !('text' in body)) return respondError(fixed.badRequest)
  return changeOrderForm(
    request,
    operations,
    desk => {
      const set = desk.edit([{ kind: 'set_coupons', codes }])
      return set.ok ? recomputed(set.value, desk) : set
    },
    { codes },
  )
}

/** Codes of one text; undefined for what is no text. Absent and null: none. */
export function readCodes(text: unknown): readonly string[] | undefined {
  if (text === undefined || text === null) return []
  if (typeof text !== 'string') return undefined
  const codes = text.split(',').map(code => code.trim())
  return codes.filter(code => code !== '')
}
