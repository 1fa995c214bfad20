import countries from 'i18n-iso-countries'
import { z } from 'zod'
import { namesAnyLocalPort } from '../../core/catalog/allowed-origins.js'
import { holdsPostalCodes } from '../../core/geography/postal-ranges.js'
import type { Json } from '../../core/ids.js'
import { limits } from '../../core/limits.js'
import { fromDecimal, isCurrency, minorDigits } from '../../core/money.js'
import { ONE_MICROS, parseMicros } from '../../core/rate.js'

// The smallest parts of the file format, as people write them. Each says in its own words what it wants.

const decimalPattern = /^-?\d{1,15}(?:\.\d+)?$/

function plainDecimal(value: string | number): string | undefined {
  const text = String(value)
  return decimalPattern.test(text) ? text : undefined
}

/** An amount in major units, "12.50" or 12.5, zero or more; the currency comes from the context. Output: decimal text. */
export const amount = z
  .union([z.string(), z.number()], { error: 'must be an amount such as "12.50"' })
  .transform((value, context) => {
    const text = plainDecimal(value)
    if (text === undefined) context.addIssue('must be an amount such as "12.50"')
    else if (text.startsWith('-')) context.addIssue('must not be below zero')
    return text ?? '0'
  })

/** A percentage, "8.25" or 8.25, from 0 to 1000, at most 4 digits after the point. Output: millionths. */
export const percentage = z
  .union([z.string(), z.number()], { error: 'must be a percentage such as "8.25"' })
  .transform((value, context) => {
    const micros = parseMicros(String(value))
    if (micros === undefined || micros % 100n !== 0n) {
      context.addIssue('must be a percentage such as "8.25", with at most 4 digits after the point')
      return { micros: 0n }
    }
    if (micros < 0n || micros > 1000n * ONE_MICROS) context.addIssue('must be from 0 to 1000 percent')
    return { micros: micros / 100n }
  })

/** A percentage that is taken off something: from 0 to 100. */
export const percentageOff = percentage.refine(({ micros }) => micros <= ONE_MICROS, 'must be from 0 to 100 percent')

/** A factor above zero such as "0.3", at most 6 digits after the point. Output: millionths. */
export const factor = z
  .union([z.string(), z.number()], { error: 'must be a number such as "0.3"' })
  .transform((value, context) => {
    const micros = parseMicros(String(value))
    if (micros !== undefined && micros > 0n) return micros
    context.addIssue('must be a number above zero such as "0.3", with at most 6 digits after the point')
    return ONE_MICROS
  })

/** A name or id: something, and not longer than a name may be. */
export const name = z.string().trim().min(1, 'must not be empty').max(limits.nameLength, tooLong(limits.nameLength))

/** What people type in at the checkout, or an id that stands in a URL. */
export const code = z.string().trim().min(1, 'must not be empty').max(limits.codeLength, tooLong(limits.codeLength))

/** A longer text. */
export const text = z.string().max(limits.textLength, tooLong(limits.textLength))

export const currency = z.string().refine(isCurrency, 'must be a currency code such as "EUR"')
export const country = z
  .string()
  .refine(value => countries.isValid(value) && /^[A-Z]{2}$/.test(value), 'must be a country code such as "DE"')
/** Counts and ids stand in 32-bit columns, and dialects show them as such integers. */
const largest = 2_147_483_647
const tooLarge = `must be at most ${largest}`
export const wholeNumber = z.int('must be a whole number').min(0, 'must not be below zero').max(largest, tooLarge)
export const positiveNumber = z.int('must be a whole number').min(1, 'must be 1 or more').max(largest, tooLarge)
export const integerId = positiveNumber
export const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as "Europe/Berlin"')
/** Output: UTC with milliseconds, the one form that the core compares. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be a time such as "2026-11-21T08:00:00Z"' })
  .transform(value => new Date(value).toISOString())
export const date = z.iso.date('must be a date such as "1990-12-31"')
export const uuid = z.uuid('must be a UUID').transform(value => value.toLowerCase())
export const texts = z.record(name, text)
export const json: z.ZodType<Json> = z.json() as z.ZodType<Json>
export const jsonByName = z.record(name, json)
export const priceMode = z.enum(['gross', 'net'])

/** An amount per currency: `{"EUR": "100.00", "CHF": "115.00"}`. Output: minor units. */
export const amountByCurrency = z.record(currency, amount).transform((written, context) => {
  const entries = Object.entries(written).map(([code, value]) => {
    const minor = fromDecimal(value, code)
    if (minor === undefined) {
      context.addIssue({ code: 'custom', path: [code], message: tooPrecise(code) })
    }
    return [code, minor ?? 0n] as const
  })
  return Object.fromEntries(entries)
})

/** Postal codes from and to, both included. */
export const postalRange = z
  .strictObject({ from: code, to: code })
  .refine(({ from, to }) => holdsPostalCodes(from, to), { path: ['to'], error: 'must not come before from' })

/** For entries with `postalFrom` and `postalTo`: where both are there, some postal code lies between them. */
export const postalOrder = {
  holds: ({ postalFrom: from, postalTo: to }: { readonly postalFrom?: string; readonly postalTo?: string }): boolean =>
    from === undefined || to === undefined || holdsPostalCodes(from, to),
  problem: { path: ['postalTo'], error: 'must not come before postalFrom' },
}

/** A page's origin, letter by letter as browsers send it; those of apps have schemes of their own. */
export const origin = z
  .string()
  .refine(
    isOrigin,
    'must be an origin such as "https://shop.example" (no path, nothing behind the host but a port), "http://localhost:*" or "*"',
  )

/** What to say of an amount that its currency cannot hold. */
export function tooPrecise(currencyCode: string): string {
  const digits = minorDigits(currencyCode)
  return digits === 0
    ? `must be a whole amount: ${currencyCode} has no smaller unit`
    : `must have at most ${digits} digits after the point: it is in ${currencyCode}`
}

function tooLong(maximum: number): string {
  return `must not be longer than ${maximum} characters`
}

function isOrigin(text: string): boolean {
  if (text === '*' || namesAnyLocalPort(text)) return true
  if (/^https?:/i.test(text)) return URL.canParse(text) && new URL(text).origin === text
  return /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9_.-]+(:\d{1,5})?$/.test(text)
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
