import { assemble } from '../../../src/assemble.js'
import { bindOperations } from '../../../src/operations/bind-operations.js'
import { createStorage, type OpenStorage } from '../../../src/storage/open-storage.js'
import { readCounts, readEnd } from './end-state.js'
import { type GatedDatabase, gateDatabase } from './gated-database.js'
import { openScene, type Scene, type Stage } from './scenes.js'
import type { Way } from './way.js'
import type { World } from './world.js'

/** One server: its own queue, caches and limits, over the database of all. */
interface Server {
  readonly stage: Stage
  readonly gate: GatedDatabase
}

/** What two who acted at the same moment were told, and what is stored then. */
export interface Outcome {
  readonly first: string
  readonly second: string
  readonly end: string
}

/** Who acts, and in which state of affairs. */
export interface Pair {
  readonly scene: Scene
  readonly first: Way
  readonly second: Way
}

/** Two servers on one database. */
export interface Racetrack {
  /** One after the other, each on its server. */
  inTurn(pair: Pair): Promise<Outcome>
  /** The first one alone. `statements`: how many it sends. */
  alone(pair: Pair): Promise<Outcome & { readonly statements: number }>
  /** The second one does everything before the how manieth statement of the first one. */
  inBetween(pair: Pair, statement: number): Promise<Outcome>
  atOnce(pair: Pair): Promise<Outcome>
  /** What still waits is looked after by the recovery, as it would be an hour later. */
  recover(): Promise<void>
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export async function openRacetrack(storage: OpenStorage): Promise<Racetrack> {
  const [here, there] = [await openServer(storage), await openServer(storage)]
  let counts = await readCounts(storage)

  async function run<T extends Pick<Outcome, 'first' | 'second'>>(
    { scene, first, second }: Pair,
    act: (world: World) => Promise<T>,
  ): Promise<T & Outcome> {
    const world = await openScene(scene, here.stage, first.hasPeople === true || second.hasPeople === true)
    const answers = await act(world)
    const after = await readCounts(storage)
    const stored = await readEnd(storage, world, counts, after)
    counts = after
    // One funnel counts each change once; whoever places, or takes several steps, may write once more than in turn.
    if (first.isPlain && second.isPlain) return { ...answers, end: stored }
    await putToRest(storage, world)
    return { ...answers, end: stored.replace(/"version": \d+/g, '"version": counted') }
  }

  return {
    recover: async () => {
      await storage.sql.query(`update orders set deadline = now() - interval '1 hour' where status = 'pending'`)
      await storage.sql.query(`update payments set updated_at = now() - interval '1 hour' where updated_at > now()`)
      while ((await here.stage.operations.recoverOrders()) > 0);
      counts = await readCounts(storage)
    },
    inTurn: pair =>
      run(pair, async world => ({
        first: await tell(pair.first, here, world),
        second: await tell(pair.second, there, world),
      })),
    alone: pair =>
      run(pair, async world => {
        here.gate.arm(undefined)
        const first = await tell(pair.first, here, world)
        return { first, second: '', statements: here.gate.count() }
      }),
    inBetween: (pair, statement) =>
      run(pair, async world => {
        let second: string | undefined
        here.gate.arm(statement, async () => {
          second = await tell(pair.second, there, world)
        })
        const first = await tell(pair.first, here, world)
        here.gate.arm(undefined)
        return { first, second: second ?? (await tell(pair.second, there, world)) }
      }),
    atOnce: pair =>
      run(pair, async world => {
        const [first, second] = await Promise.all([tell(pair.first, here, world), tell(pair.second, there, world)])
        return { first, second }
      }),
  }
}

async function openServer(storage: OpenStorage): Promise<Server> {
  const gate = gateDatabase(storage.sql)
  const gated = createStorage(gate.database)
  const { deps: whole } = await assemble({
    storage: gated,
    gatewayRecords: gated.gatewayRecords,
    log: silent,
    baseUrl: () => 'http://127.0.0.1',
  })
  // A password hash takes as long as ten of these races, and has no part in them.
  const passwords = { hash: async () => 'hash', verify: async () => true }
  const deps = { ...whole, passwords, baseUrl: 'http://127.0.0.1' }
  return { stage: { operations: bindOperations(deps), deps, storage: gated }, gate }
}

/** What still waits past its deadline is nobody's business any more: the recovery of the next race leaves it alone. */
async function putToRest({ sql }: OpenStorage, { cartId }: World): Promise<void> {
  await sql.query(
    `with left_over as (update orders set deadline = now() + interval '1 day' where cart_id = $1 returning id)
     update payments set updated_at = now() + interval '1 day' where order_id in (select id from left_over)`,
    [cartId],
  )
}

async function tell(way: Way, { stage }: Server, world: World): Promise<string> {
  return describe(await way.act(stage.operations, world))
}

interface Told {
  readonly ok: boolean
  readonly error?: { readonly code: string; readonly reason?: string }
  readonly value?: { readonly fault?: { readonly code: string } } | null
}

/** That it was done, or why not. What became of carts and orders is stored, and compared there. */
function describe(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null) return 'done'
  const { ok, error, value } = answer as Told
  const words = ok ? ['done', value?.fault?.code] : ['refused:', error?.code, error?.reason]
  return words.filter(Boolean).join(' ')
}
