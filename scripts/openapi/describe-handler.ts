import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RouteRow } from '../../src/cli/route-index.js'

/** The doc comment of an endpoint's handler, as plain text; absent where it has none. */
export function describeHandler(row: RouteRow, root: string): string | undefined {
  if (row.file === undefined) return undefined
  const text = readFileSync(join(root, row.file), 'utf8')
  const at = new RegExp(`export (async )?(function\\*?|const) ${row.handler}\\b`).exec(text)?.index
  const before = text.slice(0, at ?? 0).trimEnd()
  if (!before.endsWith('*/')) return undefined
  const comment = before.slice(before.lastIndexOf('/**') + 3, -2)
  const lines = comment.split('\n').map(line => line.replace(/^\s*\* ?/, '').trim())
  const tags = lines.findIndex(line => line.startsWith('@'))
  return (
    lines
      .slice(0, tags < 0 ? undefined : tags)
      .join(' ')
      .trim()
      .replaceAll(/\s+/g, ' ') || undefined
  )
}
