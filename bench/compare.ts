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
  /** User and system time of the server process, all threads, milliseconds. */
  readonly cpuMsPerCheckout: number
  /** Resident memory of the server process after the slices, mebibytes. */
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
  server: ServerProcess,
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
  for (let slice = 0; slice < Math.max(2, Math.round(options.seconds / options.sliceSeconds)); slice += 1) {
    const before = await server.cpuSeconds()
    await runSlice(oursRecorder, shoppers, options.sliceSeconds)
    cpuSeconds += (await server.cpuSeconds()) - before
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
    memoryMebibytes: await server.memoryMebibytes(),
  }
}

/** Code that has run less often is still being compiled: the first checkouts of a process cost more than twice as much. */
const warmCheckouts = 1_000
const warmUpAtMost = 15

/** Lets a flow run, before anything is measured, until the server has compiled what it needs. */
export async function warmUp(checkout: Checkout, shoppers: number, seconds: number): Promise<void> {
  const recorder = recorderOf(checkout)
  for (let turn = 0; turn < warmUpAtMost && recorder.whole.length < warmCheckouts; turn += 1) {
    await runSlice(recorder, shoppers, seconds)
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
