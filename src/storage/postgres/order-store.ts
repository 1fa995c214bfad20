import { present } from '../../core/assert.js'
import type { Order } from '../../core/orders/order.js'
import type {
  AddPayment,
  OrderKey,
  OrderState,
  OrderStore,
  PrepareOrder,
  PrepareOutcome,
  SettleOrder,
} from '../storage.js'
import { encodeCart } from './cart-codec.js'
import { cartColumns } from './cart-store.js'
import type { Database } from './database.js'
import {
  couponsRecord,
  decodeOrder,
  encodeOrder,
  encodeSnapshot,
  giftCardsRecord,
  numberParts,
  type OrderRow,
  orderColumns,
  orderRecord,
  type PartNumbering,
  stockRecord,
} from './order-codec.js'
import { listOrders, tallyOrders } from './order-list.js'
import { emitWhere, encodeEvents } from './outbox-store.js'
import { addWhere, type PaymentJson, paymentRecord, paymentRecords, paymentsOf, readPayments } from './payment-store.js'
import { isUniqueViolation, type Sql, SqlError, type SqlParameter, type Statement } from './sql.js'

interface OrderStateRow extends OrderRow {
  readonly payments: readonly PaymentJson[]
}

const readBy = (column: string): Statement => ({
  name: `order_by_${column}`,
  shares: 'read',
  text: `select ${orderColumns} from orders where ${column} = $1`,
})
const readById = readBy('id')
const readByNumber = readBy('number')
const readByIntegerId = readBy('integer_id')

const withPaymentsBy = (column: string): Statement => ({
  name: `order_state_by_${column}`,
  shares: 'read',
  text: `select ${orderColumns}, ${paymentsOf('orders.id')} as payments from orders where ${column} = $1`,
})
const stateById = withPaymentsBy('id')
const stateByNumber = withPaymentsBy('number')
const stateByIntegerId = withPaymentsBy('integer_id')

const ofPurchase: Statement = {
  name: 'order_of_purchase',
  shares: 'read',
  text: `select ${orderColumns} from orders
    where cart_id = $1 and purchase = $2 and status in ('pending', 'confirmed')`,
}
const ofCart: Statement = {
  name: 'orders_of_cart',
  shares: 'read',
  text: `select ${orderColumns} from orders where cart_id = $1 order by placed_at desc, integer_id desc`,
}
const statesOfCart: Statement = {
  name: 'order_states_of_cart',
  shares: 'read',
  text: `select ${orderColumns}, ${paymentsOf('orders.id')} as payments from orders where cart_id = $1 order by placed_at desc, integer_id desc`,
}
const statesOfCarts: Statement = {
  name: 'order_states_of_carts',
  text: `select ${orderColumns}, ${paymentsOf('orders.id')} as payments from orders where cart_id = any($1::text[])
    order by placed_at desc, integer_id desc`,
}
const overdue: Statement = {
  name: 'orders_overdue',
  text: `select ${orderColumns} from orders where status = 'pending' and deadline < $1 order by deadline limit $2`,
}
const place: Statement = {
  name: 'order_place',
  text: 'select place_order_3($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as outcome',
}
/** As `place_order_2` does for canceled orders: a draft lets go of the number that its cart gave it. */
const takeNumber: Statement = {
  name: 'order_take_number',
  text: `update orders set number = number || '-' || integer_id
    where number = $1 and cart_id = $2 and status = 'incomplete'`,
}
const settle: Statement = {
  name: 'order_settle',
  text: 'select settle_order_1($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as saved',
}

const addPayment: Statement = {
  name: 'order_add_payment',
  text: `with moved as (
    update orders o set version = $3::integer + 1, body = $2::json
    where o.id = $1 and o.version = $3::integer returning o.id
  ), ${addWhere('moved', 4)}, ${emitWhere('added', 5)} select count(*)::integer as added from added`,
}

/** Orders as rows of `orders`; placing and settling are one statement each (migrations 0006, 0008 and 0020 say how). */
export function createOrderStore(database: Database): OrderStore {
  const one = async (statement: Statement, parameters: readonly SqlParameter[]) =>
    (await many(database, statement, parameters))[0]
  return {
    read: key => readOrder(database, key),
    readState: key => readState(database, key),
    ofPurchase: (cartId, purchase) => one(ofPurchase, [cartId, purchase]),
    ofCart: cartId => many(database, ofCart, [cartId]),
    statesOfCart: cartId => manyStates(database, statesOfCart, cartId),
    statesOfCarts: cartIds => manyStates(database, statesOfCarts, cartIds),
    list: query => listOrders(database, query),
    tally: query => tallyOrders(database, query),
    prepare: input => prepareOrder(database, input),
    settle: input => settleOrder(database, input),
    addPayment: input => addPaymentTo(database, input),
    overdue: (now, limit) => many(database, overdue, [now, limit]),
  }
}

async function many(sql: Sql, statement: Statement | string, parameters: readonly SqlParameter[]) {
  return (await sql.query<OrderRow>(statement, parameters)).rows.map(decodeOrder)
}

async function readOrder(sql: Sql, key: OrderKey): Promise<Order | undefined> {
  if ('id' in key) return (await many(sql, readById, [key.id]))[0]
  if ('number' in key) return (await many(sql, readByNumber, [key.number]))[0]
  return (await many(sql, readByIntegerId, [key.integerId]))[0]
}

async function readState(sql: Sql, key: OrderKey): Promise<OrderState | undefined> {
  const { rows } = await stateQuery(sql, key)
  const [row] = rows
  return row === undefined ? undefined : { order: decodeOrder(row), payments: readPayments(row.payments) }
}

async function manyStates(sql: Sql, statement: Statement, key: SqlParameter): Promise<readonly OrderState[]> {
  const { rows } = await sql.query<OrderStateRow>(statement, [key])
  return rows.map(row => ({ order: decodeOrder(row), payments: readPayments(row.payments) }))
}

function stateQuery(sql: Sql, key: OrderKey) {
  if ('id' in key) return sql.query<OrderStateRow>(stateById, [key.id])
  if ('number' in key) return sql.query<OrderStateRow>(stateByNumber, [key.number])
  return sql.query<OrderStateRow>(stateByIntegerId, [key.integerId])
}

/** The code with which `place_order_3` refuses an order beside a cart that is gone. */
const cartIsGone = 'PT001'

/** What `place_order_3` answers. */
type PlaceAnswer =
  | {
      readonly outcome: 'placed'
      readonly number: string
      readonly integer_id: number
      readonly payments: Readonly<Record<string, number>>
    }
  | { readonly outcome: 'lost' | 'already_ordered' }
  | { readonly outcome: 'insufficient_stock'; readonly sku: string; readonly available: number }
  | { readonly outcome: 'coupon_used_up' | 'gift_card_short'; readonly code: string }

async function prepareOrder(database: Database, input: PrepareOrder): Promise<PrepareOutcome> {
  const answer = await callPlace(database, input)
  if (answer.outcome === 'placed') return placed(input, answer)
  // Whatever was missing may be missing because another request of the same purchase has just taken it.
  const { cartId, purchase, status } = input.order
  const standing = status === 'incomplete' ? undefined : (await many(database, ofPurchase, [cartId, purchase]))[0]
  if (standing !== undefined) return { kind: 'already_ordered', order: standing }
  switch (answer.outcome) {
    case 'insufficient_stock':
      return { kind: 'insufficient_stock', sku: answer.sku, available: answer.available }
    case 'coupon_used_up':
    case 'gift_card_short':
      return { kind: answer.outcome, code: answer.code }
    default:
      // The order that stood was canceled meanwhile, or the cart moved on: read again and decide again.
      return { kind: 'lost' }
  }
}

async function callPlace(database: Database, input: PrepareOrder): Promise<PlaceAnswer> {
  const { order, number, payments, cart, events, draftSince } = input
  const written = cart !== undefined && 'cart' in cart ? cart.cart : undefined
  // A draft is a record only: it holds nothing until it is placed.
  const holds = order.status !== 'incomplete'
  try {
    const { rows } = await database.query<{ outcome: PlaceAnswer }>(place, [
      orderRecord(order, partNumbering(number, order)),
      encodeOrder(order),
      encodeSnapshot(order.snapshot),
      number.kind === 'counted' ? JSON.stringify({ prefix: number.prefix, first: number.first }) : null,
      holds ? stockRecord(order) : '[]',
      holds ? couponsRecord(order) : '[]',
      holds ? giftCardsRecord(order) : '[]',
      paymentRecords(payments),
      written === undefined ? null : cartColumns(written),
      written === undefined ? null : encodeCart(written),
      cart?.since ?? null,
      encodeEvents(events),
      draftSince ?? null,
    ])
    return present(rows[0], 'a function answers').outcome
  } catch (error) {
    if (error instanceof SqlError && error.code === cartIsGone) return { outcome: 'lost' }
    if (isUniqueViolation(error, 'orders_one_per_purchase')) return { outcome: 'already_ordered' }
    // The number of the cart goes from a draft to whoever comes later; of a random one the caller draws another.
    if (isUniqueViolation(error, 'orders_number_key')) {
      await database.query(takeNumber, [order.number, order.cartId])
      return { outcome: 'lost' }
    }
    throw error
  }
}

function partNumbering(number: PrepareOrder['number'], order: Order): PartNumbering {
  if (number.kind === 'given') return order.parts.every(part => part.number === order.number) ? 'plain' : 'stored'
  return number.partSuffix ? 'suffixed' : 'plain'
}

function placed(input: PrepareOrder, answer: Extract<PlaceAnswer, { readonly outcome: 'placed' }>): PrepareOutcome {
  const { order, payments, number, draftSince } = input
  return {
    kind: 'placed',
    order: {
      ...order,
      integerId: answer.integer_id,
      number: answer.number,
      // A draft has its numbers already.
      parts:
        draftSince === undefined ? numberParts(order.parts, answer.number, partNumbering(number, order)) : order.parts,
    },
    payments: payments.map(payment => ({
      ...payment,
      integerId: present(answer.payments[payment.id], 'every payment got an integer id'),
    })),
  }
}

async function settleOrder(database: Database, input: SettleOrder): Promise<'saved' | 'lost'> {
  const { order, since, payments, holds, cart, events } = input
  const kept = cart !== undefined && 'cart' in cart ? cart : undefined
  const { rows } = await database.query<{ saved: boolean }>(settle, [
    orderRecord(order, 'stored'),
    encodeOrder(order),
    since,
    paymentRecords(payments),
    holds === 'release',
    kept === undefined ? null : cartColumns(kept.cart),
    kept === undefined ? null : encodeCart(kept.cart),
    kept?.since ?? null,
    cart !== undefined && 'remove' in cart ? cart.remove : null,
    encodeEvents(events),
  ])
  return rows[0]?.saved === true ? 'saved' : 'lost'
}

async function addPaymentTo(database: Database, input: AddPayment): Promise<'saved' | 'lost'> {
  const { order, since, payment, events } = input
  const parameters = [order.id, encodeOrder(order), since, paymentRecord(payment), encodeEvents(events)]
  const { rows } = await database.query<{ added: number }>(addPayment, parameters)
  return rows[0]?.added === 1 ? 'saved' : 'lost'
}
