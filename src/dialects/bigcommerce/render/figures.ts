import type { PriceMode } from '../../../core/cart/cart.js'
import type { Channel } from '../../../core/catalog/channel.js'
import { divide, type Minor, sumOf } from '../../../core/money.js'
import { bothModes } from '../../../core/pricing/both-modes.js'
import { fullDiscounts } from '../../../core/pricing/full-shares.js'
import type { Amount, AppliedDiscount, PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { wrappingFeeId } from '../../../core/pricing/wrappings.js'

/** What one discount took from one line, as the store shows prices. */
export interface LineDiscount {
  readonly discount: AppliedDiscount
  readonly amount: Minor
}

/**
 * The figures of a line by their names on the wire. Prices that were entered stay as entered, all others are as the store
 * shows them. Source: dialects/bigcommerce.md 5.2.
 */
export interface LineFigures {
  readonly line: PricedLine
  readonly kind: 'physical' | 'digital' | 'gift_certificate' | 'custom'
  readonly originalPrice: Minor
  readonly listPrice: Minor
  readonly extendedListPrice: Minor
  readonly salePrice: Minor
  readonly extendedSalePrice: Minor
  readonly comparisonPrice: Minor
  readonly extendedComparisonPrice: Minor
  /** Before coupons and order discounts, in both modes. */
  readonly sale: Amount
  readonly discounts: readonly LineDiscount[]
  /** Automatic, off this product. */
  readonly productDiscount: Minor
  readonly couponDiscount: Minor
  readonly orderDiscount: Minor
  readonly manualDiscount: Minor
  readonly totalDiscount: Minor
  /** What wrapping its pieces costs; absent: they are not wrapped. */
  readonly wrapping?: WrappingFigures
}

export interface WrappingFigures {
  readonly id: number
  readonly name: string
  readonly message: string
  /** For one piece, as entered. */
  readonly unitPrice: Minor
  /** For all pieces. */
  readonly cost: Amount
  readonly price: Minor
}

/** The figures of a cart or of an order's frozen cart. */
export interface CartFigures {
  readonly display: PriceMode
  readonly isTaxIncluded: boolean
  readonly lines: readonly LineFigures[]
  readonly baseAmount: Minor
  readonly subtotal: Amount
  /** Wrapping of all lines. */
  readonly wrapping: Amount
  readonly wrappingPrice: Minor
  readonly discountAmount: Minor
  readonly manualDiscount: Minor
  readonly productDiscount: Minor
  /** Off goods and shipping by each coupon, by its promotion's id, as the store shows prices. */
  readonly byDiscount: ReadonlyMap<string, Minor>
}

const nothing: Amount = { net: 0n, tax: 0n, gross: 0n }

const plus = (a: Amount, b: Amount): Amount => ({ net: a.net + b.net, tax: a.tax + b.tax, gross: a.gross + b.gross })

/** The side of an amount that a store with this display mode shows. */
export function shown(amount: Amount, display: PriceMode): Minor {
  return display === 'gross' ? amount.gross : amount.net
}

const byCart = new WeakMap<PricedCart, CartFigures>()

/** Figures of `cart`, computed once per priced cart. */
export function figuresOf(cart: PricedCart, channel: Channel): CartFigures {
  const known = byCart.get(cart)
  if (known !== undefined) return known
  const figures = computeFigures(cart, channel)
  byCart.set(cart, figures)
  return figures
}

function computeFigures(cart: PricedCart, channel: Channel): CartFigures {
  const { display } = channel.policy.tax
  const applied = new Map(cart.discounts.map(discount => [discount.id, discount]))
  const wrappings = wrappingsOf(cart)
  const lines = cart.lines.map(line => {
    const figures = lineFigures(line, cart.cart.priceMode, channel, applied)
    const wrapping = wrappings.get(line.item.id)
    return wrapping === undefined ? figures : { ...figures, wrapping }
  })
  const byDiscount = new Map<string, Minor>()
  const add = (id: string, amount: Minor) => byDiscount.set(id, (byDiscount.get(id) ?? 0n) + amount)
  for (const { discounts } of lines) for (const { discount, amount } of discounts) add(discount.id, amount)
  for (const { id, amount } of shippingDiscounts(cart, channel)) add(id, amount)
  return {
    display,
    isTaxIncluded: display === 'gross',
    lines,
    baseAmount: sumOf(lines.map(line => line.extendedListPrice)),
    subtotal: lines.map(line => line.sale).reduce(plus, nothing),
    wrapping: lines.map(line => line.wrapping?.cost ?? nothing).reduce(plus, nothing),
    wrappingPrice: sumOf(lines.map(line => line.wrapping?.price ?? 0n)),
    discountAmount: sumOf(lines.map(line => line.orderDiscount + line.manualDiscount)),
    manualDiscount: sumOf(lines.map(line => line.manualDiscount)),
    productDiscount: sumOf(lines.map(line => line.productDiscount)),
    byDiscount,
  }
}

/** Wrapping by line, from the fees that it stands among. */
function wrappingsOf({ lines, fees }: PricedCart): ReadonlyMap<string, WrappingFigures> {
  const byId = new Map(fees.filter(({ kind }) => kind === 'wrapping').map(fee => [fee.id, fee]))
  return new Map(
    lines.flatMap(({ item }): readonly [string, WrappingFigures][] => {
      const fee = byId.get(wrappingFeeId(item))
      if (fee === undefined || item.wrapping === undefined) return []
      const { wrappingId: id, message = '' } = item.wrapping
      const unitPrice = fee.price / BigInt(item.quantity)
      return [[item.id, { id, name: fee.name, message, unitPrice, cost: fee.amount, price: fee.price }]]
    }),
  )
}

function lineFigures(
  line: PricedLine,
  mode: PriceMode,
  { policy }: Channel,
  applied: ReadonlyMap<string, AppliedDiscount>,
): LineFigures {
  const { display } = policy.tax
  const inBoth = (amount: Minor) => bothModes(amount, line.total, mode, line.taxRate, policy.rounding)
  const taken = fullDiscounts(line).flatMap(({ discountId, amount }) => {
    const discount = applied.get(discountId)
    return discount === undefined ? [] : [{ discount, amounts: inBoth(amount) }]
  })
  const isProductLevel = ({ source, target }: AppliedDiscount) => source === 'promotion' && target === 'lines'
  const total = (which: (discount: AppliedDiscount) => boolean) =>
    taken.filter(({ discount }) => which(discount)).reduce((sum, { amounts }) => plus(sum, amounts), nothing)
  const ofProduct = total(isProductLevel)
  const sale = plus(
    line.total,
    total(discount => !isProductLevel(discount)),
  )
  const before = plus(sale, ofProduct)
  const quantity = BigInt(line.quantity)
  const perPiece = (amount: Minor) => divide(amount, quantity, policy.rounding)
  const { listPrice, originalPrice } = enteredPrices(line)
  return {
    line,
    kind: kindOf(line),
    originalPrice,
    listPrice,
    extendedListPrice: listPrice * quantity,
    salePrice: perPiece(shown(sale, display)),
    extendedSalePrice: shown(sale, display),
    comparisonPrice: perPiece(shown(before, display)),
    extendedComparisonPrice: shown(before, display),
    sale,
    discounts: taken.map(({ discount, amounts }) => ({ discount, amount: shown(amounts, display) })),
    productDiscount: shown(ofProduct, display),
    couponDiscount: shown(
      total(({ source }) => source === 'coupon'),
      display,
    ),
    orderDiscount: shown(
      total(({ source, target }) => source === 'promotion' && target !== 'lines'),
      display,
    ),
    manualDiscount: shown(
      total(({ source }) => source === 'manual'),
      display,
    ),
    totalDiscount: sumOf(taken.map(({ amounts }) => shown(amounts, display))),
  }
}

/** A price set by hand stands in the place of the catalog's; options are part of the price. */
function enteredPrices(line: PricedLine): { readonly listPrice: Minor; readonly originalPrice: Minor } {
  const options = sumOf(line.options.map(option => option.unitPrice))
  const { origin } = line.item
  const own = origin.kind === 'manual' ? origin.unitPrice : line.catalogPrice
  return { listPrice: own + options, originalPrice: line.listPrice + options }
}

function kindOf({ item, kind }: PricedLine): LineFigures['kind'] {
  if (item.origin.kind === 'custom') return 'custom'
  if (item.origin.kind === 'gift_certificate') return 'gift_certificate'
  return kind === 'physical' ? 'physical' : 'digital'
}

function shippingDiscounts(
  { consignments, cart }: PricedCart,
  { policy }: Channel,
): readonly { readonly id: string; readonly amount: Minor }[] {
  return consignments.flatMap(({ discounts, amount: whole, taxRate }) =>
    discounts.map(({ discountId, amount }) => {
      const both = bothModes(amount, whole, cart.priceMode, taxRate, policy.rounding)
      return { id: discountId, amount: shown(both, policy.tax.display) }
    }),
  )
}
