/** What may be handed to a statement; sent as text, so that both drivers treat it alike. Undefined is null. */
export type SqlParameter = string | number | bigint | boolean | null | undefined | readonly string[] | readonly number[]

/** A column's value: int8 is a bigint, json an object, timestamptz an ISO 8601 text, arrays are arrays of text. */
export type SqlValue = string | number | bigint | boolean | null | object

/** A plain SQL text. Its name makes it a prepared statement; one name has one text. */
export interface Statement {
  readonly name?: string
  readonly text: string
  /**
   * Outside of a transaction it may go in one round trip, and so in one transaction, with statements of others: it looks up what it
   * needs by keys, in a time that nobody minds. A write says which lock it may have to wait for.
   */
  readonly shares?: 'read' | SharedWrite
}

/** A write that locks one thing alone. */
export interface SharedWrite {
  /** A cart's row, or that an owner has one cart alone; who takes both takes the owner's first. */
  readonly locks: 'cart' | 'owner'
  /** Which parameters name it, all of them, from 0: in their order trips lock. */
  readonly keys: readonly number[]
}

export interface SqlResult<Row> {
  readonly rows: readonly Row[]
  /** Rows that were returned, inserted, updated or deleted. */
  readonly count: number
}

/** Runs statements: on any connection, or inside the transaction that handed it out. */
export interface Sql {
  /** @throws SqlError when the database refuses; StorageUnavailable when it cannot be reached */
  query<Row extends object = Readonly<Record<string, SqlValue>>>(
    statement: Statement | string,
    parameters?: readonly SqlParameter[],
  ): Promise<SqlResult<Row>>
}

/** A column of an answer, with PostgreSQL's number of its type. */
export interface RawColumn {
  readonly name: string
  readonly type: number
}

/** An answer as it comes from a driver: every value is text or null. */
export interface RawResult {
  /** The same object where the same statement was prepared before, if the driver can tell. */
  readonly columns: readonly RawColumn[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly count: number
}

/** One statement as it goes to a driver. */
export interface RawStatement {
  readonly name: string | undefined
  readonly text: string
  readonly parameters: readonly (string | null)[]
  readonly shares?: Statement['shares']
}

/** One connection, held by one user at a time. */
export interface Connection {
  run(statement: RawStatement): Promise<RawResult>
  /** Several statements in one text, without parameters. */
  script(text: string): Promise<void>
}

/** How statements reach a database. The only part that differs between PostgreSQL and PGlite. */
export interface Driver {
  readonly description: string
  /** There is no second connection: using the database inside a transaction would wait for ever. */
  readonly isSingle?: boolean
  run(statement: RawStatement): Promise<RawResult>
  /** Lends one connection; it is thrown away rather than used again when `use` says that it is broken. */
  hold<T>(use: (connection: Connection, markBroken: () => void) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** What the database refused, with PostgreSQL's five-character code. */
export class SqlError extends Error {
  override readonly name = 'SqlError'
  constructor(
    message: string,
    readonly code: string,
    readonly constraint?: string,
    readonly detail?: string,
  ) {
    super(message)
  }
}

/** Whether `error` says that a unique constraint (the named one, if given) was about to be broken. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    error instanceof SqlError && error.code === '23505' && (constraint === undefined || error.constraint === constraint)
  )
}
