import type { Order } from '../../../core/orders/order.js'
import type { AppliedDiscount, PricedConsignment, PricedFee } from '../../../core/pricing/priced-cart.js'
import { wasSplit } from '../extras.js'
import { idWithinOrder } from '../ids.js'
import type { Attributes, Resource } from '../json-api.js'
import { byMode, percentText, priceModeText, toWire } from '../money.js'
import { addressOf, renderOrderAddress } from './order-address.js'
import { type OrderPiece, orderItem, piecesOf, renderOrderItem } from './order-items.js'
import { itemState } from './order-state.js'
import { wireTime } from './time.js'

/** An entry of the order history. */
export function renderOrderSummary(order: Order): Resource {
  return { type: 'orders', id: order.number, attributes: summary(order) }
}

/** A whole order, every figure of it from the frozen snapshot. Source: the API's own order sample. */
export function renderOrder(order: Order): Resource {
  const pieces = piecesOf(order)
  return {
    type: 'orders',
    id: order.number,
    attributes: { ...summary(order), ...details(order, pieces) },
    relationships: {
      'order-shipments': () => renderOrderShipments(order, pieces),
      'order-items': () => pieces.map(piece => renderOrderItem(order, piece)),
    },
  }
}

function summary(order: Order): Attributes {
  const { totals, cart } = order.snapshot
  return {
    createdAt: wireTime(order.placedAt),
    totals: {
      expenseTotal: toWire(totals.shipping + totals.fees),
      discountTotal: toWire(totals.discount),
      taxTotal: toWire(totals.tax),
      subtotal: toWire(totals.subtotal),
      grandTotal: toWire(totals.grandTotal),
      canceledTotal: order.status === 'canceled' ? toWire(totals.grandTotal) : 0,
      remunerationTotal: 0,
    },
    currencyIsoCode: order.currency,
    priceMode: priceModeText(cart.priceMode),
    itemStates: order.snapshot.lines.length === 0 ? [] : [itemState(order)],
  }
}

function details(order: Order, pieces: readonly OrderPiece[]): Attributes {
  const { snapshot } = order
  const isSingle = snapshot.consignments.length === 1 && !wasSplit(snapshot.cart)
  const shippedTo = isSingle ? addressOf(snapshot.consignments[0]?.consignment.destination) : undefined
  return {
    items: pieces.map(piece => orderItem(order, piece)),
    expenses: expenses(order),
    billingAddress: renderOrderAddress(snapshot.cart.billingAddress),
    shippingAddress: shippedTo === undefined ? null : renderOrderAddress(shippedTo),
    payments: payments(order),
    shipments: shipments(order),
    calculatedDiscounts: orderDiscounts(order, pieces),
    bundleItems: [],
    merchantReferences: [],
  }
}

function expenses(order: Order): readonly Attributes[] {
  const { consignments, fees } = order.snapshot
  const shipped = consignments.flatMap((each, position): readonly Attributes[] =>
    each.selected === undefined ? [] : [shipmentExpense(order, each, each.selected.name, position)],
  )
  const charged = fees.map((fee, index) => feeExpense(order, fee, consignments.length + index))
  return [...shipped, ...charged]
}

function shipmentExpense(order: Order, shipment: PricedConsignment, name: string, position: number): Attributes {
  const { price, taxRate, amount } = shipment
  return {
    type: 'SHIPMENT_EXPENSE_TYPE',
    name,
    ...expenseFigures(order, price, percentText(taxRate), amount),
    idShipment: idWithinOrder(order.integerId, position),
    idSalesExpense: idWithinOrder(order.integerId, position),
  }
}

function feeExpense(order: Order, fee: PricedFee, position: number): Attributes {
  return {
    type: fee.kind === 'threshold' ? 'THRESHOLD_EXPENSE_TYPE' : 'SURCHARGE_EXPENSE_TYPE',
    name: fee.displayName,
    ...expenseFigures(order, fee.price, percentText(fee.taxRate), fee.amount),
    idSalesExpense: idWithinOrder(order.integerId, position),
  }
}

/** The two discount aggregates are null even for a discounted expense; what is left to pay shows the discount. */
function expenseFigures(
  order: Order,
  price: bigint,
  taxRate: string,
  amount: { readonly tax: bigint; readonly gross: bigint },
): Attributes {
  const paired = byMode(order.snapshot.cart.priceMode, price)
  const tax = toWire(amount.tax)
  const toPay = toWire(amount.gross)
  return {
    sumPrice: toWire(price),
    unitGrossPrice: paired.gross,
    sumGrossPrice: paired.gross,
    taxRate,
    unitNetPrice: paired.net,
    sumNetPrice: paired.net,
    canceledAmount: null,
    unitDiscountAmountAggregation: null,
    sumDiscountAmountAggregation: null,
    unitTaxAmount: tax,
    sumTaxAmount: tax,
    unitPriceToPayAggregation: toPay,
    sumPriceToPayAggregation: toPay,
    taxAmountAfterCancellation: null,
  }
}

/** Gift cards first, as entries of their own, then what pays the rest. */
function payments(order: Order): readonly Attributes[] {
  const { giftCards, payments } = order.snapshot
  const cards = giftCards
    .filter(card => card.used > 0n)
    .map(card => ({ amount: toWire(card.used), paymentProvider: 'GiftCard', paymentMethod: 'GiftCard' }))
  const others = payments.map(payment => ({
    amount: toWire(payment.amount),
    paymentProvider: payment.method.providerName,
    paymentMethod: payment.method.name,
  }))
  return [...cards, ...others]
}

/** One per distinct method; none where shipments have different ones. */
function shipments(order: Order): readonly Attributes[] {
  const { consignments, cart, currency } = order.snapshot
  const chosen = consignments.flatMap(each => each.selected ?? [])
  const [first] = chosen
  if (first === undefined || chosen.some(offer => offer.id !== first.id)) return []
  const price = byMode(cart.priceMode, first.price)
  return [
    {
      shipmentMethodName: first.name,
      carrierName: first.carrier,
      deliveryTime: null,
      defaultGrossPrice: price.gross,
      defaultNetPrice: price.net,
      currencyIsoCode: currency,
    },
  ]
}

/** Sums over the order by display name: discounts of shipping first, then those of items. */
function orderDiscounts(order: Order, pieces: readonly OrderPiece[]): readonly Attributes[] {
  const { discounts } = order.snapshot
  const inOrder = [
    ...discounts.filter(each => each.target === 'shipping'),
    ...discounts.filter(each => each.target !== 'shipping'),
  ]
  const names = [...new Set(inOrder.map(each => each.name))]
  return names.map(name => {
    const group = inOrder.filter(each => each.name === name)
    const [first] = group
    return {
      unitAmount: null,
      sumAmount: toWire(group.reduce((sum, each) => sum + each.amount, 0n)),
      displayName: name,
      description: first?.description ?? null,
      voucherCode: first?.couponCode ?? null,
      quantity: group.reduce((sum, each) => sum + discountedCount(order, pieces, each), 0),
    }
  })
}

/** Pieces that the discount took something from, and shipments. */
function discountedCount(order: Order, pieces: readonly OrderPiece[], discount: AppliedDiscount): number {
  const took = pieces.filter(({ line, run }) =>
    line.discounts.some((share, index) => share.discountId === discount.id && (run.discounts[index] ?? 0n) > 0n),
  )
  const shipped = order.snapshot.consignments.filter(each =>
    each.discounts.some(share => share.discountId === discount.id && share.amount > 0n),
  )
  return took.length + shipped.length
}

function renderOrderShipments(order: Order, pieces: readonly OrderPiece[]): readonly Resource[] {
  return order.snapshot.consignments.map((each, position) => ({
    type: 'order-shipments',
    id: idWithinOrder(order.integerId, position).toString(),
    attributes: {
      itemUuids: pieces.filter(piece => piece.consignment === position).map(piece => piece.uuid),
      methodName: each.selected?.name ?? null,
      carrierName: each.selected?.carrier ?? null,
      requestedDeliveryDate: each.consignment.requestedDate ?? null,
      shippingAddress: renderOrderAddress(addressOf(each.consignment.destination)),
    },
  }))
}
