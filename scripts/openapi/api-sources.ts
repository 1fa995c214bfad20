import { createAdmin } from '../../src/admin/index.js'
import { indexRoutes, type RouteRow } from '../../src/cli/route-index.js'
import type { Route } from '../../src/dialects/dialect.js'
import { dialects } from '../../src/dialects/index.js'
import type { RecordedExchange } from '../../test/support/record-exchanges.js'
import { apiFacts } from './apis.js'
import { describeHandler } from './describe-handler.js'
import type { ApiSource } from './render-openapi.js'

/** Every API of the product, with what the tests exchanged with it. */
export function apiSources(
  root: string,
  exchanges: readonly RecordedExchange[],
  version: string,
): readonly ApiSource[] {
  const admin = createAdmin({ adminKey: '', importFile: neverCalled, exportFile: neverCalled })
  const rows = [...indexRoutes(dialects, root), ...admin.routes.map(route => adminRow(route))]
  return [admin, ...dialects].map(dialect => {
    const facts = apiFacts[dialect.name]
    if (facts === undefined) throw new Error(`scripts/openapi/apis.ts says nothing of ${dialect.name}`)
    return {
      dialect,
      facts,
      version,
      rows: rows.filter(row => row.dialect === dialect.name),
      exchanges: exchanges.filter(each => each.dialect === dialect.name),
      describe: row => describeHandler(row, root),
    }
  })
}

function neverCalled(): never {
  throw new Error('routes are listed here, not run')
}

/** The admin API's handlers are made at start; what its operations say of themselves is what its endpoints do. */
function adminRow({ surface, method, path, operation, coverage, source }: Route): RouteRow {
  const handler = operation.replaceAll(/-(\w)/g, (_all, letter: string) => letter.toUpperCase())
  const file = `src/operations/${operation}.ts`
  return { dialect: 'admin', surface, method, path, handler, file, operationFile: file, coverage, source }
}
