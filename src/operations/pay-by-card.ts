import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import type { CheckoutError } from '../core/errors.js'
import type { Json } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { isSecured } from '../core/payments/payment.js'
import { cardFigures, type StoredCard, storedCardFault } from '../core/payments/stored-card.js'
import type { PaymentMethod } from '../core/pricing/facts.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer, CardToPayBy, Operations, PaidByCard, Placed } from './operations.js'
import { placeDraft } from './place-draft.js'

type Input = Parameters<Operations['payByCard']>[1]
type Instrument = Readonly<Record<string, Json>>

/** What the gateway is told, and what is done once that has paid. */
interface CardPlan {
  readonly instrument: Instrument
  /** Never fails for what it cannot do: the order is paid. */
  readonly afterwards?: (placed: Placed) => Promise<Pick<PaidByCard, 'keeping'>>
}

/** Pays for a draft by a card that is given or stored; see `StoredCardOperations.payByCard`. */
export async function payByCard(deps: Deps, caller: Caller, input: Input): Answer<PaidByCard> {
  const { id, method, card, placement } = input
  const plan = await planOf(deps, caller, input)
  if (!plan.ok) return plan
  const { instrument, afterwards } = plan.value
  const placed = await placeDraft(deps, caller, {
    id,
    placement: { ...placement, payments: [{ method }], instruments: [instrument] },
  })
  if (!placed.ok || afterwards === undefined) return placed
  if (card.kind === 'given' && !isPaidNow(placed.value, method)) return ok({ ...placed.value, keeping: 'not_kept' })
  return ok({ ...placed.value, ...(await afterwards(placed.value)) })
}

/** This very call brought the money; a repetition may bring another card, which has paid nothing. */
function isPaidNow({ isRepeat, order, payments }: Placed, method: string): boolean {
  const isPaid = payments.some(payment => payment.method === method && isSecured(payment.state))
  return !isRepeat && order.status === 'confirmed' && isPaid
}

async function planOf(deps: Deps, caller: Caller, input: Input): Promise<Result<CardPlan, CheckoutError>> {
  const { card } = input
  if (card.kind === 'given' && card.keeps === undefined) return ok({ instrument: card.instrument })
  const order = await deps.storage.orders.read({ id: input.id })
  if (order === undefined || !mayReachOrder(caller, order, 'orders:place')) return refuse({ code: 'order_not_found' })
  const rules = await deps.facts.rules(order.channel)
  const method = rules?.paymentMethods.find(each => each.isActive && each.id === input.method)
  return card.kind === 'stored' ? storedPlan(deps, order, method, card) : givenPlan(deps, order, method, card)
}

async function storedPlan(
  deps: Deps,
  order: Order,
  method: PaymentMethod | undefined,
  given: Extract<CardToPayBy, { readonly kind: 'stored' }>,
): Promise<Result<CardPlan, CheckoutError>> {
  const card = (await cardsFor(deps, order)).find(({ token }) => token === given.token)
  const fault = storedCardFault(card, order, method, given, deps.clock())
  if (fault !== undefined) return refuse(fault)
  if (card === undefined) return refuse({ code: 'stored_card_unknown' })
  const { customerId, token, gatewayToken } = card
  const instrument = {
    token: gatewayToken,
    ...(given.securityCode === undefined ? {} : { securityCode: given.securityCode }),
  }
  if (given.makesDefault !== true) return ok({ instrument })
  const afterwards = async () => {
    await tried(deps, order, () => deps.storage.storedCards.makeDefault(customerId, token, deps.clock()))
    return {}
  }
  return ok({ instrument, afterwards })
}

/** Only the cards of whoever the order belongs to are looked at. */
async function cardsFor(deps: Deps, { owner, channel }: Order): Promise<readonly StoredCard[]> {
  return owner.kind === 'member' ? deps.storage.storedCards.list(owner.customerId, channel) : []
}

function givenPlan(
  deps: Deps,
  order: Order,
  method: PaymentMethod | undefined,
  { instrument, keeps }: Extract<CardToPayBy, { readonly kind: 'given' }>,
): Result<CardPlan, CheckoutError> {
  if (method === undefined) return ok({ instrument })
  if (method.storedCards === undefined) return refuse({ code: 'cards_not_kept' })
  const isDefault = keeps?.isDefault ?? false
  const afterwards = async () => {
    const isKept = await tried(deps, order, () => keepCard(deps, order, method, instrument, isDefault))
    return { keeping: isKept ? ('kept' as const) : ('not_kept' as const) }
  }
  return ok({ instrument, afterwards })
}

/** Has the gateway keep the card, and writes down what it may be named by from then on. */
async function keepCard(
  deps: Deps,
  order: Order,
  { id: method, provider: name }: PaymentMethod,
  instrument: Instrument,
  isDefault: boolean,
): Promise<boolean> {
  const { owner, channel } = order
  const provider = deps.providers.get(name)
  if (owner.kind !== 'member' || provider?.keep === undefined) return false
  const kept = await provider.keep(instrument)
  const figures = cardFigures(kept.display)
  if (figures === undefined) return false
  const card: StoredCard = {
    ...figures,
    token: `${deps.ids.uuid()}${deps.ids.uuid()}`.replaceAll('-', ''),
    customerId: owner.customerId,
    channel,
    method,
    provider: name,
    gatewayToken: kept.token,
    isDefault,
  }
  return (await deps.storage.storedCards.keep(card, deps.clock(), limits.storedCardsPerCustomer)) === 'kept'
}

/** False also where `attempt` failed, which is told in the log by its kind alone: a gateway may quote a card's number. */
async function tried(deps: Deps, { id: orderId }: Order, attempt: () => Promise<boolean>): Promise<boolean> {
  try {
    return await attempt()
  } catch (error) {
    const kind = error instanceof Error ? error.name : 'failed'
    deps.log.warn({ orderId, error: kind }, 'an order was paid, and its card could not be kept')
    return false
  }
}
