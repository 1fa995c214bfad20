import { createHmac, timingSafeEqual } from 'node:crypto'

/** By which of our two addresses the shopper came back from Stripe's page. It says nothing about money. */
export type Homecoming = 'finished' | 'canceled'

const homecomings: readonly Homecoming[] = ['finished', 'canceled']

/** What stands in the address of an attempt, so that nobody can call off what is not theirs. */
export function homecomingHash(secret: string, idempotencyKey: string, homecoming: Homecoming): string {
  return createHmac('sha256', secret).update(`polytill homecoming ${homecoming} ${idempotencyKey}`).digest('base64url')
}

/** Which of the two a hash stands for; undefined: none of this attempt's. */
export function readHomecoming(secret: string, idempotencyKey: string, hash: string): Homecoming | undefined {
  const given = Buffer.from(hash)
  return homecomings.find(homecoming => {
    const own = Buffer.from(homecomingHash(secret, idempotencyKey, homecoming))
    return own.length === given.length && timingSafeEqual(own, given)
  })
}

/** The merchant's address with the proof in its query, as the shopper comes back. */
export function wayBack(returnUrl: string, secret: string, idempotencyKey: string, homecoming: Homecoming): string {
  const url = new URL(returnUrl)
  url.searchParams.set('hash', homecomingHash(secret, idempotencyKey, homecoming))
  url.searchParams.set('status', homecoming === 'finished' ? 'approved' : 'canceled')
  return url.href
}
