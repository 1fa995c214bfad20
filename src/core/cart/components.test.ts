import { describe, expect, it } from 'vitest'
import { cart, consignment, facts, line, preset, variant } from '../../../test/golden/builders.js'
import type { Variant } from '../catalog/variant.js'
import { placementFault } from '../orders/placement-faults.js'
import { priceCart } from '../pricing/price-cart.js'
import type { Result } from '../result.js'
import type { Cart } from './cart.js'
import { setComponents } from './change-components.js'
import { changeConsignments } from './consignment-changes.js'
import { editCart } from './edits.js'
import { addLine, removeLine, setQuantity } from './line-items.js'

const groups: Variant['componentGroups'] = [
  {
    ...{ name: 'base', minQuantity: 1, maxQuantity: 1 },
    components: [
      { sku: 'plain', minQuantity: 0, maxQuantity: 1, initialQuantity: 1 },
      { sku: 'fancy', minQuantity: 0, maxQuantity: 1, initialQuantity: 0 },
    ],
  },
  {
    ...{ name: 'extras', minQuantity: 0, maxQuantity: 3 },
    components: [
      { sku: 'nut', minQuantity: 0, maxQuantity: 2, initialQuantity: 0 },
      { sku: 'gone', minQuantity: 0, maxQuantity: 2, initialQuantity: 0 },
    ],
  },
]
const variants = [
  variant('cake', 1_000n, { componentGroups: groups }),
  variant('plain', 100n),
  variant('fancy', 300n),
  variant('nut', 50n),
  variant('gone', 1n, { isActive: false }),
  variant('mug', 500n),
]
const shop = facts({ policy: preset('grossCarried'), variants })
let ids = 0
const context = {
  facts: shop,
  newId: () => {
    ids += 1
    return `new-${ids}`
  },
}

function cartOf(result: Result<Cart, { readonly code: string }>): Cart {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

/** SKU, pieces, and the place of what it hangs on. */
const shown = ({ lineItems }: Cart) =>
  lineItems.map(({ sku, quantity, parent }) => [sku, quantity, lineItems.findIndex(({ id }) => id === parent)])
const cakes = (quantity: number) => cartOf(addLine(cart([]), { sku: 'cake', quantity }, context))
const idOf = ({ lineItems }: Cart, sku: string) => lineItems.find(item => item.sku === sku)?.id ?? ''
const base = { group: 'base', sku: 'plain', quantity: 1 }
const nuts = (quantity: number) => ({ group: 'extras', sku: 'nut', quantity })

describe('goods that are put together', () => {
  it('bring what they come with, at its own price', () => {
    const held = cakes(2)
    expect(shown(held)).toEqual([
      ['cake', 2, -1],
      ['plain', 2, 0],
    ])
    expect(priceCart(held, shop).totals.subtotal).toBe(2_200n)
    expect(held.lastSequence).toBe(2)
  })

  it('join others that are put together the same, and stand beside those that are not', () => {
    const held = cakes(1)
    const two = cartOf(addLine(held, { sku: 'cake', quantity: 2 }, context))
    expect(shown(two)).toEqual([
      ['cake', 3, -1],
      ['plain', 3, 0],
    ])
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(2)], context))
    expect(shown(cartOf(addLine(nutty, { sku: 'cake', quantity: 1 }, context)))).toEqual([
      ['cake', 1, -1],
      ['plain', 1, 0],
      ['nut', 2, 0],
      ['cake', 1, -1],
      ['plain', 1, 3],
    ])
    expect(shown(cartOf(addLine(nutty, { sku: 'cake', quantity: 1, components: [nuts(2), base] }, context)))).toEqual([
      ['cake', 2, -1],
      ['plain', 2, 0],
      ['nut', 4, 0],
    ])
  })

  it('never join what was bought alone', () => {
    const held = cartOf(addLine(cakes(1), { sku: 'plain', quantity: 1 }, context))
    expect(shown(held)).toEqual([
      ['cake', 1, -1],
      ['plain', 1, 0],
      ['plain', 1, -1],
    ])
  })

  it('keep components in step, also those of one shipment, and take them out with them', () => {
    const held = { ...cakes(2), consignments: [consignment('a')] }
    const [cake, plain] = held.lineItems
    const items = [cake, plain].map(item => ({ lineItemId: item?.id ?? '', quantity: 2 }))
    const sent = { ...held, consignments: [consignment('a', { items })] }
    const five = cartOf(setQuantity(sent, idOf(sent, 'cake'), 5, context))
    expect(shown(five).map(([, quantity]) => quantity)).toEqual([5, 5])
    expect(five.consignments[0]?.items.map(({ quantity }) => quantity)).toEqual([5, 5])
    expect(cartOf(removeLine(five, idOf(five, 'cake'))).lineItems).toEqual([])
  })

  it('are split with their components', () => {
    const held = cakes(3)
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(2)], context))
    const edit = { kind: 'split_line', lineItemId: idOf(nutty, 'cake'), quantities: [1, 2] } as const
    const split = cartOf(editCart(nutty, edit, context))
    expect(shown(split)).toEqual([
      ['cake', 1, -1],
      ['cake', 2, -1],
      ['plain', 1, 0],
      ['plain', 2, 1],
      ['nut', 2, 0],
      ['nut', 4, 1],
    ])
    expect(new Set(split.lineItems.map(({ sequence }) => sequence)).size).toBe(6)
    expect(priceCart(split, shop).totals.subtotal).toBe(priceCart(nutty, shop).totals.subtotal)
    const alone = { ...edit, lineItemId: idOf(nutty, 'nut'), quantities: [2, 4] }
    expect(editCart(nutty, alone, context)).toMatchObject({ ok: false, error: { code: 'quantity_invalid' } })
  })

  it('are split with their components where a part goes elsewhere, and are one again where it comes back', () => {
    const held = cakes(3)
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(2)], context))
    const items = (sku: string, quantity: number) => [{ lineItemId: idOf(nutty, sku), quantity }]
    const add = (of: ReturnType<typeof items>) => ({ kind: 'add' as const, consignments: [{ items: of }] })
    const split = cartOf(changeConsignments(nutty, add(items('cake', 1)), context))
    const apart = [
      ['cake', 2, -1],
      ['plain', 2, 0],
      ['nut', 4, 0],
      ['cake', 1, -1],
      ['plain', 1, 3],
      ['nut', 2, 3],
    ]
    expect(shown(split)).toEqual(apart)
    expect(new Set(split.lineItems.map(({ sequence }) => sequence)).size).toBe(6)
    expect(priceCart(split, shop).totals.subtotal).toBe(priceCart(nutty, shop).totals.subtotal)
    const back = cartOf(changeConsignments(split, { kind: 'remove', find: () => true }, context))
    expect(shown(back)).toEqual(shown(nutty))
    expect(changeConsignments(nutty, add(items('nut', 2)), context)).toMatchObject({
      ok: false,
      error: { code: 'quantity_invalid', minimum: 6 },
    })
    // The nuts go somewhere already: those of the part go there as well.
    const sent = cartOf(changeConsignments(nutty, add(items('nut', 6)), context))
    const both = cartOf(changeConsignments(sent, add(items('cake', 1)), context))
    expect(shown(both)).toEqual(apart)
    expect(both.consignments.map(one => one.items.map(({ quantity }) => quantity))).toEqual([[4, 2], [1]])
  })

  it('are one again also where several parts come back at once', () => {
    const held = cakes(4)
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(2)], context))
    const one = { lineItemId: idOf(nutty, 'cake'), quantity: 1 }
    const parts = { kind: 'add' as const, consignments: [{ items: [one, one, one] }] }
    const split = cartOf(changeConsignments(nutty, parts, context))
    expect(shown(split).filter(([sku]) => sku === 'cake')).toEqual(Array(4).fill(['cake', 1, -1]))
    const back = cartOf(changeConsignments(split, { kind: 'remove', find: () => true }, context))
    expect(shown(back)).toEqual(shown(nutty))
  })

  it('stay apart where they are put together otherwise, also when all of them go nowhere', () => {
    const held = cakes(1)
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(2)], context))
    const two = cartOf(addLine(nutty, { sku: 'cake', quantity: 1 }, context))
    const three = cartOf(addLine(two, { sku: 'mug', quantity: 1 }, context))
    const mug = [{ lineItemId: idOf(three, 'mug'), quantity: 1 }]
    const sent = cartOf(changeConsignments(three, { kind: 'add', consignments: [{ items: mug }] }, context))
    expect(shown(sent)).toEqual(shown(three))
    expect(placementFault(priceCart({ ...sent, consignments: [] }, shop), [])).toBeUndefined()
  })

  it('change the number of a component as far as they allow, for every piece alike', () => {
    const held = cakes(2)
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(1)], context))
    const nut = idOf(nutty, 'nut')
    expect(shown(cartOf(setQuantity(nutty, nut, 4, context))).at(-1)).toEqual(['nut', 4, 0])
    for (const quantity of [3, 6]) {
      const refused = setQuantity(nutty, nut, quantity, context)
      expect(refused).toMatchObject({ ok: false, error: { code: 'quantity_invalid', quantity: expect.any(Number) } })
    }
    expect(shown(cartOf(setQuantity(nutty, nut, 0, context)))).toHaveLength(2)
  })

  it('keep the lines of components that stay', () => {
    const held = cakes(2)
    const before = idOf(held, 'plain')
    const nutty = cartOf(setComponents(held, idOf(held, 'cake'), [base, nuts(1)], context))
    expect(idOf(nutty, 'plain')).toBe(before)
    const other = { group: 'base', sku: 'fancy', quantity: 1 }
    expect(shown(cartOf(setComponents(nutty, idOf(nutty, 'cake'), [other], context)))).toEqual([
      ['cake', 2, -1],
      ['fancy', 2, 0],
    ])
  })

  it.each<readonly [string, Parameters<typeof setComponents>[2], string]>([
    ['what is no component', [base, { group: 'extras', sku: 'mug', quantity: 1 }], 'option_not_found'],
    ['a component of another group', [base, { group: 'base', sku: 'nut', quantity: 1 }], 'option_not_found'],
    ['a group that is none', [base, { group: 'x', sku: 'nut', quantity: 1 }], 'option_not_found'],
    ['what is not sold', [base, { group: 'extras', sku: 'gone', quantity: 1 }], 'option_not_found'],
    ['too many of one', [base, nuts(3)], 'quantity_invalid'],
    ['parts of a piece', [base, nuts(0.5)], 'quantity_invalid'],
    ['too many of a group', [base, { ...base, sku: 'fancy' }], 'quantity_invalid'],
    ['too few of a group', [nuts(1)], 'quantity_invalid'],
  ])('refuse %s', (_, wanted, code) => {
    const held = cakes(1)
    expect(setComponents(held, idOf(held, 'cake'), wanted, context)).toMatchObject({ ok: false, error: { code } })
  })

  it('are refused with more than they allow, and cannot be ordered without what they need', () => {
    const tooMany = addLine(cart([]), { sku: 'cake', quantity: 1, components: [base, nuts(3)] }, context)
    expect(tooMany).toMatchObject({ ok: false, error: { code: 'quantity_invalid', maximum: 2 } })
    const bare = cartOf(addLine(cart([]), { sku: 'cake', quantity: 1, components: [] }, context))
    expect(placementFault(priceCart(bare, shop), [])).toMatchObject({ code: 'quantity_invalid', minimum: 1 })
    expect(placementFault(priceCart(cakes(1), shop), [])).toBeUndefined()
    expect(placementFault(priceCart(cart([line('mug', 1)]), shop), [])).toBeUndefined()
  })
})
