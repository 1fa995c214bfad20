import type { Route } from '../../src/dialects/dialect.js'
import { drivers } from '../conformance/drivers.js'
import type { TestServer } from '../support/test-server.js'
import type { HostileRequest } from './exchange.js'

/** What clients of one dialect send when all is well. */
export interface GoodRequests {
  readonly dialect: string
  readonly requests: readonly HostileRequest[]
  /** Values that the requests gave to a route's parameters, by name. */
  readonly parameters: ReadonlyMap<string, readonly string[]>
}

/**
 * Lets a shopper of the dialect buy something, and keeps every request of it.
 *
 * @returns gives those requests with a new cart in place of the one that was bought
 */
export async function recordGoodRequests(
  server: TestServer,
  dialect: string,
  routes: readonly Route[],
): Promise<() => Promise<GoodRequests>> {
  let purchase = await recordPurchase(server, dialect)
  let open: readonly string[] = []
  // What was bought cannot be spoiled any more, so the same requests go to a cart that is still open.
  return async () => {
    let begun = await purchase.begin()
    if (begun === undefined && !(await isOpen(server, open[0]))) {
      // A hostile request may have closed the account: somebody else arrives.
      purchase = await recordPurchase(server, dialect)
      begun = await purchase.begin()
    }
    // Where a shopper may have one cart only, the open one is still there.
    if (begun !== undefined) open = await namesOf(server, begun.cartId)
    const moved = purchase.recorded.map(request => renamed(request, purchase.old, open))
    return { dialect, requests: moved, parameters: parametersOf(moved, routes, [open[0] ?? '', purchase.number]) }
  }
}

/** One purchase by a new shopper, who may begin further carts. */
async function recordPurchase(server: TestServer, dialect: string) {
  const requests: HostileRequest[] = []
  const recording: TestServer = {
    ...server,
    request: (method, path, options = {}) => {
      const { headers = {}, body } = options
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      requests.push({ method, path, headers, ...(text === undefined ? {} : { body: text }) })
      return server.request(method, path, options)
    },
  }
  const driver = drivers.find(each => each.dialect === dialect)
  if (driver === undefined) throw new Error(`no driver shops by ${dialect}`)
  const shopper = await driver.arrive(recording)
  const goods = [
    { sku: 'MUG-1', quantity: 1 },
    { sku: 'TEE-1', quantity: 2 },
  ]
  const bought = await shopper.begin(goods)
  await shopper.readCart(bought.cartId)
  const old = await namesOf(server, bought.cartId)
  const number = await shopper.place(bought.cartId)
  if (number !== undefined) await shopper.readOrder(number)
  const begin = () => shopper.begin(goods).catch(() => undefined)
  return { recorded: [...requests], old, number: number ?? '1', begin }
}

async function isOpen({ storage }: TestServer, id: string | undefined): Promise<boolean> {
  return id !== undefined && (await storage.carts.read({ id })).cart?.status === 'open'
}

/** All that a dialect may call a cart by. */
async function namesOf(server: TestServer, id: string): Promise<readonly string[]> {
  const { cart } = await server.storage.carts.read({ id })
  if (cart === undefined) throw new Error('a cart that was begun is stored')
  return [id, id.replaceAll('-', ''), cart.number, cart.accessToken]
}

function renamed(request: HostileRequest, from: readonly string[], to: readonly string[]): HostileRequest {
  return from.reduce<HostileRequest>(
    (before, name, index) => JSON.parse(JSON.stringify(before).replaceAll(name, to[index] ?? '')),
    request,
  )
}

function parametersOf(
  requests: readonly HostileRequest[],
  routes: readonly Route[],
  known: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>([['', [...known]]])
  for (const { path } of requests) {
    const segments = (path.split('?')[0] ?? '').split('/')
    for (const route of routes) {
      const pattern = route.path.split('/')
      const fits =
        pattern.length === segments.length &&
        pattern.every((part, index) => part.startsWith(':') || part === segments[index])
      if (!fits) continue
      for (const [index, part] of pattern.entries()) {
        if (!part.startsWith(':')) continue
        values.set(part, [...(values.get(part) ?? []), segments[index] ?? ''])
      }
    }
  }
  return values
}

/** The route's path with parameters that were seen under their names, or `other` where none was. */
export function fillPath(path: string, { parameters }: GoodRequests, pick: number, other: string): string {
  return path
    .split('/')
    .map(part => {
      if (!part.startsWith(':')) return part
      const seen = parameters.get(part) ?? parameters.get('') ?? []
      return pick % 3 === 0 ? other : (seen.at(-1 - (pick % Math.max(seen.length, 1))) ?? other)
    })
    .join('/')
}
