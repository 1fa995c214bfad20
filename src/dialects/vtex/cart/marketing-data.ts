import type { Marketing } from '../../../core/cart/cart.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { defined } from '../address.js'
import { respondError, type VtexError } from '../answer.js'
import { type Fields, isObject, textOf } from '../body.js'
import { fixed } from '../fixed-errors.js'
import type { CartRequest } from '../request.js'
import { changeOrderForm } from './change.js'
import { readCodes } from './coupons.js'
import { recomputed } from './recompute.js'

const longestField = 200
const tagsAtMost = 50

const names = ['utmSource', 'utmMedium', 'utmCampaign', 'utmipage', 'utmiPage', 'utmiPart', 'utmiCampaign'] as const

/**
 * POST .../attachments/marketingData: 200, the section is what was sent; a coupon that is not mentioned stays. 400 CHK0038
 * for a field that is too long, CHK0143 for tags.
 */
export async function setMarketingData(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const fields = isObject(request.body) ? request.body : {}
  const read = readMarketing(fields)
  if (!read.ok) return respondError(read.error)
  const marketing = read.value
  const codes = 'coupon' in fields ? readCodes(fields.coupon) : []
  if (codes === undefined) return respondError(fixed.marketingField('coupon'))
  return changeOrderForm(
    request,
    operations,
    desk => {
      const set = desk.edit([
        { kind: 'fill_in', changes: { marketing } },
        ...('coupon' in fields ? [{ kind: 'set_coupons' as const, codes }] : []),
      ])
      return set.ok ? recomputed(set.value, desk) : set
    },
    { codes },
  )
}

/** Where the shopper came from, with the tags of the sale; `CHK0038` or `CHK0143` for what is too long or too much. */
export function readMarketing(fields: Fields): Result<Marketing, VtexError> {
  const wrong = names.find(name => (textOf(fields[name]) ?? '').length > longestField)
  if (wrong !== undefined) return refuse(fixed.marketingField(wrong))
  const tags = readTags(fields.marketingTags)
  return tags === undefined ? refuse(fixed.marketingTag) : ok(marketingOf(fields, tags))
}

/** Where the shopper came from, as the API writes it. */
export function marketingOf(fields: Fields, tags: readonly string[]): Marketing {
  return defined({
    source: textOf(fields.utmSource),
    medium: textOf(fields.utmMedium),
    campaign: textOf(fields.utmCampaign),
    page: textOf(fields.utmipage) ?? textOf(fields.utmiPage),
    part: textOf(fields.utmiPart),
    internalCampaign: textOf(fields.utmiCampaign),
    tags: tags.length === 0 ? undefined : tags,
  })
}

function readTags(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value) || value.length > tagsAtMost) return undefined
  const tags = value.filter(tag => typeof tag === 'string' && tag.length <= longestField)
  return tags.length === value.length ? tags : undefined
}
