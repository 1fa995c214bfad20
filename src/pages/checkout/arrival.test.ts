import { expect, it } from 'vitest'
import type { Channel } from '../../core/catalog/channel.js'
import { arrivalDay } from './arrival.js'

const facts = (now: string, timeZone = 'UTC') => ({ now, channel: { timeZone } as Channel })

it.each([
  // A Friday
  ['2026-11-20T12:00:00.000Z', 3, true, '2026-11-25'],
  ['2026-11-20T12:00:00.000Z', 3, false, '2026-11-23'],
  ['2026-11-20T12:00:00.000Z', 1, true, '2026-11-23'],
  ['2026-11-21T12:00:00.000Z', 0, true, '2026-11-21'],
])('from %s on, %i days (business days: %s), is %s', (now, deliveryDays, daysAreBusinessDays, expected) => {
  expect(arrivalDay({ deliveryDays, daysAreBusinessDays }, facts(now))?.slice(0, 10)).toBe(expected)
})

it('weekends are those of the channel', () => {
  // Sunday in Sydney, still Saturday in Chicago; Monday comes a day earlier there.
  const now = '2026-11-20T20:00:00.000Z'
  expect(arrivalDay({ deliveryDays: 1, daysAreBusinessDays: true }, facts(now, 'Australia/Sydney'))).toBe(
    '2026-11-22T20:00:00.000Z',
  )
})

it('an offer that says nothing arrives some day', () => {
  expect(arrivalDay({}, facts('2026-11-20T12:00:00.000Z'))).toBeUndefined()
})
