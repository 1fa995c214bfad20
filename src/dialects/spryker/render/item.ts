import { type Minor, sumOf } from '../../../core/money.js'
import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import type { Attributes, Resource } from '../json-api.js'
import { byMode, percentNumber, toWire } from '../money.js'
import { renderProduct } from './products.js'

/** Which of the two kinds of cart a client speaks of: names of types and paths differ, nothing else. */
export interface CartFace {
  readonly cartType: 'carts' | 'guest-carts'
  readonly itemType: 'items' | 'guest-cart-items'
  /** What else hangs on the cart comes before its items. */
  readonly itemsLast?: true
}

export const customerFace: CartFace = { cartType: 'carts', itemType: 'items' }
export const guestFace: CartFace = { cartType: 'guest-carts', itemType: 'guest-cart-items' }

/** One line of a cart. Its id is the group key. */
export function renderItem(priced: PricedCart, line: PricedLine, groupKey: string, face: CartFace): Resource {
  const { variant } = line
  return {
    type: face.itemType,
    id: groupKey,
    attributes: itemAttributes(priced, line, groupKey),
    self: `/${face.cartType}/${priced.cart.id}/${face.itemType}/${encodeURIComponent(groupKey)}`,
    relationships: { 'concrete-products': () => (variant === undefined ? [] : [renderProduct(variant)]) },
  }
}

function itemAttributes(priced: PricedCart, line: PricedLine, groupKey: string): Attributes {
  return {
    sku: line.item.sku,
    quantity: line.quantity,
    groupKey,
    abstractSku: line.variant?.productSku ?? line.item.sku,
    amount: null,
    configuredBundle: null,
    configuredBundleItem: null,
    productConfigurationInstance: line.item.configuration ?? null,
    calculations: calculations(priced, line),
    selectedProductOptions: line.options.map(option => ({
      optionGroupName: option.group,
      sku: option.sku,
      optionName: option.name,
      price: toWire(option.price),
    })),
  }
}

/** Figures of the line; `unit...` of a figure that is shared out over pieces is the first piece's. */
function calculations(priced: PricedCart, line: PricedLine): Attributes {
  const mode = priced.cart.priceMode
  const unit = byMode(mode, line.unitPrice)
  const sum = byMode(mode, line.price)
  const first = line.pieces[0]
  const unitDiscount = sumOf(first?.discounts ?? [])
  return {
    unitPrice: toWire(line.unitPrice),
    sumPrice: toWire(line.price),
    taxRate: percentNumber(line.taxRate),
    unitNetPrice: unit.net,
    sumNetPrice: sum.net,
    unitGrossPrice: unit.gross,
    sumGrossPrice: sum.gross,
    unitTaxAmountFullAggregation: toWire(unitTax(line)),
    sumTaxAmountFullAggregation: toWire(line.total.tax),
    sumSubtotalAggregation: toWire(line.subtotal),
    unitSubtotalAggregation: toWire((first?.price ?? 0n) + (first?.options ?? 0n)),
    unitProductOptionPriceAggregation: toWire(first?.options ?? 0n),
    sumProductOptionPriceAggregation: toWire(line.subtotal - line.price),
    unitDiscountAmountAggregation: toWire(unitDiscount),
    sumDiscountAmountAggregation: toWire(line.discount),
    unitDiscountAmountFullAggregation: toWire(unitDiscount + (first?.optionDiscount ?? 0n)),
    sumDiscountAmountFullAggregation: toWire(line.fullDiscount),
    unitPriceToPayAggregation: toWire(first?.toPay ?? 0n),
    sumPriceToPayAggregation: toWire(line.total.gross),
  }
}

/** Tax of one piece with its options: by the unit pass where there is one, else the first piece's share. */
function unitTax(line: PricedLine): Minor {
  const [first] = line.pieces
  if (line.unitTax === undefined) return (first?.itemTax ?? 0n) + (first?.optionTax ?? 0n)
  return line.unitTax + sumOf(line.options.map(option => option.unitTax ?? 0n))
}
