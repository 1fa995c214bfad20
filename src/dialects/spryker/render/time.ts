import type { Instant } from '../../../core/ids.js'

/** `2026-11-21T08:00:00.000Z` as `2026-11-21 08:00:00.000000`: UTC without a zone, six digits after the point. */
export function wireTime(instant: Instant): string {
  return `${instant.slice(0, 19).replace('T', ' ')}.${instant.slice(20, 23)}000`
}
