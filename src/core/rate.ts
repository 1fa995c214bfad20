/**
 * A rate or an exact decimal factor in millionths: `82_500n` is 8.25 %, `1_000_000n` is 100 % or the factor 1.
 * Millionths hold every published tax rate and unit multiplier exactly.
 */
export interface Rate {
  readonly micros: bigint
}

/** One whole: 100 % as a rate, 1 as a factor. */
export const ONE_MICROS = 1_000_000n

const decimal = /^(-?)(\d{1,12})(?:\.(\d{1,6}))?$/

/**
 * Reads a decimal string such as `"0.3"` or `"19"` as millionths of its own unit (`"19"` is 19 000 000n).
 *
 * @returns undefined when it is no decimal with at most 6 digits after the point
 */
export function parseMicros(text: string): bigint | undefined {
  const match = decimal.exec(text)
  if (match === null) return undefined
  const magnitude = BigInt(match[2] ?? '0') * ONE_MICROS + BigInt((match[3] ?? '').padEnd(6, '0'))
  return match[1] === '-' ? -magnitude : magnitude
}

/** Rate of a percentage written as a decimal string: `percent("8.25")` is 82 500 micros. */
export function percent(text: string): Rate | undefined {
  const micros = parseMicros(text)
  return micros === undefined || micros % 100n !== 0n ? undefined : { micros: micros / 100n }
}
