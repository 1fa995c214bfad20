import { writeFile } from 'node:fs/promises'
import { openBare } from './bare.js'
import { besideVendureAsText, measureBesideVendure } from './beside-vendure.js'
import { measureCartSizes } from './cart-sizes.js'
import { catalogSizesAsText, measureCatalogSizes } from './catalog-sizes.js'
import { compare, countStatements, warmUp } from './compare.js'
import { type BenchDatabase, startDatabase } from './database.js'
import { type Floor, openFloor } from './floor.js'
import { flows, type RunnableFlow } from './flows/index.js'
import { benchSkus, loadGoods } from './goods.js'
import { measured, recorderOf, runSlice } from './measure.js'
import { type BenchOptions, parseOptions, usage } from './options.js'
import { type FlowReport, type Report, reportAsJson, reportAsText, totalStatements } from './report.js'
import { describeMachine, runCommand, startServer } from './server-process.js'
import { openStatementCounter, type StatementCounter } from './statements.js'

/** Things to stop at the end, last opened first, also after a failure or Ctrl-C. */
const opened: (() => Promise<void>)[] = []

async function closeAll(): Promise<void> {
  for (let close = opened.pop(); close !== undefined; close = opened.pop()) {
    await close().catch((error: unknown) => console.error('While stopping:', error))
  }
}

async function main(): Promise<void> {
  const options = parseOptions(
    process.argv.slice(2),
    flows.map(flow => flow.dialect),
  )
  if (options === 'help') {
    console.log(usage)
    return
  }
  console.log('Starting PostgreSQL ...')
  const database = await startDatabase()
  opened.push(() => database.stop())
  const machine = `${await describeMachine(database.version)}, ${options.processes} server processes`
  console.log(machine)
  const floorUrl = await database.create('floor')
  const floor = await openFloor(floorUrl, benchSkus)
  opened.push(() => floor.close())
  const floorCounter = await openStatementCounter(floorUrl)
  opened.push(() => floorCounter.close())
  if (options.isFloorOnly) {
    await runFloorAlone(floor, floorCounter, options)
    return
  }
  if (options.bare.length > 0) {
    await runBare(await database.create('bare'), floor, options)
    return
  }
  if (options.goods.length > 0) {
    const sizes = await measureCatalogSizes(database, pickFlows(options), options, close => void opened.push(close))
    console.log(`\n${catalogSizesAsText(sizes)}`)
    return
  }
  if (options.vendure !== undefined) {
    const { server } = await startOurs(database, options)
    const sides = await measureBesideVendure(options.vendure, server.baseUrl, pickFlows(options), floor, options)
    console.log(`\n${besideVendureAsText(sides)}`)
    return
  }
  const report = await runAll(machine, database, floor, floorCounter, options)
  console.log(`\n${reportAsText(report)}`)
  if (options.jsonFile !== undefined) await writeFile(options.jsonFile, reportAsJson(report))
}

async function runAll(
  machine: string,
  database: BenchDatabase,
  floor: Floor,
  floorCounter: StatementCounter,
  options: BenchOptions,
): Promise<Report> {
  const { server, url } = await startOurs(database, options)
  const counter = await openStatementCounter(url)
  opened.push(() => counter.close())
  const reports: FlowReport[] = []
  for (const flow of pickFlows(options)) {
    reports.push(await runFlow(flow, { server, database }, floor, counter, options))
  }
  const first = flows[0]
  const lines =
    first === undefined
      ? []
      : await measureCartSizes(first, server.baseUrl, benchSkus, options.lines, options.lineWrites)
  return { machine, flows: reports, floorStatements: await countStatements(floor.checkout, floorCounter), lines }
}

async function startOurs(database: BenchDatabase, { processes }: BenchOptions) {
  const url = await database.create('polytill')
  const environment = { DATABASE_URL: url }
  console.log('Seeding the demo store ...')
  await runCommand(['migrate'], environment)
  await runCommand(['seed', 'demo'], environment)
  await loadGoods(environment)
  const server = await startServer({ ...environment, POLYTILL_PROCESSES: String(processes) })
  opened.push(() => server.stop())
  return { server, url }
}

function pickFlows({ dialects }: BenchOptions): readonly RunnableFlow[] {
  return flows.filter(({ dialect }) => dialects.includes(dialect))
}

async function runFlow(
  flow: RunnableFlow,
  ours: Parameters<typeof compare>[0],
  floor: Floor,
  counter: StatementCounter,
  options: BenchOptions,
): Promise<FlowReport> {
  const lanes = flow.open(ours.server.baseUrl, benchSkus, Math.max(1, ...options.shoppers))
  try {
    await warmUp(lanes.checkout, Math.min(8, Math.max(...options.shoppers)), options.processes)
    const comparisons = []
    for (const shoppers of options.shoppers) {
      const result = await compare(ours, lanes.checkout, floor.checkout, shoppers, options)
      comparisons.push(result)
      const share = (result.ratioToFloor * 100).toFixed(1)
      console.log(
        `${flow.dialect}, ${shoppers} shoppers: ${result.ours.perSecond.toFixed(1)}/s, ${share} % of the floor`,
      )
    }
    return { dialect: flow.dialect, statements: await countStatements(lanes.checkout, counter), comparisons }
  } finally {
    lanes.close()
  }
}

async function runFloorAlone(floor: Floor, counter: StatementCounter, options: BenchOptions): Promise<void> {
  const statements = await countStatements(floor.checkout, counter)
  console.log(`Floor: ${totalStatements(statements)} statements per checkout besides begin and commit`)
  for (const shoppers of options.shoppers) {
    await runSlice(recorderOf(floor.checkout), shoppers, options.warmUpSeconds)
    const recorder = recorderOf(floor.checkout)
    await runSlice(recorder, shoppers, options.seconds)
    const { perSecond, whole, clientBusy } = measured(recorder)
    console.log(
      `Floor, ${shoppers} shoppers: ${perSecond.toFixed(1)}/s, p50 ${whole.p50.toFixed(1)} ms, p99 ${whole.p99.toFixed(1)} ms, client busy ${(clientBusy * 100).toFixed(0)} %`,
    )
  }
}

async function runBare(url: string, floor: Floor, options: BenchOptions): Promise<void> {
  const bare = await openBare(url, options.processes, Math.max(...options.shoppers))
  opened.push(() => bare.stop())
  for (const cost of options.bare) {
    const checkout = bare.checkout(cost)
    await warmUp(checkout, Math.min(...options.shoppers), options.processes)
    for (const shoppers of options.shoppers) {
      const [ours, theirs] = [recorderOf(checkout), recorderOf(floor.checkout)]
      for (let slice = 0; slice < Math.max(2, Math.round(options.seconds / options.sliceSeconds)); slice += 1) {
        await runSlice(ours, shoppers, options.sliceSeconds)
        await runSlice(theirs, shoppers, options.sliceSeconds)
      }
      const [perSecond, most] = [measured(ours).perSecond, measured(theirs).perSecond]
      console.log(
        `${cost.requests} requests, ${cost.statements} statements, ${shoppers} shoppers: ${perSecond.toFixed(1)}/s, ${((100 * perSecond) / most).toFixed(1)} % of the floor`,
      )
    }
  }
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
