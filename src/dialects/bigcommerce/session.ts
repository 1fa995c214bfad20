import { randomUUID } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'
import { z } from 'zod'
import type { Caller, CartOwner } from '../../core/access/caller.js'
import type { CartId, ChannelId, CustomerId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'
import type { WireRequest } from '../dialect.js'

/** Cookie that holds a browser's session; scripts cannot read it. (inferred name) Source: dialects/bigcommerce.md 2.2. */
export const sessionCookie = 'SHOP_SESSION_TOKEN'

/** How long a session lives without being renewed, seconds: twice the life of an untouched cart. Ours. */
const sessionSeconds = 60 * 24 * 3_600

/** Where a shopper goes whom nobody sent elsewhere after signing in. Source: dialects/bigcommerce.md 3.10. */
export const accountPage = '/account.php'

/** How long the cookies of a session that ended are kept: not at all. */
const gone = 0

/**
 * One browser at one channel. Its carts and orders are those of its guest key or of its customer, so that they need no
 * list here; the guest key stays through a sign-in, so that what a guest ordered stays readable.
 */
export interface Session {
  readonly guestKey: string
  readonly customerId?: CustomerId
  /** The browser's cart of before the sign-in, whose goods joined the customer's own. */
  readonly formerCartId?: CartId
  /** What the cookie holds. Never logged, stored only as a hash. */
  readonly secret: string
}

const stored = z.object({
  guestKey: z.string(),
  channel: z.string(),
  customerId: z.string().optional(),
  formerCartId: z.string().optional(),
})

/** The session that the request's cookie names; undefined without one, or when it ended, or belongs to another channel. */
export async function readSession(wire: WireRequest, operations: Operations): Promise<Session | undefined> {
  const secret = cookiesOf(wire)[sessionCookie]
  if (secret === undefined || secret === '') return undefined
  const credential = await operations.checkCredential({ kind: 'session', secret })
  if (credential === undefined || credential.dialect !== 'bigcommerce') return undefined
  const parsed = stored.safeParse(credential.data)
  if (!parsed.success || parsed.data.channel !== wire.channel) return undefined
  const { guestKey, customerId, formerCartId } = parsed.data
  return {
    guestKey,
    secret,
    ...(customerId === undefined ? {} : { customerId }),
    ...(formerCartId === undefined ? {} : { formerCartId }),
  }
}

/** A key for a guest that has no session yet; becomes one by `openSession`. */
export function newGuestKey(): string {
  return `bigcommerce-${randomUUID()}`
}

/** Stores a new session. Signing in opens a new one each time, so that nobody can plant a cookie beforehand. */
export async function openSession(
  operations: Operations,
  channel: ChannelId,
  identity: Omit<Session, 'secret'> & {
    /** The customer's, of somebody who just proved who they are: a session of before a sign-out is not stored after it. */
    readonly customerVersion?: number
  },
): Promise<Session> {
  const secret = await operations.issueCredential({
    kind: 'session',
    subject: identity.customerId ?? identity.guestKey,
    dialect: 'bigcommerce',
    data: { channel, ...identity },
    ttlSeconds: sessionSeconds,
  })
  return { ...identity, secret }
}

/** Ends a session; its cookie opens nothing any more. */
export async function endSession(operations: Operations, session: Session): Promise<void> {
  await operations.takeCredential({ kind: 'session', secret: session.secret })
}

/** Who a session acts as; a browser without one is nobody. */
export function callerOf(session: Pick<Session, 'guestKey' | 'customerId'> | undefined): Caller {
  if (session === undefined) return { kind: 'anonymous' }
  const { guestKey, customerId } = session
  return customerId === undefined ? { kind: 'guest', guestKey } : { kind: 'member', customerId }
}

/** Whose a guest's carts are in this session. */
export function guestOf(session: Pick<Session, 'guestKey'>): CartOwner {
  return { kind: 'guest', guestKey: session.guestKey }
}

/**
 * From where a cookie is sent along: from other sites' pages too (`everywhere`), or kept apart for each site around
 * (`partitioned`), which browsers allow that take no cookie of the first kind.
 */
export type CookieReach = 'everywhere' | 'partitioned'

/** `Set-Cookie` that gives a browser its session. */
export function setSessionCookie(session: Session, baseUrl: string, reach?: CookieReach): string {
  // Browsers take such cookies over HTTPS alone.
  const isFar = reach !== undefined && baseUrl.startsWith('https:')
  return setCookie(sessionCookie, session.secret, baseUrl, {
    httpOnly: true,
    maxAge: sessionSeconds,
    ...(isFar ? { sameSite: 'none', partitioned: reach === 'partitioned' } : {}),
  })
}

/** `Set-Cookie` that takes it away. */
export function clearSessionCookie(baseUrl: string): string {
  return setCookie(sessionCookie, '', baseUrl, { httpOnly: true, maxAge: gone })
}

/** A cookie for the whole origin; over HTTPS never sent in the clear. */
export function setCookie(
  name: string,
  value: string,
  baseUrl: string,
  options: {
    readonly httpOnly: boolean
    readonly maxAge: number
    readonly sameSite?: 'none'
    readonly partitioned?: boolean
  },
): string {
  const secure = baseUrl.startsWith('https:')
  return stringifySetCookie({ name, value, path: '/', sameSite: 'lax', secure, ...options })
}

/** The request's cookies; of two with one name the first counts. */
export function cookiesOf(wire: Pick<WireRequest, 'headers'>): Readonly<Record<string, string | undefined>> {
  return parseCookie(wire.headers.cookie ?? '')
}
