import type { Payment, PaymentStep, Refund } from '../../core/payments/payment.js'
import type { OutboxEvent, PaymentStore } from '../storage.js'
import type { Database } from './database.js'
import { emitWhere, encodeEvents } from './outbox-store.js'
import type { Sql, SqlParameter, Statement } from './sql.js'
import { readTagged, writeTagged } from './tagged-json.js'
import { readInstant } from './values.js'

interface PaymentRow {
  readonly id: string
  readonly integer_id: bigint
  readonly order_id: string
  readonly version: number
  readonly state: Payment['state']
  readonly method: string
  readonly provider: string
  readonly amount: bigint
  readonly currency: string
  readonly captured: bigint
  readonly refunded: bigint
  readonly idempotency_key: string
  readonly gateway_reference: string | null
  readonly redirect_url: string | null
  readonly decline_reason: string | null
  readonly display: Payment['display']
  readonly step: unknown
  readonly refunds: unknown
  readonly created_at: string
  readonly updated_at: string
}

const columns = `id, integer_id, order_id, version, state, method, provider, amount, currency, captured, refunded,
  idempotency_key, gateway_reference, redirect_url, decline_reason, display, step, refunds, created_at, updated_at`

/** A payment as part of a row of something else: numbers that money needs are texts there. */
export type PaymentJson = Omit<PaymentRow, 'integer_id' | 'amount' | 'captured' | 'refunded'> & {
  readonly integer_id: number
  readonly amount: string
  readonly captured: string
  readonly refunded: string
}

/** A select of the payments of the order whose id stands in the column named, oldest first, as one JSON value. */
export const paymentsOf = (orderId: string): string =>
  `(select coalesce(json_agg(p order by p.integer_id), '[]') from (
    select ${columns.replace('amount,', 'amount::text,').replace('captured, refunded', 'captured::text, refunded::text')}
    from payments where order_id = ${orderId}) p)`

/** Reads what `paymentsOf` selected. */
export function readPayments(rows: readonly PaymentJson[]): readonly Payment[] {
  return rows.map(row =>
    readPayment({
      ...row,
      integer_id: BigInt(row.integer_id),
      amount: BigInt(row.amount),
      captured: BigInt(row.captured),
      refunded: BigInt(row.refunded),
      created_at: readInstant(row.created_at),
      updated_at: readInstant(row.updated_at),
    }),
  )
}

const readBy = (column: string): Statement => ({
  name: `payment_by_${column}`,
  text: `select ${columns} from payments where ${column} = $1 order by integer_id limit 1`,
})
const readById = readBy('id')
const readByIntegerId = readBy('integer_id')
const readByIdempotencyKey = readBy('idempotency_key')
const readByGatewayReference = readBy('gateway_reference')

const ofOrder: Statement = {
  name: 'payments_of_order',
  shares: 'read',
  text: `select ${columns} from payments where order_id = $1 order by integer_id`,
}

const ofOrders: Statement = {
  name: 'payments_of_orders',
  text: `select ${columns} from payments where order_id = any($1::text[]) order by integer_id`,
}

const fields = `id text, order_id text, version integer, state text, method text, provider text, amount bigint,
  currency text, captured bigint, refunded bigint, idempotency_key text, gateway_reference text, redirect_url text,
  decline_reason text, display json, step json, refunds json, created_at timestamptz, updated_at timestamptz`

/** Part of a `with` list: adds the payment in parameter `position` if the part named `source` has a row. */
export const addWhere = (source: string, position: number): string => `added as (
    insert into payments (id, order_id, version, state, method, provider, amount, currency, captured, refunded,
      idempotency_key, gateway_reference, redirect_url, decline_reason, display, step, refunds, created_at, updated_at)
    select * from json_to_record($${position}::json) as n(${fields}) where exists (select 1 from ${source}) returning id
  )`

const save: Statement = {
  name: 'payment_save',
  text: `with saved as (
    update payments p set version = $2::integer + 1, state = n.state, amount = n.amount, captured = n.captured,
      refunded = n.refunded, gateway_reference = n.gateway_reference, redirect_url = n.redirect_url,
      decline_reason = n.decline_reason, display = n.display, step = n.step, refunds = n.refunds,
      updated_at = n.updated_at
    from json_to_record($1::json) as n(${fields})
    where p.id = n.id and p.version = $2::integer returning p.id
  ), ${emitWhere('saved', 3)} select count(*)::integer as saved from saved`,
}

const unsettled: Statement = {
  name: 'payments_unsettled',
  text: `select ${columns} from payments
    where (state in ('created', 'unknown', 'refund_due') or step is not null) and updated_at < $1 order by updated_at limit $2`,
}

/** Attempts to pay. */
export function createPaymentStore(database: Database): PaymentStore {
  const list = async (statement: Statement, parameters: readonly SqlParameter[]) =>
    (await database.query<PaymentRow>(statement, parameters)).rows.map(readPayment)
  return {
    read: key => readOne(database, key),
    ofOrder: orderId => list(ofOrder, [orderId]),
    ofOrders: orderIds => list(ofOrders, [orderIds]),
    save: (payment, since, events) => savePayment(database, payment, since, events),
    unsettled: (before, limit) => list(unsettled, [before, limit]),
  }
}

async function readOne(sql: Sql, key: Parameters<PaymentStore['read']>[0]): Promise<Payment | undefined> {
  const row = (await queryByKey(sql, key)).rows[0]
  return row === undefined ? undefined : readPayment(row)
}

function queryByKey(sql: Sql, key: Parameters<PaymentStore['read']>[0]) {
  if ('id' in key) return sql.query<PaymentRow>(readById, [key.id])
  if ('idempotencyKey' in key) return sql.query<PaymentRow>(readByIdempotencyKey, [key.idempotencyKey])
  if ('gatewayReference' in key) return sql.query<PaymentRow>(readByGatewayReference, [key.gatewayReference])
  return sql.query<PaymentRow>(readByIntegerId, [key.integerId])
}

async function savePayment(
  sql: Sql,
  payment: Payment,
  since: number,
  events: readonly OutboxEvent[],
): Promise<'saved' | 'lost'> {
  const { rows } = await sql.query<{ saved: number }>(save, [paymentRecord(payment), since, encodeEvents(events)])
  return rows[0]?.saved === 1 ? 'saved' : 'lost'
}

function readPayment(row: PaymentRow): Payment {
  return {
    id: row.id,
    integerId: Number(row.integer_id),
    orderId: row.order_id,
    method: row.method,
    provider: row.provider,
    state: row.state,
    amount: row.amount,
    currency: row.currency,
    captured: row.captured,
    refunded: row.refunded,
    idempotencyKey: row.idempotency_key,
    ...(row.gateway_reference === null ? {} : { gatewayReference: row.gateway_reference }),
    ...(row.redirect_url === null ? {} : { redirectUrl: row.redirect_url }),
    ...(row.decline_reason === null ? {} : { declineReason: row.decline_reason }),
    display: row.display,
    ...(row.step === null ? {} : { step: readTagged<PaymentStep>(row.step) }),
    ...(row.refunds === null ? {} : { refunds: readTagged<readonly Refund[]>(row.refunds) }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  }
}

/** A payment's columns as one JSON record; its integer id is the database's. */
export function paymentRecord(payment: Payment): string {
  return JSON.stringify(toRecord(payment))
}

/** Several payments as one JSON text. */
export function paymentRecords(payments: readonly Payment[]): string {
  return JSON.stringify(payments.map(toRecord))
}

function toRecord(payment: Payment) {
  return {
    id: payment.id,
    order_id: payment.orderId,
    version: payment.version,
    state: payment.state,
    method: payment.method,
    provider: payment.provider,
    amount: payment.amount.toString(),
    currency: payment.currency,
    captured: payment.captured.toString(),
    refunded: payment.refunded.toString(),
    idempotency_key: payment.idempotencyKey,
    gateway_reference: payment.gatewayReference ?? null,
    redirect_url: payment.redirectUrl ?? null,
    decline_reason: payment.declineReason ?? null,
    display: payment.display,
    step: payment.step === undefined ? null : JSON.parse(writeTagged(payment.step)),
    refunds: payment.refunds === undefined ? null : JSON.parse(writeTagged(payment.refunds)),
    created_at: payment.createdAt,
    updated_at: payment.updatedAt,
  }
}
