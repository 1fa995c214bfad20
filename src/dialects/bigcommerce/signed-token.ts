import { createSecretKey, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Operations } from '../../operations/operations.js'

/** A kind of signed token; each has a secret of its own, so that none passes for another. */
export interface TokenKind<Data> {
  readonly secretName: string
  readonly issuer: string
  readonly validSeconds: number
  /** What it says besides whose it is. */
  readonly data: z.ZodType<Data>
}

async function keyOf({ secretName }: TokenKind<unknown>, operations: Operations) {
  return createSecretKey(Buffer.from(await operations.signingSecret(secretName), 'utf8'))
}

/** A new token, good from now on for as long as its kind is; `expiresAt` in seconds since 1970. */
export async function signToken<Data extends object>(
  kind: TokenKind<unknown>,
  { subject, data }: { readonly subject: string; readonly data: Data },
  operations: Operations,
  now: Date = new Date(),
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const seconds = Math.floor(now.getTime() / 1000)
  const expiresAt = seconds + kind.validSeconds
  const token = await new SignJWT({ data })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(kind.issuer)
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(expiresAt)
    .sign(await keyOf(kind, operations))
  return { token, expiresAt }
}

/** What a token says; undefined when it is expired, changed, of another kind, or signed by somebody else. */
export async function readSignedToken<Data>(
  kind: TokenKind<Data>,
  token: string,
  operations: Operations,
  now: Date = new Date(),
): Promise<{ readonly subject: string; readonly data: Data } | undefined> {
  try {
    const options = { algorithms: ['HS256'], issuer: kind.issuer, requiredClaims: ['exp', 'sub'], currentDate: now }
    const { payload } = await jwtVerify(token, await keyOf(kind, operations), options)
    const parsed = z.object({ sub: z.string(), data: kind.data }).safeParse(payload)
    return parsed.success ? { subject: parsed.data.sub, data: parsed.data.data } : undefined
  } catch {
    return undefined
  }
}
