import type { Caller } from '../core/access/caller.js'
import { mayReachOrder } from '../core/access/permissions.js'
import { codeKey } from '../core/cart/code-key.js'
import type { CheckoutError } from '../core/errors.js'
import type { OrderId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Order } from '../core/orders/order.js'
import { type Tender, withTender } from '../core/orders/tender.js'
import type { Facts } from '../core/pricing/facts.js'
import { whyNotUsable } from '../core/pricing/gift-card-use.js'
import { accountOf } from '../core/pricing/store-credit.js'
import { ok, type Result, refuse } from '../core/result.js'
import { factsFor, pause } from './change-cart.js'
import type { Deps } from './deps.js'
import { isSaved } from './drop-tender.js'
import { guardCodes } from './guard-codes.js'
import type { Answer, OrderView } from './operations.js'
import { payForDraft } from './place-draft.js'

/** What pays a part of a draft, or all that is due of it. */
export interface TenderForDraft {
  readonly id: OrderId
  /** The store credit of whoever the draft belongs to, or a gift card by its code as it was typed. */
  readonly tender: 'store_credit' | { readonly giftCardCode: string }
  readonly clientAddress?: string
}

/**
 * Lets a gift card or store credit pay a draft as a payment of its own. Where something stays due the draft waits for the
 * next payment, and nothing is taken before that comes; where nothing does, the order is placed at once, or refused and the
 * draft as it was.
 *
 * @returns what `addGiftCard` and `placeDraft` refuse; `gift_card_present` where it pays already; `order_state` for what is no
 *   draft any more; `store_credit_empty` and `sign_in_required` of store credit; `too_many_attempts`
 */
export async function tenderForDraft(deps: Deps, caller: Caller, input: TenderForDraft): Answer<OrderView> {
  const found = await deps.storage.orders.read({ id: input.id })
  if (found === undefined || !mayReachOrder(caller, found, 'orders:place')) return refuse({ code: 'order_not_found' })
  const { tender, clientAddress } = input
  const codes = tender === 'store_credit' ? [] : [tender.giftCardCode]
  const tried = { cart: { key: { id: found.cartId } }, codes, clientAddress }
  const placement = { payments: [], capture: true, ...(clientAddress === undefined ? {} : { clientAddress }) }
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const noted = await guardCodes(deps, caller, tried, look => noteTender(deps, input, codes, look))
    if (!noted.ok || noted.value.order.amountDue > 0n) return noted
    // One write: whoever looks in between sees a draft that is paid for by nothing, or an order.
    const placed = await deps.queue.run(found.cartId, () => payForDraft(deps, noted.value.order, placement))
    if (placed !== 'lost') return placed
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}

/** The draft with the tender, written down only where something stays due. */
async function noteTender(
  deps: Deps,
  { id, tender }: TenderForDraft,
  codes: readonly string[],
  look: (facts: Facts) => void,
): Answer<OrderView> {
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const state = await deps.storage.orders.readState({ id })
    if (state === undefined) return refuse({ code: 'order_not_found' })
    const { order, payments } = state
    const needs = { stock: false, codes, storeCredit: tender === 'store_credit' }
    const facts = await factsFor(deps, order.snapshot.cart, await deps.facts.epoch(), needs)
    if (facts === undefined) return refuse({ code: 'channel_unknown', channel: order.channel })
    look(facts)
    const money = moneyOf(order, tender, facts)
    if (!money.ok) return money
    const next = withTender(order, money.value, facts.now)
    if (!next.ok) return next
    if (next.value.amountDue === 0n)
      return ok({ order: { ...next.value, version: order.version }, payments, channel: facts.channel })
    if (await isSaved(deps, next.value, order.version))
      return ok({ order: next.value, payments, channel: facts.channel })
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}

/** What there is to pay with, or why it does not pay. */
function moneyOf(
  order: Order,
  tender: TenderForDraft['tender'],
  facts: Facts,
): Result<Omit<Tender, 'amount'>, CheckoutError> {
  if (tender === 'store_credit') {
    const code = accountOf(order.snapshot.cart)
    if (code === undefined) return refuse({ code: 'sign_in_required' })
    const balance = facts.storeCredit?.get(code) ?? 0n
    if (balance <= 0n) return refuse({ code: 'store_credit_empty' })
    return ok({ code, integerId: 0, name: 'Store credit', isStoreCredit: true, balance })
  }
  const { giftCardCode } = tender
  const card = facts.giftCards.get(codeKey(giftCardCode))
  if (card === undefined) return refuse({ code: 'gift_card_unknown', giftCardCode })
  const unusable = whyNotUsable(card, giftCardCode, order.currency, facts.now)
  if (unusable !== undefined) return refuse(unusable)
  const { code, integerId, name, balance } = card
  return ok({ code, integerId, name, balance })
}
