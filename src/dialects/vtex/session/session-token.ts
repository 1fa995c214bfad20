import { createSecretKey, randomUUID } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

/** Name of the secret that signs sessions. */
export const sessionSecretName = 'vtex_sessions'

/** How long a session lives, seconds: 90 days. Ours. */
export const sessionSeconds = 7_776_000

/** Bytes of everything that clients put into one session: it travels in a cookie, which holds 4096. */
const longestPublic = 2_000

/** What a client told about itself, by name: `{"country": {"value": "BRA"}}`. */
export type PublicItems = Readonly<Record<string, { readonly value: string }>>

export interface Session {
  readonly id: string
  readonly public: PublicItems
}

const item = z.object({ value: z.union([z.string(), z.number(), z.boolean()]).transform(String) })
const sent = z.object({ public: z.record(z.string().max(100), item.nullable()).default({}) })
const payload = z.object({ id: z.uuid(), public: z.record(z.string(), z.object({ value: z.string() })) })

export function newSession(): Session {
  return { id: randomUUID(), public: {} }
}

/**
 * The session with what a body `{"public": {...}}` says laid over it; null takes an item away.
 *
 * @returns undefined where the body is not of that form, or says too much
 */
export function withSent(session: Session, body: unknown): Session | undefined {
  const parsed = sent.safeParse(body)
  if (!parsed.success) return undefined
  const items = Object.entries({ ...session.public, ...parsed.data.public })
  const kept = items.flatMap(([name, entry]) => (entry === null ? [] : [[name, { value: entry.value }] as const]))
  const next = Object.fromEntries(kept)
  return Buffer.byteLength(JSON.stringify(next)) > longestPublic ? undefined : { id: session.id, public: next }
}

/** Three parts in base64url, of which clients decode the second and read `id`. Source: dialects/vtex.md 2.2. */
export async function writeSession(session: Session, account: string, secret: string): Promise<string> {
  return new SignJWT({ id: session.id, version: 1, account, public: session.public })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject('session')
    .setAudience('session')
    .setIssuedAt()
    .setExpirationTime(`${sessionSeconds}s`)
    .sign(createSecretKey(Buffer.from(secret, 'utf8')))
}

/** @returns undefined for a token that is changed, over, or of another store: then a new session begins */
export async function readSession(token: string, secret: string): Promise<Session | undefined> {
  try {
    const verified = await jwtVerify(token, createSecretKey(Buffer.from(secret, 'utf8')), {
      algorithms: ['HS256'],
      audience: 'session',
    })
    const parsed = payload.safeParse(verified.payload)
    return parsed.success ? { id: parsed.data.id, public: parsed.data.public } : undefined
  } catch {
    return undefined
  }
}
