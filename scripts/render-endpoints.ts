import type { RouteRow } from '../src/cli/route-index.js'
import type { Dialect } from '../src/dialects/dialect.js'

/** Text of docs/endpoints.md: every endpoint of every dialect, made of the route tables. */
export function renderEndpoints(dialects: readonly Dialect[], rows: readonly RouteRow[]): string {
  const parts = dialects.map(dialect =>
    renderDialect(
      dialect,
      rows.filter(row => row.dialect === dialect.name),
    ),
  )
  return [
    '# Endpoints',
    '',
    '<!-- Made by scripts/endpoints.ts from the route tables; a house test compares. Do not edit. -->',
    '',
    'Coverage says how much of the original endpoint is there: full, partial or none. The source names where its',
    'behavior is documented. `npm run where <word>` finds the same in a terminal.',
    '',
    ...parts.flat(),
  ].join('\n')
}

function renderDialect(dialect: Dialect, rows: readonly RouteRow[]): readonly string[] {
  const surfaces = [...new Set(rows.map(row => row.surface))]
  return [
    `## ${dialect.title} (\`${dialect.name}\`, ${rows.length} endpoints)`,
    '',
    ...surfaces.flatMap(surface => [
      `### ${surface}`,
      '',
      '| Method | Path | Handler | Operation | Coverage | Source |',
      '|---|---|---|---|---|---|',
      ...rows.filter(row => row.surface === surface).map(renderRow),
      '',
    ]),
  ]
}

function renderRow(row: RouteRow): string {
  const handler = row.file === undefined ? row.handler : `[${row.handler}](../${row.file})`
  const operation =
    row.operationFile === undefined
      ? '-'
      : `[${row.operationFile.replace(/^.*\/|\.ts$/g, '')}](../${row.operationFile})`
  const cells = [row.method, `\`${row.path}\``, handler, operation, row.coverage, row.source.replaceAll('|', '\\|')]
  return `| ${cells.join(' | ')} |`
}
