import { present } from '../../core/assert.js'
import { StorageUnavailable } from '../storage.js'
import type { RawResult, RawStatement } from './sql.js'

/** The server said that nothing of a trip was done. */
export interface Undone {
  readonly error: Error
  /** Which statement it gave up at; their number where it was at the end, by the commit. */
  readonly at: number
}

/** One connection, lent for one trip. */
export interface Carrier {
  /** Whether this connection has the statement prepared. */
  isPrepared(statement: RawStatement): boolean
  run(statement: RawStatement): Promise<RawResult>
  /** Prepared ones in one round trip and one transaction: all or none of them. Where it throws, nobody knows which. */
  runTogether(statements: readonly RawStatement[]): Promise<readonly RawResult[] | Undone>
}

type Lend = (use: (carrier: Carrier) => Promise<void>) => Promise<void>
type Run = (statement: RawStatement) => Promise<RawResult>

/** Under way at a time before others wait for them: enough that the database has work while answers are on their way. */
const tripsAtOnce = 4
/** Statements in one trip at most: each waits for all of them. */
const seats = 16
/** A trip that takes longer counts no more, so that a slow statement holds up those alone that went with it. */
const patienceMilliseconds = 50

interface Passenger {
  readonly statement: RawStatement
  readonly resolve: (result: RawResult) => void
  readonly reject: (error: unknown) => void
}

/**
 * Lets statements that may (`Statement.shares`) go to the server together: with those of the same turn of the event loop and,
 * while four trips are under way, with whatever else waits. One round trip, one transaction and one commit to make durable then
 * serve several carts. Where little is asked, each statement goes at once and by itself.
 *
 * Reads come first, then writes in the order of what they lock, so that trips of several processes lock rows in one order. Results
 * are handed out once the server has committed. Where it gives up a statement, nothing of that trip is done, and each of them
 * goes again by itself. Where the connection is lost, nothing is sent again.
 *
 * @param lend  lends a connection for one trip
 * @param alone  sends a statement by itself
 */
export function createSharedTrips(lend: Lend, alone: Run): Run {
  const waiting: Passenger[] = []
  let underWay = 0
  let isCalled = false
  const depart = () => {
    underWay += 1
    let counts = true
    const makeRoom = () => {
      if (!counts) return
      counts = false
      underWay -= 1
      board()
    }
    const patience = setTimeout(makeRoom, patienceMilliseconds)
    void travel(waiting.splice(0, seats), lend, alone).finally(() => {
      clearTimeout(patience)
      makeRoom()
    })
  }
  const board = () => {
    while (waiting.length > 0 && underWay < tripsAtOnce) depart()
  }
  return statement =>
    new Promise((resolve, reject) => {
      waiting.push({ statement, resolve, reject })
      if (isCalled || underWay >= tripsAtOnce) return
      isCalled = true
      setImmediate(() => {
        isCalled = false
        board()
      })
    })
}

async function travel(passengers: readonly Passenger[], lend: Lend, alone: Run): Promise<void> {
  const left = new Set(passengers)
  const settle = async (passenger: Passenger, result: Promise<RawResult>) => {
    left.delete(passenger)
    await result.then(passenger.resolve, passenger.reject)
  }
  try {
    await lend(async carrier => {
      const prepared = passengers.filter(({ statement }) => carrier.isPrepared(statement))
      const isTogether = prepared.length > 1
      // Nobody shares a transaction with what may be refused for its text.
      for (const passenger of passengers) {
        if (isTogether && prepared.includes(passenger)) continue
        await settle(passenger, carrier.run(passenger.statement))
      }
      if (isTogether) await rideTogether(prepared, carrier, settle)
    })
  } catch (error) {
    for (const { reject } of left) reject(error)
    return
  }
  // Those of whom the server said that nothing was done.
  for (const passenger of left) void settle(passenger, alone(passenger.statement))
}

async function rideTogether(
  passengers: readonly Passenger[],
  carrier: Carrier,
  settle: (passenger: Passenger, result: Promise<RawResult>) => Promise<void>,
): Promise<void> {
  const ordered = passengers.toSorted((a, b) => Number(keyOf(a) > keyOf(b)) - Number(keyOf(a) < keyOf(b)))
  const outcome = await carrier.runTogether(ordered.map(({ statement }) => statement))
  if ('error' in outcome) {
    // It had the time that a statement may take. Whatever else it was refused for may have been its company.
    const slow = outcome.error instanceof StorageUnavailable ? ordered[outcome.at] : undefined
    if (slow !== undefined) await settle(slow, Promise.reject(outcome.error))
    return
  }
  for (const [index, passenger] of ordered.entries()) {
    const result = present(outcome[index], 'each statement of a trip has a result')
    void settle(passenger, Promise.resolve(result))
  }
}

/** Of what it locks: owners before carts; reads lock nothing and come first. */
function keyOf({ statement: { shares, parameters } }: Passenger): string {
  if (shares === undefined || shares === 'read') return ''
  return `${shares.locks === 'owner' ? 1 : 2} ${shares.keys.map(key => parameters[key]).join(' ')}`
}
