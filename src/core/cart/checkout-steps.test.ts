import { describe, expect, it } from 'vitest'
import { facts, line, netCart, paymentMethod, preset, shippingMethod, variant } from '../../../test/golden/builders.js'
import { priceCart } from '../pricing/price-cart.js'
import type { Cart, CheckoutStep } from './cart.js'
import {
  checkoutSteps,
  currentStep,
  isReached,
  nextStep,
  restarted,
  type StepRules,
  shippingAddressOf,
  withShippingAddress,
} from './checkout-steps.js'

const store = facts({
  policy: preset('netPerLine'),
  variants: [variant('mug', 1000n, { currency: 'USD' }), variant('free', 0n, { currency: 'USD' })],
  shippingMethods: [
    shippingMethod('ground', 500n, { currency: 'USD', zones: [{ country: 'US' }] }),
    shippingMethod('gratis', 0n, { currency: 'USD', zones: [{ country: 'CA' }] }),
  ],
  paymentMethods: [paymentMethod('check', { kind: 'check' }), paymentMethod('card', { kind: 'card' })],
})

const rules: StepRules = { confirms: 'kept_instruments', address: { requires: ['city', 'country'] } }
const always: StepRules = { ...rules, confirms: 'always' }
const home = { id: 'home', country: 'US', city: 'Albany' }
const away = { id: 'away', country: 'CA', city: 'Toronto' }
const to = (address: object) => [
  { id: 'c1', sequence: 1, items: [], destination: { kind: 'address' as const, address }, selectedOption: 'ground' },
]
const mug = (more: Partial<Cart> = {}) => netCart('USD', [line('mug', 1)], more)
const priced = (cart: Cart) => priceCart(cart, store)
const paidBy = (method: string) => ({ payments: [{ id: 'p1', method }] })

describe('where a checkout stands', () => {
  it.each([
    ['nothing in it', netCart('USD', [], { step: 'confirm' }), 'cart'],
    ['goods that go nowhere yet', mug({ step: 'payment' }), 'address'],
    ['a place where nothing is delivered to', mug({ step: 'payment', consignments: to({ country: 'DE' }) }), 'address'],
    [
      'a delivery without a place',
      mug({
        step: 'payment',
        consignments: [{ ...to(home)[0], id: 'c', sequence: 1, items: [], destination: { kind: 'unknown' } }],
      }),
      'address',
    ],
    ['everything', mug({ step: 'confirm', consignments: to(home) }), 'confirm'],
    ['everything, and somebody who went back', mug({ step: 'address', consignments: to(home) }), 'address'],
    ['nothing to pay', netCart('USD', [line('free', 1)], { step: 'confirm', consignments: to(away) }), 'delivery'],
  ] as const)('with %s', (_title, cart, step) => {
    expect(currentStep(priced(cart))).toBe(step)
  })

  it('is never beyond what is stored', () => {
    const steps: readonly CheckoutStep[] = ['cart', 'address', 'delivery', 'payment', 'confirm']
    for (const step of steps) expect(currentStep(priced(mug({ step, consignments: to(home) })))).toBe(step)
  })

  it('reaches every step before it', () => {
    expect(isReached('cart', 'cart')).toBe(true)
    expect(isReached('address', 'delivery')).toBe(true)
    expect(isReached('confirm', 'payment')).toBe(false)
  })
})

describe('the steps of a checkout', () => {
  it('leave payment out where nothing is to be paid, and confirmation where no instrument is kept', () => {
    expect(checkoutSteps(priced(netCart('USD', [])), rules)).toEqual(['address', 'delivery', 'complete'])
    expect(checkoutSteps(priced(mug()), rules)).toEqual(['address', 'delivery', 'payment', 'complete'])
    expect(checkoutSteps(priced(mug(paidBy('check'))), rules)).toEqual(['address', 'delivery', 'payment', 'complete'])
    expect(checkoutSteps(priced(mug(paidBy('card'))), rules)).toContain('confirm')
  })

  it('hold the confirmation that was reached, also once its payment was declined', () => {
    const whole = ['address', 'delivery', 'payment', 'confirm', 'complete']
    const reached = mug({ step: 'confirm', consignments: to(home) })
    expect(checkoutSteps(priced(reached), rules)).toEqual(whole)
    expect(checkoutSteps(priced({ ...reached, step: 'payment' }), rules)).not.toContain('confirm')
  })

  it('hold a confirmation where the store always wants one, also for nothing', () => {
    expect(checkoutSteps(priced(netCart('USD', [])), always)).toEqual(['address', 'delivery', 'confirm', 'complete'])
    expect(checkoutSteps(priced(mug(paidBy('check'))), always)).toContain('confirm')
  })
})

describe('the step that comes next', () => {
  const next = (cart: Cart, of = rules) => {
    const step = nextStep(priced(cart), of)
    return step.ok ? step.value : step.error
  }
  const addressed = (more: Partial<Cart> = {}) =>
    withShippingAddress(mug({ step: 'address', buyer: { email: 'ann@example.com' }, ...more }), home)

  it('of an empty cart is none', () => {
    expect(next(netCart('USD', []))).toEqual({ code: 'cart_empty' })
    expect(next(mug())).toBe('address')
  })

  it('needs somebody to write to', () => {
    expect(next(addressed({ buyer: {} }))).toEqual({ code: 'email_missing' })
    expect(next(addressed({ buyer: { email: '' } }))).toEqual({ code: 'email_missing' })
    expect(next(addressed({ buyer: { email: 'nobody' } }))).toMatchObject({ code: 'invalid_input', field: 'email' })
    expect(next(addressed())).toBe('delivery')
  })

  it('needs addresses that are whole, the billing address first', () => {
    const half = { country: 'US' }
    expect(next(withShippingAddress(addressed(), half))).toMatchObject({ code: 'address_incomplete', part: 'shipping' })
    expect(next(addressed({ billingAddress: half }))).toMatchObject({ code: 'address_incomplete', part: 'billing' })
    expect(next({ ...withShippingAddress(addressed(), half), billingAddress: half })).toMatchObject({ part: 'billing' })
  })

  it('needs no billing address, and leaves the shipping address to the delivery', () => {
    expect(next(mug({ step: 'address', buyer: { email: 'ann@example.com' } }))).toBe('delivery')
  })

  it('after delivery is payment where something is to be paid, else the order', () => {
    expect(next(mug({ step: 'delivery', consignments: to(home) }))).toBe('payment')
    expect(next(netCart('USD', [line('free', 1)], { step: 'delivery', consignments: to(away) }))).toBe('complete')
  })

  it('after payment is confirmation for kept instruments, else the order, and nothing without a payment', () => {
    const paying = (more: Partial<Cart> = {}) => mug({ step: 'payment', consignments: to(home), ...more })
    expect(next(paying())).toEqual({ code: 'payment_missing' })
    expect(next(paying(), always)).toEqual({ code: 'payment_missing' })
    expect(next(paying(paidBy('card')))).toBe('confirm')
    expect(next(paying(paidBy('check')))).toBe('complete')
    expect(next(paying(paidBy('check')), always)).toBe('confirm')
  })

  it('after confirmation is the order, while it is paid for', () => {
    const confirm = (more: Partial<Cart> = {}) => mug({ step: 'confirm', consignments: to(home), ...more })
    expect(next(confirm(paidBy('card')))).toBe('complete')
    expect(next(confirm())).toEqual({ code: 'payment_missing' })
  })
})

describe('a shipping address', () => {
  it('is that of the first consignment, before that the one that was filled in', () => {
    expect(shippingAddressOf(mug())).toBeUndefined()
    const filled = withShippingAddress(mug(), home)
    expect(shippingAddressOf(filled)).toMatchObject(home)
    expect(shippingAddressOf({ ...filled, consignments: to(away) })).toEqual(away)
  })

  it('that is another place gives up the delivery and goes back', () => {
    const planned = mug({ step: 'payment', consignments: to(home), addresses: [{ ...home, kind: 'shipping' }] })
    const moved = withShippingAddress(planned, away)
    expect(moved).toMatchObject({ step: 'address', consignments: [] })
    expect(shippingAddressOf(moved)).toMatchObject(away)
    expect(moved.addresses).toHaveLength(1)
  })

  it('that is the same place, whatever its id, changes nothing', () => {
    const planned = mug({ step: 'payment', consignments: to(home) })
    expect(withShippingAddress(planned, { ...home, id: 'typed again' })).toBe(planned)
  })

  it('is taken away, and other addresses stay', () => {
    const known = { id: 'book', country: 'DE' }
    const filled = withShippingAddress(mug({ addresses: [known] }), home)
    expect(withShippingAddress(filled, undefined).addresses).toEqual([known])
  })
})

describe('a checkout that is begun again', () => {
  it('keeps its address and goes back to it', () => {
    const again = restarted(mug({ step: 'confirm', consignments: to(home) }))
    expect(again).toMatchObject({ step: 'address', consignments: [] })
    expect(shippingAddressOf(again)).toMatchObject(home)
  })

  it('goes no further than it was', () => {
    expect(restarted(mug({ step: 'cart' })).step).toBe('cart')
    expect(restarted(mug({ step: 'address' })).step).toBe('address')
  })

  it('is at the cart when nothing is in it', () => {
    expect(restarted(netCart('USD', [], { step: 'payment' })).step).toBe('cart')
  })
})
