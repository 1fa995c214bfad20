import type { Database } from '../../../src/storage/postgres/database.js'

/** A database that lets somebody else act between any two statements of whoever uses it. */
export interface GatedDatabase {
  readonly database: Database
  /** Statements and transactions that were begun since the last `arm` or `count`. */
  count(): number
  /** Before the how manieth of them, from 1, `meanwhile` runs to its end. Undefined: nobody comes in between. */
  arm(at: number | undefined, meanwhile?: () => Promise<unknown>): void
}

/**
 * Each statement stands still before it is sent when its turn has come; a transaction is one, so that nobody waits for a
 * lock that is held meanwhile. Whoever uses it knows nothing of this.
 */
export function gateDatabase(inner: Database): GatedDatabase {
  let seen = 0
  let armed: { readonly at: number | undefined; readonly meanwhile: () => Promise<unknown> } | undefined
  const pass = async (): Promise<void> => {
    seen += 1
    if (armed?.at === seen) await armed.meanwhile()
  }
  return {
    database: {
      ...inner,
      query: async (statement, parameters) => {
        await pass()
        return inner.query(statement, parameters)
      },
      transaction: async work => {
        await pass()
        return inner.transaction(work)
      },
    },
    count: () => {
      const count = seen
      seen = 0
      return count
    },
    arm: (at, meanwhile = () => Promise.resolve()) => {
      seen = 0
      armed = { at, meanwhile }
    },
  }
}
