import { limits } from '../../../core/limits.js'
import { type CurrencyCode, divide, type Minor, minorDigits } from '../../../core/money.js'
import type { QuotedTax, TaxQuestion } from '../../../core/pricing/tax-quote.js'
import type { WireTaxAnswer } from '../../../operations/operations.js'
import { isObject, objectsOf, textOf } from '../body.js'

const mediaType = 'application/vnd.vtex.checkout.minicart.v1+json'

/**
 * The taxes that a tax service names: a list, or one within `itemTaxResponse`, of items by their place in the request.
 * An item that it leaves out is not taxed; an empty list taxes nothing. Undefined where the answer is anything else:
 * another status or media type, an item that was not asked for or is named twice, a value that is no decimal.
 */
export function readTaxAnswer(answer: WireTaxAnswer, { priced }: TaxQuestion): readonly QuotedTax[] | undefined {
  if (answer.status !== 200 || answer.contentType.split(';')[0]?.trim().toLowerCase() !== mediaType) return undefined
  const sent = parse(answer.text)
  const entries = objectsOf(isObject(sent) ? sent.itemTaxResponse : sent)
  if (entries === undefined) return undefined
  const taxes: QuotedTax[] = []
  const seen = new Set<string>()
  for (const entry of entries) {
    const id = textOf(entry.id) ?? textOf(entry.Id)
    const line = id === undefined || !/^\d{1,5}$/.test(id) ? undefined : priced.lines[Number(id)]
    const named = objectsOf(entry.taxes)
    if (id === undefined || line === undefined || seen.has(id) || named === undefined) return undefined
    seen.add(id)
    for (const one of named) {
      const tax = readTax(one, line.item.sequence, priced.currency)
      if (tax === undefined) return undefined
      taxes.push(tax)
    }
  }
  return taxes
}

function readTax(
  fields: Readonly<Record<string, unknown>>,
  line: number,
  currency: CurrencyCode,
): QuotedTax | undefined {
  const { name, value, jurisType, jurisCode, jurisName } = fields
  const amount = typeof value === 'string' ? toMinor(value, currency) : undefined
  const isNamed = typeof name === 'string' && name !== '' && name.length <= limits.nameLength && !name.includes('\0')
  if (amount === undefined || !isNamed) return undefined
  const [type = '', code = '', place = ''] = [jurisType, jurisCode, jurisName].map(shortText)
  const isPlaced = type !== '' || code !== '' || place !== ''
  return { line, name, amount, ...(isPlaced ? { jurisdiction: { type, code, name: place } } : {}) }
}

function shortText(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\0', '').slice(0, limits.nameLength) : ''
}

/** JSON whose numbers are texts, as they were written: no amount becomes a float on its way. */
function parse(text: string): unknown {
  try {
    JSON.parse(text)
    return JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, part => (part.startsWith('"') ? part : `"${part}"`)),
    )
  } catch {
    return undefined
  }
}

/** A decimal in major units, rounded half away from zero to whole minor units; with an exponent at most as JSON writes it. */
function toMinor(text: string, currency: CurrencyCode): Minor | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = minorDigits(currency) + Number(exponent) - fraction.length
  const digits = BigInt(`${sign}${whole}${fraction}`)
  return shift >= 0 ? digits * 10n ** BigInt(shift) : divide(digits, 10n ** BigInt(-shift), 'half_away')
}
