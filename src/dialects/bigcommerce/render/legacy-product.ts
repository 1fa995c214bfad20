import { divide, type Minor } from '../../../core/money.js'
import { decimalText, toText } from '../money.js'
import type { LineFigures } from './figures.js'
import { legacyPlace, nothing, threeOf, zero } from './legacy-parts.js'
import { optionsOf } from './line.js'
import { type OrderContext, orderAddressId, orderLineId } from './order.js'

/** Prices of one piece before coupons and order discounts, then of all; discounts stand beside them. */
export function legacyProducts(context: OrderContext) {
  return context.figures.lines.map(figures => legacyProduct(figures, context))
}

function legacyProduct(figures: LineFigures, context: OrderContext) {
  const { line, sale, wrapping } = figures
  const text = (amount: Minor) => toText(amount, context.order.currency)
  const quantity = BigInt(line.quantity)
  const net = divide(sale.net, quantity, 'half_away')
  const gross = divide(sale.gross, quantity, 'half_away')
  const perPiece = { net, gross, tax: gross - net }
  const consignment = context.cart.consignments.find(one => one.items.some(item => item.lineItemId === line.item.id))
  const isRefunded = context.order.paymentStatus === 'refunded'
  const type =
    figures.kind === 'gift_certificate' ? 'giftcertificate' : figures.kind === 'digital' ? 'digital' : 'physical'
  const name = line.item.customData?.name ?? line.name
  return {
    id: orderLineId(context, figures),
    order_id: context.orderId,
    product_id: line.variant?.productId ?? 0,
    variant_id: line.variant?.variantId ?? 0,
    ...legacyPlace(consignment === undefined ? 0 : orderAddressId(context, consignment.consignment), context),
    name,
    name_customer: name,
    name_merchant: name,
    sku: line.item.sku,
    upc: '',
    type,
    base_price: text(figures.listPrice),
    ...threeOf('price', perPiece, text),
    base_total: text(figures.extendedListPrice),
    ...threeOf('total', sale, text),
    ...unusedMembers(line.variant?.weightGrams ?? 0, text),
    is_refunded: isRefunded,
    quantity_refunded: isRefunded ? line.quantity : 0,
    quantity_shipped: piecesShipped(context, line.item.id),
    wrapping_id: wrapping?.id ?? 0,
    wrapping_name: wrapping?.name ?? '',
    base_wrapping_cost: text(wrapping?.price ?? 0n),
    ...threeOf('wrapping_cost', wrapping?.cost ?? nothing, text),
    wrapping_message: wrapping?.message ?? '',
    quantity: line.quantity,
    brand: line.variant?.brand ?? '',
    applied_discounts: appliedDiscounts(figures, text),
    product_options: productOptions(figures, orderLineId(context, figures)),
    configurable_fields: [],
    discounted_total_inc_tax: text(line.total.gross),
  }
}

function piecesShipped({ order }: OrderContext, lineItemId: string): number {
  const items = order.fulfillments.flatMap(fulfillment => fulfillment.items)
  return items.reduce((sum, item) => sum + (item.lineItemId === lineItemId ? item.quantity : 0), 0)
}

/** Members of a product that this store has nothing to say about, and its weight in kilograms. */
function unusedMembers(weightGrams: number, text: (amount: Minor) => string) {
  return {
    weight: decimalText(BigInt(weightGrams), 3),
    width: zero,
    height: zero,
    depth: zero,
    base_cost_price: zero,
    ...threeOf('cost_price', nothing, text),
    refund_amount: zero,
    return_id: 0,
    event_name: null,
    event_date: null,
    fixed_shipping_cost: zero,
    option_set_id: null,
    parent_order_product_id: null,
    is_bundled_product: false,
    bin_picking_number: '',
    external_id: null,
    gift_certificate_id: null,
  }
}

function appliedDiscounts({ discounts }: LineFigures, text: (amount: Minor) => string) {
  return discounts.map(({ discount, amount }) => ({
    id:
      discount.source === 'coupon'
        ? 'coupon'
        : discount.source === 'manual'
          ? 'manual-discount'
          : discount.integerId.toString(),
    amount: text(amount),
    name: discount.name,
    code: discount.couponCode ?? null,
    target: discount.target === 'lines' ? 'product' : 'order',
  }))
}

function productOptions(figures: LineFigures, orderProductId: number) {
  return optionsOf(figures).map(option => ({
    id: option.valueId,
    option_id: option.nameId,
    order_product_id: orderProductId,
    product_option_id: option.nameId,
    display_name: option.name,
    display_value: option.value,
    value: option.valueId.toString(),
    name: option.name,
    type: 'Multiple choice',
    display_style: 'Dropdown',
  }))
}
