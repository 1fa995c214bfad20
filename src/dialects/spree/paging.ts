import { integerText } from './params.js'
import type { SpreeRequest } from './request.js'

/** A page of a list. */
export interface Page {
  /** From 1. */
  readonly page: number
  readonly perPage: number
  readonly offset: number
}

/** Most rows on a page, whatever is asked for. Ours. */
const mostPerPage = 500

/** The page that the client asks for. */
export function pageOf({ tree, settings }: SpreeRequest): Page {
  const page = Math.max(1, integerText(tree.page) ?? 1)
  const perPage = Math.min(mostPerPage, Math.max(1, integerText(tree.per_page) ?? settings.default_per_page))
  return { page, perPage, offset: Math.min((page - 1) * perPage, Number.MAX_SAFE_INTEGER) }
}

/** What every list says of itself; `count` is what is on this page. */
export function envelope(count: number, total: number, { page, perPage }: Page) {
  return { count, current_page: page, pages: Math.ceil(total / perPage) }
}

/** The rows of a list that is at hand as a whole. */
export function pageFrom<T>(rows: readonly T[], { offset, perPage }: Page): readonly T[] {
  return rows.slice(offset, offset + perPage)
}
