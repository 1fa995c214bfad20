import type { Order } from '../../core/orders/order.js'
import type { Payment } from '../../core/payments/payment.js'
import type { OrderKey } from '../storage.js'
import { decodeOrder, type OrderRow, orderColumns } from './order-codec.js'
import { type PaymentRow, paymentColumns, readPayment } from './payment-store.js'
import type { Sql, Statement } from './sql.js'

/** Columns that both tables have; the order's are called otherwise here. */
interface RenamedColumns {
  readonly order_integer_id: OrderRow['integer_id']
  readonly order_version: OrderRow['version']
}

/** One row for each payment; the order stands in all of them. Without payments one row, whose payment is null. */
type JoinedRow = Omit<OrderRow, 'integer_id' | 'version'> & RenamedColumns & (PaymentRow | { readonly id: null })

const renamed = new Set(['integer_id', 'version'])

const shown = [
  ...orderColumns.split(', ').map(column => (renamed.has(column) ? `o.${column} as order_${column}` : `o.${column}`)),
  ...paymentColumns.map(column => `p.${column}`),
].join(', ')

const readBy = (column: string): Statement => ({
  name: `order_with_payments_by_${column}`,
  text: `select ${shown} from orders o left join payments p on p.order_id = o.id
    where o.${column} = $1 order by p.integer_id`,
})
const readById = readBy('id')
const readByNumber = readBy('number')
const readByIntegerId = readBy('integer_id')

/** An order and everything that was tried to pay for it, oldest first, by one statement: as of one moment. */
export async function readOrderWithPayments(
  sql: Sql,
  key: OrderKey,
): Promise<{ readonly order: Order; readonly payments: readonly Payment[] } | undefined> {
  const { rows } = await queryByKey(sql, key)
  const [first] = rows
  if (first === undefined) return undefined
  const order = decodeOrder({ ...first, integer_id: first.order_integer_id, version: first.order_version })
  return { order, payments: rows.flatMap(row => (row.id === null ? [] : [readPayment(row)])) }
}

function queryByKey(sql: Sql, key: OrderKey) {
  if ('id' in key) return sql.query<JoinedRow>(readById, [key.id])
  if ('number' in key) return sql.query<JoinedRow>(readByNumber, [key.number])
  return sql.query<JoinedRow>(readByIntegerId, [key.integerId])
}
