import type { Cart } from '../core/cart/cart.js'
import type { Channel } from '../core/catalog/channel.js'
import type { Customer } from '../core/customers/customer.js'
import type { CheckoutError } from '../core/errors.js'
import type { PromotionId } from '../core/ids.js'
import { placementFault } from '../core/orders/placement-faults.js'
import type { Facts } from '../core/pricing/facts.js'
import type { PricedCart } from '../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../core/result.js'
import { nothingAsked, withTaxes } from './ask-taxes.js'
import { cartDesk } from './cart-desk.js'
import { factsFor, knownStock, type ReachedCart } from './change-cart.js'
import type { Deps } from './deps.js'
import type { CartDesk, Placement, PlannedPlacement } from './operations.js'
import { renewTaxes } from './renew-taxes.js'

/** What is to be bought, as far as the caller says; see `Operations.placeOrder`. */
export interface Purchase {
  readonly placement: Placement
  readonly plan?: (desk: CartDesk) => Result<PlannedPlacement, CheckoutError>
}

/** A cart that may be ordered as it is. */
export interface ReadyToPlace {
  /** As it was before anything was said with the purchase. */
  readonly before: Cart
  readonly priced: PricedCart
  readonly channel: Channel
  /** What the figures come from. */
  readonly facts: Facts
  readonly instruments: NonNullable<Placement['instruments']>
  /** Promotions whose uses are counted. */
  readonly limited: ReadonlySet<PromotionId>
}

/**
 * The cart as it would be bought, or why it cannot be.
 *
 * @param options.stock  look at the stock too: where nothing is taken, nothing else does
 * @returns `lost` where the cart was written meanwhile, also by this: taxes were asked for and are kept with it
 */
export async function pricePlacement(
  deps: Deps,
  reached: ReachedCart,
  purchase: Purchase,
  options: { readonly customer: Customer | undefined; readonly stock: boolean },
): Promise<Result<ReadyToPlace, CheckoutError> | 'lost'> {
  const { cart, epoch } = reached
  const facts = await factsFor(deps, cart, epoch, { stock: options.stock, ...knownStock(reached, {}), gifts: true })
  if (facts === undefined) return refuse({ code: 'channel_unknown', channel: cart.channel })
  if ((await renewTaxes(deps, reached, facts)) !== 'current') return 'lost'
  let last: PricedCart | undefined
  return withTaxes(
    deps,
    facts,
    nothingAsked(),
    known => {
      const desk = cartDesk(deps, cart, known, options.customer, priced => {
        last = priced
      })
      return judged(desk, purchase, known)
    },
    () => last,
  )
}

function judged(desk: CartDesk, { placement, plan }: Purchase, facts: Facts): Result<ReadyToPlace, CheckoutError> {
  const planned = plan === undefined ? ok({}) : plan(desk)
  if (!planned.ok) return planned
  const whole: Placement = { ...placement, ...planned.value }
  const quoted = desk.quote(whole)
  if (!quoted.ok) return quoted
  const priced = quoted.value.cart
  const fault = placementFault(priced, whole.requires ?? [])
  if (fault !== undefined) return refuse(fault)
  const actual = priced.totals.grandTotal
  if (whole.expectedTotal !== undefined && whole.expectedTotal !== actual) {
    return refuse({ code: 'total_changed', expected: whole.expectedTotal, actual })
  }
  const { instruments = [] } = whole
  return ok({ before: desk.cart, priced, channel: facts.channel, facts, instruments, limited: limitedBy(facts) })
}

function limitedBy(facts: Facts): ReadonlySet<PromotionId> {
  const limited = facts.promotions.filter(
    promotion => promotion.usageLimit !== undefined || promotion.usageLimitPerCustomer !== undefined,
  )
  return new Set(limited.map(promotion => promotion.id))
}
