import type { Page } from './json-api.js'

/** What the query string asks about the form of the answer. */
export interface AnswerQuery {
  /** Absent: the request says nothing about it; empty: nothing shall be included. */
  readonly include: ReadonlySet<string> | undefined
  readonly sparse: ReadonlyMap<string, ReadonlySet<string>>
  readonly page: Page | undefined
  readonly sort: readonly { readonly field: string; readonly isDescending: boolean }[]
  /** `filter[type.field]=v`, by `type.field`. */
  readonly filters: ReadonlyMap<string, readonly string[]>
}

/** Reads `include`, `fields`, `page`, `sort` and `filter`; undefined when the page is no page. */
export function readQuery(query: URLSearchParams): AnswerQuery | undefined {
  const page = readPage(query)
  if (page === 'invalid') return undefined
  const include = query.getAll('include')
  return {
    include: query.has('include') ? new Set(include.flatMap(names)) : undefined,
    sparse: readSparse(query),
    page,
    sort: query.getAll('sort').flatMap(names).map(sortField),
    filters: readFilters(query),
  }
}

function names(list: string): readonly string[] {
  return list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
}

function sortField(text: string): { readonly field: string; readonly isDescending: boolean } {
  return text.startsWith('-') ? { field: text.slice(1), isDescending: true } : { field: text, isDescending: false }
}

/** Both members are needed; one alone counts as none. */
function readPage(query: URLSearchParams): Page | undefined | 'invalid' {
  const offset = query.get('page[offset]')
  const limit = query.get('page[limit]')
  if (offset === null || limit === null) return undefined
  if (!/^\d{1,9}$/.test(offset) || !/^\d{1,9}$/.test(limit) || Number(limit) === 0) return 'invalid'
  return { offset: Number(offset), limit: Number(limit) }
}

function readSparse(query: URLSearchParams): ReadonlyMap<string, ReadonlySet<string>> {
  const sparse = new Map<string, ReadonlySet<string>>()
  for (const [name, value] of query) {
    const type = /^fields\[([^\]]+)\]$/.exec(name)?.[1]
    if (type !== undefined) sparse.set(type, new Set(names(value)))
  }
  return sparse
}

function readFilters(query: URLSearchParams): ReadonlyMap<string, readonly string[]> {
  const filters = new Map<string, readonly string[]>()
  for (const [name, value] of query) {
    const field = /^filter\[([^\]]+)\]$/.exec(name)?.[1]
    if (field !== undefined) filters.set(field, [...(filters.get(field) ?? []), value])
  }
  return filters
}
