import { instantNamed } from '../../core/instants.js'
import type {
  FulfillmentStanding,
  PaymentStanding,
  PurchaseCondition,
  PurchaseField,
} from '../../operations/list-purchases.js'
import { parseAmount } from './money.js'
import { flagOf, isTree, type Tree, textOf } from './params.js'

type Test = PurchaseCondition['test'] | 'present' | 'blank' | 'true' | 'false'

/** Predicates, the longer names first: `not_eq` is no `eq`. */
const tests: readonly Test[] = [
  'not_null',
  'not_cont',
  'not_eq',
  'not_in',
  'present',
  'blank',
  'false',
  'true',
  'start',
  'gteq',
  'lteq',
  'null',
  'cont',
  'end',
  'eq',
  'gt',
  'lt',
  'in',
]

/** Fields that orders are searched by. */
const fields: ReadonlyMap<string, PurchaseField> = new Map<string, PurchaseField>([
  ['number', 'number'],
  ['email', 'email'],
  ['user_email', 'email'],
  ['state', 'state'],
  ['completed_at', 'completed_at'],
  ['created_at', 'created_at'],
  ['updated_at', 'updated_at'],
  ['total', 'total'],
  ['payment_state', 'payment'],
  ['shipment_state', 'fulfillment'],
  ['shipments_state', 'fulfillment'],
])

/** The parts of an address that orders are searched by. */
const addressParts = {
  firstname: 'firstName',
  lastname: 'lastName',
  company: 'company',
  address1: 'line1',
  address2: 'line2',
  city: 'city',
  zipcode: 'postalCode',
  phone: 'phone',
} as const

/** Fields that only searching knows, sorting does not. */
const details: ReadonlyMap<string, PurchaseCondition['field']> = new Map<string, PurchaseCondition['field']>([
  ['id', 'id'],
  ['user_id', { extra: 'userId', of: 'spree' }],
  ['channel', { extra: 'channel', of: 'spree', absent: 'spree' }],
  ['considered_risky', { extra: 'consideredRisky', of: 'spree', absent: 'false' }],
  ...Object.entries(addressParts).flatMap(([name, part]) => [
    [`bill_address_${name}`, { address: 'billing', part }] as const,
    [`ship_address_${name}`, { address: 'shipping', part }] as const,
  ]),
])

/** This platform's words for how payments and shipments stand, and what the store calls that. */
const words: Readonly<
  Record<'payment' | 'fulfillment', Readonly<Record<string, PaymentStanding | FulfillmentStanding>>>
> = {
  payment: { balance_due: 'owing', paid: 'even', credit_owed: 'over', failed: 'failed', void: 'given_back' },
  fulfillment: {
    pending: 'waiting',
    ready: 'ready',
    partial: 'partially_fulfilled',
    shipped: 'fulfilled',
    canceled: 'canceled',
  },
}

/** Whether a search means that word; a test that is turned (`not_eq`) as if it were not. All in lower case. */
function isMeant(word: string, test: Test, wanted: readonly string[]): boolean {
  const [first = ''] = wanted
  switch (test) {
    case 'cont':
    case 'not_cont':
      return word.includes(first)
    case 'start':
      return word.startsWith(first)
    case 'end':
      return word.endsWith(first)
    case 'in':
    case 'not_in':
      return wanted.includes(word)
    case 'gt':
      return word > first
    case 'gteq':
      return word >= first
    case 'lt':
      return word < first
    case 'lteq':
      return word <= first
    default:
      return word === first
  }
}

/** The standings whose word a search means; another word is none that an order has. */
function standingsFor(field: 'payment' | 'fulfillment', test: Test, wanted: readonly string[]): readonly string[] {
  return Object.entries(words[field]).flatMap(([word, standing]) => (isMeant(word, test, wanted) ? [standing] : []))
}

/** A search's name taken apart; undefined where no predicate ends it. */
function readName(name: string): { readonly test: Test; readonly named: string } | undefined {
  const test = tests.find(known => name.endsWith(`_${known}`))
  return test === undefined ? undefined : { test, named: name.slice(0, -test.length - 1) }
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/**
 * Rows of a list that is at hand as a whole, as `q` asks for them by some of the fields that they show; unknown fields and
 * predicates are passed over.
 */
export function searched<Row extends Tree>(rows: readonly Row[], q: unknown, names: readonly string[]): readonly Row[] {
  const wishes = isTree(q) ? Object.entries(q) : []
  return wishes.reduce((left, [name, value]) => {
    const { test, named } = readName(name) ?? {}
    if (test === undefined || named === undefined || !names.includes(named)) return left
    if (test === 'null' || test === 'not_null' || test === 'present' || test === 'blank') {
      const isAbsent = (test === 'null' || test === 'blank') === flagOf(value)
      return left.filter(row => (textOf(row[named]) === undefined) === isAbsent)
    }
    const wanted = listed(value).flatMap(one => textOf(one)?.toLowerCase() ?? [])
    if (wanted.length === 0 || test === 'true' || test === 'false') return left
    const isTurned = test.startsWith('not')
    return left.filter(row => {
      const word = textOf(row[named])?.toLowerCase()
      return (word !== undefined && isMeant(word, test, wanted)) !== isTurned
    })
  }, rows)
}

/** What `q` asks for; unknown fields and predicates are passed over. */
export function conditionsIn(q: unknown, currency: string): readonly PurchaseCondition[] {
  if (!isTree(q)) return []
  return Object.entries(q).flatMap(([name, value]) => conditionOf(name, value, currency) ?? [])
}

/** Predicates that name whole values. */
const namesValues: ReadonlySet<Test> = new Set<Test>(['eq', 'not_eq', 'in', 'not_in'])

function conditionOf(name: string, value: unknown, currency: string): PurchaseCondition | undefined {
  const { test, named = '' } = readName(name) ?? {}
  const field = fields.get(named) ?? details.get(named)
  if (test === undefined || field === undefined) return undefined
  // Ids do not count up here: whoever asks for those after another one would miss orders.
  if (field === 'id' && !namesValues.has(test)) return undefined
  if (test === 'null' || test === 'not_null' || test === 'present' || test === 'blank') {
    const isAbsent = test === 'null' || test === 'blank'
    return { field, test: isAbsent === flagOf(value) ? 'null' : 'not_null', values: [] }
  }
  if (test === 'true' || test === 'false') {
    // No other field is true or false.
    if (named !== 'considered_risky') return undefined
    return { field, test: 'eq', values: [String((test === 'true') === flagOf(value))] }
  }
  const values = listed(value).flatMap(one => valuesOf(field, textOf(one), currency))
  if (values.length === 0) return undefined
  if (field !== 'payment' && field !== 'fulfillment') return { field, test, values }
  const isTurned = test.startsWith('not')
  return { field, test: isTurned ? 'not_in' : 'in', values: standingsFor(field, test, values) }
}

function valuesOf(field: PurchaseCondition['field'], text: string | undefined, currency: string): readonly string[] {
  if (text === undefined) return []
  switch (field) {
    case 'payment':
    case 'fulfillment':
      return [text.toLowerCase()]
    case 'id':
      return /^\d{1,30}$/.test(text) ? [text] : []
    case 'completed_at':
    case 'created_at':
    case 'updated_at': {
      const at = instantNamed(text)
      return at === undefined ? [] : [at]
    }
    case 'total': {
      const amount = parseAmount(text, currency)
      return amount === undefined ? [] : [String(amount)]
    }
    default:
      return [text]
  }
}

/** `q[s]`: one sort or several, such as `completed_at desc`. */
export function sortsIn(q: unknown): readonly { readonly field: PurchaseField; readonly isDescending: boolean }[] {
  const wanted: unknown = isTree(q) ? (q.s ?? q.sorts) : undefined
  return listed(wanted).flatMap(one => {
    const [name = '', direction = 'asc'] = (textOf(one) ?? '').split(/\s+/)
    const field = name === 'id' ? 'created_at' : fields.get(name)
    return field === undefined ? [] : [{ field, isDescending: direction.toLowerCase() === 'desc' }]
  })
}
