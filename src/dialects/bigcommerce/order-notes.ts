import { z } from 'zod'
import type { Json } from '../../core/ids.js'
import type { Order } from '../../core/orders/order.js'

/** What a backend writes on an order; beside its record, which is never written again. */
const notes = z.object({
  staffNotes: z.string().optional(),
  customerMessage: z.string().optional(),
  externalOrderId: z.string().optional(),
})
export type OrderNotes = z.output<typeof notes>

/** Where an order's id in another system stands. */
export const externalOrderIdAt: readonly string[] = ['extras', 'bigcommerce', 'notes', 'externalOrderId']

function own({ extras }: Pick<Order, 'extras'>): Readonly<Record<string, Json>> {
  const kept = extras.bigcommerce
  return kept !== null && typeof kept === 'object' && !Array.isArray(kept) ? (kept as Record<string, Json>) : {}
}

/** The notes on an order; those that the cart had where nobody wrote others since. */
export function notesOf(order: Pick<Order, 'extras' | 'snapshot'>): Required<OrderNotes> {
  const written = notes.safeParse(own(order).notes)
  const { staffNote = '', customerNote = '' } = order.snapshot.cart
  return {
    staffNotes: staffNote,
    customerMessage: customerNote,
    externalOrderId: '',
    ...(written.success ? written.data : {}),
  }
}

/** What this dialect keeps with the order, these notes over those that are there. */
export function withNotes(order: Order, changes: OrderNotes): Json {
  const written = notes.safeParse(own(order).notes)
  return { ...own(order), notes: { ...(written.success ? written.data : {}), ...changes } } as Json
}

/** The status that was set by hand, if one was; see `statusIdOf`. */
export function markIn(order: Pick<Order, 'extras'>): string | undefined {
  const { mark } = own(order)
  return typeof mark === 'string' ? mark : undefined
}

/** What this dialect keeps with the order, with one status set by hand instead of any; undefined: none. */
export function withMark(order: Order, mark: string | undefined): Json {
  const { mark: _former, ...rest } = own(order)
  return { ...rest, ...(mark === undefined ? {} : { mark }) } as Json
}

/** Whether a backend made this order, of a customer's or a shopper's cart too. */
export function isMadeByServer(order: Pick<Order, 'extras' | 'owner'>): boolean {
  return order.owner.kind === 'privileged' || own(order).source === 'server'
}

/** What this dialect keeps with an order that a backend made. */
export function asMadeByServer(order: Order): Json {
  return { ...own(order), source: 'server' } as Json
}
