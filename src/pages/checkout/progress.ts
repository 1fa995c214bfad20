import type { Address } from '../../core/cart/address.js'
import type { Consignment } from '../../core/cart/cart.js'
import type { PricedCart, PricedConsignment } from '../../core/pricing/priced-cart.js'
import type { PurchaseView } from '../../operations/operations.js'
import { addressFaults } from './address-parts.js'
import type { PageCall } from './page-call.js'
import type { StepName } from './render/layout.js'
import { needsShipping } from './render/summary.js'

/** Steps in the order in which they are walked. */
export const stepNames: readonly StepName[] = ['details', 'delivery', 'payment', 'review']

/** Consignments that carry something; each has its part of the page. */
export function carrying(cart: PricedCart): readonly PricedConsignment[] {
  return cart.consignments.filter(({ items }) => items.length > 0)
}

/** The shopper's own address of a consignment, also where the goods are picked up. */
export function addressOf({ destination }: Pick<Consignment, 'destination'>): Address | undefined {
  if (destination.kind === 'address') return destination.address
  return destination.kind === 'pickup' ? destination.receiver : undefined
}

/** Whether a step holds all that it has to. */
export function isDone(step: StepName, { cart }: Pick<PurchaseView, 'cart'>): boolean {
  switch (step) {
    case 'details':
      return hasDetails(cart)
    case 'delivery':
      return !needsShipping(cart) || hasDelivery(cart)
    case 'payment':
      return hasPayment(cart)
    case 'review':
      return false
  }
}

function hasDetails(cart: PricedCart): boolean {
  const { buyer, billingAddress = {} } = cart.cart
  // In which country is looked at when it is typed: a delivery may go beyond the channel's, and the bill with it.
  if (buyer.email === undefined || addressFaults(billingAddress, undefined).length > 0) return false
  if (!needsShipping(cart)) return true
  const carried = carrying(cart)
  return (
    carried.length > 0 &&
    carried.every(({ consignment }) => addressFaults(addressOf(consignment) ?? {}, undefined).length === 0)
  )
}

function hasDelivery(cart: PricedCart): boolean {
  const carried = carrying(cart)
  return (
    carried.length > 0 &&
    carried.every(({ selected }) => selected !== undefined) &&
    !cart.problems.some(({ code }) => code === 'line_unassigned')
  )
}

function hasPayment({ cart, totals, payments, problems }: PricedCart): boolean {
  if (totals.amountDue === 0n) return true
  const isShort = problems.some(({ code }) => code === 'payment_short' || code === 'payment_method_unknown')
  return cart.payments.length > 0 && payments.length === cart.payments.length && !isShort
}

/** The first step that still lacks something. */
export function firstOpenStep(view: Pick<PurchaseView, 'cart'>): StepName {
  return stepNames.find(step => !isDone(step, view)) ?? 'review'
}

/** Whether everything before a step is done, so that it can be shown. */
export function isReachable(step: StepName, view: Pick<PurchaseView, 'cart'>): boolean {
  return stepNames.slice(0, stepNames.indexOf(step)).every(each => isDone(each, view))
}

/** The step behind this one: the review, where the shopper came from there and nothing lacks. */
export function nextStep({ form }: Pick<PageCall, 'form'>, step: StepName, view: Pick<PurchaseView, 'cart'>): StepName {
  if (form.get('to') === 'review') return firstOpenStep(view)
  const later = stepNames.slice(stepNames.indexOf(step) + 1)
  return later.find(each => each !== 'delivery' || needsShipping(view.cart)) ?? 'review'
}

/** Where each step that can be shown has its page. */
export function stepLinks(
  call: Pick<PageCall, 'path'>,
  now: StepName,
  view: Pick<PurchaseView, 'cart'>,
): { readonly now: StepName; readonly links: Readonly<Partial<Record<StepName, string>>> } {
  const reachable = stepNames.filter(step => step !== now && isReachable(step, view))
  const shown = reachable.filter(step => step !== 'delivery' || needsShipping(view.cart))
  return { now, links: Object.fromEntries(shown.map(step => [step, call.path(step)])) }
}
