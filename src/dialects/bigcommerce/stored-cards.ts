import type { Caller, CartOwner } from '../../core/access/caller.js'
import type { ChannelId } from '../../core/ids.js'
import type { StoredCard } from '../../core/payments/stored-card.js'
import type { PaymentMethod } from '../../core/pricing/facts.js'
import type { Operations } from '../../operations/operations.js'

/** Whether customers may have cards kept by one of these ways of paying. */
export function keepsCards(methods: readonly PaymentMethod[]): boolean {
  return methods.some(({ isActive, storedCards }) => isActive && storedCards !== undefined)
}

/** Cards of whoever owns a cart or order, as far as these methods take stored ones; nothing is asked where none does. */
export async function cardsOf(
  caller: Caller,
  owner: CartOwner,
  channel: ChannelId,
  methods: readonly PaymentMethod[],
  operations: Operations,
): Promise<readonly StoredCard[]> {
  if (owner.kind !== 'member' || !keepsCards(methods)) return []
  const listed = await operations.listStoredCards(caller, { customerId: owner.customerId, channel })
  return listed.ok ? listed.value : []
}

/** Those that this method pays by: a gateway knows only what it keeps itself. */
export function cardsOfMethod(cards: readonly StoredCard[], method: PaymentMethod): readonly StoredCard[] {
  if (!keepsCards([method])) return []
  return cards.filter(card => card.method === method.id && card.provider === method.provider)
}
