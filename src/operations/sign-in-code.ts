import { createHash } from 'node:crypto'
import { z } from 'zod'
import { emailKey } from '../core/customers/account.js'
import type { Instant } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Credential } from '../storage/storage.js'
import type { Deps } from './deps.js'

/** A code that was asked for: whose it is, until when it does, how often it was tried, and what it hashes to once it was made. */
export interface SignInCode {
  readonly customerId: string
  readonly until: Instant
  readonly tries: number
  /** Absent: nobody sent one yet, or there is nobody to send it to. */
  readonly hash?: string
}

const purpose = 'sign_in_code'
const kept = z.object({
  purpose: z.literal(purpose),
  until: z.string(),
  tries: z.int(),
  hash: z.string().optional(),
})

/**
 * Name of the code that one session asked for to one address. Whoever reads it cannot tell the session, without which the code
 * opens nothing.
 */
export function codeRequestOf(session: string, email: string): string {
  return createHash('sha256')
    .update(JSON.stringify([purpose, session, emailKey(email)]), 'utf8')
    .digest('hex')
}

/** Keeps that a code was asked for, in the place of an older one of that session. No code is in it yet. */
export async function keepCodeRequest(
  deps: Deps,
  input: { readonly request: string; readonly customerId: string },
): Promise<Instant> {
  const now = deps.clock()
  const ends = (seconds: number): Instant => new Date(Date.parse(now) + seconds * 1_000).toISOString()
  const until = ends(limits.signInRequestSeconds)
  await deps.storage.credentials.replace({
    kind: 'single_use',
    secretHash: input.request,
    subject: input.customerId,
    permissions: [],
    data: { purpose, until, tries: 0 },
    createdAt: now,
    // As long again, so that whoever comes late is told so.
    expiresAt: ends(2 * limits.signInRequestSeconds),
  })
  return until
}

/** What is kept of a code that was asked for; undefined for what is none, or was long ago. */
export function readSignInCode(credential: Credential | undefined): SignInCode | undefined {
  if (credential === undefined) return undefined
  const parsed = kept.safeParse(credential.data)
  if (!parsed.success) return undefined
  const { until, tries, hash } = parsed.data
  return { customerId: credential.subject, until, tries, ...(hash === undefined ? {} : { hash }) }
}
