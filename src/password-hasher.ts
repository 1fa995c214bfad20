import { randomBytes } from 'node:crypto'
import * as argon2 from '@node-rs/argon2'
import type { PasswordHasher } from './operations/deps.js'

/** argon2id with 19 MiB, two passes: the minimum that OWASP recommends. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** `library` does the hashing. */
export function createPasswordHasher(library: Pick<typeof argon2, 'hash' | 'verify'> = argon2): PasswordHasher {
  const decoy = library.hash(randomBytes(16).toString('hex'), options)
  return {
    hash: password => library.hash(password, options),
    async verify(stored, password) {
      // An unknown account costs as much time as a known one.
      const matches = await library.verify(stored ?? (await decoy), password).catch(() => false)
      return matches && stored !== undefined
    },
  }
}

/** Hashes passwords of a store file. */
export function hashPassword(password: string): Promise<string> {
  return argon2.hash(password, options)
}
