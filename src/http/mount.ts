import type { ChannelId } from '../core/ids.js'
import type { Dialect, Method, WireRequest } from '../dialects/dialect.js'
import { compileRoutes, type PathMatch, type RouteMatch, type RouteTable, splitPath } from './route-table.js'

/** A dialect and the places where it answers. */
export interface MountedDialect {
  readonly dialect: Dialect
  /** Where its new carts start; absent: the channel whose settings name the dialect, else the first one. */
  readonly channel?: ChannelId
  /** Answers on the shared origin, beside the others. */
  readonly onOrigin: boolean
  /** `/spryker`: answers below that path too. */
  readonly prefixes: readonly string[]
  /** Answers everything that is asked under these host names. */
  readonly hosts: readonly string[]
  /** Answers everything on these ports. */
  readonly ports: readonly number[]
  /** Our own: no channel, no cross-origin answers. Probes answer under every host name of the shared port. */
  readonly house?: 'probes' | 'pages'
}

/** The dialects that may answer one request, and its path as they see it. */
export interface Place {
  readonly mounts: readonly CompiledMount[]
  /** Mount prefix; empty at a root. */
  readonly prefix: string
  /** What is left of the path behind the prefix. */
  readonly path: string
  /** Reached by its own host name or port: links keep that, whatever the deployment's base URL is. */
  readonly isOwn: boolean
}

export interface CompiledMount extends MountedDialect {
  readonly table: RouteTable
}

/** Who answers, and how far the route table got. */
export type Target =
  | {
      readonly kind: 'route'
      readonly mount: CompiledMount
      readonly match: RouteMatch
      readonly allowed: readonly Method[]
    }
  | { readonly kind: 'method'; readonly mount: CompiledMount; readonly allowed: readonly Method[] }
  | { readonly kind: 'path'; readonly mount: CompiledMount }

/** @throws Error when a dialect's table routes something twice */
export function compileMounts(mounts: readonly MountedDialect[]): readonly CompiledMount[] {
  return mounts.map(mount => ({ ...mount, table: compileRoutes(mount.dialect.routes) }))
}

/**
 * Which dialects a request reaches: its own port first, then its host name, then its path prefix, then the shared
 * origin. Whose place it is also answers 404, unreadable requests and crashes.
 *
 * @param ownPort  the port, when it belongs to dialects alone; undefined on the shared one
 * @param host     host name without port, lower case
 */
export function locate(
  mounts: readonly CompiledMount[],
  request: { readonly ownPort: number | undefined; readonly host: string; readonly path: string },
): Place {
  const { ownPort, host, path } = request
  if (ownPort !== undefined) {
    return { mounts: mounts.filter(mount => mount.ports.includes(ownPort)), prefix: '', path, isOwn: true }
  }
  const byHost = mounts.filter(mount => mount.hosts.includes(host))
  if (byHost.length > 0) {
    return { mounts: [...mounts.filter(mount => mount.house === 'probes'), ...byHost], prefix: '', path, isOwn: true }
  }
  for (const mount of mounts) {
    const prefix = mount.prefixes.find(each => path === each || path.startsWith(`${each}/`))
    if (prefix !== undefined) return { mounts: [mount], prefix, path: path.slice(prefix.length) || '/', isOwn: false }
  }
  return { mounts: mounts.filter(mount => mount.onOrigin), prefix: '', path, isOwn: false }
}

/** Base URLs under which a mount is reached, where the shared origin is `origin`; no slash at the end. */
export function baseUrlsOf(mount: MountedDialect, origin: string): readonly string[] {
  const { protocol, hostname, port } = new URL(origin)
  return [
    ...(mount.onOrigin ? [origin] : []),
    ...mount.prefixes.map(prefix => `${origin}${prefix}`),
    ...mount.hosts.map(host => `${protocol}//${host}${port === '' ? '' : `:${port}`}`),
    ...mount.ports.map(own => `${protocol}//${hostname}:${own}`),
  ]
}

/** What decides who answers a request. */
export interface Asked {
  /** Percent-decoded. */
  readonly segments: readonly string[]
  readonly method: string
  readonly accept: string
  /** What pages claim a request by. */
  readonly said: Pick<WireRequest, 'rawQuery' | 'headers'>
  /** Method of the request that a browser asks leave for; absent: this is no such question. */
  readonly announced?: string | undefined
}

/**
 * Picks who answers: whose route matches; else who knows the path under another method; else who owns the path.
 * Where several dialects route the same method and path (`GET /checkout`), an address that names something of one of them
 * goes there. Else a hosted page answers those who prefer HTML, of several pages the one that knows the browser; and any
 * other client gets the first route that is no page. A browser that asks before it sends is answered by whom
 * its request will reach: rules about origins and headers are the dialect's.
 *
 * @param fallback  answers what nobody owns
 */
export function chooseTarget(place: Place, request: Asked, fallback: CompiledMount): Target {
  if (request.announced !== undefined) {
    // What asks first is a script, and never a browser that opens a page.
    const asked = { ...request, method: request.announced, accept: '', announced: undefined }
    const next = chooseTarget(place, asked, fallback)
    return next.kind === 'route' ? { kind: 'method', mount: next.mount, allowed: next.allowed } : next
  }
  const known: { readonly mount: CompiledMount; readonly found: PathMatch }[] = []
  for (const mount of place.mounts) {
    const found = mount.table.find(asRouted(mount, request.segments), request.method)
    if (found.allowed.length > 0) known.push({ mount, found })
  }
  const candidates = known.flatMap(({ mount, found: { match, allowed } }) => (match ? [{ mount, match, allowed }] : []))
  const chosen = candidates.length > 1 ? chooseAmong(candidates, request) : candidates[0]
  if (chosen) return { kind: 'route', ...chosen }
  const [first] = known
  if (first) return { kind: 'method', mount: first.mount, allowed: first.found.allowed }
  return { kind: 'path', mount: ownerOf(place, fallback) }
}

/** The path as the dialect's routes spell it; without the slash at its end, where that means nothing. */
function asRouted({ dialect }: CompiledMount, asked: readonly string[]): readonly string[] {
  const segments = dialect.canonical?.(asked) ?? asked
  const isEmptyEnd = segments.length > 1 && segments.at(-1) === ''
  return isEmptyEnd && dialect.ignoresTrailingSlash === true ? segments.slice(0, -1) : segments
}

/** Whose 404 a path gets that no route matches: its owner's, else that of the only dialect here. */
function ownerOf(place: Place, fallback: CompiledMount): CompiledMount {
  const owner = place.mounts.find(mount => mount.dialect.owns(place.path))
  const dialects = place.mounts.filter(mount => mount.house === undefined)
  return owner ?? (dialects.length === 1 ? dialects[0] : undefined) ?? fallback
}

function chooseAmong<T extends { readonly match: RouteMatch }>(
  candidates: readonly T[],
  { accept, said }: Asked,
): T | undefined {
  const claiming = (among: readonly T[], how: 'named' | 'remembered') =>
    among.find(({ match }) => match.route.claims?.(said) === how)
  const wantsPage = prefersHtml(accept)
  const fitting = candidates.filter(({ match }) => (match.route.isPage === true) === wantsPage)
  return claiming(candidates, 'named') ?? claiming(fitting, 'remembered') ?? fitting[0] ?? candidates[0]
}

/** Whether HTML is named before any JSON type: what a browser's address bar sends, and no API client. */
export function prefersHtml(accept: string): boolean {
  const types = accept.split(',').map(part => (part.split(';')[0] ?? '').trim().toLowerCase())
  const html = types.findIndex(type => type === 'text/html' || type === 'application/xhtml+xml')
  const json = types.findIndex(type => type.endsWith('json'))
  return html >= 0 && (json < 0 || html < json)
}

/**
 * Segments of a path, percent-decoded; those that are malformed or hold a NUL stay as they are and are told of.
 */
export function decodePath(path: string): { readonly segments: readonly string[]; readonly isMalformed: boolean } {
  let isMalformed = false
  const segments = splitPath(path).map(segment => {
    if (!segment.includes('%')) return segment
    try {
      const decoded = decodeURIComponent(segment)
      if (!decoded.includes('\0')) return decoded
    } catch {
      // not UTF-8 or not an escape: refused below
    }
    isMalformed = true
    return segment
  })
  return { segments, isMalformed }
}
