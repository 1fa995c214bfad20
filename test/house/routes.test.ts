import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderEndpoints } from '../../scripts/render-endpoints.js'
import { indexRoutes, mentionsRoute } from '../../src/cli/route-index.js'
import { whereLines } from '../../src/cli/where.js'
import { dialects } from '../../src/dialects/index.js'
import { compileRoutes } from '../../src/http/route-table.js'
import { root } from './source-files.js'

const rows = indexRoutes(dialects, root)
const label = (row: { readonly dialect: string; readonly method: string; readonly path: string }) =>
  `${row.dialect}: ${row.method} ${row.path}`

test('docs/endpoints.md is up to date (npx tsx scripts/endpoints.ts)', () => {
  expect(readFileSync(join(root, 'docs/endpoints.md'), 'utf8')).toBe(renderEndpoints(dialects, rows))
})

test('every route has a wire test that names it, as METHOD /path', () => {
  expect(rows.filter(row => row.coverage !== 'none' && row.test === undefined).map(label)).toEqual([])
})

test('every route has its handler in a file that `npm run where` finds', () => {
  expect(rows.filter(row => row.file === undefined).map(label)).toEqual([])
})

test('every operation that a route names is a file', () => {
  const missing = dialects.flatMap(dialect =>
    dialect.routes
      .filter(route => route.operation !== 'none')
      .filter(route => !existsSync(join(root, 'src/operations', `${route.operation}.ts`)))
      .map(route => `${dialect.name}: ${route.method} ${route.path} names ${route.operation}`),
  )
  expect(missing).toEqual([])
})

test('every route says where its behavior is documented', () => {
  const silent = dialects.flatMap(dialect => dialect.routes.filter(route => route.source.trim() === ''))
  expect(silent).toEqual([])
})

describe.each(dialects.map(dialect => ({ name: dialect.name, dialect })))('$name', ({ name, dialect }) => {
  test('routes nothing twice and owns the paths that it routes', () => {
    expect(() => compileRoutes(dialect.routes)).not.toThrow()
    const strays = dialect.routes.filter(route => !dialect.owns(route.path.replaceAll(/:[^/]+/g, 'x')))
    expect(strays.map(route => `${route.method} ${route.path}`)).toEqual([])
  })

  test('lives in the folder of its name, with the files that every dialect has', () => {
    for (const file of ['index.ts', 'routes.ts', 'errors.ts']) {
      expect(existsSync(join(root, 'src/dialects', name, file)), file).toBe(true)
    }
  })
})

describe('a text names an endpoint', () => {
  test.each([
    ["post('POST /carts/:uuid/items')", true],
    ['GET /carts/:uuid/items', false],
    ['POST /carts/:uuid/items/:key', false],
    ['XPOST /carts/:uuid/items', false],
    ['POST /carts/:uuid/items?include=items', true],
  ])('%s: %s', (text, expected) => {
    expect(mentionsRoute(text, { method: 'POST', path: '/carts/:uuid/items' })).toBe(expected)
  })
})

test('where finds by any word of path, handler or operation', () => {
  const row = {
    dialect: 'shop',
    surface: 'storefront',
    method: 'POST',
    path: '/carts/:uuid/vouchers',
    handler: 'addVoucher',
    file: 'src/dialects/shop/storefront/vouchers.ts',
    operationFile: 'src/operations/apply-coupon.ts',
    coverage: 'full',
    source: 'a page',
  } as const
  expect(whereLines([row], 'COUPON')).toEqual([
    'shop  POST /carts/:uuid/vouchers',
    '  handler    src/dialects/shop/storefront/vouchers.ts  addVoucher',
    '  operation  src/operations/apply-coupon.ts',
    '  test       (none)',
  ])
  expect(whereLines([row], 'giftcard')).toEqual([])
})
