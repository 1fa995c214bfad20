import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, promotion, variant } from '../../../test/golden/builders.js'
import type { Facts } from '../pricing/facts.js'
import type { Cart } from './cart.js'
import { chooseGifts, priceWithGifts } from './gifts.js'

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

describe('gifts to choose from', () => {
  const choice = promotion(
    { kind: 'gift_choice', skus: ['sticker', 'mug', 'gone'], quantity: 2 },
    { id: 'choice', conditions: [from20] },
  )
  const shop = (more: Partial<Facts> = {}): Facts => ({ ...facts({ policy, variants, promotions: [choice] }), ...more })
  let ids = 0
  const context = (more: Partial<Facts> = {}) => ({
    facts: shop(more),
    newId: () => {
      ids += 1
      return `chosen-${ids}`
    },
  })
  const choose = (of: Cart, chosen: Parameters<typeof chooseGifts>[2], more: Partial<Facts> = {}) =>
    chooseGifts(of, 'choice', chosen, context(more))
  const chosenOf = ({ lineItems }: Cart) =>
    lineItems.flatMap(item => (item.giftOf === 'choice' ? [[item.sku, item.quantity]] : []))

  it('are told with the figures, and none is in the cart before it was chosen', () => {
    const { cart: next, priced: figures } = priceWithGifts(earning, context())
    expect(figures.giftChoices).toEqual([{ promotionId: 'choice', skus: ['sticker', 'mug', 'gone'], quantity: 2 }])
    expect(next).toBe(earning)
    expect(priceWithGifts(cart([line('mug', 1)]), context()).priced.giftChoices).toEqual([])
  })

  it('cost nothing, take the place of those chosen before, and choosing the same again changes nothing', () => {
    const first = choose(earning, [{ sku: 'sticker', quantity: 2 }])
    if (!first.ok) throw new Error(first.error.code)
    expect(chosenOf(first.value)).toEqual([['sticker', 2]])
    expect(priceWithGifts(first.value, context())).toMatchObject({
      cart: first.value,
      priced: { totals: { grandTotal: 2_000n } },
    })
    const same = choose(first.value, [{ sku: 'sticker', quantity: 2 }])
    expect(same.ok && same.value).toBe(first.value)
    const mixed = choose(first.value, [
      { sku: 'mug', quantity: 1 },
      { sku: 'sticker', quantity: 1 },
    ])
    expect(mixed.ok && chosenOf(mixed.value)).toEqual([
      ['mug', 1],
      ['sticker', 1],
    ])
  })

  it.each<readonly [string, Parameters<typeof chooseGifts>[2], string]>([
    ['more than there are', [{ sku: 'sticker', quantity: 3 }], 'quantity_invalid'],
    ['no piece', [{ sku: 'sticker', quantity: 0 }], 'quantity_invalid'],
    ['what the list has not', [{ sku: 'cup', quantity: 1 }], 'product_not_found'],
    ['what is not sold any longer', [{ sku: 'gone', quantity: 1 }], 'product_not_found'],
  ])('are refused: %s', (_, chosen, code) => {
    expect(choose(earning, chosen)).toMatchObject({ ok: false, error: { code } })
  })

  it('are refused where nothing was earned', () => {
    const refused = choose(cart([line('mug', 1)]), [{ sku: 'sticker', quantity: 1 }])
    expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'promotionId' } })
  })

  it('leave when they are sold out, when too many, and when nothing earns them any longer', () => {
    const held = (quantity: number) =>
      cart([line('mug', 2), line('sticker', quantity, { id: 'chosen', isGift: true, giftOf: 'choice' })])
    const stock = new Map([
      ['mug', 9],
      ['sticker', 1],
    ])
    expect(chosenOf(priceWithGifts(held(2), context()).cart)).toEqual([['sticker', 2]])
    expect(chosenOf(priceWithGifts(held(2), context({ stock })).cart)).toEqual([])
    expect(chosenOf(priceWithGifts(held(3), context()).cart)).toEqual([])
    expect(chosenOf(priceWithGifts(held(2), context({ promotions: [] })).cart)).toEqual([])
  })
})
