import type { Instant } from '../../core/ids.js'

/** As v3 and the storefront write times: no milliseconds, the offset spelled out. */
export function isoTime(at: Instant): string {
  return `${at.slice(0, 19)}+00:00`
}

/** As v2 writes times (RFC 2822): `Fri, 02 Jan 2026 03:04:05 +0000`. */
export function mailTime(at: Instant): string {
  return new Date(at).toUTCString().replace('GMT', '+0000')
}
