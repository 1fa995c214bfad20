import type { EntryKind } from './kinds.js'
import type { FileProblem, Path, Place } from './problem.js'

/** One entry as it stands in a file, not yet looked at. */
export interface Entry {
  readonly kind: EntryKind
  readonly value: unknown
  /** Where a part of it stands. */
  place(path: Path): Place
}

/** What a reader finds: an entry, or a place that holds none. */
export type Found = { readonly entry: Entry } | { readonly problem: FileProblem }

/** The forms of a store file. */
export const fileFormats = ['json', 'json_lines', 'csv_products', 'csv_prices', 'csv_stock'] as const
export type FileFormat = (typeof fileFormats)[number]

/** A store file; `open` begins at its first byte each time. */
export interface StoreFile {
  readonly format: FileFormat
  open(): AsyncIterable<Uint8Array>
}
