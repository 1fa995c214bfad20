import { describe, expect, it } from 'vitest'
import type { PaymentMethod } from '../pricing/facts.js'
import { cardFigures, isExpired, type StoredCard, storedCardFault } from './stored-card.js'

const figures = { brand: 'visa', lastFour: '1111', expiryMonth: 11, expiryYear: 2031 }
const card: StoredCard = {
  ...figures,
  token: 'a'.repeat(64),
  customerId: 'ada',
  channel: 'us',
  method: 'card',
  provider: 'sandbox',
  gatewayToken: 'kept',
  isDefault: false,
}
const method: PaymentMethod = {
  id: 'card',
  integerId: 1,
  name: 'Card',
  providerName: 'Test',
  provider: 'sandbox',
  kind: 'card',
  position: 1,
  isActive: true,
  requiredData: [],
  enforcesRequiredData: false,
  storedCards: { requiresSecurityCode: false },
}
const asking: PaymentMethod = { ...method, storedCards: { requiresSecurityCode: true } }
const { storedCards: _none, ...forgetful } = method
const order = { owner: { kind: 'member', customerId: 'ada' }, channel: 'us' } as const
const now = '2031-11-30T23:59:59.999Z'
const unknown = { code: 'stored_card_unknown' }

describe('a stored card', () => {
  it('is known by brand, last four digits and expiry; other words of the gateway do not matter', () => {
    expect(cardFigures({ ...figures, issuer: 'A bank' })).toEqual(figures)
  })

  it.each([
    ['no brand', { brand: '' }],
    ['more than the last digits', { lastFour: '4111111111111111' }],
    ['fewer of them', { lastFour: '1' }],
    ['no month', { expiryMonth: 13 }],
    ['half a month', { expiryMonth: 1.5 }],
    ['a month in words', { expiryMonth: '11' }],
    ['a year of two digits', { expiryYear: 31 }],
  ])('is none with %s', (_what, wrong) => {
    expect(cardFigures({ ...figures, ...wrong })).toBeUndefined()
  })

  it('is good until the last moment of its month', () => {
    expect(isExpired(card, now)).toBe(false)
    expect(isExpired(card, '2031-12-01T00:00:00.000Z')).toBe(true)
    expect(isExpired({ ...figures, expiryMonth: 2, expiryYear: 2032 }, now)).toBe(false)
  })

  it('pays for an order of its customer, with a security code only where the method asks for one', () => {
    expect(storedCardFault(card, order, method, {}, now)).toBeUndefined()
    expect(storedCardFault(card, order, asking, { securityCode: '123' }, now)).toBeUndefined()
    expect(storedCardFault(card, order, asking, { securityCode: '' }, now)).toEqual({
      code: 'payment_data_missing',
      index: 0,
      field: 'securityCode',
    })
  })

  it('pays with its number given once more, and not with another', () => {
    const mismatch = { code: 'payment_declined', reason: 'number_mismatch' }
    expect(storedCardFault(card, order, method, { number: '4111 1111 1111 1111' }, now)).toBeUndefined()
    expect(storedCardFault(card, order, method, { number: '4242424242424242' }, now)).toEqual(mismatch)
  })

  it('pays for nobody else, nowhere else, by no other method, and not once it is gone', () => {
    const guest = { owner: { kind: 'guest', guestKey: 'ada' }, channel: 'us' } as const
    const other = { owner: { kind: 'member', customerId: 'bob' }, channel: 'us' } as const
    expect(storedCardFault(undefined, order, method, {}, now)).toEqual(unknown)
    expect(storedCardFault(card, guest, method, {}, now)).toEqual(unknown)
    expect(storedCardFault(card, other, method, {}, now)).toEqual(unknown)
    expect(storedCardFault(card, { ...order, channel: 'de' }, method, {}, now)).toEqual(unknown)
    expect(storedCardFault({ ...card, method: 'other' }, order, method, {}, now)).toEqual(unknown)
    expect(storedCardFault(card, order, { ...method, provider: 'other' }, {}, now)).toEqual(unknown)
  })

  it('is refused after its month, and by a method that keeps no cards any more', () => {
    const late = '2031-12-01T00:00:00.000Z'
    expect(storedCardFault(card, order, method, {}, late)).toEqual({ code: 'payment_declined', reason: 'card_expired' })
    expect(storedCardFault(card, order, forgetful, {}, now)).toEqual({ code: 'cards_not_kept' })
    expect(storedCardFault(card, order, undefined, {}, now)).toEqual({ code: 'cards_not_kept' })
  })
})
