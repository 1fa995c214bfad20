import { createHash } from 'node:crypto'
import { after } from '../core/cart/new-cart.js'
import type { Instant } from '../core/ids.js'
import type { AttemptCount, AttemptKey, AttemptStore } from '../storage/storage.js'
import type { Attempt, AttemptLimiter } from './deps.js'

/** How many failures within how long are too many. Ours: far above what people mistype, far below what guessing needs. */
const rules = {
  sign_in: { failures: 10, windowMilliseconds: 15 * 60_000 },
  /** Of all accounts from one address together: a crowd mistypes now and then. */
  sign_in_client: { failures: 300, windowMilliseconds: 15 * 60_000 },
  /** E-mails asked for to one account: each one counts, so that nobody's letter box is filled. */
  sign_in_request: { failures: 5, windowMilliseconds: 15 * 60_000 },
  /** To all accounts from one address together. */
  sign_in_request_client: { failures: 50, windowMilliseconds: 15 * 60_000 },
  code: { failures: 30, windowMilliseconds: 15 * 60_000 },
  /** On all carts from one address together: a new cart costs a guesser nothing. */
  code_client: { failures: 300, windowMilliseconds: 15 * 60_000 },
  /** Cards tried on one cart: whoever holds the right one does not need as many. */
  payment: { failures: 10, windowMilliseconds: 15 * 60_000 },
  /** On all carts from one address together: cards are tested by the hundred. */
  payment_client: { failures: 50, windowMilliseconds: 15 * 60_000 },
} as const

/** What the database last told of a key. */
interface Known {
  readonly failures: number
  readonly endsAt: Instant
}

/**
 * Counts failures per key in the database, and remembers what it last told of each, so that what may go on asks it nothing.
 *
 * @param clock     by which windows end
 * @param keysKept  remembered at most; the oldest go first, so that a flood of keys costs no memory
 */
export function createAttemptLimiter(
  store: AttemptStore,
  clock: () => Instant,
  keysKept: number = 100_000,
): AttemptLimiter {
  const known = new Map<string, Known>()
  const remember = (attempts: readonly Attempt[], counts: readonly AttemptCount[]) => {
    for (const attempt of attempts) {
      const name = nameOf(attempt)
      known.delete(name)
      const count = countOf(attempt, counts)
      if (count !== undefined) known.set(name, count)
      const oldest = known.size > keysKept ? known.keys().next() : undefined
      if (oldest?.done === false) known.delete(oldest.value)
    }
  }
  const tooMany = async (attempts: readonly Attempt[]) => {
    const now = clock()
    const blocked = attempts.filter(attempt => {
      const count = known.get(nameOf(attempt))
      return count !== undefined && count.endsAt > now && count.failures >= rules[attempt.kind].failures
    })
    if (blocked.length === 0) return undefined
    // Somebody may have got it right in another process meanwhile.
    const counts = await store.read(blocked.map(keyOf), now)
    remember(blocked, counts)
    return longest(blocked, counts, ({ failures }, most) => failures >= most, now)
  }
  const count = async (attempts: readonly Attempt[]) => {
    const seconds = await tooMany(attempts)
    if (seconds !== undefined) return seconds
    const now = clock()
    const failed = attempts.map(one => ({ ...keyOf(one), endsAt: after(now, rules[one.kind].windowMilliseconds) }))
    const counts = await store.count(failed, now)
    remember(attempts, counts)
    return longest(attempts, counts, ({ failures }, most) => failures > most, now)
  }
  const underWay = createTally()
  const isCrowded = (attempt: Attempt) => {
    const count = known.get(nameOf(attempt))
    const failures = count === undefined || count.endsAt <= clock() ? 0 : count.failures
    return failures + underWay.of(attempt) >= rules[attempt.kind].failures
  }
  return {
    tooMany,
    count,
    async watch(attempts, attempt) {
      const seconds = await tooMany(attempts)
      if (seconds !== undefined) return { retryAfterSeconds: seconds }
      if (attempts.some(isCrowded)) return { retryAfterSeconds: 1 }
      underWay.add(attempts, 1)
      try {
        const { answer, isFailure } = await attempt()
        if (isFailure) await count(attempts)
        return { answer }
      } finally {
        underWay.add(attempts, -1)
      }
    },
    async takeBack(attempts) {
      for (const attempt of attempts) known.delete(nameOf(attempt))
      await store.takeBack(attempts.map(keyOf))
    },
    async forget(attempt) {
      known.delete(nameOf(attempt))
      await store.forget(keyOf(attempt))
    },
  }
}

/** How many there are of each. */
function createTally() {
  const counts = new Map<string, number>()
  const of = (attempt: Attempt) => counts.get(nameOf(attempt)) ?? 0
  return {
    of,
    add(attempts: readonly Attempt[], change: 1 | -1): void {
      for (const attempt of attempts) {
        const count = of(attempt) + change
        if (count === 0) counts.delete(nameOf(attempt))
        else counts.set(nameOf(attempt), count)
      }
    },
  }
}

/** The longest that those of which `isTooMany` is true have to wait, seconds. */
function longest(
  attempts: readonly Attempt[],
  counts: readonly AttemptCount[],
  isTooMany: (count: AttemptCount, most: number) => boolean,
  now: Instant,
): number | undefined {
  const seconds = attempts.flatMap(attempt => {
    const count = countOf(attempt, counts)
    const { failures, windowMilliseconds } = rules[attempt.kind]
    if (count === undefined || !isTooMany(count, failures)) return []
    // The clock of the process that began the window may be ahead of this one's.
    return [Math.ceil(Math.min(Date.parse(count.endsAt) - Date.parse(now), windowMilliseconds) / 1_000)]
  })
  return seconds.length === 0 ? undefined : Math.max(...seconds)
}

function countOf(attempt: Attempt, counts: readonly AttemptCount[]): AttemptCount | undefined {
  const { kind, keyHash } = keyOf(attempt)
  return counts.find(count => count.kind === kind && count.keyHash === keyHash)
}

function nameOf({ kind, key }: Attempt): string {
  return `${kind}:${key}`
}

function keyOf({ kind, key }: Attempt): AttemptKey {
  return { kind, keyHash: createHash('sha256').update(key, 'utf8').digest('hex') }
}
