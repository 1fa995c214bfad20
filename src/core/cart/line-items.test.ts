import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cart, channel, facts, line, preset, prices, variant } from '../../../test/golden/builders.js'
import type { OptionGroup } from '../catalog/variant.js'
import { limits } from '../limits.js'
import type { Facts } from '../pricing/facts.js'
import type { PricingPolicy } from '../pricing/policy.js'
import type { Cart, Consignment } from './cart.js'
import type { NewLine } from './changes.js'
import type { DecisionContext } from './decision.js'
import { addLine, isSameThing, removeLine, setQuantity } from './line-items.js'

const policy = preset('grossCarried')
const wrapping: OptionGroup = {
  name: 'Extras',
  options: ['wrap', 'warranty'].map(sku => ({ sku, name: sku, taxClass: 'standard', prices: prices(10n) })),
}
const goods = [
  variant('mug', 1_250n, { optionGroups: [wrapping] }),
  variant('hat', 900n, { optionGroups: [wrapping] }),
  variant('tee', 4_000n, { seller: '2' }),
  variant('gone', 100n, { isActive: false }),
  variant('abroad', 100n, { currency: 'CHF' }),
  variant('six-pack', 600n, { minQuantity: 6, maxQuantity: 12 }),
]

function context(more: Partial<Facts> = {}): DecisionContext {
  let ids = 0
  return {
    facts: { ...facts({ policy, variants: goods }), ...more },
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
  }
}

/** Facts of a shop whose policy for excess quantities is this one. */
function stocked(stock: Readonly<Record<string, number>>, more: Partial<PricingPolicy> = {}): DecisionContext {
  return context({ stock: new Map(Object.entries(stock)), channel: channel({ ...policy, ...more }) })
}

function added(from: Cart, newLine: NewLine, within = context()): Cart {
  const result = addLine(from, newLine, within)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

function quantities(of: Cart): readonly (readonly [string, number])[] {
  return of.lineItems.map(item => [item.sku, item.quantity])
}

const empty = cart([])

describe('a line that is added', () => {
  it('holds what was asked for, from the seller of the goods, and everything else as it was', () => {
    const newLine = { sku: 'tee', quantity: 3, customData: { print: 'Ada' }, extras: { x: 1 } }
    const next = added(empty, newLine)
    expect(next).toEqual({
      ...empty,
      lineItems: [
        {
          ...newLine,
          id: 'id-1',
          sequence: 1,
          seller: '2',
          options: [],
          origin: { kind: 'catalog' },
          attachments: [],
          isGift: false,
          addedAt: context().facts.now,
        },
      ],
      lastSequence: 1,
    })
  })

  it('gets a sequence that no line of the cart has', () => {
    const held = cart([line('mug', 1, { sequence: 7 }), line('tee', 1, { sequence: 2 })])
    expect(added(held, { sku: 'six-pack', quantity: 6 }).lineItems.map(item => item.sequence)).toEqual([7, 2, 8])
  })

  it('of the same thing adds up, in its place', () => {
    const held = cart([line('mug', 2), line('tee', 1)])
    expect(quantities(added(held, { sku: 'mug', quantity: 3 }))).toEqual([
      ['mug', 5],
      ['tee', 1],
    ])
  })

  it('sets the quantity of the same thing, or stands beside it, where that is asked for', () => {
    const held = cart([line('mug', 2)])
    expect(quantities(added(held, { sku: 'mug', quantity: 3, onPresent: 'set' }))).toEqual([['mug', 3]])
    const apart = added(held, { sku: 'mug', quantity: 3, onPresent: 'separate' })
    expect(quantities(apart)).toEqual([
      ['mug', 2],
      ['mug', 3],
    ])
    // Later pieces join the line that was not set apart.
    expect(quantities(added(apart, { sku: 'mug', quantity: 1 }))).toEqual([
      ['mug', 3],
      ['mug', 3],
    ])
  })

  it.each<readonly [string, Partial<NewLine>]>([
    ['options', { options: [{ sku: 'wrap' }] }],
    ['an attachment', { attachments: [{ name: 'message', content: { text: 'Hi' } }] }],
    ['a configuration', { configuration: { color: 'red' } }],
    ['custom data', { customData: { print: 'Ada' } }],
    ['a manual price', { origin: { kind: 'manual', unitPrice: 1n } }],
    ['a parent', { parent: 'line-tee' }],
    ['a subscription', { subscription: { optionId: 'monthly', frequency: 'month', interval: 1 } }],
    ['another seller', { seller: '9' }],
  ])('with %s is another thing than without', (_, more) => {
    const held = cart([line('mug', 1)])
    const next = added(held, { sku: 'mug', quantity: 1, ...more })
    expect(next.lineItems).toHaveLength(2)
    // And twice the same of it is one line.
    expect(quantities(added(next, { sku: 'mug', quantity: 4, ...more }))).toEqual([
      ['mug', 1],
      ['mug', 5],
    ])
  })

  it('never joins a custom item or a gift certificate, not even an equal one', () => {
    const custom: NewLine = {
      sku: 'own',
      quantity: 1,
      origin: { kind: 'custom', name: 'Own', unitPrice: 5n, itemKind: 'service' },
    }
    expect(added(added(empty, custom), custom).lineItems).toHaveLength(2)
  })
})

describe('a line is refused', () => {
  it.each<readonly [string, NewLine, object]>([
    ['of nothing we know', { sku: 'what', quantity: 1 }, { code: 'product_not_found', sku: 'what' }],
    ['that is not sold any more', { sku: 'gone', quantity: 1 }, { code: 'product_inactive', sku: 'gone' }],
    ['without a price here', { sku: 'abroad', quantity: 1 }, { code: 'price_missing', sku: 'abroad' }],
    [
      'with an option of something else',
      { sku: 'tee', quantity: 1, options: [{ sku: 'wrap' }] },
      { code: 'option_not_found', sku: 'tee', option: 'wrap' },
    ],
    ['of no pieces', { sku: 'mug', quantity: 0 }, { code: 'quantity_invalid', minimum: 1 }],
    ['of less than none', { sku: 'mug', quantity: -1 }, { code: 'quantity_invalid', quantity: -1 }],
    ['of half a piece', { sku: 'mug', quantity: 1.5 }, { code: 'quantity_invalid' }],
    ['of no number', { sku: 'mug', quantity: Number.NaN }, { code: 'quantity_invalid' }],
    ['of endless pieces', { sku: 'mug', quantity: Number.POSITIVE_INFINITY }, { code: 'quantity_invalid' }],
    [
      'of more than a line may have',
      { sku: 'mug', quantity: limits.quantityPerLine + 1 },
      { code: 'quantity_invalid' },
    ],
    ['below the least', { sku: 'six-pack', quantity: 5 }, { code: 'quantity_invalid', minimum: 6, maximum: 12 }],
    ['above the most', { sku: 'six-pack', quantity: 13 }, { code: 'quantity_invalid', minimum: 6, maximum: 12 }],
    [
      'with more options than a line may have',
      { sku: 'mug', quantity: 1, options: Array.from({ length: limits.optionsPerLine + 1 }, () => ({ sku: 'wrap' })) },
      { code: 'limit_reached', limit: 'options', maximum: limits.optionsPerLine },
    ],
  ])('%s', (_, newLine, error) => {
    expect(addLine(empty, newLine, context())).toMatchObject({ ok: false, error })
  })

  it('where the cart is full; more of what is in it is not', () => {
    const full = cart(
      Array.from({ length: limits.linesPerCart }, (_, at) => line(`sku-${at}`, 1, { sequence: at + 1 })),
    )
    const maximum = limits.linesPerCart
    const refused = addLine(full, { sku: 'mug', quantity: 1 }, context())
    expect(refused).toEqual({ ok: false, error: { code: 'limit_reached', limit: 'lines', maximum } })
    const held = { ...full, lineItems: [line('mug', 1), ...full.lineItems.slice(1)] }
    expect(addLine(held, { sku: 'mug', quantity: 1 }, context()).ok).toBe(true)
  })

  it('that would bring the same thing above its most, but not for being fewer than its least', () => {
    const held = cart([line('six-pack', 6)])
    expect(quantities(added(held, { sku: 'six-pack', quantity: 6 }))).toEqual([['six-pack', 12]])
    const above = addLine(held, { sku: 'six-pack', quantity: 7 }, context())
    expect(above).toMatchObject({ ok: false, error: { code: 'quantity_invalid', quantity: 13, maximum: 12 } })
    expect(quantities(added(held, { sku: 'six-pack', quantity: 1 }))).toEqual([['six-pack', 7]])
    for (const quantity of [0, -1, 0.5]) {
      const refused = addLine(held, { sku: 'six-pack', quantity }, context())
      expect(refused).toMatchObject({ ok: false, error: { code: 'quantity_invalid', quantity } })
    }
  })

  it('but for a manual price needs no price of ours', () => {
    const manual = { sku: 'abroad', quantity: 1, origin: { kind: 'manual', unitPrice: 5n } } as const
    expect(quantities(added(empty, manual))).toEqual([['abroad', 1]])
  })
})

describe('stock', () => {
  it('is counted over all lines of the same SKU', () => {
    const held = cart([line('mug', 2), line('mug', 3, { id: 'wrapped', options: [{ sku: 'wrap' }] })])
    const within = stocked({ mug: 6 })
    expect(quantities(added(held, { sku: 'mug', quantity: 1 }, within))[0]).toEqual(['mug', 3])
    const short = { code: 'insufficient_stock', sku: 'mug', name: 'mug', available: 3 }
    expect(addLine(held, { sku: 'mug', quantity: 2 }, within)).toEqual({ ok: false, error: short })
    expect(setQuantity(held, 'wrapped', 5, within)).toMatchObject({ ok: false, error: { available: 4 } })
  })

  it('that is not recorded is none, and one that was not asked for is no matter', () => {
    const short = { code: 'insufficient_stock', sku: 'tee', available: 0 }
    expect(addLine(empty, { sku: 'tee', quantity: 1 }, stocked({ mug: 9 }))).toMatchObject({ ok: false, error: short })
    expect(addLine(empty, { sku: 'tee', quantity: 9 }, context()).ok).toBe(true)
  })

  it('cuts or keeps an excess, where the channel says so', () => {
    const wanted = { sku: 'mug', quantity: 9 }
    const cap = { excessQuantity: 'cap' } as const
    expect(quantities(added(empty, wanted, stocked({ mug: 4 }, cap)))).toEqual([['mug', 4]])
    expect(quantities(added(empty, wanted, stocked({ mug: 4 }, { excessQuantity: 'keep' })))).toEqual([['mug', 9]])
    const sold = addLine(empty, wanted, stocked({ mug: 0 }, { ...cap, unavailableLines: 'remove' }))
    expect(sold).toMatchObject({ ok: false, error: { code: 'insufficient_stock', available: 0 } })
    expect(quantities(added(empty, wanted, stocked({ mug: 0 }, cap)))).toEqual([['mug', 9]])
  })

  it('is no reason to refuse fewer pieces', () => {
    const held = cart([line('mug', 9)])
    const lowered = setQuantity(held, 'line-mug', 5, stocked({ mug: 0 }))
    expect(lowered.ok && quantities(lowered.value)).toEqual([['mug', 5]])
  })
})

describe('a quantity', () => {
  it('of 0 takes the line out', () => {
    const next = setQuantity(cart([line('mug', 2), line('tee', 1)]), 'line-mug', 0, context())
    expect(next.ok && quantities(next.value)).toEqual([['tee', 1]])
  })

  it.each([-1, 1.5, Number.NaN, limits.quantityPerLine + 1])('of %d is refused', quantity => {
    const refused = setQuantity(cart([line('mug', 2)]), 'line-mug', quantity, context())
    expect(refused).toMatchObject({ ok: false, error: { code: 'quantity_invalid' } })
  })

  it('of a line that is not there is refused', () => {
    const error = { code: 'line_not_found', lineItemId: 'line-mug' }
    expect(setQuantity(empty, 'line-mug', 1, context())).toEqual({ ok: false, error })
    expect(removeLine(empty, 'line-mug')).toEqual({ ok: false, error })
  })

  it('that shrinks takes pieces from the last consignments; one that is empty then leaves, for empty means everything', () => {
    const consignments = [parcel('first', 3), parcel('second', 2), { ...parcel('rest', 1), items: [] }]
    const next = setQuantity(cart([line('mug', 5)], { consignments }), 'line-mug', 2, context())
    expect(next.ok && next.value.consignments.map(({ id, items }) => [id, items])).toEqual([
      ['first', [item('line-mug', 2)]],
      ['rest', []],
    ])
  })
})

describe('a line that is taken out', () => {
  it('takes along the lines that hang on it, and what consignments say of them', () => {
    const held = cart([line('mug', 1), line('tee', 1, { parent: 'line-mug' }), line('six-pack', 6)], {
      consignments: [
        { ...parcel('mugs', 1), items: [{ lineItemId: 'line-mug', quantity: 1 }] },
        { ...parcel('both', 1), items: [item('line-tee', 1), item('line-six-pack', 6)] },
        { ...parcel('rest', 1), items: [] },
      ],
    })
    const next = removeLine(held, 'line-mug')
    expect(next.ok && quantities(next.value)).toEqual([['six-pack', 6]])
    expect(next.ok && next.value.consignments.map(({ id, items }) => [id, items])).toEqual([
      ['both', [item('line-six-pack', 6)]],
      ['rest', []],
    ])
  })
})

describe('the same thing', () => {
  it('has the same options, in any order, each as often', () => {
    const of = (...skus: readonly string[]) => line('mug', 1, { options: skus.map(sku => ({ sku })) })
    expect(isSameThing(of('wrap', 'warranty'), of('warranty', 'wrap'))).toBe(true)
    expect(isSameThing(of('wrap', 'warranty'), of('wrap', 'wrap'))).toBe(false)
    expect(isSameThing(of('wrap', 'wrap'), of('wrap', 'warranty'))).toBe(false)
    expect(isSameThing(of('wrap'), of())).toBe(false)
  })

  it('is no matter of who is asked first', () => {
    const anyLine = fc
      .record({
        sku: fc.constantFrom('mug', 'tee'),
        options: fc.array(fc.constantFrom({ sku: 'wrap' }, { sku: 'warranty' }), { maxLength: 3 }),
        isGift: fc.boolean(),
        seller: fc.constantFrom('1', '2'),
      })
      .map(({ sku, ...more }) => line(sku, 1, more))
    fc.assert(
      fc.property(anyLine, anyLine, (a, b) => {
        expect(isSameThing(a, b)).toBe(isSameThing(b, a))
        expect(isSameThing(a, a)).toBe(true)
      }),
    )
  })
})

it('no piece is lost or made up, whatever is added in whatever order', () => {
  const newLine: fc.Arbitrary<NewLine> = fc.record({
    sku: fc.constantFrom('mug', 'hat'),
    quantity: fc.integer({ min: 1, max: 50 }),
    onPresent: fc.constantFrom('add' as const, 'separate' as const),
    options: fc.constantFrom([], [{ sku: 'wrap' }]),
  })
  fc.assert(
    fc.property(fc.array(newLine, { maxLength: 20 }), lines => {
      const within = context()
      const full = lines.reduce((next, each) => added(next, each, within), empty)
      for (const sku of ['mug', 'hat']) {
        const wanted = lines.filter(each => each.sku === sku).reduce((sum, each) => sum + each.quantity, 0)
        const held = full.lineItems.filter(each => each.sku === sku).reduce((sum, each) => sum + each.quantity, 0)
        expect(held).toBe(wanted)
      }
      const sequences = full.lineItems.map(each => each.sequence)
      expect(new Set(sequences).size).toBe(sequences.length)
    }),
  )
})

function item(lineItemId: string, quantity: number) {
  return { lineItemId, quantity }
}

function parcel(id: string, quantity: number): Consignment {
  return { id, sequence: 1, items: [item('line-mug', quantity)], destination: { kind: 'unknown' } }
}
