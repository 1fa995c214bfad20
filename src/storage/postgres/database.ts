import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection, Driver, RawResult, Sql, SqlParameter, SqlResult, Statement } from './sql.js'
import { SqlError } from './sql.js'
import { readResult, toText } from './values.js'

/** Serialization failure and deadlock: the same work may simply be done again. */
const repeatable = new Set(['40001', '40P01'])
const attempts = 5
/** A transaction that takes longer is given up, so that a forgotten one cannot block the single PGlite connection. */
const transactionMilliseconds = 30_000
const bulkMilliseconds = 3_600_000

export interface Database extends Sql {
  readonly description: string
  /**
   * Runs `work` in one transaction; again when the database asks for it, so `work` must have no other effects.
   * Inside, only the handle that it gets may be used: where there is one connection alone, using the database itself
   * throws at once instead of waiting for a second one.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  /** A long transaction that is done once, whatever happens; `script` runs several statements in one text. */
  bulk<T>(work: (sql: Sql, script: (text: string) => Promise<void>) => Promise<T>): Promise<T>
  /** Statements sent so far, BEGIN and COMMIT included. */
  statementCount(): number
  close(): Promise<void>
}

interface OpenTransaction {
  isOpen: boolean
}

/**
 * Puts transactions, repetition and the guard against deadlocks of our own making on top of a driver.
 *
 * @param limit longest time for one transaction, milliseconds
 */
export function createDatabase(driver: Driver, limit: number = transactionMilliseconds): Database {
  // It follows every promise of the process once it is in use, a tenth of a busy server's time or more: so only where
  // the mistake would be fatal, and every test runs there too.
  const current = driver.isSingle === true ? new AsyncLocalStorage<OpenTransaction>() : undefined
  const refuseInside = () => {
    if (current?.getStore()?.isOpen) {
      throw new Error('the database was used inside a transaction: use the handle that the transaction gives')
    }
  }
  let statements = 0
  const send = async <Row extends object>(
    run: Connection['run'],
    statement: Statement | string,
    parameters: readonly SqlParameter[],
  ): Promise<SqlResult<Row>> => {
    statements += 1
    const { name, text, shares }: Statement = typeof statement === 'string' ? { text: statement } : statement
    const raw: RawResult = await run({ name, text, parameters: parameters.map(toText), shares })
    return readResult<Row>(raw)
  }
  const within = async <T>(
    milliseconds: number,
    work: (sql: Sql, script: Connection['script']) => Promise<T>,
  ): Promise<T> => {
    refuseInside()
    return driver.hold((connection, markBroken) => {
      const state: OpenTransaction = { isOpen: true }
      const sql: Sql = {
        query: async (statement, parameters = []) => {
          if (!state.isOpen) throw new Error('this transaction is over: a statement was sent through its handle')
          return send(connection.run, statement, parameters)
        },
      }
      const control = async (text: string) => void (await send(connection.run, { text }, []))
      const run = () => work(sql, connection.script)
      return runTransaction(state, milliseconds, control, markBroken, () =>
        current === undefined ? run() : current.run(state, run),
      )
    })
  }
  return {
    description: driver.description,
    query: async (statement, parameters = []) => {
      refuseInside()
      return repeating(() => send(driver.run, statement, parameters))
    },
    transaction: work => repeating(() => within(limit, sql => work(sql))),
    bulk: work => within(bulkMilliseconds, work),
    statementCount: () => statements,
    close: () => driver.close(),
  }
}

async function runTransaction<T>(
  state: OpenTransaction,
  limit: number,
  control: (text: string) => Promise<void>,
  markBroken: () => void,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      state.isOpen = false
      reject(new Error(`a transaction took longer than ${limit} ms and was given up`))
    }, limit)
  })
  try {
    await control('begin')
    const result = await Promise.race([work(), expired])
    state.isOpen = false
    await control('commit')
    return result
  } catch (error) {
    state.isOpen = false
    await control('rollback').catch(markBroken)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

async function repeating<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof SqlError) || !repeatable.has(error.code) || attempt === attempts) throw error
      await new Promise(resolve => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
    }
  }
}
