import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvariantError } from '../assert.js'
import { allocate } from '../money.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import { orderParts } from './order-parts.js'

interface Given {
  readonly lines: readonly { readonly seller: string; readonly gross: bigint }[]
  /** Each shipment carries the lines named by position, at a price that is shared out by their worth. */
  readonly shipments: readonly { readonly positions: readonly number[]; readonly gross: bigint }[]
  readonly fees: readonly bigint[]
}

const amount = (gross: bigint) => ({ net: gross, tax: 0n, gross })

/** Only what splitting reads; every figure adds up as pricing would make it. */
function priced({ lines, shipments, fees }: Given): PricedCart {
  const total =
    lines.reduce((sum, line) => sum + line.gross, 0n) +
    shipments.reduce((sum, shipment) => sum + shipment.gross, 0n) +
    fees.reduce((sum, fee) => sum + fee, 0n)
  const cart = {
    lines: lines.map(({ seller, gross }, n) => ({ item: { id: `line-${n}`, seller }, total: amount(gross) })),
    consignments: shipments.map(({ positions, gross }) => ({
      items: positions.map(n => ({ lineItemId: `line-${n}`, quantity: 1 })),
      amount: amount(gross),
      lineShares:
        positions.length === 0
          ? []
          : allocate(
              gross,
              positions.map(n => lines[n]?.gross ?? 0n),
            ).map(amount),
    })),
    fees: fees.map(fee => ({ amount: amount(fee) })),
    totals: { grandTotal: total },
  }
  return cart as unknown as PricedCart
}

const plain = { groupSuffix: false }

test('one seller is one part with the whole total and the order number', () => {
  const cart = priced({
    lines: [{ seller: '1', gross: 2_500n }],
    shipments: [{ positions: [0], gross: 700n }],
    fees: [],
  })
  expect(orderParts(cart, plain, 'DE--1')).toEqual([{ number: 'DE--1', seller: '1', lines: [0], total: 3_200n }])
  expect(orderParts(cart, { groupSuffix: true }, '1146512005522')[0]?.number).toBe('1146512005522-01')
})

test('sellers stand in order of first appearance; shipping is shared, fees go to the first', () => {
  const cart = priced({
    lines: [
      { seller: 'b', gross: 100n },
      { seller: 'a', gross: 200n },
      { seller: 'b', gross: 300n },
    ],
    shipments: [{ positions: [0, 1, 2], gross: 10n }],
    fees: [7n],
  })
  expect(orderParts(cart, { groupSuffix: true }, '9')).toEqual([
    { number: '9-01', seller: 'b', lines: [0, 2], total: 100n + 300n + 2n + 5n + 7n },
    { number: '9-02', seller: 'a', lines: [1], total: 200n + 3n },
  ])
})

test('an empty cart and figures that do not add up are bugs', () => {
  expect(() => orderParts(priced({ lines: [], shipments: [], fees: [] }), plain, '1')).toThrow(InvariantError)
  const cart = priced({ lines: [{ seller: '1', gross: 1n }], shipments: [], fees: [] })
  const wrong = { ...cart, totals: { ...cart.totals, grandTotal: 2n } }
  expect(() => orderParts(wrong, plain, '1')).toThrow(InvariantError)
})

test('for any sellers, shipments and fees: each line is in one part, and parts add up to the cent', () => {
  const minor = fc.bigInt(0n, 10n ** 9n)
  const lines = fc.array(fc.record({ seller: fc.constantFrom('1', 'a', 'b', 'c'), gross: minor }), {
    minLength: 1,
    maxLength: 12,
  })
  const given = lines.chain(known =>
    fc.record({
      lines: fc.constant(known),
      shipments: fc.array(fc.record({ positions: fc.subarray([...known.keys()]), gross: minor }), { maxLength: 4 }),
      fees: fc.array(minor, { maxLength: 3 }),
    }),
  )
  fc.assert(
    fc.property(given, input => {
      const cart = priced(input)
      const parts = orderParts(cart, { groupSuffix: true }, '7')
      expect(parts.reduce((sum, part) => sum + part.total, 0n)).toBe(cart.totals.grandTotal)
      expect(parts.flatMap(part => part.lines).sort((a, b) => a - b)).toEqual([...input.lines.keys()])
      for (const part of parts) {
        expect(part.total).toBeGreaterThanOrEqual(0n)
        for (const position of part.lines) expect(input.lines[position]?.seller).toBe(part.seller)
      }
      expect(parts[0]?.lines[0]).toBe(0)
      expect(new Set(parts.map(part => part.number)).size).toBe(parts.length)
    }),
  )
})
