import { describe, expect, it } from 'vitest'
import { facts, line, netCart, preset, shippingMethod, variant } from '../../../test/golden/builders.js'
import type { Cart } from './cart.js'
import type { WalkChanges } from './changes.js'
import { shippingAddressOf, withShippingAddress } from './checkout-steps.js'
import { applyWalkChanges } from './walk-changes.js'

const store = facts({
  policy: preset('netPerLine'),
  variants: ['mug', 'tee'].map(sku => variant(sku, 1000n, { currency: 'USD' })),
  stock: new Map([
    ['mug', 5],
    ['tee', 5],
  ]),
  shippingMethods: [shippingMethod('ground', 500n, { currency: 'USD' })],
})
const home = { id: 'home', country: 'US', city: 'Albany' }
const away = { id: 'away', country: 'CA', city: 'Toronto' }

const planned: Cart = withShippingAddress(
  netCart('USD', [line('mug', 2)], {
    step: 'payment',
    couponCodes: ['ten'],
    payments: [{ id: 'p1', method: 'check' }],
    consignments: [{ id: 'c1', sequence: 4, items: [], destination: { kind: 'address', address: home } }],
  }),
  home,
)

function change(changes: WalkChanges, of = planned) {
  let ids = 0
  return applyWalkChanges(of, changes, undefined, {
    facts: store,
    newId: () => {
      ids += 1
      return `new-${ids}`
    },
  })
}

function changed(changes: WalkChanges, of = planned): Cart {
  const result = change(changes, of)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

const refusal = (changes: WalkChanges) => {
  const result = change(changes)
  return result.ok ? undefined : result.error.code
}

describe('what one request changes of a checkout', () => {
  it('is nothing where it says nothing', () => {
    expect(changed({})).toEqual(planned)
  })

  it('sends the checkout back to the address when the lines change, and keeps the address', () => {
    const more = changed({ lines: [{ add: { sku: 'tee', quantity: 1 } }] })
    expect(more).toMatchObject({ step: 'address', consignments: [] })
    expect(more.lineItems.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['mug', 2],
      ['tee', 1],
    ])
    expect(shippingAddressOf(more)).toMatchObject(home)
  })

  it('leaves the step alone when something else changes', () => {
    expect(changed({ customerNote: 'Ring', buyer: { email: 'ann@example.com' } })).toMatchObject({
      step: 'payment',
      customerNote: 'Ring',
      consignments: [{ id: 'c1' }],
    })
  })

  it('takes the last line out, and stands at the cart then', () => {
    expect(changed({ lines: [{ lineItem: { id: 'line-mug' }, quantity: 0 }] })).toMatchObject({
      step: 'cart',
      lineItems: [],
    })
  })

  it('applies lines in their order', () => {
    const lines = [
      { lineItem: { id: 'line-mug' }, quantity: 0 },
      { add: { sku: 'mug', quantity: 3 } },
      { add: { sku: 'mug', quantity: 4, onPresent: 'set' } },
    ] as const
    expect(changed({ lines }).lineItems.map(({ quantity }) => quantity)).toEqual([4])
  })

  it('is all or nothing', () => {
    expect(refusal({ customerNote: 'x', lines: [{ add: { sku: 'gone', quantity: 1 } }] })).toBe('product_not_found')
    expect(refusal({ lines: [{ add: { sku: 'tee', quantity: 1 } }, { add: { sku: 'mug', quantity: 9 } }] })).toBe(
      'insufficient_stock',
    )
    expect(refusal({ lines: [{ lineItem: { id: 'nowhere' }, quantity: 1 }] })).toBe('line_not_found')
    expect(refusal({ removeCoupon: 'other', customerNote: 'x' })).toBe('coupon_absent')
  })

  it('empties the cart with all that hangs on it', () => {
    expect(changed({ clears: true })).toMatchObject({
      lineItems: [],
      couponCodes: [],
      payments: [],
      consignments: [],
      step: 'cart',
    })
  })

  it('empties the cart of what was charged and taken off by hand for its goods', () => {
    const fee = { id: 'f1', name: 'fee', displayName: 'Fee', amount: 300n, source: 'app' }
    const charged: Cart = { ...planned, fees: [fee], manualDiscounts: [{ id: 'd1', name: 'less', amount: 100n }] }
    expect(changed({ clears: true }, charged)).toMatchObject({ fees: [], manualDiscounts: [] })
    expect(changed({ customerNote: 'x' }, charged)).toMatchObject({ fees: [fee], manualDiscounts: [{ id: 'd1' }] })
  })

  it('empties first and fills then', () => {
    const refilled = changed({ clears: true, lines: [{ add: { sku: 'tee', quantity: 1 } }] })
    expect(refilled.lineItems.map(({ sku }) => sku)).toEqual(['tee'])
  })

  it('gives the delivery up for another place, and keeps it for the same one', () => {
    expect(changed({ shippingAddress: away })).toMatchObject({ step: 'address', consignments: [] })
    expect(changed({ shippingAddress: { ...home, id: 'again' } })).toMatchObject({ step: 'payment' })
    expect(shippingAddressOf(changed({ shippingAddress: null }))).toBeUndefined()
  })

  it('chooses options by consignment, with a note that stays', () => {
    const noted = changed({ shippingOptions: [{ consignmentId: 'c1', optionId: 'ground', note: 'Gate 7' }] })
    expect(noted.consignments).toMatchObject([{ selectedOption: 'ground', note: 'Gate 7' }])
    const again = changed({ shippingOptions: [{ consignmentId: 'c1', optionId: 'ground' }] }, noted)
    expect(again.consignments).toMatchObject([{ note: 'Gate 7' }])
    expect(refusal({ shippingOptions: [{ consignmentId: 'c9', optionId: 'ground' }] })).toBe('consignment_not_found')
  })

  it('finds no consignment that the same request gives up', () => {
    expect(refusal({ shippingAddress: away, shippingOptions: [{ consignmentId: 'c1', optionId: 'ground' }] })).toBe(
      'consignment_not_found',
    )
  })

  it('hands the cart over, and takes a coupon off', () => {
    const owner = { kind: 'member', customerId: 'c1' } as const
    expect(changed({ owner, removeCoupon: 'TEN' })).toMatchObject({ owner, couponCodes: [] })
  })
})

it('another owner’s store credit does not pay for what the former one chose to pay by theirs', () => {
  const member = (customerId: string) => ({ kind: 'member', customerId }) as const
  const paying: Cart = { ...planned, owner: member('first'), usesStoreCredit: true }
  expect(changed({ owner: member('first') }, paying).usesStoreCredit).toBe(true)
  expect(changed({ owner: member('second') }, paying)).not.toHaveProperty('usesStoreCredit')
})
