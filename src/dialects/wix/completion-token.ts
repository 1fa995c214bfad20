import { createSecretKey } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Operations } from '../../operations/operations.js'

/** Name of the secret that signs what says that a checkout was completed elsewhere. */
const secretName = 'wix_completions'

/** How long such a word is good for, seconds. Ours. */
const ttlSeconds = 86_400

const payloadSchema = z.object({ sub: z.guid(), url: z.url() })

/** Which checkout was completed, and where the buyer goes then. */
export interface Completion {
  readonly checkoutId: string
  readonly url: string
}

async function keyOf(operations: Operations) {
  return createSecretKey(Buffer.from(await operations.signingSecret(secretName), 'utf8'))
}

/** A signed word that whoever holds it may complete this one checkout. */
export async function writeCompletionToken(
  { checkoutId, url }: Completion,
  operations: Operations,
  now: Date = new Date(),
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000)
  return new SignJWT({ url })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(checkoutId)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + ttlSeconds)
    .sign(await keyOf(operations))
}

/** What a token says; undefined when it is expired, changed, or nobody's. Longest: 4096 characters. */
export async function readCompletionToken(token: string, operations: Operations): Promise<Completion | undefined> {
  if (token.length > 4_096) return undefined
  try {
    const { payload } = await jwtVerify(token, await keyOf(operations), {
      algorithms: ['HS256'],
      requiredClaims: ['exp', 'sub'],
    })
    const parsed = payloadSchema.safeParse(payload)
    return parsed.success ? { checkoutId: parsed.data.sub, url: parsed.data.url } : undefined
  } catch {
    return undefined
  }
}
