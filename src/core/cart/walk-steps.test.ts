import { describe, expect, it } from 'vitest'
import {
  facts,
  line,
  netCart,
  paymentMethod,
  preset,
  rate,
  shippingMethod,
  variant,
  withCode,
} from '../../../test/golden/builders.js'
import type { Facts } from '../pricing/facts.js'
import type { Cart } from './cart.js'
import { type StepRules, withShippingAddress } from './checkout-steps.js'
import type { DecisionContext } from './decision.js'
import { backTo, walkSteps } from './walk-steps.js'

const ten = withCode('ten', { kind: 'percent_off_lines', rate: rate('10') })
const storeAt = (price: bigint, more: Partial<Facts> = {}): Facts => ({
  ...facts({
    policy: preset('netPerLine'),
    variants: [variant('mug', price, { currency: 'USD' })],
    shippingMethods: [shippingMethod('ground', 500n, { currency: 'USD', zones: [{ country: 'US' }] })],
    paymentMethods: [paymentMethod('check', { kind: 'check' }), paymentMethod('card', { kind: 'card' })],
    promotions: [ten.promotion],
    coupons: [ten.coupon],
  }),
  ...more,
})

const rules: StepRules = { confirms: 'kept_instruments', address: { requires: ['city', 'country'] } }

function context(of = storeAt(1000n)): DecisionContext {
  let ids = 0
  return {
    facts: of,
    newId: () => {
      ids += 1
      return `new-${ids}`
    },
  }
}

const home = { id: 'home', country: 'US', city: 'Albany' }
const filled = withShippingAddress(netCart('USD', [line('mug', 1)], { buyer: { email: 'ann@example.com' } }), home)
const walk = (cart: Cart, steps: 'none' | 'one' | 'all', of = context()) => walkSteps(cart, steps, rules, of)
const at = (step: Cart['step'], more: Partial<Cart> = {}): Cart => ({
  ...walk({ ...filled, step: 'address' }, 'one').cart,
  step,
  ...more,
})
const by = (method: string) => ({ payments: [{ id: 'p1', method }] })

describe('a walk', () => {
  it('takes no step unasked', () => {
    expect(walk(filled, 'none')).toEqual({ cart: filled, completes: false })
  })

  it('takes one step at a time, and plans the delivery when it leaves the address', () => {
    const address = walk(filled, 'one')
    expect(address).toEqual({ cart: { ...filled, step: 'address' }, completes: false })
    const delivery = walk(address.cart, 'one').cart
    expect(delivery).toMatchObject({ step: 'delivery', consignments: [{ selectedOption: 'ground' }] })
    expect(walk(delivery, 'one').cart.step).toBe('payment')
  })

  it('leaves a cart that cannot go on as it is, and says why', () => {
    const empty = netCart('USD', [])
    expect(walk(empty, 'one')).toEqual({ cart: empty, fault: { code: 'cart_empty' }, completes: false })
    const lost = { ...filled, step: 'address' as const, addresses: [] }
    expect(walk(lost, 'one')).toMatchObject({ cart: lost, fault: { code: 'not_deliverable' } })
    const unpaid = at('payment')
    expect(walk(unpaid, 'one')).toMatchObject({ cart: { step: 'payment' }, fault: { code: 'payment_missing' } })
  })

  it('goes as far as it can', () => {
    expect(walk(filled, 'all')).toMatchObject({ cart: { step: 'payment' }, fault: { code: 'payment_missing' } })
    expect(walk(at('payment', by('card')), 'all')).toMatchObject({ cart: { step: 'confirm' }, completes: true })
    expect(walk(at('payment', by('check')), 'all')).toMatchObject({ cart: { step: 'payment' }, completes: true })
  })

  it('stops before an order whose total grew on the way, and goes on when it is asked again', () => {
    const early = walk({ ...filled, ...by('card') }, 'all')
    expect(early).toMatchObject({ cart: { step: 'confirm' }, completes: false })
    expect(early.fault).toMatchObject({ code: 'total_changed', expected: 1000n, actual: 1500n })
    expect(walk(early.cart, 'all')).toMatchObject({ completes: true })
  })

  it('ends in an order by the last step, and leaves placing it to others', () => {
    const confirm = walk(at('payment', by('card')), 'one')
    expect(confirm).toMatchObject({ cart: { step: 'confirm' }, completes: false })
    expect(walk(confirm.cart, 'one')).toEqual({ cart: confirm.cart, completes: true })
  })
})

describe('the total that was shown', () => {
  const shown = (cart: Cart) => cart.payments.map(({ data }) => data?.seenTotal)

  it('is noted on a payment that shall cover everything', () => {
    expect(shown(walk(at('payment', by('card')), 'one').cart)).toEqual(['1500'])
    expect(shown(walk(at('payment', by('card')), 'none').cart)).toEqual(['1500'])
  })

  it('is not noted on a payment of a part', () => {
    const part = { payments: [{ id: 'p1', method: 'card', amount: 700n }] }
    expect(shown(walk(at('payment', part), 'none').cart)).toEqual([undefined])
  })

  it('is what is paid: another one is told of once, and paid the next time', () => {
    const confirm = walk(at('payment', by('card')), 'one').cart
    const dearer = context(storeAt(1200n))
    const told = walk(confirm, 'one', dearer)
    expect(told).toMatchObject({
      completes: false,
      fault: { code: 'total_changed', expected: 1500n, actual: 1700n },
      cart: { step: 'confirm' },
    })
    expect(shown(told.cart)).toEqual(['1700'])
    expect(walk(told.cart, 'one', dearer)).toMatchObject({ completes: true })
  })

  it('changes with a coupon that is over: it leaves, and is told of', () => {
    const confirm = walk(at('payment', { ...by('card'), couponCodes: ['ten'] }), 'one').cart
    expect(shown(confirm)).toEqual(['1400'])
    const over = context(storeAt(1000n, { coupons: new Map([['ten', { ...ten.coupon, isActive: false }]]) }))
    const told = walk(confirm, 'one', over)
    expect(told).toMatchObject({ completes: false, fault: { code: 'cart_invalid' }, cart: { couponCodes: [] } })
    expect(shown(told.cart)).toEqual(['1500'])
    expect(walk(told.cart, 'one', over)).toMatchObject({ completes: true })
  })
})

describe('going back', () => {
  it('is possible to every step that was reached, and to the cart always', () => {
    const payment = at('payment')
    for (const step of ['cart', 'address', 'delivery', 'payment'] as const) {
      expect(backTo(payment, step, context())).toEqual({ ok: true, value: { ...payment, step } })
    }
    expect(backTo(filled, 'cart', context()).ok).toBe(true)
  })

  it('is no way forward', () => {
    for (const step of ['confirm', 'complete'] as const) {
      expect(backTo(at('payment'), step, context())).toEqual({
        ok: false,
        error: { code: 'invalid_input', field: 'state', rule: 'not_reached' },
      })
    }
    expect(backTo(filled, 'address', context()).ok).toBe(false)
  })
})
