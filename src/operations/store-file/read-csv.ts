import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { type CsvColumn, csvForms, headOf, readCell } from './csv-columns.js'
import type { Entry, Found } from './entry.js'
import type { EntryKind } from './kinds.js'
import type { Path, Place } from './problem.js'
import { MAX_LINE_LENGTH, readText, Unreadable } from './read-text.js'

interface Row {
  readonly cells: readonly string[]
  /** Where it begins; a quoted cell may hold line breaks. */
  readonly line: number
}

interface Head {
  readonly kind: EntryKind
  readonly names: readonly string[]
  /** By the number of the cell; undefined for an unknown name. */
  readonly columns: readonly (CsvColumn | undefined)[]
}

/** What can be written as a CSV file, and what its rows are. */
const csvKinds = { products: 'variant', prices: 'price', stock: 'stock' } as const satisfies Readonly<
  Record<keyof typeof csvForms, EntryKind>
>

/**
 * Entries of a CSV file: a head row with the names of the columns, in any order, then one entry a row.
 *
 * @throws Unreadable where the quotes do not match
 */
export async function* readCsv(of: keyof typeof csvForms, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Found> {
  let head: Head | undefined
  for await (const row of readRows(bytes)) {
    if (head !== undefined) {
      yield readRow(head, row)
      continue
    }
    head = { kind: csvKinds[of], names: row.cells, columns: row.cells.map(csvForms[of]) }
    yield* headProblems(head, row.line)
  }
}

async function* readRows(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Row> {
  let lastLine = 0
  const parser = parse({
    // A fault destroys rows that were parsed and not yet read, so the last good line is noted here.
    onRecord: (record, context) => {
      lastLine = context.lines
      return record
    },
    info: true,
    raw: true,
    recordDelimiter: ['\r\n', '\n'],
    skipEmptyLines: true,
    skipRecordsWithEmptyValues: true,
    trim: true,
    relaxColumnCount: true,
    maxRecordSize: MAX_LINE_LENGTH,
  })
  const source = Readable.from(readText(bytes))
  source.on('error', error => parser.destroy(error))
  try {
    for await (const item of source.pipe(parser)) {
      const { record, info, raw } = item as { record: string[]; info: { lines: number }; raw: string }
      const breaks = raw.replace(/^[\r\n]+|[\r\n]+$/g, '').split('\n').length - 1
      yield { cells: record, line: info.lines - breaks }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Unreadable({ line: lastLine + 1, column: 1, path: '', message: wordsFor(error) })
  } finally {
    source.destroy()
    parser.destroy()
  }
}

function wordsFor(error: CsvError): string {
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `a row is longer than ${MAX_LINE_LENGTH} characters`
  return 'the quotes of this row do not match; within quotes, a quote is written twice'
}

function* headProblems(head: Head, line: number): Iterable<Found> {
  for (const [index, name] of head.names.entries()) {
    const place = { line, column: index + 1, path: name }
    const isUndivided = head.names.length === 1 && /[;\t]/.test(name)
    const message = `is not a column of this file${isUndivided ? ': cells are separated by commas' : ''}`
    if (head.columns[index] === undefined) yield { problem: { ...place, message } }
    else if (head.names.indexOf(name) !== index) yield { problem: { ...place, message: 'is a column twice' } }
  }
}

function readRow(head: Head, { cells, line }: Row): Found {
  if (cells.length > head.names.length) {
    const message = `this row has ${cells.length} cells, the head has ${head.names.length}`
    return { problem: { line, column: head.names.length + 1, path: '', message } }
  }
  const value: Record<string, unknown> = {}
  for (const [index, cell] of cells.entries()) {
    const column = head.columns[index]
    if (column !== undefined && cell !== '') setAt(value, column.path, readCell(cell, column.holds))
  }
  const entry: Entry = { kind: head.kind, value, place: path => placeOf(head, path, line) }
  return { entry }
}

/** Lays a cell into an entry, making the objects and lists on the way. */
function setAt(target: Record<string | number, unknown>, path: CsvColumn['path'], cell: unknown): void {
  const [name, next, ...rest] = path
  if (name === undefined) return
  if (next === undefined) {
    target[name] = cell
    return
  }
  const below = target[name] ?? (typeof next === 'number' ? [] : {})
  target[name] = below
  setAt(below as Record<string | number, unknown>, [next, ...rest], cell)
}

/** The cell that a path of the entry was read from: the first column on, above or below it; else the row's first cell. */
function placeOf(head: Head, path: Path, line: number): Place {
  const meets = (column: CsvColumn | undefined): boolean =>
    column?.path.slice(0, path.length).every((name, depth) => name === path[depth]) === true
  const index = head.columns.findIndex(meets)
  if (index < 0) return { line, column: 1, path: headOf(path) }
  return { line, column: index + 1, path: head.names[index] ?? '' }
}
