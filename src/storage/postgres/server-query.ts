import pg from 'pg'
import type { Undone } from './shared-trips.js'
import type { RawColumn, RawResult, RawStatement } from './sql.js'

/**
 * Sends one statement through a connection of `pg`, which knows by these methods how to send it and whom to tell what comes
 * back (its `Submittable`, as `pg-cursor` is one). Left out is what pg's own query does for every application and nobody needs
 * here: each statement copied with all descriptions of its properties, rows made into objects twice, and the columns of a
 * prepared statement asked for again each time.
 *
 * @returns when the server is ready for the next statement; rejects with the server's or the connection's error
 */
export function runQuery(client: pg.ClientBase, statement: RawStatement): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    client.query(queryOf(client, statement, resolve, reject))
  })
}

/** Whether this connection has the statement prepared and knows its columns. */
export function isPrepared(client: pg.ClientBase, { name, text }: RawStatement): boolean {
  return name !== undefined && preparedByClient.get(client)?.get(name)?.text === text
}

/**
 * Sends several statements that `isPrepared` at once, with one Sync after the last: the server takes them as one transaction, of which
 * all or none are done.
 *
 * @returns their results in order, once the server has committed, or what it undid them for; rejects with the connection's error
 */
export function runTogether(
  client: pg.ClientBase,
  statements: readonly RawStatement[],
): Promise<readonly RawResult[] | Undone> {
  return new Promise((resolve, reject) => {
    client.query(tripOf(client, statements, resolve, reject))
  })
}

/** What a connection knows of the statements that were prepared on it. */
interface PreparingConnection extends pg.Connection {
  /** Texts by name; pg moves them from the second to the first once the server took them. */
  readonly parsedStatements: Readonly<Record<string, string>>
  readonly submittedNamedStatements: Record<string, string>
  sendCopyFail(message: string): void
}

/** What pg calls on the statement that is under way, and reads of it. */
interface Query extends pg.Submittable {
  readonly name: string | undefined
  readonly text: string
  handleRowDescription(message: { readonly fields: readonly pg.FieldDef[] }): void
  handleDataRow(message: { readonly fields: readonly (string | null)[] }): void
  handleCommandComplete(message: { readonly text: string }): void
  handleReadyForQuery(): void
  handleError(error: unknown, connection: pg.Connection): void
  handleEmptyQuery(): void
  handlePortalSuspended(): void
  handleCopyInResponse(connection: PreparingConnection): void
  handleCopyData(): void
}

const noColumns: readonly RawColumn[] = []

/** A statement that the server has prepared. It refuses one whose columns changed. */
interface Prepared {
  readonly text: string
  readonly columns: readonly RawColumn[]
}

/** By connection and name of the statement. */
const preparedByClient = new WeakMap<pg.ClientBase, Map<string, Prepared>>()

function queryOf(
  client: pg.ClientBase,
  { name, text, parameters }: RawStatement,
  resolve: (result: RawResult) => void,
  reject: (error: unknown) => void,
): Query {
  const rows: (readonly (string | null)[])[] = []
  let columns: readonly RawColumn[] | undefined
  let count = 0
  return {
    name,
    text,
    submit: connection => {
      if (name === undefined && parameters.length === 0) return connection.query(text)
      columns = name === undefined ? undefined : preparedByClient.get(client)?.get(name)?.columns
      try {
        submitPrepared(connection as PreparingConnection, { name, text, parameters }, columns === undefined)
      } catch (error) {
        reject(error)
      }
    },
    handleRowDescription: ({ fields }) => {
      columns = fields.map(field => ({ name: field.name, type: field.dataTypeID }))
    },
    handleDataRow: ({ fields }) => void rows.push(fields),
    handleCommandComplete: message => {
      count = countOf(message)
      if (name !== undefined) keep(client, name, { text, columns: columns ?? noColumns })
    },
    handleReadyForQuery: () => resolve({ columns: columns ?? noColumns, rows, count }),
    handleError: reject,
    ...unused,
  }
}

function tripOf(
  client: pg.ClientBase,
  statements: readonly RawStatement[],
  resolve: (outcome: readonly RawResult[] | Undone) => void,
  reject: (error: unknown) => void,
): Query {
  const results: RawResult[] = []
  let rows: (readonly (string | null)[])[] = []
  return {
    name: undefined,
    text: '',
    submit: connection => {
      try {
        submitTogether(connection as PreparingConnection, statements)
      } catch (error) {
        reject(error)
      }
    },
    handleRowDescription: nothing,
    handleDataRow: ({ fields }) => void rows.push(fields),
    handleCommandComplete: message => {
      const { name = '' } = statements[results.length] ?? {}
      results.push({
        columns: preparedByClient.get(client)?.get(name)?.columns ?? noColumns,
        rows,
        count: countOf(message),
      })
      rows = []
    },
    // Not before: what was done is undone where a later one is refused.
    handleReadyForQuery: () => resolve(results),
    handleError: (error, connection) => {
      if (error instanceof pg.DatabaseError) afterRefusal(connection, error, results.length, resolve, reject)
      else reject(error)
    },
    ...unused,
  }
}

/**
 * A server that goes on after its error has undone the trip. One that goes away may have committed it before, whatever the error
 * is called.
 */
function afterRefusal(
  connection: pg.Connection,
  error: pg.DatabaseError,
  at: number,
  resolve: (undone: Undone) => void,
  reject: (error: unknown) => void,
): void {
  const goesOn = () => {
    connection.off('end', isGone)
    resolve({ error, at })
  }
  const isGone = () => {
    connection.off('readyForQuery', goesOn)
    reject(new Error(`${error.message} (${error.code})`, { cause: error }))
  }
  connection.once('readyForQuery', goesOn).once('end', isGone)
}

/** Of `SELECT 3`, `INSERT 0 1`, `BEGIN`. */
function countOf({ text }: { readonly text: string }): number {
  return Number(text.slice(text.lastIndexOf(' ') + 1)) || 0
}

function nothing(): void {}

const unused = {
  handleEmptyQuery: nothing,
  handlePortalSuspended: nothing,
  handleCopyInResponse: (connection: PreparingConnection) => connection.sendCopyFail('nothing is copied here'),
  handleCopyData: nothing,
}

function keep(client: pg.ClientBase, name: string, prepared: Prepared): void {
  const known = preparedByClient.get(client)
  if (known === undefined) preparedByClient.set(client, new Map([[name, prepared]]))
  else known.set(name, prepared)
}

/** All its messages in one write to the socket. */
function submitPrepared(
  connection: PreparingConnection,
  { name = '', text, parameters }: RawStatement,
  asksColumns: boolean,
): void {
  connection.stream.cork()
  try {
    const known = connection.parsedStatements[name] ?? connection.submittedNamedStatements[name]
    if (name === '' || known !== text) {
      connection.parse({ text, name, types: [] }, true)
      if (name !== '') connection.submittedNamedStatements[name] = text
    }
    connection.bind({ portal: '', statement: name, values: [...parameters] }, true)
    if (asksColumns) connection.describe({ type: 'P', name: '' }, true)
    connection.execute(null, true)
  } finally {
    // Also where a parameter could not be written, so that the connection is not left waiting.
    connection.sync()
    connection.stream.uncork()
  }
}

function submitTogether(connection: PreparingConnection, statements: readonly RawStatement[]): void {
  connection.stream.cork()
  try {
    for (const { name = '', parameters } of statements) {
      connection.bind({ portal: '', statement: name, values: [...parameters] }, true)
      connection.execute(null, true)
    }
  } finally {
    connection.sync()
    connection.stream.uncork()
  }
}
