import { describe, expect, it } from 'vitest'
import { channel, preset } from '../../../test/golden/builders.js'
import { after, cartLifetimeMilliseconds, newCart } from './new-cart.js'

const identity = { id: 'cart-1', integerId: 5, number: 'R000000005', accessToken: 'secret' }
const shop = channel(preset('grossCarried'), { currencies: ['EUR', 'CHF'], locale: 'de_DE' })
const now = '2026-02-27T23:30:00.000Z'
const plain = { identity, channel: shop, owner: { kind: 'holder' }, now } as const

describe('a new cart', () => {
  it('is empty, open, and sold in what the channel sells in', () => {
    const made = newCart(plain)
    expect(made).toMatchObject({
      ok: true,
      value: {
        ...identity,
        version: 1,
        status: 'open',
        step: 'cart',
        purchase: 0,
        channel: 'shop',
        currency: 'EUR',
        locale: 'de_DE',
        priceMode: 'gross',
        isDefault: true,
        owner: { kind: 'holder' },
        buyer: {},
        lineItems: [],
        consignments: [],
        couponCodes: [],
        giftCards: [],
        payments: [],
        notices: [],
        createdAt: now,
        updatedAt: now,
        expiresAt: '2026-03-29T23:30:00.000Z',
      },
    })
    expect(made.ok && 'name' in made.value).toBe(false)
  })

  it('is what was asked for instead', () => {
    const wanted = { currency: 'CHF', locale: 'en_US', priceMode: 'net', name: 'Gifts', isDefault: false } as const
    expect(newCart({ ...plain, ...wanted, extras: { x: 1 } })).toMatchObject({
      ok: true,
      value: { ...wanted, extras: { x: 1 } },
    })
  })

  it('is not made in a currency that the channel does not sell in', () => {
    const error = { code: 'currency_unsupported', currency: 'USD' }
    expect(newCart({ ...plain, currency: 'USD' })).toEqual({ ok: false, error })
  })

  it('of a member is bought by that member, whatever is said of the buyer', () => {
    const owner = { kind: 'member', customerId: 'c1' } as const
    const buyer = { customerId: 'somebody else', email: 'a@polytill.test' }
    expect(newCart({ ...plain, owner, buyer })).toMatchObject({
      ok: true,
      value: { buyer: { customerId: 'c1', email: 'a@polytill.test' } },
    })
  })
})

it('time goes by across months and leap days, forward and back', () => {
  expect(after('2028-02-28T23:59:59.999Z', 1)).toBe('2028-02-29T00:00:00.000Z')
  expect(after('2026-03-01T00:00:00.000Z', -1)).toBe('2026-02-28T23:59:59.999Z')
  expect(after(after(now, cartLifetimeMilliseconds), -cartLifetimeMilliseconds)).toBe(now)
})
