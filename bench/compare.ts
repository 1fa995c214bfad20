import type { BenchDatabase } from './database.js'
import type { Checkout } from './flow.js'
import { type Measured, measured, median, recorderOf, runSlice } from './measure.js'
import type { BenchOptions } from './options.js'
import type { ServerProcess } from './server-process.js'
import type { StatementCounter } from './statements.js'

/** Ours against the floor, same machine, same minutes. */
export interface Comparison {
  readonly shoppers: number
  readonly ours: Measured
  readonly floor: Measured
  readonly ratioToFloor: number
  /** User and system time of the server's processes, all threads, milliseconds. */
  readonly cpuMsPerCheckout: number
  /** The same of PostgreSQL; absent where the system does not tell. */
  readonly databaseCpuMsPerCheckout?: number
  /** Resident memory of the server's processes after the slices, mebibytes. */
  readonly memoryMebibytes: number
}

/** Statements of one step, without begin and commit; those are counted beside. */
export interface StepStatements {
  readonly name: string
  readonly statements: number
  readonly transactionControl: number
}

/** Lets ours and the floor take turns slice by slice, so that whatever else the machine does hits both. */
export async function compare(
  { server, database }: { readonly server: ServerProcess; readonly database: Pick<BenchDatabase, 'cpuSeconds'> },
  ours: Checkout,
  floor: Checkout,
  shoppers: number,
  options: BenchOptions,
): Promise<Comparison> {
  await runSlice(recorderOf(ours), shoppers, options.warmUpSeconds)
  await runSlice(recorderOf(floor), shoppers, options.warmUpSeconds)
  const oursRecorder = recorderOf(ours)
  const floorRecorder = recorderOf(floor)
  let cpuSeconds = 0
  let databaseSeconds: number | undefined = 0
  for (let slice = 0; slice < Math.max(2, Math.round(options.seconds / options.sliceSeconds)); slice += 1) {
    const before = await server.cpuSeconds()
    const databaseBefore = await database.cpuSeconds()
    await runSlice(oursRecorder, shoppers, options.sliceSeconds)
    const databaseAfter = await database.cpuSeconds()
    cpuSeconds += (await server.cpuSeconds()) - before
    databaseSeconds = sumOrNone(databaseSeconds, databaseAfter, databaseBefore)
    await runSlice(floorRecorder, shoppers, options.sliceSeconds)
  }
  const oursMeasured = measured(oursRecorder)
  const floorMeasured = measured(floorRecorder)
  return {
    shoppers,
    ours: oursMeasured,
    floor: floorMeasured,
    ratioToFloor: oursMeasured.perSecond / floorMeasured.perSecond,
    cpuMsPerCheckout: (cpuSeconds * 1_000) / oursMeasured.checkouts,
    ...(databaseSeconds === undefined
      ? {}
      : { databaseCpuMsPerCheckout: (databaseSeconds * 1_000) / oursMeasured.checkouts }),
    memoryMebibytes: await server.memoryMebibytes(),
  }
}

function sumOrNone(sum: number | undefined, after: number | undefined, before: number | undefined): number | undefined {
  return sum === undefined || after === undefined || before === undefined ? undefined : sum + after - before
}

/** Code that has run less often is still being compiled: the first checkouts of a process cost more than twice as much. */
const warmCheckouts = 1_500
const warmUpSecondsAtMost = 60

/** Lets a flow run, before anything is measured, until every process of the server has compiled what it needs. */
export async function warmUp(checkout: Checkout, shoppers: number, processes: number): Promise<void> {
  const recorder = recorderOf(checkout)
  for (let second = 0; second < warmUpSecondsAtMost && recorder.whole.length < warmCheckouts * processes; second += 1) {
    await runSlice(recorder, shoppers, 1)
  }
}

/** Checkouts counted one by one; the middle one counts, so that a job that runs now and then is left out. */
const countedCheckouts = 9

/** Statements of each step of one checkout while nobody else buys. */
export async function countStatements(
  checkout: Checkout,
  counter: StatementCounter,
): Promise<readonly StepStatements[]> {
  const counts = checkout.steps.map(() => ({ statements: [] as number[], control: [] as number[] }))
  for (let run = 0; run < countedCheckouts; run += 1) {
    await checkout.run(0, async (step, work) => {
      const counted = await counter.during(work)
      counts[step]?.statements.push(counted.statements)
      counts[step]?.control.push(counted.transactionControl)
    })
  }
  return checkout.steps.map((name, index) => ({
    name,
    statements: median(counts[index]?.statements ?? []),
    transactionControl: median(counts[index]?.control ?? []),
  }))
}
