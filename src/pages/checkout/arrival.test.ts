import { expect, it } from 'vitest'
import type { Channel } from '../../core/catalog/channel.js'
import { arrivalDay } from './arrival.js'

function dayIn(timeZone: string, now: string, deliveryDays: number, daysAreBusinessDays: boolean): string {
  const day = arrivalDay({ deliveryDays, daysAreBusinessDays }, facts(now, timeZone))
  return new Intl.DateTimeFormat('sv', { timeZone }).format(new Date(day ?? 0))
}

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
  expect(dayIn('Australia/Sydney', now, 1, true)).toBe('2026-11-23')
})

it.each([
  // Right after midnight of a day with 25 hours, and right before that of one with 23.
  ['2026-10-24T22:10:00.000Z', 'Europe/Berlin', 1, '2026-10-26'],
  ['2026-03-27T22:50:00.000Z', 'Europe/Berlin', 2, '2026-03-29'],
  ['2026-11-20T20:10:00.000Z', 'Asia/Kolkata', 1, '2026-11-22'],
])('from %s in %s on, %i days are whole days', (now, timeZone, deliveryDays, expected) => {
  expect(dayIn(timeZone, now, deliveryDays, false)).toBe(expected)
})

it('an offer that says nothing arrives some day', () => {
  expect(arrivalDay({}, facts('2026-11-20T12:00:00.000Z'))).toBeUndefined()
})
