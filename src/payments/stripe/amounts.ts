import { type CurrencyCode, type Minor, minorDigits } from '../../core/money.js'

/** Currencies whose amounts Stripe counts in whole units. Source: docs.stripe.com/currencies, "Zero-decimal currencies". */
const wholeUnits = new Set(
  ['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF'].concat('XPF'),
)
/** Counted in thousandths, the last digit always 0. Source: there, "Three-decimal currencies". */
const thousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])
/** Counted in hundredths that nobody has, always 00. Source: there, "Special cases". */
const wholeInHundredths = new Set(['ISK', 'UGX'])

function digitsAtStripe(currency: CurrencyCode): number {
  if (wholeUnits.has(currency)) return 0
  return thousandths.has(currency) ? 3 : 2
}

/** The smallest step that Stripe takes, in its own units. */
function stepOf(currency: CurrencyCode): bigint {
  if (thousandths.has(currency)) return 10n
  return wholeInHundredths.has(currency) ? 100n : 1n
}

/**
 * An amount in the units that Stripe counts this currency in.
 *
 * @returns undefined where Stripe has no such amount (half a fils, a part of a krona), or none so large
 */
export function toStripeAmount(minor: Minor, currency: CurrencyCode): number | undefined {
  const more = digitsAtStripe(currency) - minorDigits(currency)
  const scale = 10n ** BigInt(Math.abs(more))
  if (more < 0 && minor % scale !== 0n) return undefined
  const amount = more < 0 ? minor / scale : minor * scale
  // Source: docs.stripe.com/api/payment_intents, `amount`: eight digits.
  return amount % stepOf(currency) === 0n && amount <= 99_999_999n ? Number(amount) : undefined
}

/**
 * What Stripe told, in our minor units.
 *
 * @returns undefined where we count no amount so fine: it is none that we asked for
 */
export function fromStripeAmount(amount: number, currency: CurrencyCode): Minor | undefined {
  const more = digitsAtStripe(currency) - minorDigits(currency)
  const scale = 10n ** BigInt(Math.abs(more))
  const told = BigInt(amount)
  if (more <= 0) return told * scale
  return told % scale === 0n ? told / scale : undefined
}
