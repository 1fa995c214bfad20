import cluster from 'node:cluster'
import { AggregatorRegistry, type Registry } from 'prom-client'
import { z } from 'zod'

/** Where several processes serve, each is asked for the figures of all; the first process adds them up. */
const kind = 'polytill:metrics'
/** Longer than the first process waits for the others. */
const patienceMilliseconds = 6_000

const question = z.object({ kind: z.literal(kind), id: z.number() })
const answer = question.extend({ text: z.string().optional() })

/** Tells the processes that serve, from the one that started them, what all of them have counted. */
export function addUpMetrics(): void {
  const all = new AggregatorRegistry()
  cluster.on('message', (worker, message: unknown) => {
    const asked = question.safeParse(message)
    if (!asked.success) return
    const { id } = asked.data
    const tell = (text?: string): void => {
      if (worker.isConnected()) worker.send({ kind, id, text })
    }
    // One that ends in between is never heard of again; who asked is told, and asks later.
    all.clusterMetrics().then(
      text => tell(text),
      () => tell(),
    )
  })
}

/**
 * The figures of all processes that serve together, as Prometheus text; undefined where this process serves alone.
 *
 * @returns rejects when not all of them told theirs in time
 */
export function metricsOfAll(registry: Registry): (() => Promise<string>) | undefined {
  if (!cluster.isWorker) return undefined
  // Makes this process answer when it is asked for its own part.
  new AggregatorRegistry()
  AggregatorRegistry.setRegistries(registry)
  const waiting = new Map<number, (text: string | undefined) => void>()
  let last = 0
  process.on('message', message => {
    const told = answer.safeParse(message)
    if (told.success) waiting.get(told.data.id)?.(told.data.text)
  })
  return () =>
    new Promise((resolve, reject) => {
      last += 1
      const id = last
      const end = (text: string | undefined): void => {
        clearTimeout(late)
        waiting.delete(id)
        if (text === undefined) reject(new Error('not every process told its figures in time'))
        else resolve(text)
      }
      const late = setTimeout(end, patienceMilliseconds, undefined)
      waiting.set(id, end)
      process.send?.({ kind, id })
    })
}
