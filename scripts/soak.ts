import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { flows, type RunnableFlow } from '../bench/flows/index.js'
import { benchSkus, loadGoods } from '../bench/goods.js'
import { runCommand } from '../bench/server-process.js'
import { checkBooks } from '../src/operations/check-books.js'
import { type OpenStorage, openStorage } from '../src/storage/open-storage.js'
import { type KillableServer, startKillable } from '../test/faults/killable-server.js'
import { startPostgres } from '../test/support/postgres-server.js'

const usage = `npm run soak -- [--minutes N]
  Whole checkouts in every dialect against three server processes on one PostgreSQL for N minutes (default: 10), one of
  which is killed every 30 seconds. Then the books must balance, memory and handles must be flat, and nobody may have
  been answered 5xx, except those whom a kill cut off.`

const killEverySeconds = 30
const shoppersPerDialect = 2
const sampleEverySeconds = 2
/** What a process may hold at the end beyond its first quarter: a fifth, and what garbage collection leaves to chance. */
const growth = { factor: 1.2, mebibytes: 48, handles: 40 }

interface Sample {
  readonly mebibytes: number
  readonly handles: number
}

interface Tally {
  checkouts: number
  cutOff: number
  readonly failures: string[]
}

/** Things to stop at the end, last opened first, also after a failure or Ctrl-C. */
const opened: (() => Promise<void>)[] = []

async function closeAll(): Promise<void> {
  for (let close = opened.pop(); close !== undefined; close = opened.pop()) {
    await close().catch((error: unknown) => console.error('While stopping:', error))
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, help: { type: 'boolean' } } })
  const minutes = Number(values.minutes)
  if (values.help === true || !(minutes > 0 && minutes <= 1_440)) {
    console.log(usage)
    return
  }
  const postgres = await startPostgres({ isDurable: false })
  opened.push(() => postgres.stop())
  const url = postgres.url('postgres')
  const environment = { DATABASE_URL: url, LOG_LEVEL: 'info', POLYTILL_RECOVERY_SECONDS: '1' }
  for (const command of [['migrate'], ['seed', 'demo']]) await runCommand(command, environment)
  await loadGoods(environment)
  const storage = await openStorage({ url, dataDirectory: '', poolSize: 2 })
  opened.push(() => storage.close())
  const pieces = await piecesOf(storage)
  const servers = [await startOne(environment), await startOne(environment), await startOne(environment)]
  opened.push(async () => void (await Promise.all(servers.map(server => server.stop()))))
  const { tally, samples, kills } = await load(servers, environment, minutes)
  const faults = [...tally.failures, ...flatness(samples), ...(await settle(storage, pieces))]
  console.log(`${tally.checkouts} checkouts, ${kills} kills cut ${tally.cutOff} of them off`)
  console.log(faults.length === 0 ? 'The soak holds.' : `${faults.length} faults:\n${faults.slice(0, 40).join('\n')}`)
  if (faults.length > 0) process.exitCode = 1
}

function startOne(environment: Readonly<Record<string, string>>): Promise<KillableServer> {
  return startKillable({ environment, nodeOptions: ['--max-semi-space-size=64'] })
}

/** Shoppers of every dialect at all servers until the time is over, while all but the first server die in turn. */
async function load(servers: KillableServer[], environment: Readonly<Record<string, string>>, minutes: number) {
  const until = Date.now() + minutes * 60_000
  const tally: Tally = { checkouts: 0, cutOff: 0, failures: [] }
  const samples: Sample[] = []
  const state = { kills: 0 }
  const shopping = flows.flatMap(flow =>
    Array.from({ length: shoppersPerDialect }, () => shop(flow, servers, until, tally)),
  )
  const killing = (async () => {
    for (let next = 1; Date.now() + killEverySeconds * 1_000 < until; next = next === 1 ? 2 : 1) {
      await sleep(killEverySeconds * 1_000)
      const victim = servers[next]
      victim?.kill()
      await victim?.ended
      state.kills += 1
      servers[next] = await startOne(environment)
      console.log(`${new Date().toISOString()} ${tally.checkouts} checkouts, ${state.kills} kills`)
    }
  })()
  const watching = (async () => {
    while (Date.now() < until) {
      samples.push(await sampleOf(servers[0]?.baseUrl ?? ''))
      await sleep(sampleEverySeconds * 1_000)
    }
  })()
  await Promise.all([...shopping, killing, watching])
  return { tally, samples, kills: state.kills }
}

/** One checkout after the other, each at some server; whoever is cut off goes on elsewhere. */
async function shop(
  flow: RunnableFlow,
  servers: readonly KillableServer[],
  until: number,
  tally: Tally,
): Promise<void> {
  for (let turn = 0; Date.now() < until; turn += 1) {
    const server = servers[(turn + tally.checkouts) % servers.length]
    if (server === undefined) continue
    const lane = flow.open(server.baseUrl, benchSkus, 1)
    try {
      await lane.checkout.run(0, (_, work) => work())
      tally.checkouts += 1
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (/closed the connection|ECONNREFUSED|ECONNRESET|EPIPE/.test(message)) tally.cutOff += 1
      else tally.failures.push(`${flow.dialect}: ${message}`)
      await sleep(100)
    } finally {
      lane.close()
    }
  }
}

async function sampleOf(baseUrl: string): Promise<Sample> {
  const text = await (await fetch(`${baseUrl}/metrics`)).text()
  const metricOf = (name: string) => Number(new RegExp(`^\\w*${name} (\\S+)$`, 'm').exec(text)?.[1])
  return { mebibytes: metricOf('process_resident_memory_bytes') / 1_048_576, handles: metricOf('process_open_fds') }
}

/** Whether the process that nobody killed holds as much in its last quarter as in its second one. */
function flatness(samples: readonly Sample[]): readonly string[] {
  const quarter = Math.floor(samples.length / 4)
  const early = samples.slice(quarter, 2 * quarter)
  const late = samples.slice(-quarter)
  const faults: string[] = []
  const [memory, grown] = [medianOf(early.map(one => one.mebibytes)), medianOf(late.map(one => one.mebibytes))]
  const [handles, more] = [medianOf(early.map(one => one.handles)), medianOf(late.map(one => one.handles))]
  console.log(`memory ${memory.toFixed(0)} to ${grown.toFixed(0)} MiB, handles ${handles} to ${more}`)
  if (!(grown <= memory * growth.factor + growth.mebibytes)) faults.push(`memory grew from ${memory} to ${grown} MiB`)
  if (!(more <= handles + growth.handles)) faults.push(`open handles grew from ${handles} to ${more}`)
  return faults
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** As if an hour had passed: the sweep finishes what kills left open; then everything must add up. */
async function settle(storage: OpenStorage, pieces: number): Promise<readonly string[]> {
  await storage.sql.query(`update payments set updated_at = updated_at - interval '1 hour'
    where state in ('created', 'unknown', 'refund_due') or step is not null`)
  await storage.sql.query(`update orders set deadline = deadline - interval '1 hour' where status = 'pending'`)
  const until = Date.now() + 60_000
  const open = `select (select count(*) from orders where status = 'pending')
    + (select count(*) from payments where state in ('created', 'unknown', 'refund_due')) as open`
  for (let left = -1n; left !== 0n; ) {
    left = (await storage.sql.query<{ open: bigint }>(open)).rows[0]?.open ?? 0n
    if (Date.now() > until) return [`${left} orders and payments are still open a minute after the last request`]
    await sleep(500)
  }
  const report = await checkBooks({ books: storage.books, clock: () => new Date().toISOString() })
  const wrong = report.findings.filter(({ total }) => total > 0)
  const now = await piecesOf(storage)
  return [
    ...wrong.map(({ rule, total, shown }) => `${rule}: ${total}, ${shown.slice(0, 3).join('; ')}`),
    ...(now === pieces ? [] : [`${now} pieces in stock and orders, ${pieces} at the beginning`]),
  ]
}

/** Pieces on the shelf and in orders that stand. */
async function piecesOf({ sql }: OpenStorage): Promise<number> {
  const { rows } = await sql.query<{ pieces: bigint }>(
    `select ((select sum(available) from stock) + (
      select coalesce(sum(t.quantity), 0) from orders o, json_to_recordset(o.stock_taken) as t(quantity integer)
      where o.has_holds))::bigint as pieces`,
  )
  return Number(rows[0]?.pieces)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void closeAll().finally(() => process.exit(130)))
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
  .finally(closeAll)
  // Outright: what stops PostgreSQL when a process ends would end it with 0, whatever `exitCode` says.
  .then(() => process.exit())
