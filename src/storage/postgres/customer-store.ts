import type { Customer } from '../../core/customers/customer.js'
import type { CustomerStore } from '../storage.js'
import type { Database } from './database.js'
import { caseKey } from './keys.js'
import { isUniqueViolation, type Sql, type Statement } from './sql.js'

interface CustomerRow {
  readonly integer_id: bigint
  readonly reference: string
  readonly version: number
  readonly body: Omit<Customer, 'integerId' | 'reference' | 'version' | 'storeCredit'>
  readonly store_credit: readonly { readonly currency: string; readonly amount: string }[] | null
}

/** Balances as text, since JSON knows no integers of that size. */
const columns = `integer_id, reference, version, body, (
  select json_agg(json_build_object('currency', g.body ->> 'currency', 'amount', g.balance::text) order by g.code_key)
  from gift_cards g where g.customer_id = customers.id) as store_credit`

const readBy = (column: string): Statement => ({
  name: `customer_by_${column}`,
  text: `select ${columns} from customers where ${column} = $1`,
})
const readById = readBy('id')
const readMany: Statement = {
  name: 'customers_by_id',
  shares: 'read',
  text: `select ${columns} from customers where id = any($1::text[])`,
}
const readByEmail = readBy('email_key')
const readByReference = readBy('reference')
const readByIntegerId = readBy('integer_id')

const readByEmails: Statement = {
  name: 'customers_by_email_keys',
  text: `select ${columns} from customers where email_key = any($1::text[])`,
}

const insert: Statement = {
  name: 'customer_insert',
  text: `with added as (
    insert into customers (id, integer_id, reference, email_key, version, body)
    select $1, n, $2::text || n, $3, $4, $5::json from nextval('customer_integer_ids') as n
    on conflict (email_key) do nothing returning id, integer_id, reference
  ), secret as (insert into customer_passwords (customer_id, hash) select id, $6 from added)
  select integer_id, reference from added`,
}

const save: Statement = {
  name: 'customer_save',
  text: `update customers set version = $2::integer + 1, email_key = $3, body = $4::json
    where id = $1 and version = $2::integer`,
}

const readPassword: Statement = {
  name: 'customer_password',
  text: 'select hash from customer_passwords where customer_id = $1',
}

const countOrders: Statement = {
  name: 'customer_order_count',
  text: `select count(*) as total from orders
    where owner_key = $1 and owner_kind = 'member' and status in ('pending', 'confirmed')`,
}

/** People with accounts. */
export function createCustomerStore(database: Database): CustomerStore {
  return {
    read: key => readCustomer(database, key),
    readMany: async ids =>
      ids.length === 0 ? [] : (await database.query<CustomerRow>(readMany, [ids])).rows.map(customerOf),
    withEmails: async emails =>
      (await database.query<CustomerRow>(readByEmails, [emails.map(caseKey)])).rows.map(customerOf),
    passwordHash: async id => (await database.query<{ hash: string }>(readPassword, [id])).rows[0]?.hash,
    insert: (customer, options) => insertCustomer(database, customer, options),
    save: (customer, since) => saveCustomer(database, customer, since),
    orderCount: async id => Number((await database.query<{ total: bigint }>(countOrders, [id])).rows[0]?.total ?? 0),
  }
}

async function readCustomer(sql: Sql, key: Parameters<CustomerStore['read']>[0]): Promise<Customer | undefined> {
  const row = (await queryByKey(sql, key)).rows[0]
  return row === undefined ? undefined : customerOf(row)
}

function customerOf(row: CustomerRow): Customer {
  const known = { ...row.body, integerId: Number(row.integer_id), reference: row.reference, version: row.version }
  if (row.store_credit === null) return known
  return { ...known, storeCredit: row.store_credit.map(one => ({ ...one, amount: BigInt(one.amount) })) }
}

function queryByKey(sql: Sql, key: Parameters<CustomerStore['read']>[0]) {
  if ('id' in key) return sql.query<CustomerRow>(readById, [key.id])
  if ('email' in key) return sql.query<CustomerRow>(readByEmail, [caseKey(key.email)])
  if ('reference' in key) return sql.query<CustomerRow>(readByReference, [key.reference])
  return sql.query<CustomerRow>(readByIntegerId, [key.integerId])
}

/** Writes what has no column of its own. */
export function encodeCustomer(customer: Omit<Customer, 'integerId' | 'reference' | 'version'>): string {
  const columns: Readonly<Record<string, undefined>> = {
    integerId: undefined,
    reference: undefined,
    version: undefined,
    storeCredit: undefined,
  }
  return JSON.stringify({ ...customer, ...columns })
}

async function insertCustomer(
  sql: Sql,
  customer: Parameters<CustomerStore['insert']>[0],
  options: Parameters<CustomerStore['insert']>[1],
): Promise<Customer | 'exists'> {
  const { rows } = await sql.query<{ integer_id: bigint; reference: string }>(insert, [
    customer.id,
    options.referencePrefix,
    caseKey(customer.email),
    customer.version,
    encodeCustomer(customer),
    options.passwordHash,
  ])
  const added = rows[0]
  if (added === undefined) return 'exists'
  return { ...customer, integerId: Number(added.integer_id), reference: added.reference }
}

/** An e-mail address that another customer took in the meantime counts as a lost race: whoever reads again sees it. */
async function saveCustomer(sql: Sql, customer: Customer, since: number): Promise<'saved' | 'lost'> {
  try {
    const { count } = await sql.query(save, [customer.id, since, caseKey(customer.email), encodeCustomer(customer)])
    return count === 1 ? 'saved' : 'lost'
  } catch (error) {
    if (isUniqueViolation(error)) return 'lost'
    throw error
  }
}
