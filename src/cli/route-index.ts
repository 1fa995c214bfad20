import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Dialect, Route } from '../dialects/dialect.js'

/** Where one endpoint lives; files are relative to the project folder, absent where none was found. */
export interface RouteRow {
  readonly dialect: string
  readonly surface: string
  readonly method: string
  readonly path: string
  /** Name of the handler function. */
  readonly handler: string
  readonly file?: string
  /** `src/operations/<name>.ts`; absent: nothing is looked up. */
  readonly operationFile?: string
  readonly test?: string
  readonly coverage: Route['coverage']
  readonly source: string
}

/**
 * All endpoints of `dialects`, in the order of their tables. Handlers are found by name in the sources under `root`;
 * a test belongs to a route when it holds the text `METHOD /path`.
 */
export function indexRoutes(dialects: readonly Dialect[], root: string): readonly RouteRow[] {
  return dialects.flatMap(dialect => {
    const sources = readSources(join(root, 'src', 'dialects', dialect.name), root).filter(
      source => !source.file.endsWith('.test.ts'),
    )
    const tests = readSources(join(root, 'test', 'wire', dialect.name), root)
    return dialect.routes.map(route => rowOf(dialect, route, sources, tests, root))
  })
}

interface Source {
  readonly file: string
  readonly text: string
}

function rowOf(
  dialect: Dialect,
  route: Route,
  sources: readonly Source[],
  tests: readonly Source[],
  root: string,
): RouteRow {
  const found = findHandler(route, sources)
  const operationFile = `src/operations/${route.operation}.ts`
  const test = tests.find(source => mentionsRoute(source.text, route))
  return {
    dialect: dialect.name,
    surface: route.surface,
    method: route.method,
    path: route.path,
    handler: found?.name ?? route.handler.name,
    ...(found ? { file: found.file } : {}),
    ...(route.operation !== 'none' && existsSync(join(root, operationFile)) ? { operationFile } : {}),
    ...(test ? { test: test.file } : {}),
    coverage: route.coverage,
    source: route.source,
  }
}

/** Whether a text names this endpoint and not merely one whose path begins alike. */
export function mentionsRoute(text: string, route: Pick<Route, 'method' | 'path'>): boolean {
  const pattern = `${route.method} ${route.path}`.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![A-Z])${pattern}(?![A-Za-z0-9_/:.-])`).test(text)
}

/** By the function's own name; where it is wrapped, by the names that the route's entry in the table mentions. */
function findHandler(
  route: Route,
  sources: readonly Source[],
): { readonly name: string; readonly file: string } | undefined {
  const names = [route.handler.name, ...namesInTable(route, sources)]
  for (const name of names.filter(each => /^[A-Za-z]\w+$/.test(each) && each !== 'handler')) {
    const declared = new RegExp(`export (async )?(function|const) ${name}\\b`)
    const found = sources.filter(each => declared.test(each.text) && !/\/(routes|auth)[^/]*\.ts$/.test(each.file))
    // Two surfaces of one dialect may call a handler the same; each has a folder of its own.
    const source = found.find(each => each.file.includes(`/${route.surface}/`)) ?? found[0]
    if (source) return { name, file: source.file }
  }
  return undefined
}

/** Reads the flat object literal that names the path and the method; the innermost name comes first. */
function namesInTable(route: Route, sources: readonly Source[]): readonly string[] {
  for (const { text } of sources) {
    for (let at = text.indexOf(`'${route.path}'`); at >= 0; at = text.indexOf(`'${route.path}'`, at + 1)) {
      const entry = text.slice(text.lastIndexOf('{', at), text.indexOf('}', at))
      const handler = /handler:\s*([^\n]*?)(,\s*(\w+:|\.\.\.|\n)|$)/.exec(entry)?.[1] ?? ''
      if (entry.includes(`'${route.method}'`)) return handler.match(/[A-Za-z_]\w*/g)?.toReversed() ?? []
    }
  }
  return []
}

function readSources(directory: string, root: string): readonly Source[] {
  if (!existsSync(directory)) return []
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(name => join(directory, name))
    .filter(path => path.endsWith('.ts') && statSync(path).isFile())
    .sort()
    .map(path => ({ file: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
}
