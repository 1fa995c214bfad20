import { describe, expect, it } from 'vitest'
import {
  cart,
  consignment,
  facts,
  line,
  netCart,
  paymentMethod,
  preset,
  prices,
  promotion,
  rate,
  taxRate,
  variant,
  zone,
} from '../../../test/golden/builders.js'
import type { Cart } from '../cart/cart.js'
import { limits } from '../limits.js'
import { priceCart } from './price-cart.js'

const policy = preset('grossCarried')

describe('what can be had', () => {
  const store = (stock?: readonly (readonly [string, number])[]) =>
    facts({ policy, variants: [variant('a', 100n)], ...(stock === undefined ? {} : { stock: new Map(stock) }) })
  const bought = (...quantities: number[]) =>
    cart(quantities.map((quantity, index) => line('a', quantity, { id: `l${index}`, sequence: index })))

  it('is not asked where stock is not known', () => {
    expect(priceCart(bought(5), store()).lines[0]).toMatchObject({ availability: 'available' })
  })

  it.each([
    [5, 'available'],
    [4, 'partial'],
    [0, 'out_of_stock'],
  ] as const)('5 of a stock of %i is %s', (stock, availability) => {
    const priced = priceCart(bought(5), store([['a', stock]]))
    expect(priced.lines[0]).toMatchObject({ availability, available: stock, price: 500n })
    const short = priced.problems.filter(problem => problem.code === 'line_out_of_stock')
    expect(short).toHaveLength(availability === 'available' ? 0 : 1)
  })

  it('counts as nothing without a stock record', () => {
    expect(priceCart(bought(1), store([])).lines[0]).toMatchObject({ availability: 'out_of_stock', available: 0 })
  })

  it('is shared by the lines of one SKU', () => {
    const priced = priceCart(bought(2, 2, 2), store([['a', 3]]))
    expect(priced.lines.map(one => [one.availability, one.available])).toEqual([
      ['available', 3],
      ['partial', 1],
      ['out_of_stock', 0],
    ])
  })
})

describe('a line without a price', () => {
  const optionGroups = [{ name: 'G', options: [{ sku: 'o', name: 'O', taxClass: 'x', prices: prices(5n, 'CHF') }] }]
  const store = facts({
    policy,
    variants: [variant('a', 100n, { optionGroups }), variant('off', 100n, { isActive: false }), variant('ok', 100n)],
  })
  const one = (item: Parameters<typeof line>, more: Partial<Cart> = {}) => {
    const priced = priceCart(cart([line(...item), line('ok', 1)], more), store)
    return { line: priced.lines[0], total: priced.totals.grandTotal, problem: priced.problems[0] }
  }

  it.each([
    ['in another currency', ['ok', 1], { currency: 'CHF' }],
    ['in another channel', ['ok', 1], { channel: 'other' }],
    ['whose option has none', ['a', 1, { options: [{ sku: 'o' }] }], {}],
    ['whose option does not exist', ['a', 1, { options: [{ sku: '?' }] }], {}],
  ] as const)('%s costs nothing and cannot be ordered', (_, item, more) => {
    const found = one([...item] as Parameters<typeof line>, more)
    expect(found.line).toMatchObject({ availability: 'no_price', unitPrice: 0n, total: { gross: 0n } })
    expect(found.problem).toMatchObject({ code: 'line_no_price' })
  })

  it.each(['gone', 'off'])('%s from the catalog cannot be ordered either', sku => {
    const found = one([sku, 1])
    expect(found).toMatchObject({ total: 100n, problem: { code: 'line_not_found', sku } })
    expect(found.line).toMatchObject({ availability: 'not_found', price: 0n })
  })

  it('in the catalog may have one by hand', () => {
    const byHand = one(['ok', 2, { origin: { kind: 'manual', unitPrice: 70n } }], { currency: 'CHF' })
    expect(byHand.line).toMatchObject({ availability: 'available', price: 140n })
  })
})

describe('discounts and fees by hand', () => {
  const store = facts({ policy: preset('netPerRate'), variants: [variant('a', 1000n), variant('b', 500n)] })
  const bought = (more: Partial<Cart>) => priceCart(netCart('EUR', [line('a', 1), line('b', 1)], more), store)

  it('take from a line or from the order, never more than is left', () => {
    const priced = bought({
      manualDiscounts: [
        { id: 'm1', name: 'Line', amount: 700n, lineItemId: 'line-b' },
        { id: 'm2', name: 'Order', amount: 100n },
        { id: 'm3', name: 'Nowhere', amount: 100n, lineItemId: 'gone' },
      ],
    })
    expect(priced.discounts).toMatchObject([
      { id: 'm1', source: 'manual', target: 'lines', amount: 500n },
      { id: 'm2', source: 'manual', target: 'order', amount: 100n },
    ])
    expect(priced.totals.grandTotal).toBe(900n)
  })

  it('add to the total', () => {
    const priced = bought({ fees: [{ id: 'f', name: 'f', displayName: 'Fee', amount: 50n }] })
    expect(priced.fees).toMatchObject([{ id: 'f', kind: 'manual', price: 50n, taxes: [] }])
    expect(priced.totals).toMatchObject({ fees: 50n, grandTotal: 1550n })
  })
})

describe('payments', () => {
  const methods = [
    paymentMethod('card', { kind: 'card', position: 2, installments: [{ count: 2, interestRate: rate('2') }] }),
    paymentMethod('invoice', { position: 1 }),
    paymentMethod('off', { isActive: false }),
    paymentMethod('free', { kind: 'free' }),
  ]
  const pay = (...payments: { method: string; amount?: bigint; installments?: number }[]) =>
    priceCart(
      cart([line('a', 1)], { payments: payments.map((one, index) => ({ id: `p${index}`, ...one })) }),
      facts({ policy, variants: [variant('a', 30_000n, { kind: 'service' })], paymentMethods: methods }),
    )

  it('are offered by position, active ones only', () => {
    expect(pay().paymentMethods.map(one => one.id)).toEqual(['invoice', 'card'])
    expect(pay().problems).toEqual([])
  })

  it('share what is due: stated amounts first, one takes the rest', () => {
    const priced = pay({ method: 'card' }, { method: 'invoice', amount: 10_000n })
    expect(priced.payments.map(one => one.amount)).toEqual([20_000n, 10_000n])
    expect(priced.problems).toEqual([])
  })

  it('are cut to what is due, and say what is missing', () => {
    const over = pay({ method: 'card', amount: 20_000n }, { method: 'invoice', amount: 20_000n })
    expect(over.payments.map(one => one.amount)).toEqual([20_000n, 10_000n])
    expect(pay({ method: 'card', amount: 29_999n }).problems).toEqual([{ code: 'payment_short', missing: 1n }])
  })

  it('add interest for the installments that are offered', () => {
    expect(pay({ method: 'card', installments: 2 }).payments).toMatchObject([{ amount: 30_000n, interest: 902n }])
    expect(pay({ method: 'card', installments: 3 }).payments).toMatchObject([{ interest: 0n }])
  })

  it.each(['off', 'free', 'unheard of'])('by %s are a problem', method => {
    expect(pay({ method }).problems).toContainEqual({ code: 'payment_method_unknown', method })
  })
})

describe('large carts', () => {
  const taxZones = [zone('de', ['DE'], [taxRate('19')])]
  const promotions = [promotion({ kind: 'percent_off_lines', rate: rate('10') })]

  it('tell 99,999 pieces in a few runs that add up', () => {
    const store = facts({ policy, variants: [variant('a', 333n)], taxZones, promotions })
    const [big] = priceCart(cart([line('a', 99_999)]), store).lines
    expect(big?.pieces.length).toBeLessThan(10)
    expect(big?.pieces.reduce((sum, run) => sum + run.toPay * BigInt(run.count), 0n)).toBe(big?.total.gross)
  })

  it('keep the carried order of pieces up to the limit', () => {
    const store = facts({ policy, variants: [variant('a', 1011n)], taxZones })
    const [line1] = priceCart(cart([line('a', limits.piecesInOrder)]), store).lines
    expect(line1?.pieces.slice(0, 3).map(run => run.itemTax)).toEqual([161n, 162n, 161n])
  })

  it('are looked at in proportion to their lines: ten times as many take ten times as many looks', () => {
    const looks = (count: number) => {
      let seen = 0
      const watched = <T extends object>(value: T): T =>
        new Proxy(value, {
          get(target, name) {
            seen += 1
            return Reflect.get(target, name)
          },
        })
      const variants = Array.from({ length: count }, (_, index) => watched(variant(`s${index}`, 1011n)))
      const lineItems = variants.map((one, index) => watched(line(one.sku, 3, { id: `l${index}`, sequence: index })))
      const items = lineItems.map(item => ({ lineItemId: item.id, quantity: 3 }))
      const store = facts({ policy, variants, taxZones, promotions, stock: new Map() })
      seen = 0
      priceCart(cart(lineItems, { consignments: [consignment(undefined, { items })] }), store)
      return seen
    }
    expect(looks(1000)).toBeLessThan(11 * looks(100))
  })
})
