import { performance } from 'node:perf_hooks'
import type { Checkout } from './flow.js'

/** What one side did in all its slices together. */
export interface Measured {
  readonly checkouts: number
  readonly seconds: number
  readonly perSecond: number
  readonly whole: Percentiles
  readonly steps: readonly { readonly name: string; readonly times: Percentiles }[]
  /** Share of one core that this process, the client, was busy: above 0.9 the figures say more about it than the server. */
  readonly clientBusy: number
}

/** Milliseconds. */
export interface Percentiles {
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

/** Times of one side, added up slice by slice. */
export interface Recorder {
  readonly checkout: Checkout
  readonly whole: number[]
  readonly steps: readonly number[][]
  seconds: number
  activeSeconds: number
}

/** An empty record of that side. */
export function recorderOf(checkout: Checkout): Recorder {
  return { checkout, whole: [], steps: checkout.steps.map(() => []), seconds: 0, activeSeconds: 0 }
}

/**
 * Lets that many shoppers buy one after the other for that long. A checkout that has begun is finished and counted, and
 * the slice lasts until the last one is done, so that no slow one is left out. The first failure ends the run.
 */
export async function runSlice(recorder: Recorder, shoppers: number, seconds: number): Promise<void> {
  const begin = performance.now()
  const usedBefore = performance.eventLoopUtilization()
  const until = begin + seconds * 1_000
  await Promise.all(
    Array.from({ length: shoppers }, async (_, lane) => {
      while (performance.now() < until) {
        const started = performance.now()
        await recorder.checkout.run(lane, async (step, work) => {
          const stepStarted = performance.now()
          await work()
          recorder.steps[step]?.push(performance.now() - stepStarted)
        })
        recorder.whole.push(performance.now() - started)
      }
    }),
  )
  recorder.seconds += (performance.now() - begin) / 1_000
  recorder.activeSeconds += performance.eventLoopUtilization(usedBefore).active / 1_000
}

/** The figures of all slices of one side. */
export function measured(recorder: Recorder): Measured {
  return {
    checkouts: recorder.whole.length,
    seconds: recorder.seconds,
    perSecond: recorder.whole.length / recorder.seconds,
    whole: percentiles(recorder.whole),
    steps: recorder.checkout.steps.map((name, index) => ({ name, times: percentiles(recorder.steps[index] ?? []) })),
    clientBusy: recorder.activeSeconds / recorder.seconds,
  }
}

/** By the nearest rank; zeros where nothing was measured. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((one, other) => one - other)
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}

/** The middle one. */
export function median(values: readonly number[]): number {
  return percentiles(values).p50
}
