import type { CartOwner } from '../core/access/caller.js'
import type { Cart, LineItem, Notice } from '../core/cart/cart.js'
import { type ComponentUse, componentsOf } from '../core/cart/components.js'
import type { DecisionContext } from '../core/cart/decision.js'
import { addLine, isSameThing } from '../core/cart/line-items.js'
import type { CustomerId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { isBesideItsCart } from '../core/orders/own-holds.js'
import { cartEvent, factsFor, pause, stamped } from './change-cart.js'
import type { Adoption } from './contracts/customers.js'
import type { Deps } from './deps.js'

/**
 * A guest signs in or registers: the guest's cart becomes the customer's, or its lines join the customer's own cart;
 * codes stay behind. Pieces that cannot join (gone, sold out) are left out with a notice. An empty guest cart changes nothing.
 * A cart that keeps its id takes the customer's lines in instead; where both keep theirs, the guest's is the current one
 * from then on. Carts beside the current one neither take lines in nor join. A cart keeps its id also while an order of
 * it waits for its payment; where that is placed after it was asked for, the merge is lost and decided anew.
 * One transaction on both versions, so that an add that runs at the same time is lost on neither side.
 */
export async function adoptCart(deps: Deps, input: Adoption & { readonly customerId: CustomerId }): Promise<void> {
  const owner: CartOwner = { kind: 'member', customerId: input.customerId }
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const [guests, members] = await Promise.all([
      deps.storage.carts.read({ owner: input.guest, channel: input.channel }),
      deps.storage.carts.read({ owner, channel: input.channel }),
    ])
    const guest = guests.cart
    if (guest === undefined || guest.status !== 'open' || guest.lineItems.length === 0) return
    const own = guest.isDefault && members.cart?.isDefault === true ? members.cart : undefined
    const saved =
      own === undefined
        ? await handOver(deps, guest, input.customerId)
        : await bringTogether(deps, { guest, own, epoch: members.epoch }, input)
    if (saved === 'saved') return
    await pause(attempt)
  }
  deps.log.warn({ channel: input.channel }, 'a guest cart could not be adopted: too many changes at once')
}

type Saved = 'saved' | 'lost'

/** The cart keeps its id, lines and codes; only its owner changes. */
async function handOver(deps: Deps, guest: Cart, customerId: CustomerId): Promise<Saved> {
  const cart = stamped(ownedBy(guest, customerId), guest.version, deps.clock())
  return deps.storage.carts.save(cart, guest.version, [cartEvent('cart.adopted', cart)])
}

function ownedBy(guest: Cart, customerId: CustomerId): Cart {
  return { ...guest, owner: { kind: 'member', customerId }, buyer: { ...guest.buyer, customerId } }
}

async function bringTogether(
  deps: Deps,
  { guest, own, epoch }: { readonly guest: Cart; readonly own: Cart; readonly epoch: bigint },
  { customerId, keepsId = () => false }: Adoption & { readonly customerId: CustomerId },
): Promise<Saved> {
  const stays = async (cart: Cart) => keepsId(cart) || (await isBeingPaid(deps, cart))
  if (!(await stays(guest))) return join(deps, own, guest, epoch)
  if (!(await stays(own))) return join(deps, ownedBy(guest, customerId), own, epoch)
  // First this one: if the other step is never made, the next log-in makes it.
  const aside = stamped({ ...own, isDefault: false }, own.version, deps.clock())
  const saved = await deps.storage.carts.save(aside, own.version, [cartEvent('cart.changed', aside)])
  return saved === 'saved' ? handOver(deps, guest, customerId) : saved
}

/** One cart with the lines of both, under the id of `into`. */
async function join(deps: Deps, into: Cart, from: Cart, epoch: bigint): Promise<Saved> {
  const facts = await factsFor(deps, into, epoch, { skus: from.lineItems.map(line => line.sku), stock: true })
  if (facts === undefined) return 'lost'
  const context = { facts, newId: deps.ids.uuid }
  const merged = stamped(
    boughtLines(from).reduce(
      (cart, line) => joined(cart, { ...line, components: componentsOf(from, line) }, context),
      into,
    ),
    into.version,
    facts.now,
  )
  const { id, version: since, purchase } = from
  return deps.storage.carts.merge({ cart: merged, since: into.version }, { id, since, purchase }, [
    cartEvent('cart.adopted', merged),
  ])
}

/** Whether an order waits beside the cart: once it is paid for, what was bought is taken out of that very cart. */
async function isBeingPaid(deps: Deps, { id, purchase }: Cart): Promise<boolean> {
  const order = await deps.storage.orders.ofPurchase(id, purchase)
  return order !== undefined && isBesideItsCart(order)
}

/**
 * Gifts stay behind: the joined cart earns its own, and a gift that joined as an ordinary line would cost its price.
 * Components come with their goods.
 */
function boughtLines(from: Cart): readonly LineItem[] {
  return from.lineItems.filter(line => line.giftOf === undefined && line.componentOf === undefined)
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
