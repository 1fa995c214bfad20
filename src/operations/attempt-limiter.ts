import type { AttemptLimiter } from './deps.js'

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

/** Keys kept at most; the oldest go first, so that a flood of keys costs no memory. */
const keysKept = 100_000

interface Window {
  failures: number
  endsAt: number
}

/**
 * Counts failures per key in this process. Only failures count, so that a crowd behind one address is free.
 *
 * @param now  milliseconds since the epoch
 */
export function createAttemptLimiter(now: () => number): AttemptLimiter {
  const windows = new Map<string, Window>()
  const nameOf = (kind: keyof typeof rules, key: string) => `${kind}:${key}`
  return {
    tooMany(kind, key) {
      const window = windows.get(nameOf(kind, key))
      if (window === undefined || window.endsAt <= now() || window.failures < rules[kind].failures) return undefined
      return Math.ceil((window.endsAt - now()) / 1000)
    },
    failed(kind, key) {
      const name = nameOf(kind, key)
      const known = windows.get(name)
      const window =
        known === undefined || known.endsAt <= now()
          ? { failures: 0, endsAt: now() + rules[kind].windowMilliseconds }
          : known
      window.failures += 1
      windows.delete(name)
      windows.set(name, window)
      const oldest = windows.size > keysKept ? windows.keys().next() : undefined
      if (oldest?.done === false) windows.delete(oldest.value)
    },
    succeeded(kind, key) {
      windows.delete(nameOf(kind, key))
    },
  }
}
