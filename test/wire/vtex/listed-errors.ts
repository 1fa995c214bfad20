import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One row of the table of errors in the dialect's page. */
export interface ListedError {
  readonly code: string
  readonly status: number
  /** `{0}` stands for what the error names. */
  readonly words: string
}

const page = readFileSync(fileURLToPath(new URL('../../../docs/dialects/vtex.md', import.meta.url)), 'utf8')

/** What `docs/dialects/vtex.md` says that errors look like: each is brought about by `errors.test.ts`. */
export const listedErrors: readonly ListedError[] = [
  ...page.matchAll(/^\| `((?:CHK|ORD|FMT)?\d+)` \| (\d{3}) \| (.+?) \|/gm),
].map(([, code = '', status = '', words = '']) => ({ code, status: Number(status), words }))

/** Codes of the platform that the page says are never told. */
export const untoldCodes: readonly string[] = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \| (?!\d{3} \|)/gm)].flatMap(
  ([, codes = '']) => [...codes.matchAll(/(?:CHK|ORD|FMT)\d+/g)].map(([code]) => code),
)

const dialectPath = fileURLToPath(new URL('../../../../shared/dialects/vtex.md', import.meta.url))

/** Codes that the platform's documents list, as far as somebody put a digest of them beside the project. */
export const publishedCodes: readonly string[] = existsSync(dialectPath)
  ? [...new Set(readFileSync(dialectPath, 'utf8').match(/\b(?:CHK|ORD|FMT)\d{3,5}\b/g) ?? [])]
  : []

/** Rows with that code: most have one. */
export function listedAs(code: string): readonly ListedError[] {
  const rows = listedErrors.filter(row => row.code === code)
  if (rows.length === 0) throw new Error(`${code} is not in the table of docs/dialects/vtex.md`)
  return rows
}

/** The words of a row with what it names. */
export function filledIn(words: string, values: readonly string[]): string {
  return words.replace(/\{(\d)\}/g, (whole, index) => values[Number(index)] ?? whole)
}
