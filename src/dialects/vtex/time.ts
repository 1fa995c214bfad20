const day = 24 * 3_600_000

/** Midnight in UTC, `days` days after the day of `now`: `2026-12-01T00:00:00Z`. */
export function dayAfter(now: string, days: number): string {
  const midnight = Math.floor(Date.parse(now) / day) * day
  return new Date(midnight + days * day).toISOString().replace(/\.\d{3}Z$/, 'Z')
}
