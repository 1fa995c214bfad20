/** Personal tax ids whose check digits are known: of Brazilian people (CPF) and companies (CNPJ). */
export type TaxIdType = 'CPF' | 'CNPJ'

/**
 * Whether `text` is a tax id of that type, by its length and its two check digits; punctuation is as people like it.
 * Whether it was ever given out only the tax office knows. Source: the modulo 11 rule of Receita Federal.
 */
export function isTaxId(type: TaxIdType, text: string): boolean {
  if (!/^[\d.\-/ ]{1,30}$/.test(text)) return false
  const digits = [...text.replace(/\D/g, '')].map(Number)
  const length = type === 'CPF' ? 11 : 14
  if (digits.length !== length || new Set(digits).size === 1) return false
  return [length - 2, length - 1].every(place => checkDigit(digits.slice(0, place), type) === digits[place])
}

/** Weights count up from the right, from 2; those of companies begin anew after 9. */
function checkDigit(digits: readonly number[], type: TaxIdType): number {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const weight = type === 'CPF' ? index + 2 : (index % 8) + 2
    return total + digit * weight
  }, 0)
  const rest = sum % 11
  return rest < 2 ? 0 : 11 - rest
}
