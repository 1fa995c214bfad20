import cards from 'card-validator'
import type { Instant, Json } from '../../core/ids.js'
import { isSandboxMode, passesLuhn, type SandboxMode, testCards } from './test-cards.js'

/** What the gateway makes of an instrument, without the number in it. */
export interface Verdict {
  readonly mode: SandboxMode
  /** Present: declined before any mode counts. */
  readonly declineReason?: string
  /** Brand, last four digits, expiry: what may be shown and kept. */
  readonly display: Readonly<Record<string, string | number>>
}

/**
 * Reads a neutral instrument: `number`, `holder`, `expiryMonth`, `expiryYear`, `securityCode`, `token`, `mode`; texts or
 * whole numbers. `mode` decides over the card, a token `sandbox_<mode>` stands for a stored card, and nothing at all
 * means that the shopper gives the data on the gateway's own page.
 */
export function judgeInstrument(instrument: Readonly<Record<string, Json>>, now: Instant): Verdict {
  const number = text(instrument.number).replace(/[\s-]/g, '')
  const mode = text(instrument.mode)
  const token = text(instrument.token)
  if (number !== '') return judgeCard(instrument, number, mode, now)
  if (mode !== '') return isSandboxMode(mode) ? { mode, display: {} } : declined('mode_unknown')
  if (token === '') return { mode: 'redirect', display: {} }
  const code = text(instrument.securityCode)
  if (code !== '' && !isSecurityCode(code)) return declined('security_code_invalid')
  const meant = token.replace(/^sandbox_/, '')
  return meant !== token && isSandboxMode(meant) ? { mode: meant, display: {} } : declined('token_unknown')
}

function judgeCard(instrument: Readonly<Record<string, Json>>, number: string, mode: string, now: Instant): Verdict {
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) return declined('number_invalid')
  const expiry = readExpiry(instrument)
  if (expiry === 'invalid') return declined('expiry_invalid')
  const display: Record<string, string | number> = {
    brand: cards.number(number).card?.type ?? 'card',
    lastFour: number.slice(-4),
    ...(expiry === undefined ? {} : { expiryMonth: expiry.month, expiryYear: expiry.year }),
  }
  if (expiry !== undefined && isPast(expiry, now)) return declined('card_expired', display)
  const code = text(instrument.securityCode)
  if (code !== '' && !isSecurityCode(code)) return declined('security_code_invalid', display)
  if (mode !== '') return isSandboxMode(mode) ? { mode, display } : declined('mode_unknown', display)
  const known = testCards.get(number)
  return known === undefined ? declined('test_card_required', display) : { mode: known, display }
}

function isSecurityCode(code: string): boolean {
  return /^\d{3,4}$/.test(code)
}

function declined(declineReason: string, display: Verdict['display'] = {}): Verdict {
  return { mode: 'decline', declineReason, display }
}

interface Expiry {
  /** 1 to 12 */
  readonly month: number
  /** Four digits. */
  readonly year: number
}

/** Absent as a whole: undefined, and not checked, since several clients never ask for it. */
function readExpiry(instrument: Readonly<Record<string, Json>>): Expiry | 'invalid' | undefined {
  const month = text(instrument.expiryMonth)
  const year = text(instrument.expiryYear)
  if (month === '' && year === '') return undefined
  if (!/^\d{1,2}$/.test(month) || !/^(\d{2}|\d{4})$/.test(year)) return 'invalid'
  const expiry = { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) }
  return expiry.month >= 1 && expiry.month <= 12 ? expiry : 'invalid'
}

/** A card is good until the end of its month. */
function isPast(expiry: Expiry, now: Instant): boolean {
  const month = `${String(expiry.year).padStart(4, '0')}-${String(expiry.month).padStart(2, '0')}`
  return month < now.slice(0, 7)
}

function text(value: Json | undefined): string {
  if (typeof value === 'string') return value.trim()
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : ''
}
