import { expect, it } from 'vitest'
import { whyNotOwnCoupon } from './own-coupon.js'

const of = (channels: readonly string[], needsCoupon = true) =>
  whyNotOwnCoupon({ promotion: { channels, needsCoupon } }, 'us')

it('a channel may change what is its own, and nothing that others share or that needs no code', () => {
  expect(of(['us'])).toBeUndefined()
  expect(of(['us', 'de'])).toMatchObject({ code: 'invalid_input', rule: 'shared' })
  expect(of(['de'])).toMatchObject({ rule: 'shared' })
  expect(of(['us'], false)).toMatchObject({ rule: 'shared' })
})
