const day = 24 * 3_600_000

/** Midnight in UTC, `days` days after the day of `now`: `2026-12-01T00:00:00Z`. */
export function dayAfter(now: string, days: number): string {
  const dayNumber = Math.floor(Date.parse(now) / day) + days
  return `${new Date(dayNumber * day).toISOString().slice(0, 10)}T00:00:00Z`
}
