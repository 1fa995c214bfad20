import { createHash } from 'node:crypto'
import type { Instant } from '../core/ids.js'
import type { Credential } from '../storage/storage.js'

/** Form in which a credential's secret is stored: its SHA-256 in hexadecimal. Secrets are random, so no salt. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex')
}

/** Whether a credential may still be used. */
export function isCurrent(credential: Credential, now: Instant): boolean {
  return credential.expiresAt === undefined || credential.expiresAt > now
}
