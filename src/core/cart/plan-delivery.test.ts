import { describe, expect, it } from 'vitest'
import { facts, line, netCart, preset, shippingMethod, variant } from '../../../test/golden/builders.js'
import { priceCart } from '../pricing/price-cart.js'
import type { Cart } from './cart.js'
import { withShippingAddress } from './checkout-steps.js'
import type { DecisionContext } from './decision.js'
import { planDelivery } from './plan-delivery.js'

const usd = (sku: string, more: object = {}) => variant(sku, 1000n, { currency: 'USD', ...more })
const method = (id: string, amount: bigint, more: object = {}) =>
  shippingMethod(id, amount, { currency: 'USD', zones: [{ country: 'US' }], ...more })

const store = facts({
  policy: preset('netPerLine'),
  variants: [usd('tote'), usd('mug'), usd('sofa', { shippingCategory: 'Bulky' }), usd('file', { kind: 'digital' })],
  shippingMethods: [method('express', 1500n), method('ground', 500n)],
})
const bulkyStore = facts({
  policy: preset('netPerLine'),
  variants: [usd('tote'), usd('sofa', { shippingCategory: 'Bulky' })],
  shippingMethods: [
    method('ground', 500n, { shippingCategories: ['Default'] }),
    method('truck', 9000n, { shippingCategories: ['Bulky'] }),
  ],
})

function context(of = store): DecisionContext {
  let ids = 0
  return {
    facts: of,
    newId: () => {
      ids += 1
      return `plan-${ids}`
    },
  }
}

const home = { id: 'home', country: 'US', city: 'Albany' }
const filled = (...skus: readonly string[]) =>
  netCart(
    'USD',
    skus.map((sku, index) => line(sku, index + 1, { sequence: index + 1 })),
    { step: 'address', version: 7 },
  )

function planned(cart: Cart, of = store): Cart {
  const result = planDelivery(cart, priceCart(cart, of), context(of))
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

function refusal(cart: Cart, of = store): string | undefined {
  const result = planDelivery(cart, priceCart(cart, of), context(of))
  return result.ok ? undefined : result.error.code
}

describe('a delivery', () => {
  it('is one consignment of everything by the cheapest option', () => {
    const [only, ...more] = planned(withShippingAddress(filled('tote', 'mug'), home)).consignments
    expect(more).toEqual([])
    expect(only).toMatchObject({
      id: 'plan-1',
      sequence: 8,
      items: [],
      destination: { kind: 'address', address: home },
      selectedOption: 'ground',
    })
  })

  it('keeps the option that was chosen while it is offered at the same price', () => {
    const first = planned(withShippingAddress(filled('tote'), home))
    const chosen = { ...first, consignments: first.consignments.map(one => ({ ...one, selectedOption: 'express' })) }
    expect(planned(chosen).consignments[0]?.selectedOption).toBe('express')
    const dearer = facts({
      policy: preset('netPerLine'),
      variants: [usd('tote')],
      shippingMethods: [method('express', 1600n), method('ground', 500n)],
    })
    const replanned = planDelivery(chosen, priceCart(chosen, store), context(dearer))
    expect(replanned.ok && replanned.value.consignments[0]?.selectedOption).toBe('ground')
  })

  it('has new consignments at each plan', () => {
    const first = planned(withShippingAddress(filled('tote'), home))
    const again = planDelivery({ ...first, version: 9 }, priceCart(first, store), {
      facts: store,
      newId: () => 'other',
    })
    expect(again.ok && again.value.consignments.map(({ id, sequence }) => [id, sequence])).toEqual([['other', 10]])
  })

  it('is one consignment per shipping category, in the order of the lines', () => {
    const { consignments } = planned(withShippingAddress(filled('sofa', 'tote'), home), bulkyStore)
    expect(consignments.map(({ items, selectedOption }) => [items, selectedOption])).toEqual([
      [[{ lineItemId: 'line-sofa', quantity: 1 }], 'truck'],
      [[{ lineItemId: 'line-tote', quantity: 2 }], 'ground'],
    ])
    expect(new Set(consignments.map(({ sequence }) => sequence)).size).toBe(2)
  })

  it('of what needs no shipping has no consignment', () => {
    expect(planned(filled('file')).consignments).toEqual([])
    expect(planned(withShippingAddress(filled('file'), home)).consignments).toEqual([])
  })

  it('is refused without an address, and where nothing goes', () => {
    expect(refusal(filled('tote'))).toBe('not_deliverable')
    expect(refusal(withShippingAddress(filled('tote'), { ...home, country: 'DE' }))).toBe('not_deliverable')
  })

  it('is refused as a whole where one of its consignments has no option', () => {
    const groundOnly = facts({
      policy: preset('netPerLine'),
      variants: [usd('tote'), usd('sofa', { shippingCategory: 'Bulky' })],
      shippingMethods: [method('ground', 500n, { shippingCategories: ['Default'] })],
    })
    expect(refusal(withShippingAddress(filled('tote', 'sofa'), home), groundOnly)).toBe('not_deliverable')
  })
})
