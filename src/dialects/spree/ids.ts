import { createHash } from 'node:crypto'
import type { Address } from '../../core/cart/address.js'
import type { Cart, Consignment, PaymentSelection } from '../../core/cart/cart.js'
import type { Order } from '../../core/orders/order.js'
import type { Payment } from '../../core/payments/payment.js'

/** A positive 31-bit integer that stands for a text; the same for the same text. */
export function integerOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) & 0x7fff_ffff || 1
}

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Seven letters and digits that stand for a text. */
function sevenOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest()
  return Array.from({ length: 7 }, (_, index) => letters[bytes.readUInt16BE(index * 2) % letters.length]).join('')
}

/** Pieces of one cart that a shipment number tells apart. */
const shipmentsPerCart = 100

/** Eleven digits: the nine of the cart's number, and two that change with each plan of its delivery. */
function shipmentDigits(cart: Pick<Cart, 'number'>, { sequence }: Pick<Consignment, 'sequence'>): string {
  const digits = cart.number.replace(/\D/g, '').padStart(9, '0').slice(-9)
  return digits + String(sequence % shipmentsPerCart).padStart(2, '0')
}

/** `H` and 11 digits. */
export function shipmentNumber(cart: Pick<Cart, 'number'>, consignment: Pick<Consignment, 'sequence'>): string {
  return `H${shipmentDigits(cart, consignment)}`
}

/** The same as an integer. */
export function shipmentId(cart: Pick<Cart, 'number'>, consignment: Pick<Consignment, 'sequence'>): number {
  return Number(shipmentDigits(cart, consignment))
}

/** Number of the order that a shipment's number or integer id belongs to; undefined when it is neither. */
export function orderNumberOfShipment(identifier: string): string | undefined {
  const digits = /^H?(\d{1,11})$/.exec(identifier)?.[1]
  return digits === undefined ? undefined : `R${digits.padStart(11, '0').slice(0, 9)}`
}

/** Whether `identifier` is the number or the integer id of that shipment. */
export function namesShipment(
  identifier: string,
  cart: Pick<Cart, 'number'>,
  consignment: Pick<Consignment, 'sequence'>,
): boolean {
  const digits = /^H?(\d{1,11})$/.exec(identifier)?.[1]
  return digits !== undefined && digits.padStart(11, '0') === shipmentDigits(cart, consignment)
}

/** Integer id of an option within a shipment. */
export function rateId(consignment: Pick<Consignment, 'id'>, optionId: string): number {
  return integerOf(`${consignment.id} ${optionId}`)
}

/** What a payment's public names are made from: the choice that it comes from keeps them when it becomes an attempt. */
export function paymentKey(payment: Payment, chosen: PaymentSelection | undefined): string {
  return chosen === undefined ? payment.id : selectionKey(chosen)
}

/** The part of that which a choice has from the beginning, whatever changes about it. */
export function selectionKey({ id, data }: PaymentSelection): string {
  return typeof data?.key === 'string' ? data.key : id
}

/** `P` and seven letters and digits. */
export function paymentNumber(key: string): string {
  return `P${sevenOf(`payment ${key}`)}`
}

export function paymentId(key: string): number {
  return integerOf(`payment ${key}`)
}

/** Integer id of an address of a cart; one without an id of its own is known by its place. */
export function addressId(cart: Pick<Cart, 'id'>, address: Address, role: 'bill' | 'ship'): number {
  return integerOf(`address ${address.id ?? `${cart.id} ${role}`}`)
}

/** The number under which a purchase is known from its first call on; the order's own where its cart went on without it. */
export function numberOf(
  cart: Pick<Cart, 'number'>,
  order: Pick<Order, 'number' | 'keepsCartOpen'> | undefined,
): string {
  return order?.keepsCartOpen === true ? order.number : cart.number
}

const canceledBy = /^canceled by user (\d+)$/

/** Why an order is called off, with the integer id of whoever did it where that is known. */
export function cancelReason(userId: number | undefined): string {
  return userId === undefined ? 'canceled by the customer' : `canceled by user ${userId}`
}

/** Integer id of whoever called the order off; null where nobody did, or nobody knows. */
export function cancelerId({
  status,
  cancelReason: reason = '',
}: Pick<Order, 'status' | 'cancelReason'>): number | null {
  const id = status === 'canceled' ? canceledBy.exec(reason)?.[1] : undefined
  return id === undefined ? null : Number(id)
}

/** The public state of what was ordered. */
export function stateOfOrder(order: Pick<Order, 'status'>): 'complete' | 'canceled' | 'confirm' {
  if (order.status === 'canceled') return 'canceled'
  return order.status === 'confirmed' ? 'complete' : 'confirm'
}
