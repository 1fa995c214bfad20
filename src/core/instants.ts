import type { Instant } from './ids.js'

/**
 * First and last time with a year of four digits, with a day to spare: others do not compare as texts, and no database
 * takes all of them.
 */
const first = Date.parse('0001-01-02T00:00:00.000Z')
const last = Date.parse('9999-12-30T00:00:00.000Z')

/**
 * A time that a client named, as an instant. One before the year 1 or after 9999 becomes the first or the last: nothing
 * ever happened beyond them.
 *
 * @param milliseconds  since 1970; NaN where the client named no time
 */
export function instantAt(milliseconds: number): Instant | undefined {
  return Number.isNaN(milliseconds) ? undefined : new Date(Math.min(Math.max(milliseconds, first), last)).toISOString()
}

/** A time that names no zone, at the end of a text; what follows a plus or a minus is one. */
const ownZoneless = /(^|[T ])\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/

/** A zone whose plus was read as a space: addresses that were put together by hand do not escape it. */
const lostPlus = /(:\d{2}(?:\.\d+)?) (\d{2}:?\d{2})$/

/** A time as clients write it (ISO 8601, RFC 2822); in UTC where it names no zone. Undefined for anything else. */
export function instantNamed(text: string): Instant | undefined {
  const whole = text.trim().replace(lostPlus, '$1+$2')
  return instantAt(Date.parse(ownZoneless.test(whole) ? `${whole}Z` : whole))
}
