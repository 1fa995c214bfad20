import { describe, expect, it } from 'vitest'
import { facts, giftCard, line, netCart, preset, rate, variant, withCode } from '../../../test/golden/builders.js'
import { priceCart } from '../pricing/price-cart.js'
import type { Cart, Notice } from './cart.js'
import type { DecisionContext } from './decision.js'
import { type CartEdit, editCart } from './edits.js'

const ten = withCode('TEN', { kind: 'percent_off_lines', rate: rate('10') })
const over = withCode(
  'OVER',
  { kind: 'percent_off_lines', rate: rate('50') },
  {},
  { endsAt: '2020-01-01T00:00:00.000Z' },
)
const store = facts({
  policy: preset('unitMultiplierZeroTax'),
  variants: [variant('tea', 1000n, { currency: 'BRL' }), variant('cup', 500n, { currency: 'BRL' })],
  promotions: [ten.promotion, over.promotion],
  coupons: [ten.coupon, over.coupon],
  giftCards: [giftCard('RICH', 5000n), giftCard('POOR', 0n)],
})
const context = { facts: store, newId: () => crypto.randomUUID() }
const bought = netCart('BRL', [line('tea', 3), line('cup', 1, { sequence: 2 })])

function cartAfter(edit: CartEdit, cart: Cart = bought): Cart {
  const edited = editCart(cart, edit, context)
  if (!edited.ok) throw new Error(edited.error.code)
  return edited.value
}

function fault(edit: CartEdit): string | undefined {
  const edited = editCart(bought, edit, context)
  return edited.ok ? undefined : edited.error.code
}

describe('splitting a line', () => {
  it('gives lines that stay apart, in its place, each with a new id', () => {
    const split = cartAfter({ kind: 'split_line', lineItemId: 'line-tea', quantities: [1, 2] })
    expect(split.lineItems.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['tea', 1],
      ['tea', 2],
      ['cup', 1],
    ])
    expect(new Set(split.lineItems.map(one => one.id)).size).toBe(3)
    expect(new Set(split.lineItems.map(one => one.sequence)).size).toBe(3)
    expect(split.lineItems.map(one => one.id)).not.toContain('line-tea')
    expect(priceCart(split, store).totals.grandTotal).toBe(3500n)
    const more = cartAfter({ kind: 'add_line', line: { sku: 'tea', quantity: 1 } }, split)
    expect(more.lineItems).toHaveLength(4)
  })

  it('gives no number that a line had which is gone, nor does a line after it', () => {
    const emptied = cartAfter(
      { kind: 'set_quantity', lineItemId: 'line-cup', quantity: 0 },
      { ...bought, lastSequence: 2 },
    )
    const split = cartAfter({ kind: 'split_line', lineItemId: 'line-tea', quantities: [1, 1, 1] }, emptied)
    expect(split.lineItems.map(one => one.sequence)).toEqual([1, 3, 4])
    const [, , last] = split.lineItems
    const shorter = cartAfter({ kind: 'set_quantity', lineItemId: last?.id ?? '', quantity: 0 }, split)
    const more = cartAfter({ kind: 'add_line', line: { sku: 'cup', quantity: 1 } }, shorter)
    expect(more.lineItems.map(one => one.sequence)).toEqual([1, 3, 5])
  })

  it('takes its shipments along', () => {
    const items = [{ lineItemId: 'line-tea', quantity: 3 }]
    const consignments = [{ id: 'c', sequence: 1, items, destination: { kind: 'unknown' as const } }]
    const split = cartAfter(
      { kind: 'split_line', lineItemId: 'line-tea', quantities: [1, 2] },
      { ...bought, consignments },
    )
    expect(split.consignments[0]?.items.map(item => item.quantity)).toEqual([1, 2])
  })

  it.each([[[1, 1]], [[0, 3]], [[4]], [[1.5, 1.5]], [[]]])('into %j is refused', quantities => {
    expect(fault({ kind: 'split_line', lineItemId: 'line-tea', quantities })).toBe('quantity_invalid')
  })

  it('that is not there is refused', () => {
    expect(fault({ kind: 'split_line', lineItemId: 'nobody', quantities: [1] })).toBe('line_not_found')
  })
})

describe('changing a line', () => {
  const subscription = { optionId: 'o', frequency: 'month' as const, interval: 1 }

  it('sets what is named and keeps the rest; null takes away', () => {
    const changed = cartAfter({
      kind: 'change_line',
      lineItemId: 'line-tea',
      changes: { origin: { kind: 'manual', unitPrice: 800n }, subscription, extras: { a: 1 } },
    })
    expect(changed.lineItems[0]).toMatchObject({
      quantity: 3,
      origin: { unitPrice: 800n },
      subscription,
      extras: { a: 1 },
    })
    const back = cartAfter(
      { kind: 'change_line', lineItemId: 'line-tea', changes: { subscription: null, extras: null } },
      changed,
    )
    expect(back.lineItems[0]).not.toHaveProperty('subscription')
    expect(back.lineItems[0]).not.toHaveProperty('extras')
    expect(back.lineItems[0]?.origin).toEqual({ kind: 'manual', unitPrice: 800n })
  })

  it('refuses what is too heavy, and a line that is not there', () => {
    const attachments = [{ name: 'Novel', content: { text: 'x'.repeat(70_000) } }]
    expect(fault({ kind: 'change_line', lineItemId: 'line-tea', changes: { attachments } })).toBe('limit_reached')
    expect(fault({ kind: 'change_line', lineItemId: 'nobody', changes: {} })).toBe('line_not_found')
  })
})

it('lines are arranged as named, the others behind; the same cart where they stand so already', () => {
  const arranged = cartAfter({ kind: 'arrange_lines', lineItemIds: ['line-cup'] })
  expect(arranged.lineItems.map(one => one.sku)).toEqual(['cup', 'tea'])
  expect(cartAfter({ kind: 'arrange_lines', lineItemIds: ['line-tea', 'line-cup'] })).toBe(bought)
})

describe('codes as a list', () => {
  it('keeps each good one once, as the store writes it, and tells of the others', () => {
    const { couponCodes, notices } = cartAfter({ kind: 'set_coupons', codes: ['ten', 'NONE', 'over', 'TEN'] })
    expect(couponCodes).toEqual(['TEN'])
    expect(notices.map(({ code, data }) => [code, data.code])).toEqual([
      ['coupon_invalid', 'NONE'],
      ['coupon_expired', 'OVER'],
    ])
  })

  it('says the same thing once', () => {
    const once = cartAfter({ kind: 'set_coupons', codes: ['NONE'] })
    expect(cartAfter({ kind: 'set_coupons', codes: ['NONE'] }, once).notices).toHaveLength(1)
  })

  it('takes back what was said of a code that is good by now', () => {
    const said = (codes: readonly string[]): readonly Notice[] =>
      codes.map(code => ({
        code: 'coupon_invalid',
        level: 'warning',
        data: { code, reason: 'used_up' },
        at: '2026-01-01T00:00:00.000Z',
      }))
    const before = { ...bought, notices: said(['ten', 'NONE']) }
    expect(cartAfter({ kind: 'set_coupons', codes: ['TEN'] }, before).notices).toEqual(said(['NONE']))
    const unused: Notice = {
      code: 'gift_card_invalid',
      level: 'error',
      data: { code: 'RICH', reason: 'unused' },
      at: '2026-01-01T00:00:00.000Z',
    }
    const cards = [{ code: 'rich' }]
    expect(cartAfter({ kind: 'set_gift_cards', cards }, { ...bought, notices: [unused] }).notices).toEqual([])
  })

  it('refuses more codes than fit', () => {
    const codes = Array.from({ length: 21 }, (_, index) => `C${index}`)
    expect(fault({ kind: 'set_coupons', codes })).toBe('coupons_full')
  })

  it('gift cards: those that pay nothing are left out, with the reason', () => {
    const { giftCards, notices } = cartAfter({
      kind: 'set_gift_cards',
      cards: [{ code: 'rich', limit: 4000n }, { code: 'POOR' }, { code: 'NONE' }],
    })
    expect(giftCards).toEqual([{ code: 'RICH', limit: 4000n }])
    expect(notices.map(({ data }) => [data.code, data.reason])).toEqual([
      ['POOR', 'empty'],
      ['NONE', 'unknown'],
    ])
  })
})

describe('problems that are told', () => {
  const soldOut = { ...context, facts: { ...store, stock: new Map([['tea', 10]]) } }
  const note = (cart: Cart, desk: DecisionContext = soldOut) => {
    const noted = editCart(cart, { kind: 'note_problems' }, desk)
    if (!noted.ok) throw new Error(noted.error.code)
    return noted.value
  }

  it('name the line, once, and are taken back when they hold no longer', () => {
    const noted = note(bought)
    expect(noted.notices).toMatchObject([
      { code: 'line_unavailable', level: 'error', data: { sku: 'cup', position: '1', reason: 'out_of_stock' } },
    ])
    expect(note(noted)).toBe(noted)
    const restocked = {
      ...context,
      facts: {
        ...store,
        stock: new Map([
          ['tea', 10],
          ['cup', 10],
        ]),
      },
    }
    expect(note(noted, restocked).notices).toEqual([])
  })

  it('a price that moved since it was last seen is told once', () => {
    const seen = note(bought)
    expect(seen.lineItems.map(one => one.seenUnitPrice)).toEqual([1000n, 500n])
    const dearer = new Map([...store.variants, ['tea', variant('tea', 1200n, { currency: 'BRL' })] as const])
    const desk = { ...context, facts: { ...store, variants: dearer } }
    const moved = note({ ...seen, notices: [] }, desk)
    expect(moved.notices).toMatchObject([{ code: 'price_changed', data: { sku: 'tea', before: '1000', now: '1200' } }])
    expect(note(moved, desk)).toBe(moved)
  })

  it('are at most fifty', () => {
    const at = '2026-11-21T08:00:00.000Z'
    const notices = Array.from({ length: 60 }, (_, index) => ({
      code: 'coupon_invalid' as const,
      level: 'warning' as const,
      data: { code: `C${index}` },
      at,
    }))
    expect(note({ ...bought, notices }).notices).toHaveLength(50)
  })
})

it('texts of apps and addresses have limits', () => {
  expect(fault({ kind: 'set_custom_data', customData: { app: { text: 'x'.repeat(70_000) } } })).toBe('limit_reached')
  expect(fault({ kind: 'set_addresses', addresses: Array.from({ length: 101 }, () => ({})) })).toBe('limit_reached')
  expect(cartAfter({ kind: 'set_buyer', buyer: { email: 'a@b.example' } }).buyer).toEqual({ email: 'a@b.example' })
})
