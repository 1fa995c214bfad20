import type { Json } from '../../core/ids.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { Operations, PurchaseView } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { respondInvalid } from './errors.js'
import { integerText } from './params.js'
import { offersOf } from './purchase-answer.js'
import { paymentsOf, renderCard, type WirePayment } from './render/payment.js'
import type { SpreeRequest } from './request.js'

/** A card that a gateway keeps, known by an order that was paid with it. */
export interface StoredCard {
  readonly id: number
  readonly payment: WirePayment
  readonly token: string
}

/** Orders that are looked through for cards, the newest ones. Ours. */
const mostOrders = 100

/** The cards of whoever asks, the one used last first; each once, however many orders it paid. */
export async function storedCards(request: SpreeRequest, operations: Operations): Promise<readonly StoredCard[]> {
  if (request.customerId === undefined) return []
  const listed = await operations.listPurchases(request.caller, {
    channel: request.channel.id,
    whose: 'own',
    conditions: [{ field: 'completed_at', test: 'not_null', values: [] }],
    sorts: [{ field: 'completed_at', isDescending: true }],
    offset: 0,
    limit: mostOrders,
  })
  const [first, ...rest] = listed.ok ? listed.value.purchases : []
  if (first === undefined) return []
  const offers = await offersOf(first, operations)
  const cards = new Map<string, StoredCard>()
  for (const view of [first, ...rest]) {
    for (const payment of paymentsOf(view, offers)) {
      const card = cardOf(view, payment)
      if (card === undefined) continue
      const { id: _id, ...shown } = renderCard(payment) ?? {}
      const key = JSON.stringify([card.token, shown])
      if (!cards.has(key)) cards.set(key, card)
    }
  }
  return [...cards.values()]
}

/** A card that money came from, where the gateway gave a token for it. */
function cardOf({ order }: PurchaseView, payment: WirePayment): StoredCard | undefined {
  const { attempt } = payment
  const shown = renderCard(payment)
  if (shown === undefined || attempt === undefined || payment.state === 'failed') return undefined
  const token = order?.snapshot.cart.payments.find(({ id }) => id === attempt.display.selectionId)?.token
  return token === undefined ? undefined : { id: shown.id, payment, token }
}

/** What a payment by a stored card is made from. */
export interface ExistingCard {
  readonly methodId: number
  readonly token: string
  readonly display: Readonly<Record<string, Json>>
}

/**
 * The card that a request names: one of whoever asks, by their own key. An order's token alone does not open its owner's
 * cards.
 */
export async function existingCard(
  request: SpreeRequest,
  operations: Operations,
  named: unknown,
): Promise<Result<ExistingCard, WireResponse>> {
  const cards = await storedCards(request, operations)
  const found = cards.find(({ id }) => id === integerText(named))
  const methodId = found?.payment.method?.integerId
  if (found === undefined || methodId === undefined) return refuse(respondInvalid({ base: ['Invalid credit card.'] }))
  return ok({ methodId, token: found.token, display: { ...found.payment.display, cardId: found.id } })
}
