import { type Minor, sumOf } from '../../../core/money.js'
import type { Order } from '../../../core/orders/order.js'
import type { PieceRun, PricedLine } from '../../../core/pricing/priced-cart.js'
import { ONE_MICROS, type Rate } from '../../../core/rate.js'
import { idWithinOrder, pieceUuid } from '../ids.js'
import type { Attributes, Resource } from '../json-api.js'
import { byMode, hundredths, percentText, toWire } from '../money.js'
import { itemState } from './order-state.js'

/** One piece of an order: the API shows two mugs as two items of quantity 1. */
export interface OrderPiece {
  readonly line: PricedLine
  readonly run: PieceRun
  readonly uuid: string
  /** Position in `snapshot.consignments`; undefined for what is not shipped. */
  readonly consignment: number | undefined
}

/** Every piece of the order, in the order of lines; consignments take their pieces from the front. */
export function piecesOf(order: Order): readonly OrderPiece[] {
  return order.snapshot.lines.flatMap(line => {
    const consignments = consignmentOfEachPiece(order, line)
    const runs = line.pieces.flatMap(run => Array.from({ length: run.count }, () => run))
    return runs.map((run, index) => ({
      line,
      run,
      uuid: pieceUuid(order.id, line.item.id, index),
      consignment: consignments[index],
    }))
  })
}

function consignmentOfEachPiece(order: Order, line: PricedLine): readonly number[] {
  return order.snapshot.consignments.flatMap((consignment, position) =>
    consignment.items
      .filter(item => item.lineItemId === line.item.id)
      .flatMap(item => Array.from({ length: item.quantity }, () => position)),
  )
}

/** `order-items`: the same attributes as the entries of `orders.items`. */
export function renderOrderItem(order: Order, piece: OrderPiece): Resource {
  return {
    type: 'order-items',
    id: piece.uuid,
    self: `/orders/${encodeURIComponent(order.number)}/order-items/${piece.uuid}`,
    attributes: orderItem(order, piece),
  }
}

/** One entry of `orders.items`. Source: the API's own order sample, and the members that later releases add. */
export function orderItem(order: Order, piece: OrderPiece): Attributes {
  const { line, run } = piece
  const canceled = order.status === 'canceled' ? run.toPay : 0n
  return {
    name: line.name,
    sku: line.item.sku,
    quantity: 1,
    metadata: metadata(line),
    calculatedDiscounts: pieceDiscounts(order, piece),
    taxRate: percentText(line.taxRate),
    taxRateAverageAggregation: averageTaxRate(line, run, order.snapshot.cart.priceMode),
    refundableAmount: toWire(run.toPay - canceled),
    canceledAmount: toWire(canceled),
    taxAmountAfterCancellation: null,
    ...pieceFigures(order, run),
    orderReference: null,
    uuid: piece.uuid,
    isReturnable: false,
    idShipment: piece.consignment === undefined ? null : idWithinOrder(order.integerId, piece.consignment),
    bundleItemIdentifier: null,
    relatedBundleItemIdentifier: null,
    productOptions: line.options.map(option => ({
      optionGroupName: option.group,
      sku: option.sku,
      optionName: option.name,
      price: toWire(option.unitPrice),
    })),
    salesOrderConfiguredBundle: null,
    salesOrderConfiguredBundleItem: null,
    salesUnit: null,
    amount: null,
    state: itemState(order),
    merchantReference: null,
  }
}

/** A piece's amounts: `unit` and `sum` are the same, since its quantity is 1. */
function pieceFigures(order: Order, run: PieceRun): Attributes {
  const price = byMode(order.snapshot.cart.priceMode, run.price)
  const discount = sumOf(run.discounts)
  const both = (name: string, amount: Minor) => ({ [`unit${name}`]: toWire(amount), [`sum${name}`]: toWire(amount) })
  return {
    ...both('Price', run.price),
    unitGrossPrice: price.gross,
    sumGrossPrice: price.gross,
    unitNetPrice: price.net,
    sumNetPrice: price.net,
    ...both('TaxAmountFullAggregation', run.itemTax + run.optionTax),
    ...both('SubtotalAggregation', run.price + run.options),
    ...both('ProductOptionPriceAggregation', run.options),
    unitExpensePriceAggregation: 0,
    sumExpensePriceAggregation: null,
    ...both('DiscountAmountAggregation', discount),
    ...both('DiscountAmountFullAggregation', discount + run.optionDiscount),
    ...both('PriceToPayAggregation', run.toPay),
  }
}

function metadata(line: PricedLine): Attributes {
  const attributes = line.variant?.attributes ?? {}
  return {
    superAttributes: Object.keys(attributes).length === 0 ? [] : { ...attributes },
    image: line.variant?.imageUrl ?? null,
  }
}

function pieceDiscounts(order: Order, { line, run }: OrderPiece): readonly Attributes[] {
  return line.discounts.flatMap((share, index): readonly Attributes[] => {
    const amount = run.discounts[index] ?? 0n
    const discount = order.snapshot.discounts.find(each => each.id === share.discountId)
    if (amount === 0n || discount === undefined) return []
    return [
      {
        unitAmount: toWire(amount),
        sumAmount: toWire(amount),
        displayName: discount.name,
        description: discount.description ?? null,
        voucherCode: discount.couponCode ?? null,
        quantity: 1,
      },
    ]
  })
}

/** An exact fraction; the denominator is above zero. */
interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * `(toPay / (toPay - tax) - 1) x 100` with two decimals, tax unrounded: the average over item and options where these
 * have rates of their own. Computed in whole numbers; half away from zero.
 */
function averageTaxRate(line: PricedLine, run: PieceRun, mode: 'gross' | 'net'): string {
  const tax = unroundedTax(line, run, mode)
  const net: Fraction = {
    numerator: run.toPay * tax.denominator - tax.numerator,
    denominator: tax.denominator,
  }
  if (net.numerator <= 0n) return hundredths(0n)
  const numerator = 10_000n * tax.numerator
  return hundredths((2n * numerator + net.numerator) / (2n * net.numerator))
}

function unroundedTax(line: PricedLine, run: PieceRun, mode: 'gross' | 'net'): Fraction {
  const item = taxOf({ numerator: run.price - sumOf(run.discounts), denominator: 1n }, line.taxRate, mode)
  const quantity = BigInt(line.quantity)
  return line.options.reduce((sum, option) => {
    const taxable = { numerator: option.price - option.discount, denominator: quantity }
    return add(sum, taxOf(taxable, option.taxRate, mode))
  }, item)
}

function taxOf(taxable: Fraction, rate: Rate, mode: 'gross' | 'net'): Fraction {
  if (taxable.numerator <= 0n) return { numerator: 0n, denominator: 1n }
  const whole = mode === 'gross' ? ONE_MICROS + rate.micros : ONE_MICROS
  return { numerator: taxable.numerator * rate.micros, denominator: taxable.denominator * whole }
}

function add(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) return { ...a, numerator: a.numerator + b.numerator }
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }
}
