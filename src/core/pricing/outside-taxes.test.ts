import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../../../test/golden/arbitraries.js'
import type { Cart } from '../cart/cart.js'
import { withKeptTaxes } from '../cart/kept-taxes.js'
import { sumOf } from '../money.js'
import { orderParts } from '../orders/order-parts.js'
import { placementFault } from '../orders/placement-faults.js'
import type { Facts } from './facts.js'
import { priceCart } from './price-cart.js'
import { withTaxesOf } from './tax-question.js'
import { failedQuote, type QuotedTax, type TaxProvider, taxQuoteOf } from './tax-quote.js'

const provider: TaxProvider = { key: 'one', digest: text => text }
const at = '2026-01-01T00:00:00.000Z'

/** Carts that go somewhere, in a channel whose taxes come from outside. */
const asking = scenarios()
  .map(({ cart, facts }) => ({ cart, facts: { ...facts, taxProvider: provider } satisfies Facts }))
  .filter(({ cart, facts }) => priceCart(cart, facts).taxQuestion !== undefined)

const answers = fc.array(
  fc.record({ line: fc.nat(4), name: fc.constantFrom('VAT', 'CITY'), amount: fc.bigInt({ min: 0n, max: 500n }) }),
  { maxLength: 8 },
)

/** Taxes of lines that are there. */
function taxesFor({ lineItems }: Cart, drawn: readonly QuotedTax[]): readonly QuotedTax[] {
  return drawn.map(tax => ({ ...tax, line: lineItems[tax.line % lineItems.length]?.sequence ?? 0 }))
}

function quoted(cart: Cart, facts: Facts, drawn: readonly QuotedTax[]) {
  const { taxQuestion } = priceCart(cart, facts)
  if (taxQuestion === undefined) throw new Error('the carts here ask')
  return { taxQuestion, quote: taxQuoteOf(taxQuestion, taxesFor(cart, drawn), at) }
}

const unknown = (cart: Cart, facts: Facts) =>
  priceCart(cart, facts).problems.flatMap(problem => (problem.code === 'taxes_unknown' ? [problem.reason] : []))

describe('taxes that somebody outside says', () => {
  it('are on the cart to the unit: parts add up, and everything else is as it was without', () => {
    fc.assert(
      fc.property(asking, answers, ({ cart, facts }, drawn) => {
        const { taxQuestion, quote } = quoted(cart, facts, drawn)
        fc.pre(quote.fault === undefined)
        const priced = priceCart({ ...cart, taxQuote: quote }, facts)
        const before = taxQuestion.priced
        const said = sumOf(quote.taxes.map(tax => tax.amount))
        const added = cart.priceMode === 'gross' ? 0n : said
        expect(priced.totals.tax).toBe(said)
        expect(priced.totals.grandTotal).toBe(before.totals.grandTotal + added)
        expect(priced.totals.items.gross).toBe(before.totals.items.gross + added)
        expect(priced.totals.shippingAmount).toEqual(before.totals.shippingAmount)
        expect(priced.discounts).toEqual(before.discounts)
        expect(sumOf(priced.taxes.map(tax => tax.amount))).toBe(said)
        for (const line of priced.lines) {
          expect(line.amount.net + line.amount.tax).toBe(line.amount.gross)
          expect(line.amount.net).toBeGreaterThanOrEqual(0n)
          expect(sumOf(line.taxes.map(tax => tax.amount))).toBe(line.amount.tax)
          expect(sumOf(line.pieces.map(piece => piece.itemTax * BigInt(piece.count)))).toBe(line.amount.tax)
          expect(sumOf(line.pieces.map(piece => piece.toPay * BigInt(piece.count)))).toBe(line.total.gross)
        }
        const parts = orderParts(priced, { groupSuffix: true }, '1')
        expect(sumOf(parts.map(part => part.total))).toBe(priced.totals.grandTotal)
        expect(unknown({ ...cart, taxQuote: quote }, facts)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('are unknown without an answer to just this cart, and then nothing can be ordered', () => {
    fc.assert(
      fc.property(asking, answers, ({ cart, facts }, drawn) => {
        const { quote } = quoted(cart, facts, drawn)
        const other = { ...quote, fingerprint: `${quote.fingerprint}?` }
        for (const one of [cart, { ...cart, taxQuote: other }]) {
          expect(unknown(one, facts)).toEqual(['not_asked'])
          expect(priceCart(one, facts).totals.tax).toBe(0n)
          expect(placementFault(priceCart(one, facts), [])).toBeDefined()
        }
        const moved = { ...facts, taxProvider: { ...provider, key: 'two' } }
        expect(unknown({ ...cart, taxQuote: quote }, moved)).toEqual(['not_asked'])
      }),
      { numRuns: 100 },
    )
  })

  it('are asked by a fingerprint that stays when nothing of the question changes', () => {
    fc.assert(
      fc.property(asking, answers, ({ cart, facts }, drawn) => {
        const { taxQuestion, quote } = quoted(cart, facts, drawn)
        const renamed = {
          ...cart,
          version: cart.version + 1,
          customerNote: 'thanks',
          taxQuote: quote,
          lineItems: cart.lineItems.map(item => ({ ...item, extras: { seen: true } })),
        }
        expect(unknown(renamed, facts)).toEqual(quote.fault === undefined ? [] : [quote.fault])
        const first = cart.lineItems[0]
        const more = {
          ...cart,
          lineItems: cart.lineItems.map(item => (item === first ? { ...item, quantity: item.quantity + 1 } : item)),
        }
        expect(priceCart(more, facts).taxQuestion?.fingerprint).not.toBe(taxQuestion.fingerprint)
      }),
      { numRuns: 100 },
    )
  })
})

describe('an answer', () => {
  const [{ cart, facts }] = fc.sample(asking, { numRuns: 1, seed: 7 }) as [{ cart: Cart; facts: Facts }]
  const line = cart.lineItems[0]?.sequence ?? 0
  const quoteOf = (...taxes: readonly QuotedTax[]) => {
    const { taxQuestion } = priceCart(cart, facts)
    if (taxQuestion === undefined) throw new Error('the cart asks')
    return taxQuoteOf(taxQuestion, taxes, at)
  }

  it.each([
    ['names a line that the cart has not', { line: 999, name: 'VAT', amount: 1n }],
    ['is below zero', { line, name: 'VAT', amount: -1n }],
    ['is beyond what an order may be worth', { line, name: 'VAT', amount: 9_007_199_254_740_992n }],
  ])('that %s is none', (_, tax) => {
    expect(quoteOf(tax)).toMatchObject({ taxes: [], fault: 'unusable' })
  })

  it('that says one tax of a line twice is one tax', () => {
    const gross = cart.priceMode === 'gross'
    const amount = gross ? 0n : 2n
    expect(quoteOf({ line, name: 'VAT', amount }, { line, name: 'VAT', amount }).taxes).toEqual([
      { line, name: 'VAT', amount: amount * 2n },
    ])
  })

  it('that failed is told once, kept, and taken back when it is over', () => {
    const { taxQuestion } = priceCart(cart, facts)
    if (taxQuestion === undefined) throw new Error('the cart asks')
    const failed = { ...cart, taxQuote: failedQuote(taxQuestion, 'timed_out', at) }
    expect(unknown(failed, facts)).toEqual(['timed_out'])
    const told = withKeptTaxes(cart, priceCart(failed, facts), at)
    expect(told.notices).toMatchObject([{ code: 'taxes_unknown', level: 'error', data: { reason: 'timed_out' } }])
    expect(withKeptTaxes(told, priceCart(told, facts), at)).toBe(told)
    const answered = { ...told, taxQuote: quoteOf() }
    const over = withKeptTaxes(told, priceCart(answered, facts), at)
    expect([over.notices, over.taxQuote?.taxes]).toEqual([[], []])
    const { taxProvider: _gone, ...plain } = facts
    expect(withKeptTaxes(over, priceCart(over, plain), at).taxQuote).toBeUndefined()
  })

  it('is what a variation of the cart is shown to owe', () => {
    const kept = { ...cart, taxQuote: quoteOf({ line, name: 'VAT', amount: 0n }) }
    const priced = priceCart(kept, facts)
    const varied = priceCart({ ...kept, payments: [] }, withTaxesOf(priced, facts))
    expect(varied.problems.some(({ code }) => code === 'taxes_unknown')).toBe(false)
  })
})
