import type { RawColumn, RawResult, SqlParameter, SqlResult, SqlValue } from './sql.js'

/** PostgreSQL's numbers of the types that are not read as plain text. */
const types = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  json: 114,
  float4: 700,
  float8: 701,
  textArray: 1009,
  timestamptz: 1184,
  jsonb: 3802,
} as const

/**
 * Writes a parameter as the text that PostgreSQL reads. It has no text with a NUL or with half a character: a statement with
 * one is refused, and a JSON value with the escape of one can be stored, but no member of it can ever be looked at again, not
 * even by a list of many rows. Both become U+FFFD, as they do wherever text is written as UTF-8.
 */
export function toText(parameter: SqlParameter): string | null {
  if (parameter === null || parameter === undefined) return null
  if (typeof parameter === 'string') return readable(parameter)
  if (typeof parameter === 'object') return toArrayText(parameter)
  return String(parameter)
}

/** As `JSON.stringify` writes what is no character; whole pairs it writes as they are. */
const unreadableEscape = /\\u(?:0000|d[89a-f])/
const anyEscape = /\\(?:u0000|ud[89a-f][0-9a-f]{2}|.)/gs

function readable(text: string): string {
  const whole = text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text
  const isJson = whole.startsWith('{') || whole.startsWith('[')
  if (!isJson || !whole.includes('\\u') || !unreadableEscape.test(whole)) return whole
  return whole.replace(anyEscape, found => (found.length === 6 ? '\ufffd' : found))
}

function toArrayText(items: readonly (string | number)[]): string {
  return `{${items.map(quoted).join(',')}}`
}

function quoted(item: string | number): string {
  if (typeof item === 'number') return String(item)
  const text = readable(item)
  const isPlain = !text.includes('"') && !text.includes('\\')
  return isPlain ? `"${text}"` : `"${text.replace(/["\\]/g, String.raw`\$&`)}"`
}

/** Reads the rows of an answer by their column types; the same for both drivers. */
export function readResult<Row extends object>({ columns, rows, count }: RawResult): SqlResult<Row> {
  const readers = readersOf(columns)
  return { rows: rows.map(fields => readRow(columns, readers, fields) as Row), count }
}

function readRow(
  columns: readonly RawColumn[],
  readers: readonly Reader[],
  fields: readonly (string | null)[],
): Record<string, SqlValue> {
  const row: Record<string, SqlValue> = {}
  for (let index = 0; index < columns.length; index += 1) {
    const field = fields[index] ?? null
    const read = readers[index]
    row[columns[index]?.name ?? ''] = field === null || read === undefined ? null : read(field)
  }
  return row
}

type Reader = (text: string) => SqlValue

const readersByColumns = new WeakMap<readonly RawColumn[], readonly Reader[]>()

function readersOf(columns: readonly RawColumn[]): readonly Reader[] {
  const known = readersByColumns.get(columns)
  if (known !== undefined) return known
  const readers = columns.map(({ type }) => readerOf(type))
  readersByColumns.set(columns, readers)
  return readers
}

function readerOf(type: number): Reader {
  switch (type) {
    case types.bool:
      return text => text === 't'
    case types.int8:
      return BigInt
    case types.int2:
    case types.int4:
    case types.float4:
    case types.float8:
      return Number
    case types.json:
    case types.jsonb:
      return JSON.parse
    case types.timestamptz:
      return readInstant
    case types.textArray:
      return readArray
    default:
      return text => text
  }
}

const timestamp = /^(\d{4,6}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d+)?([+-]\d\d)(?::(\d\d))?/

/** `2026-11-21 08:00:00.5+00`, or as it stands in JSON, as `2026-11-21T08:00:00.500Z`, whatever the session's time zone. */
export function readInstant(text: string): string {
  const match = timestamp.exec(text)
  if (match === null) throw new RangeError(`not a point in time: ${text}`)
  const [, day, time, fraction = '', hours, minutes = '00'] = match
  return new Date(`${day}T${time}${fraction.slice(0, 4)}${hours}:${minutes}`).toISOString()
}

/** Reads a one-dimensional array of text, quoted or not. */
function readArray(text: string): readonly string[] {
  const items: string[] = []
  const item = /"((?:[^"\\]|\\.)*)"|([^,{}"]+)/gs
  for (const match of text.matchAll(item)) {
    items.push(match[1] === undefined ? (match[2] ?? '') : match[1].replace(/\\(.)/gs, '$1'))
  }
  return items
}
