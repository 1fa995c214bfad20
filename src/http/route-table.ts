import type { Method, Route } from '../dialects/dialect.js'

/** A route whose pattern fits a path, with what the path says at the pattern's parameters. */
export interface RouteMatch {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** What a table knows about one path: the route for the method, and every method that the path answers. */
export interface PathMatch {
  readonly match: RouteMatch | undefined
  /** Empty: no route has this path at all. */
  readonly allowed: readonly Method[]
}

export interface RouteTable {
  find(segments: readonly string[], method: string): PathMatch
}

interface Node {
  readonly literals: Map<string, Node>
  parameter: Node | undefined
  readonly routes: Map<string, NamedRoute>
  readonly methods: Method[]
}

interface NamedRoute {
  readonly route: Route
  /** Of its parameters, in the order in which they stand in the path. */
  readonly names: readonly string[]
}

const nowhere: PathMatch = { match: undefined, allowed: [] }

/**
 * Compiles routes once; looking one up costs a map access per path segment.
 *
 * A literal segment wins over a parameter, an empty segment is a value like any other (`/carts//items` fits
 * `/carts/:uuid/items`), and `/carts/` is another path than `/carts`.
 *
 * @throws Error when two routes have the same method and an equal pattern: a mistake in a table, found at start
 */
export function compileRoutes(routes: readonly Route[]): RouteTable {
  const root = emptyNode()
  for (const route of routes) addRoute(root, route)
  return {
    find(segments, method) {
      const nodes: { readonly node: Node; readonly values: readonly string[] }[] = []
      collect(root, segments, 0, [], nodes)
      if (nodes.length === 0) return nowhere
      const found = nodes.find(({ node }) => node.routes.has(method))
      const named = found?.node.routes.get(method)
      return {
        match: named && found ? { route: named.route, params: nameValues(named.names, found.values) } : undefined,
        allowed: methodsOf(nodes.map(({ node }) => node)),
      }
    },
  }
}

/** Splits a path into its segments without the leading slash; `/carts/` has two, the last one empty. */
export function splitPath(path: string): readonly string[] {
  return (path.startsWith('/') ? path.slice(1) : path).split('/')
}

function methodsOf(nodes: readonly Node[]): readonly Method[] {
  const [first] = nodes
  return first !== undefined && nodes.length === 1 ? first.methods : [...new Set(nodes.flatMap(node => node.methods))]
}

function emptyNode(): Node {
  return { literals: new Map(), parameter: undefined, routes: new Map(), methods: [] }
}

function addRoute(root: Node, route: Route): void {
  let node = root
  for (const segment of splitPath(route.path)) {
    if (segment.startsWith(':')) {
      node.parameter ??= emptyNode()
      node = node.parameter
    } else {
      const next = node.literals.get(segment) ?? emptyNode()
      node.literals.set(segment, next)
      node = next
    }
  }
  const present = node.routes.get(route.method)?.route
  if (present) throw new Error(`${route.method} ${route.path} is routed twice (also as ${present.path})`)
  const names = splitPath(route.path).flatMap(segment => (segment.startsWith(':') ? [segment.slice(1)] : []))
  node.routes.set(route.method, { route, names })
  node.methods.push(route.method)
}

/** Every node that the path reaches, the most literal first. */
function collect(
  node: Node,
  segments: readonly string[],
  depth: number,
  values: readonly string[],
  found: { readonly node: Node; readonly values: readonly string[] }[],
): void {
  const segment = segments[depth]
  if (segment === undefined) {
    if (node.routes.size > 0) found.push({ node, values })
    return
  }
  const literal = node.literals.get(segment)
  if (literal) collect(literal, segments, depth + 1, values, found)
  if (node.parameter) collect(node.parameter, segments, depth + 1, [...values, segment], found)
}

function nameValues(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}
