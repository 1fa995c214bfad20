import { parseInteger } from './ids.js'

/** `page` (from 1) and `limit` (50, at most 250) of a list of v2. Source: dialects/bigcommerce.md 3.9. */
export function pageOf(query: URLSearchParams): { readonly offset: number; readonly limit: number } {
  const limit = Math.min(250, parseInteger(query.get('limit') ?? '') ?? 50)
  const page = Math.min(1_000_000, parseInteger(query.get('page') ?? '') ?? 1)
  return { offset: (page - 1) * limit, limit }
}
