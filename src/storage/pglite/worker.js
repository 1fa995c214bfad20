// Runs PGlite in a thread of its own, since WebAssembly would keep the event loop from serving requests. Plain
// JavaScript, so that the same file runs from the sources and from the build.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite, protocol } from '@electric-sql/pglite'

/**
 * @typedef {{ kind: 'run', id: number, name: string | undefined, text: string, parameters: readonly (string | null)[] }
 *   | { kind: 'script', id: number, text: string }
 *   | { kind: 'dump', id: number }
 *   | { kind: 'close', id: number }} Request
 * @typedef {{ columns: { name: string, type: number }[], rows: (string | null)[][], count: number }} Result
 * @typedef {{ message: string, code?: string, constraint?: string, detail?: string }} Failure
 * @typedef {{ dataDirectory?: string, template?: Uint8Array<ArrayBuffer> }} Options
 */

const { serialize } = protocol
const port = parentPort
if (port === null) throw new Error('this file runs as a worker only')

/** @type {Options} */
const options = workerData
/** Texts by the name under which the server has them prepared. @type {Map<string, string>} */
const prepared = new Map()

/** @param {unknown} error @returns {Failure} */
function toFailure(error) {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, code, constraint, detail } =
    /** @type {Error & { code?: string, constraint?: string, detail?: string }} */ (error)
  return {
    message,
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** Rows that a command touched, from its tag: `INSERT 0 1`, `UPDATE 3`. @param {string} tag */
function countOf(tag) {
  return Number(/(\d+)$/.exec(tag)?.[1] ?? 0)
}

/** @param {PGlite} database @param {Extract<Request, { kind: 'run' }>} request @returns {Promise<Result>} */
async function run(database, { name = '', text, parameters }) {
  if (name === '' || prepared.get(name) !== text) {
    if (prepared.has(name)) throw new Error(`the statement name ${name} has two texts`)
    await database.execProtocol(Buffer.concat([serialize.parse({ name, text }), serialize.sync()]))
    if (name !== '') prepared.set(name, text)
  }
  const { messages } = await database.execProtocol(
    Buffer.concat([
      serialize.bind({ statement: name, values: [...parameters] }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ]),
  )
  /** @type {Result} */
  const result = { columns: [], rows: [], count: 0 }
  for (const message of messages) {
    if (message.name === 'rowDescription') {
      const { fields } = /** @type {import('@electric-sql/pglite').messages.RowDescriptionMessage} */ (message)
      result.columns = fields.map(field => ({ name: field.name, type: field.dataTypeID }))
    } else if (message.name === 'dataRow') {
      result.rows.push(/** @type {import('@electric-sql/pglite').messages.DataRowMessage} */ (message).fields)
    } else if (message.name === 'commandComplete') {
      result.count = countOf(
        /** @type {import('@electric-sql/pglite').messages.CommandCompleteMessage} */ (message).text,
      )
    }
  }
  return result
}

/** @param {PGlite} database @param {Request} request @returns {Promise<unknown>} */
async function answer(database, request) {
  switch (request.kind) {
    case 'run':
      return run(database, request)
    case 'script':
      await database.exec(request.text)
      return undefined
    case 'dump':
      return new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer())
    case 'close':
      await database.close()
      return undefined
  }
}

try {
  const database = await PGlite.create({
    ...(options.dataDirectory === undefined ? {} : { dataDir: options.dataDirectory }),
    ...(options.template === undefined ? {} : { loadDataDir: new Blob([options.template]) }),
  })
  /** Requests are answered one after the other: there is one connection. @type {Promise<unknown>} */
  let last = Promise.resolve()
  port.on('message', (/** @type {Request} */ request) => {
    last = last.then(async () => {
      try {
        port.postMessage({ id: request.id, value: await answer(database, request) })
      } catch (error) {
        port.postMessage({ id: request.id, failure: toFailure(error) })
      }
      if (request.kind === 'close') port.close()
    })
  })
  port.postMessage({ id: 0 })
} catch (error) {
  port.postMessage({ id: 0, failure: toFailure(error) })
  port.close()
}
