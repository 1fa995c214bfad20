/**
 * Whether a postal code lies between two others, both included; a missing bound is open. Compares without blanks and
 * hyphens; a code longer than a bound counts by its beginning (`78701-1234` lies in 78701).
 */
export function isInPostalRange(code: string | undefined, from: string | undefined, to: string | undefined): boolean {
  if (code === undefined) return false
  const plain = plainCode(code)
  const low = from === undefined ? undefined : plainCode(from)
  const high = to === undefined ? undefined : plainCode(to)
  const shortest = Math.max(low?.length ?? 0, high?.length ?? 0)
  if (plain.length < shortest) return false
  return (
    (low === undefined || plain.slice(0, low.length) >= low) &&
    (high === undefined || plain.slice(0, high.length) <= high)
  )
}

/** Whether any postal code can lie between two others; none does where the first one comes after the second. */
export function holdsPostalCodes(from: string, to: string): boolean {
  const [low, high] = [plainCode(from), plainCode(to)]
  const shared = Math.min(low.length, high.length)
  return low.slice(0, shared) <= high.slice(0, shared)
}

function plainCode(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase()
}
