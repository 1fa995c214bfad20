import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { isSameSecret } from '../core/access/same-secret.js'
import { after } from '../core/cart/new-cart.js'
import type { CartId, ChannelId, CustomerId, Instant } from '../core/ids.js'
import { limits } from '../core/limits.js'
import type { Deps } from './deps.js'
import { signingSecret } from './signing-secret.js'

/**
 * `link`: stands in an address that leads to the hosted checkout page; `session`: in the cookie of the page itself;
 * `frame`: in the addresses of the page inside another site's page, where browsers let it keep no cookie.
 */
export type PassUse = 'link' | 'session' | 'frame'

/** A signed word of ours that whoever holds it may buy one cart, until it expires. */
export interface CheckoutPass {
  readonly use: PassUse
  readonly cartId: CartId
  /** The customer that the cart is bought for, as proven by whoever had the pass made. */
  readonly customerId?: CustomerId
  /** When that was proven: kept by the passes that take this one's place. */
  readonly provenAt?: Instant
  /** The language that the shopper chose. */
  readonly language?: string
  /** Where the shopper goes back to in the end, as somebody who may say so has it. */
  readonly backUrl?: string
  /** Where the shopper goes on to once there is an order, whose id is added as `orderId`. */
  readonly doneUrl?: string
  /** Of a `frame`: whose sites may show the page. */
  readonly channel?: ChannelId
  /** Random; stays while a browser goes on with its checkout. */
  readonly nonce: string
  readonly expiresAt: Instant
}

/** What a new pass says. */
export interface NewPass
  extends Pick<
    CheckoutPass,
    'use' | 'cartId' | 'customerId' | 'provenAt' | 'language' | 'backUrl' | 'doneUrl' | 'channel'
  > {
  /** Of a pass that this one takes the place of; absent: a new one. */
  readonly nonce?: string
  /** Absent: as long as one of this use is good for. */
  readonly ttlSeconds?: number
}

/** How long a pass is good for, seconds: a day to open a link, two hours at a page between two clicks. Ours. */
const lifetimes: Readonly<Record<PassUse, number>> = { link: 86_400, session: 7_200, frame: 7_200 }

/** Longest text that is looked at. */
const longestPass = 2_048

const schema = z.object({
  use: z.enum(['link', 'session', 'frame']),
  cartId: z.string(),
  customerId: z.string().optional(),
  provenAt: z.string().optional(),
  language: z.string().optional(),
  backUrl: z.string().optional(),
  doneUrl: z.string().optional(),
  channel: z.string().optional(),
  nonce: z.string(),
  expiresAt: z.string(),
})

/** A new pass as a text that is safe in addresses and cookies. Who may have one is for the caller to decide. */
export async function issueCheckoutPass(deps: Deps, { ttlSeconds, ...said }: NewPass): Promise<string> {
  const lifetime = ttlSeconds ?? lifetimes[said.use]
  const now = deps.clock()
  const pass: CheckoutPass = {
    nonce: deps.ids.secret(),
    ...(said.customerId === undefined ? {} : { provenAt: now }),
    ...said,
    expiresAt: after(now, lifetime * 1000),
  }
  const text = Buffer.from(JSON.stringify(pass), 'utf8').toString('base64url')
  return `${text}.${await signatureOf(deps, text)}`
}

/**
 * What a pass says; `expired` for one of ours whose time is over, or whose customer was signed out everywhere since, undefined
 * for any other text.
 *
 * @param input.evenExpired  to tell what one said that grants nothing any more
 */
export async function readCheckoutPass(
  deps: Deps,
  input: { readonly use: PassUse; readonly text: string; readonly evenExpired?: true },
): Promise<CheckoutPass | 'expired' | undefined> {
  const [text = '', signature = '', ...rest] = input.text.length > longestPass ? [] : input.text.split('.')
  if (rest.length > 0 || !isSameSecret(signature, await signatureOf(deps, text))) return undefined
  const { customerId, provenAt, language, backUrl, doneUrl, channel, ...pass } = schema.parse(
    JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
  )
  if (pass.use !== input.use) return undefined
  if (input.evenExpired !== true && !(await isGood(deps, { ...pass, customerId, provenAt }))) return 'expired'
  return {
    ...pass,
    ...(customerId === undefined ? {} : { customerId }),
    ...(provenAt === undefined ? {} : { provenAt }),
    ...(language === undefined ? {} : { language }),
    ...(backUrl === undefined ? {} : { backUrl }),
    ...(doneUrl === undefined ? {} : { doneUrl }),
    ...(channel === undefined ? {} : { channel }),
  }
}

/** Not of a customer who was signed out since; who was is not remembered for ever, so that no pass counts for longer than that. */
async function isGood(
  deps: Deps,
  pass: {
    readonly expiresAt: Instant
    readonly customerId: CustomerId | undefined
    readonly provenAt: Instant | undefined
  },
): Promise<boolean> {
  const now = deps.clock()
  const { customerId, provenAt } = pass
  if (pass.expiresAt <= now) return false
  if (customerId === undefined) return true
  // Earlier versions did not tell: of somebody who was signed out lately, none of theirs is good.
  if (provenAt === undefined) return deps.signOuts.isSignedIn({ customerId, issuedAt: 0 })
  if (after(provenAt, limits.signInSeconds * 1000) <= now) return false
  return deps.signOuts.isSignedIn({ customerId, issuedAt: Date.parse(provenAt) })
}

async function signatureOf(deps: Deps, text: string): Promise<string> {
  const secret = await signingSecret(deps, 'checkout_page')
  return createHmac('sha256', secret).update(text, 'utf8').digest('base64url')
}
