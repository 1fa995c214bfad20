import type { Minor } from '../../../core/money.js'
import type { AppliedDiscount, DiscountShare, PricedCart, TaxShare } from '../../../core/pricing/priced-cart.js'
import type { Rate } from '../../../core/rate.js'
import { integerOf } from '../ids.js'
import { display, toWire } from '../money.js'

/** What an adjustment belongs to. */
export interface Adjusted {
  readonly type: 'Spree::Order' | 'Spree::LineItem' | 'Spree::Shipment'
  readonly id: number
}

interface Adjustment {
  readonly sourceType: 'Spree::TaxRate' | 'Spree::PromotionAction' | null
  readonly sourceId: number | null
  readonly amount: Minor
  readonly label: string
  readonly isEligible: boolean
  /** Tells it from others of its label, where the source does not. */
  readonly key?: string
}

/** Discounts of one line or shipment that were given for it alone. */
export function discountAdjustments(priced: PricedCart, shares: readonly DiscountShare[], adjusted: Adjusted) {
  return shares.flatMap(share => {
    const discount = priced.discounts.find(({ id }) => id === share.discountId)
    if (discount === undefined || discount.target === 'order' || share.amount === 0n) return []
    return [renderAdjustment(priced, adjusted, promoted(discount, share.amount))]
  })
}

/** Discounts of the whole order, and promotions that a better one kept from applying. */
export function orderAdjustments(priced: PricedCart, adjusted: Adjusted) {
  const applied = priced.discounts.filter(({ target, amount }) => target === 'order' && amount !== 0n)
  const beaten = priced.losing.filter(({ reason, wouldTake }) => reason === 'better_other' && wouldTake !== undefined)
  return [
    ...applied.map(discount => renderAdjustment(priced, adjusted, promoted(discount, discount.amount))),
    ...beaten.map(({ promotionId, name, wouldTake = 0n }) =>
      renderAdjustment(priced, adjusted, {
        sourceType: 'Spree::PromotionAction',
        sourceId: integerOf(`promotion ${promotionId}`),
        amount: -wouldTake,
        label: `Promotion (${name})`,
        isEligible: false,
      }),
    ),
    ...priced.fees.map(fee =>
      renderAdjustment(priced, adjusted, {
        sourceType: null,
        sourceId: null,
        amount: fee.price,
        label: fee.displayName,
        isEligible: true,
        key: fee.id,
      }),
    ),
    ...feeTaxes(priced, adjusted),
  ]
}

/** What the fees of an order are taxed, one entry per rate of each. */
function feeTaxes(priced: PricedCart, adjusted: Adjusted) {
  return priced.fees.flatMap(({ id, price, taxes, amount: { tax, gross } }) =>
    taxAdjustments(priced, taxes, tax - (gross - price), adjusted, id),
  )
}

/** Taxes of one line, shipment or fee; `included` where the price holds them already. `key`: of the fee. */
export function taxAdjustments(
  priced: PricedCart,
  taxes: readonly TaxShare[],
  included: Minor,
  adjusted: Adjusted,
  key?: string,
) {
  // Rates that are part of the price come first where both kinds meet.
  let left = included
  return taxes.map(tax => {
    const isIncluded = left > 0n && tax.amount <= left
    if (isIncluded) left -= tax.amount
    const total = priced.taxes.find(({ rateId }) => rateId === tax.rateId)
    return renderAdjustment(priced, adjusted, {
      sourceType: 'Spree::TaxRate',
      sourceId: total?.integerId ?? null,
      amount: tax.amount,
      label: `${rateLabel(tax.name, tax.rate)}${isIncluded ? ' (Included in Price)' : ''}`,
      isEligible: true,
      ...(key === undefined ? {} : { key }),
    })
  })
}

/** `North America 5.0%`; a name that tells its percentage already is enough. */
function rateLabel(name: string, { micros }: Rate): string {
  if (name.endsWith('%')) return name
  const fraction = (micros % 10_000n)
    .toString()
    .padStart(4, '0')
    .replace(/0{1,3}$/, '')
  return `${name} ${micros / 10_000n}.${fraction}%`
}

function promoted(discount: AppliedDiscount, amount: Minor): Adjustment {
  const isManual = discount.source === 'manual'
  return {
    sourceType: isManual ? null : 'Spree::PromotionAction',
    sourceId: isManual ? null : discount.integerId,
    amount: -amount,
    label: isManual ? discount.name : `Promotion (${discount.name})`,
    isEligible: true,
    ...(isManual ? { key: discount.id } : {}),
  }
}

function renderAdjustment({ cart, currency }: PricedCart, adjusted: Adjusted, adjustment: Adjustment) {
  const { sourceType, sourceId, amount, label, isEligible, key } = adjustment
  const name = `adjustment ${cart.id} ${adjusted.type} ${adjusted.id} ${sourceType} ${sourceId} ${label}`
  return {
    id: integerOf(key === undefined ? name : `${name} ${key}`),
    source_type: sourceType,
    source_id: sourceId,
    adjustable_type: adjusted.type,
    adjustable_id: adjusted.id,
    originator_type: sourceType,
    originator_id: sourceId,
    amount: toWire(amount, currency),
    display_amount: display(amount, currency),
    label,
    mandatory: false,
    locked: false,
    eligible: isEligible,
    created_at: cart.createdAt,
    updated_at: cart.updatedAt,
  }
}
