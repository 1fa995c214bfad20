import { instantAt } from '../../../core/instants.js'
import type { OrderFilter } from '../../../operations/operations.js'
import { isEmail } from '../email.js'
import { laterKinds, unsettled } from '../render/order-state.js'

type Narrowing = Omit<OrderFilter, 'statuses'>

/** Confirmed, with nothing sent and not all paid. */
const open = {
  statuses: ['confirmed'],
  paymentStatuses: unsettled,
  fulfillmentStatuses: ['unfulfilled'],
} satisfies OrderFilter

/** Orders by the API's word for where they stand: what `orderStatusOf` says of one, asked of all. */
const byStatus: ReadonlyMap<string, OrderFilter> = new Map<string, OrderFilter>([
  ['canceled', { statuses: ['canceled'] }],
  ['cancel', { statuses: ['canceled'] }],
  [
    'payment-pending',
    { statuses: ['pending', 'confirmed'], isAnyOf: [{ statuses: ['pending'] }, { ...open, paidBy: laterKinds }] },
  ],
  ['payment-approved', { ...open, notPaidBy: laterKinds }],
  [
    'ready-for-handling',
    { statuses: ['confirmed'], paymentStatuses: ['paid', 'none'], fulfillmentStatuses: ['unfulfilled'] },
  ],
  ['handling', { statuses: ['confirmed'], fulfillmentStatuses: ['partially_fulfilled'] }],
  ['invoiced', { statuses: ['confirmed'], fulfillmentStatuses: ['fulfilled'] }],
])

const placed = ['pending', 'confirmed', 'canceled'] as const

/** Which orders a list shows, by its query. Of several words any will do; one that no order is in shows none. */
export function readOrderFilter(query: URLSearchParams): OrderFilter {
  const narrowed: Narrowing = {
    ...createdIn(query.get('creation_date') ?? ''),
    ...named((query.get('text') ?? '').trim()),
    ...emailed((query.get('clientEmail') ?? '').trim()),
  }
  return { ...inOneOf(query.get('status') ?? ''), ...narrowed }
}

/** `invoiced`, or several: `handling,invoiced`. */
function inOneOf(words: string): OrderFilter {
  if (words === '') return { statuses: [...placed] }
  const meant = [...new Set(words.split(','))].flatMap(word => byStatus.get(word.trim()) ?? [])
  const statuses = [...new Set(meant.flatMap(filter => filter.statuses ?? []))]
  return { statuses, isAnyOf: meant }
}

/** `creationDate:[2026-01-01T00:00:00.000Z TO 2026-02-01T00:00:00.000Z]`, also without its name and brackets. */
function createdIn(text: string): Narrowing {
  const [from, to] = text
    .replace(/^creationDate:/i, '')
    .replace(/[[\]]/g, '')
    .split(/\s+TO\s+/i)
    .map(part => Date.parse(part.trim()))
  const [placedFrom, placedBefore] = [instantAt(from ?? Number.NaN), instantAt((to ?? Number.NaN) + 1)]
  return {
    ...(placedFrom === undefined ? {} : { placedFrom }),
    ...(placedBefore === undefined ? {} : { placedBefore }),
  }
}

/** What a shopper types to find an order: the number of the group, with or without that of its part, or an address. */
function named(text: string): Narrowing {
  if (text === '') return {}
  return isEmail(text) ? { email: text } : { numbers: [text, text.replace(/-\d\d$/, '')] }
}

function emailed(text: string): Narrowing {
  return text === '' ? {} : { email: text }
}
