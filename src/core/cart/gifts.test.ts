import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, promotion, variant } from '../../../test/golden/builders.js'
import type { Facts } from '../pricing/facts.js'
import type { Cart } from './cart.js'
import { priceWithGifts } from './gifts.js'

const policy = preset('grossCarried')
const variants = [
  variant('mug', 1_000n),
  variant('sticker', 200n, { seller: '7' }),
  variant('gone', 1n, { isActive: false }),
]
const from20 = { kind: 'subtotal', atLeast: { EUR: 2_000n } } as const
const sticker = promotion({ kind: 'free_gift', sku: 'sticker', quantity: 2 }, { id: 'gifts', conditions: [from20] })

function priced(of: Cart, more: Partial<Facts> = {}) {
  let ids = 0
  const shop = { ...facts({ policy, variants, promotions: [sticker] }), ...more }
  return priceWithGifts(of, {
    facts: shop,
    newId: () => {
      ids += 1
      return `gift-${ids}`
    },
  })
}

const gift = line('sticker', 2, { id: 'gift-1', sequence: 6, seller: '7', isGift: true, giftOf: 'gifts' })
const earning = cart([line('mug', 2, { sequence: 5 })])

describe('a gift', () => {
  it('that was earned is put into the cart and costs nothing', () => {
    const { cart: next, priced: figures } = priced(earning)
    expect(next.lineItems).toEqual([...earning.lineItems, { ...gift, addedAt: facts({ policy }).now }])
    expect(figures.totals.grandTotal).toBe(2_000n)
    expect(figures.lines.map(({ price }) => price)).toEqual([2_000n, 0n])
    expect(figures.cart).toBe(next)
  })

  it('that is there already changes nothing: it is the same cart', () => {
    const held = { ...earning, lineItems: [...earning.lineItems, gift] }
    expect(priced(held).cart).toBe(held)
    const plain = cart([line('mug', 1)])
    expect(priced(plain).cart).toBe(plain)
  })

  it('that is earned no longer leaves, and what the shopper bought of it stays', () => {
    const held = cart([line('mug', 1), gift, line('sticker', 1, { id: 'bought' })])
    const { cart: next, priced: figures } = priced(held)
    expect(next.lineItems.map(({ id }) => id)).toEqual(['line-mug', 'bought'])
    expect(figures.totals.grandTotal).toBe(1_200n)
  })

  it('of another quantity is replaced by the right one', () => {
    const held = cart([line('mug', 2), { ...gift, quantity: 9 }])
    const { cart: next } = priced(held)
    expect(next.lineItems.map(item => [item.sku, item.quantity])).toEqual([
      ['mug', 2],
      ['sticker', 2],
    ])
  })

  it('that is bought besides is not the gift', () => {
    const { cart: next, priced: figures } = priced(cart([line('mug', 2), line('sticker', 2)]))
    expect(next.lineItems.map(item => [item.sku, item.isGift])).toEqual([
      ['mug', false],
      ['sticker', false],
      ['sticker', true],
    ])
    expect(figures.totals.grandTotal).toBe(2_400n)
  })

  it.each<readonly [string, Partial<Facts>]>([
    [
      'is sold out',
      {
        stock: new Map([
          ['mug', 9],
          ['sticker', 1],
        ]),
      },
    ],
    [
      'is not sold any more',
      { promotions: [{ ...sticker, benefits: [{ kind: 'free_gift', sku: 'gone', quantity: 1 }] }] },
    ],
    ['is unknown', { promotions: [{ ...sticker, benefits: [{ kind: 'free_gift', sku: 'what', quantity: 1 }] }] }],
  ])('that %s is left out', (_, more) => {
    expect(priced(earning, more).cart).toBe(earning)
  })

  it('is had from just enough stock', () => {
    const stock = new Map([
      ['mug', 9],
      ['sticker', 2],
    ])
    expect(priced(earning, { stock }).cart.lineItems).toHaveLength(2)
  })
})
