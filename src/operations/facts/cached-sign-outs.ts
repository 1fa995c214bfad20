import { isEndedBy, type SignInProof } from '../../core/access/sign-out.js'
import type { CustomerId, Instant } from '../../core/ids.js'
import { limits } from '../../core/limits.js'
import type { SignOutStore, StoredSignOut } from '../../storage/storage.js'

/** How long it is taken for good that nobody else was signed out, milliseconds, as with keys. Ours. */
const lookedMilliseconds = 2_000

/** How many are read at once. */
const readAtOnce = 1_000

/** Who was signed out everywhere, as this process knows it. */
export interface SignOuts {
  /** Ends what a customer is signed in by; in this process at once. False: there is no such customer. */
  add(customerId: CustomerId, passwordHash?: string): Promise<boolean>
  /** Whether what was signed for somebody is still good; what another process did counts after two seconds at the latest. */
  isSignedIn(proof: SignInProof): Promise<boolean>
}

/**
 * The list of those who were signed out lately, kept in the process: once in two seconds, and only where somebody comes who is
 * signed in, one statement asks for what came since. Nothing is asked for a single customer.
 */
export function cacheSignOuts(store: SignOutStore, clock: () => Instant): SignOuts {
  const known = new Map<CustomerId, StoredSignOut>()
  /** The highest number that was read; what this process did itself may be higher, and others' lie in between. */
  let last = 0n
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | undefined

  /** The latest one stands last, so that the oldest can be dropped from the front. */
  function keep(signOut: StoredSignOut): void {
    if ((known.get(signOut.customerId)?.number ?? 0n) >= signOut.number) return
    known.delete(signOut.customerId)
    known.set(signOut.customerId, signOut)
  }

  function dropOld(now: number): void {
    for (const [customerId, { at }] of known) {
      if (Date.parse(at) > now - limits.signInSeconds * 1000) return
      known.delete(customerId)
    }
  }

  function isOld(): boolean {
    return Math.abs(Date.parse(clock()) - lookedAt) >= lookedMilliseconds
  }

  async function look(): Promise<void> {
    const now = Date.parse(clock())
    let read: readonly StoredSignOut[]
    do {
      read = await store.since(last, readAtOnce)
      for (const signOut of read) keep(signOut)
      last = read.at(-1)?.number ?? last
    } while (read.length === readAtOnce)
    dropOld(now)
    lookedAt = now
  }

  return {
    async add(customerId, passwordHash) {
      const how = { at: clock(), ...(passwordHash === undefined ? {} : { passwordHash }) }
      const signOut = await store.add(customerId, how)
      if (signOut !== undefined) keep(signOut)
      return signOut !== undefined
    },
    async isSignedIn(proof) {
      // One that is under way may have begun too long ago to tell of now.
      for (let tries = 0; tries < 2 && isOld(); tries += 1) {
        looking ??= look().finally(() => {
          looking = undefined
        })
        await looking
      }
      const signOut = known.get(proof.customerId)
      return signOut === undefined || !isEndedBy(signOut, proof)
    },
  }
}
