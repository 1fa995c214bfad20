import type { RouteRow } from './route-index.js'

/**
 * Lines that tell where the endpoints live that have `word` in their path, handler, operation or dialect;
 * empty: none has.
 */
export function whereLines(rows: readonly RouteRow[], word: string): readonly string[] {
  const wanted = word.toLowerCase()
  return rows.filter(row => textOf(row).includes(wanted)).flatMap(describe)
}

function textOf(row: RouteRow): string {
  const { dialect, surface, method, path, handler, file, operationFile } = row
  return [dialect, surface, `${method} ${path}`, handler, file, operationFile].join(' ').toLowerCase()
}

function describe(row: RouteRow): readonly string[] {
  return [
    `${row.dialect}  ${row.method} ${row.path}`,
    `  handler    ${row.file ?? '(not found)'}  ${row.handler}`,
    `  operation  ${row.operationFile ?? 'none'}`,
    `  test       ${row.test ?? '(none)'}`,
  ]
}
