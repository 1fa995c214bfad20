import { Worker } from 'node:worker_threads'
import { ownFile } from '../../own-files.js'
import type { Connection, Driver, RawResult, RawStatement } from '../postgres/sql.js'
import { SqlError } from '../postgres/sql.js'
import { StorageUnavailable } from '../storage.js'

type Request = ({ readonly kind: 'run' } & RawStatement) | { readonly kind: 'script'; readonly text: string } | Control
type Control = { readonly kind: 'dump' } | { readonly kind: 'close' }

interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly failure?: { message: string; code?: string; constraint?: string; detail?: string }
}

export interface PgliteDriver extends Driver {
  /** The whole data directory as a compressed archive. */
  dump(): Promise<Uint8Array<ArrayBuffer>>
}

/**
 * Opens PGlite in a worker thread.
 *
 * @param options `dataDirectory` absent: in memory; `template`: an archive that a new database starts from
 * @throws StorageUnavailable when it does not open
 */
export async function openPglite(options: {
  readonly dataDirectory?: string
  readonly template?: Uint8Array<ArrayBuffer>
  readonly description: string
}): Promise<PgliteDriver> {
  const { description, ...workerData } = options
  const thread = startThread(workerData)
  await thread.ready
  const queue = createQueue()
  const connection: Connection = {
    run: async statement => (await thread.ask({ kind: 'run', ...statement })) as RawResult,
    script: async text => void (await thread.ask({ kind: 'script', text })),
  }
  return {
    description,
    isSingle: true,
    run: statement => queue(() => connection.run(statement)),
    // The one connection is never thrown away; a broken one means that the thread is gone, which every call reports.
    hold: use => queue(() => use(connection, () => undefined)),
    dump: () => queue(async () => (await thread.ask({ kind: 'dump' })) as Uint8Array<ArrayBuffer>),
    close: () => queue(() => thread.close()),
  }
}

/** One user at a time, in order of arrival. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

function startThread(workerData: object) {
  const worker = new Worker(ownFile('storage/pglite/worker.js'), { workerData, name: 'pglite' })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let gone: Error | undefined
  const expect = (id: number) =>
    new Promise<unknown>((resolve, reject) => {
      if (gone !== undefined) return reject(gone)
      // While an answer is awaited the thread keeps the process alive; otherwise it does not.
      worker.ref()
      waiting.set(id, { resolve, reject })
    })
  const fail = (error: Error) => {
    gone ??= error
    for (const { reject } of waiting.values()) reject(gone)
    waiting.clear()
  }
  worker.on('message', ({ id, value, failure }: Answer) => {
    const asker = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    if (failure === undefined) asker?.resolve(value)
    else asker?.reject(toError(failure))
  })
  worker.on('error', error => fail(new StorageUnavailable('the embedded database stopped', { cause: error })))
  worker.on('exit', () => fail(new StorageUnavailable('the embedded database is closed')))
  const ask = (request: Request) => {
    lastId += 1
    const answer = expect(lastId)
    if (gone === undefined) worker.postMessage({ ...request, id: lastId })
    return answer
  }
  const close = async () => {
    if (gone !== undefined) return
    await ask({ kind: 'close' })
    gone = new StorageUnavailable('the embedded database is closed')
    await worker.terminate()
  }
  return { ready: expect(0), ask, close }
}

function toError(failure: NonNullable<Answer['failure']>): Error {
  return failure.code === undefined
    ? new StorageUnavailable(`the embedded database failed: ${failure.message}`)
    : new SqlError(failure.message, failure.code, failure.constraint, failure.detail)
}
