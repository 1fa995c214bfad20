import { randomUUID } from 'node:crypto'
import type { Caller } from '../../../src/core/access/caller.js'
import { present } from '../../../src/core/assert.js'
import type { Order } from '../../../src/core/orders/order.js'
import type { Result } from '../../../src/core/result.js'
import type { Deps } from '../../../src/operations/deps.js'
import type { NewLine, Operations, Placement } from '../../../src/operations/operations.js'

export const system: Caller = { kind: 'system' }
export const channel = 'de'

/** Codes of these races: whatever many carts do with them, they are never used up. */
export const codes = { coupons: ['RACE-A', 'RACE-B', 'RACE-C'], cards: ['RACECARD-A', 'RACECARD-B'] } as const

/** A cart and everybody who may have to do with it, before two of them act at the same moment. */
export interface World {
  readonly cartId: string
  readonly cart: { readonly key: { readonly id: string } }
  /** Who owns the cart in most scenes. */
  readonly guest: Extract<Caller, { readonly kind: 'guest' }>
  /** Has a cart of their own as well. */
  readonly member: Extract<Caller, { readonly kind: 'member' }>
  readonly memberEmail: string
  /** Has none. */
  readonly other: Extract<Caller, { readonly kind: 'member' }>
  readonly otherEmail: string
  readonly total: bigint
  /** The order that waits for its payment, where the scene has one; drafts in their order. */
  readonly orders: readonly Order[]
  /** What the shopper brings back from the gateway's page, and what the gateway says of it on its own. */
  readonly page?: {
    readonly payload: { readonly type: string; readonly hash: string }
    readonly webhook: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
  }
}

export const street = {
  firstName: 'Ada',
  lastName: 'Racer',
  line1: 'West road',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
}

export const mug = (quantity: number): NewLine => ({ sku: 'MUG-1', quantity })
export const tee = (quantity: number): NewLine => ({ sku: 'TEE-1', quantity })

/** What a purchase needs besides the cart; the cart has its addresses. */
export function purchase(mode: string, more: Partial<Placement> = {}): Placement {
  return {
    payments: [{ method: 'dummyPaymentCreditCard' }],
    instruments: [{ mode }],
    returnUrl: 'https://shop.example/back',
    ...more,
  }
}

/** Whose the cart is when the scene opens. */
export type Ownership = 'guest' | 'member' | 'open'

/**
 * Two mugs and a shirt with an address, a coupon and a gift card; and the people around it, who are stored where somebody
 * asks for them.
 */
export async function openWorld(at: Operations, deps: Deps, ownership: Ownership, hasPeople: boolean): Promise<World> {
  const guest = { kind: 'guest', guestKey: randomUUID() } as const
  const [member, other] = [await newMember(deps, hasPeople), await newMember(deps, hasPeople)]
  const owner =
    ownership === 'guest'
      ? guest
      : ownership === 'open'
        ? ({ kind: 'open' } as const)
        : ({ kind: 'member', customerId: member.caller.customerId } as const)
  const made = await at.editCart(system, {
    cart: { fresh: { channel, owner, isDefault: true } },
    skus: ['MUG-1', 'TEE-1'],
    codes: [codes.coupons[0], codes.cards[0]],
    plan: desk =>
      desk.edit([
        { kind: 'add_line', line: mug(2) },
        { kind: 'add_line', line: tee(1) },
        { kind: 'set_coupons', codes: [codes.coupons[0]] },
        { kind: 'set_gift_cards', cards: [{ code: codes.cards[0], limit: 100n }] },
        {
          kind: 'fill_in',
          changes: {
            buyer: { email: 'racer@polytill.test', firstName: 'Ada' },
            billingAddress: street,
            consignments: [{ destination: { kind: 'address', address: street }, selectedOption: 'standard' }],
            payments: [{ method: 'dummyPaymentCreditCard', token: 'sandbox_approve' }],
          },
        },
      ]),
  })
  const view = granted(made).cart
  if (ownership === 'member') {
    const credit = { customerId: member.caller.customerId, currency: view.currency, balance: 300n }
    granted(await at.changeStoreCredit(system, credit))
  }
  if (hasPeople && ownership !== 'member') granted(await at.createCart(member.caller, { channel, lines: [tee(1)] }))
  return {
    cartId: view.cart.id,
    cart: { key: { id: view.cart.id } },
    guest,
    member: member.caller,
    memberEmail: member.email,
    other: other.caller,
    otherEmail: other.email,
    total: view.totals.grandTotal,
    orders: [],
  }
}

async function newMember(deps: Deps, isStored: boolean) {
  const id = randomUUID()
  const email = `${id}@polytill.test`
  const known = { caller: { kind: 'member', customerId: id } as const, email }
  if (!isStored) return known
  const now = deps.clock()
  const made = await deps.storage.customers.insert(
    {
      id,
      email,
      firstName: 'Ada',
      groups: [],
      acceptsMarketing: false,
      isConfirmed: true,
      addresses: [],
      customFields: {},
      createdAt: now,
      updatedAt: now,
      version: 1,
    },
    { passwordHash: 'hash', referencePrefix: 'RACE--' },
  )
  if (made === 'exists') throw new Error('a new address is free')
  return known
}

/** What an operation answered, where it must have been done. */
export function granted<T>(answer: Result<T, { readonly code: string }>): T {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error, (_, value) => String(value))}`)
  return answer.value
}

/** The order of a world that has one. */
export function orderOf(world: World): Order {
  return present(world.orders[0], 'the scene has an order')
}
