import type { Json } from '../../core/ids.js'
import { ok, type Result, refuse } from '../../core/result.js'
import type { FieldErrors } from './errors.js'
import { type Tree, textOf } from './params.js'

/** Where card errors stand among field errors. */
export const cardErrorsKey = 'payments.Credit Card'

/** What was sent to pay with: a reference that a gateway gave the client, or the card itself. */
export type Source =
  | { readonly kind: 'token'; readonly token: string; readonly display: Readonly<Record<string, Json>> }
  /** Holds a card number: goes to the gateway, and nowhere else. */
  | {
      readonly kind: 'card'
      readonly instrument: Readonly<Record<string, Json>>
      readonly display: Readonly<Record<string, Json>>
    }

/**
 * Reads a source. What is missing of a card is told by sentences that clients take apart at the blanks.
 *
 * @param source  undefined: none was sent
 */
export function readSource(source: Tree | undefined): Result<Source, FieldErrors> {
  const given = source ?? {}
  const { month, year } = expiryOf(given)
  const names = [textOf(given.first_name), textOf(given.last_name)].filter(part => part !== undefined)
  const holder = textOf(given.name) ?? (names.length === 0 ? undefined : names.join(' '))
  const number = textOf(given.number)?.replace(/[\s-]/g, '')
  const shown = {
    ...(month === undefined ? {} : { expiryMonth: month }),
    ...(year === undefined ? {} : { expiryYear: year }),
    ...(holder === undefined ? {} : { holder }),
  }
  const token = textOf(given.gateway_payment_profile_id) ?? textOf(given.encrypted_data)
  if (token !== undefined) {
    const lastFour = textOf(given.last_digits)?.slice(-4)
    const brand = textOf(given.cc_type)
    return ok({
      kind: 'token',
      token,
      display: {
        ...shown,
        ...(lastFour === undefined ? {} : { lastFour }),
        ...(brand === undefined ? {} : { brand }),
      },
    })
  }
  const securityCode = textOf(given.verification_value)
  const faults = [
    ...(number === undefined ? ["Number can't be blank"] : []),
    ...(isNumber(month) ? [] : ['Month is not a number']),
    ...(isNumber(year) ? [] : ['Year is not a number']),
    ...(securityCode === undefined ? ["Verification Value can't be blank"] : []),
    ...(holder === undefined ? ["Name can't be blank"] : []),
  ]
  if (faults.length > 0) return refuse({ [cardErrorsKey]: faults })
  const instrument = {
    number: number ?? '',
    expiryMonth: month ?? '',
    expiryYear: year ?? '',
    securityCode: securityCode ?? '',
    holder: holder ?? '',
  }
  return ok({ kind: 'card', instrument, display: shown })
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d+$/.test(text)
}

/** `month` and `year`, or `expiry` as `MM/YY`, `MM / YYYY` or `MMYY`. */
function expiryOf(source: Tree): { readonly month: string | undefined; readonly year: string | undefined } {
  const together = /^(\d{1,2})\s*\/?\s*(\d{4}|\d{2})$/.exec(textOf(source.expiry) ?? '')
  const month = textOf(source.month) ?? together?.[1]
  const year = textOf(source.year) ?? together?.[2]
  return {
    month: month?.replace(/^0+(?=\d)/, ''),
    year: year !== undefined && /^\d{2}$/.test(year) ? `20${year}` : year,
  }
}
