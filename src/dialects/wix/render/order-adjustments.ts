import { fullDiscounts } from '../../../core/pricing/full-shares.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { derivedGuid, lineIdOf } from '../ids.js'
import { isObject, type JsonObject, objectAt } from '../validation.js'
import { renderAppliedDiscounts, renderFees } from './discounts.js'
import type { LineFace } from './line-item.js'
import { asOrderPrice, asTaxInfo, renderOrderPrice } from './order-money.js'

const kinds = ['coupon', 'discountRule', 'merchantDiscount'] as const

/** Discounts of an order, with what each line has of them. Source: dialects/wix.md 4.10. */
export function renderOrderDiscounts(priced: PricedCart, face: LineFace): readonly JsonObject[] {
  const took = priced.discounts
  const sharesOfLines = priced.lines.map(line => ({ id: lineIdOf(line.item), taken: fullDiscounts(line) }))
  return renderAppliedDiscounts(priced, face)
    .slice(0, took.length)
    .map((rendered, index) => {
      const discountId = took[index]?.id ?? ''
      const shares = sharesOfLines.flatMap(({ id, taken }) => {
        const amount = taken.find(share => share.discountId === discountId)?.amount ?? 0n
        return amount === 0n ? [] : [{ id, totalDiscount: renderOrderPrice(amount, face) }]
      })
      return {
        ...rendered,
        ...Object.fromEntries(
          kinds.flatMap(kind => (isObject(rendered[kind]) ? [[kind, withOrderPrice(rendered, kind)]] : [])),
        ),
        id: derivedGuid('order-discount', `${priced.cart.id}/${priced.cart.purchase}/${discountId}`),
        lineItemDiscounts: shares,
      }
    })
}

function withOrderPrice(rendered: JsonObject, kind: string): JsonObject {
  const member = objectAt(rendered, kind)
  return { ...member, amount: asOrderPrice(member.amount) }
}

/** Charges of an order beside goods and shipping. */
export function renderOrderFees(priced: PricedCart, face: LineFace): readonly JsonObject[] {
  return renderFees(priced, face).map((fee, index) => ({
    code: fee.code,
    name: fee.name,
    price: asOrderPrice(fee.price),
    priceBeforeTax: asOrderPrice(fee.priceBeforeTax),
    priceAfterTax: asOrderPrice(fee.priceAfterTax),
    taxInfo: asTaxInfo(objectAt(fee, 'taxDetails'), priced.cart.priceMode === 'gross'),
    id: derivedGuid('order-fee', `${priced.cart.id}/${priced.cart.purchase}/${index}`),
    lineItemIds: [],
    source: fee.source,
  }))
}
