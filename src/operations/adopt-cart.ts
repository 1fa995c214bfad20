import type { CartOwner } from '../core/access/caller.js'
import type { Cart, LineItem, Notice } from '../core/cart/cart.js'
import { type ComponentUse, componentsOf } from '../core/cart/components.js'
import type { DecisionContext } from '../core/cart/decision.js'
import { addLine, isSameThing } from '../core/cart/line-items.js'
import type { ChannelId, CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { cartEvent, factsFor, pause, stamped } from './change-cart.js'
import type { Deps } from './deps.js'

/**
 * A guest signs in or registers: the guest's cart becomes the customer's, or its lines join the customer's own cart;
 * codes stay behind. Pieces that cannot join (gone, sold out) are left out with a notice. An empty guest cart changes nothing.
 * One transaction on both versions, so that an add that runs at the same time is lost on neither side.
 */
export async function adoptCart(
  deps: Deps,
  input: { readonly customerId: CustomerId; readonly guest: CartOwner; readonly channel: ChannelId },
): Promise<void> {
  const owner: CartOwner = { kind: 'member', customerId: input.customerId }
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const [guests, members] = await Promise.all([
      deps.storage.carts.read({ owner: input.guest, channel: input.channel }),
      deps.storage.carts.read({ owner, channel: input.channel }),
    ])
    const guest = guests.cart
    if (guest === undefined || guest.status !== 'open' || guest.lineItems.length === 0) return
    const saved =
      members.cart === undefined
        ? await handOver(deps, guest, input.customerId)
        : await join(deps, guest, members.cart, members.epoch)
    if (saved === 'saved') return
    await pause(attempt)
  }
  deps.log.warn({ channel: input.channel }, 'a guest cart could not be adopted: too many changes at once')
}

/** The cart keeps its id, lines and codes; only its owner changes. */
async function handOver(deps: Deps, guest: Cart, customerId: CustomerId): Promise<'saved' | 'lost'> {
  const owned: Cart = { ...guest, owner: { kind: 'member', customerId }, buyer: { ...guest.buyer, customerId } }
  const cart = stamped(owned, guest.version, deps.clock())
  return deps.storage.carts.save(cart, guest.version, [cartEvent('cart.adopted', cart)])
}

async function join(deps: Deps, guest: Cart, member: Cart, epoch: bigint): Promise<'saved' | 'lost'> {
  const facts = await factsFor(deps, member, epoch, { skus: guest.lineItems.map(line => line.sku), stock: true })
  if (facts === undefined) return 'lost'
  const context = { facts, newId: deps.ids.uuid }
  const merged = stamped(
    boughtLines(guest).reduce(
      (cart, line) => joined(cart, { ...line, components: componentsOf(guest, line) }, context),
      member,
    ),
    member.version,
    facts.now,
  )
  return deps.storage.carts.merge({ cart: merged, since: member.version }, { id: guest.id, since: guest.version }, [
    cartEvent('cart.adopted', merged),
  ])
}

/**
 * Gifts stay behind: the joined cart earns its own, and a gift that joined as an ordinary line would cost its price.
 * Components come with their goods.
 */
function boughtLines(guest: Cart): readonly LineItem[] {
  return guest.lineItems.filter(line => line.giftOf === undefined && line.componentOf === undefined)
}

type JoiningLine = LineItem & { readonly components: readonly ComponentUse[] }

/** The cart with as many pieces of the line as can be had; a notice tells of those that cannot. */
function joined(cart: Cart, line: JoiningLine, context: DecisionContext): Cart {
  const added = addLine(cart, line, context)
  if (added.ok) return added.value
  const possible = added.error.code === 'insufficient_stock' ? added.error.available - heldOf(cart, line) : 0
  const partly = possible > 0 ? addLine(cart, { ...line, quantity: possible }, context) : added
  const notice: Notice = {
    code: partly.ok ? 'quantity_reduced' : 'line_removed',
    level: 'warning',
    data: { sku: line.sku, reason: added.error.code },
    at: context.facts.now,
  }
  const kept = partly.ok ? partly.value : cart
  return { ...kept, notices: [...kept.notices, notice] }
}

function heldOf(cart: Cart, line: LineItem): number {
  return cart.lineItems.find(item => isSameThing(item, line))?.quantity ?? 0
}
