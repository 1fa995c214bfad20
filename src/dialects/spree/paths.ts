/** What `/checkouts/N/...` offers itself; everything else below it is the order's. */
const checkoutActions = new Set(['next', 'advance', 'complete'])

/** First segments behind `/api` that are this platform's. */
const resources = new Set([
  'checkouts',
  'orders',
  'shipments',
  'products',
  'variants',
  'countries',
  'states',
  'zones',
  'config',
  'users',
])

const logins = new Set(['login', 'logout'])

/**
 * One spelling for all that mean the same: `/api/v1` is `/api`, a format suffix is dropped, and what hangs on a checkout
 * hangs on the order.
 */
export function canonicalPath(segments: readonly string[]): readonly string[] {
  const [first, second, ...rest] = segments
  const [name = '', format] = (first ?? '').split('.')
  if (segments.length === 1 && logins.has(name) && (format === undefined || format === 'json' || format === 'js')) {
    return [name]
  }
  if (first !== 'api') return segments
  const plain = withoutFormat(second === 'v1' ? ['api', ...rest] : segments)
  const [, resource, number, action] = plain
  const isOrders = resource === 'checkouts' && action !== undefined && !checkoutActions.has(action)
  return isOrders ? ['api', 'orders', number ?? '', ...plain.slice(3)] : plain
}

function withoutFormat(segments: readonly string[]): readonly string[] {
  const last = segments.at(-1) ?? ''
  return last.endsWith('.json') ? [...segments.slice(0, -1), last.slice(0, -'.json'.length)] : segments
}

/** Whether a path is this platform's. */
export function isOwnPath(path: string): boolean {
  const [first, second] = canonicalPath(path.split('/').slice(1))
  return first === 'api' ? second !== undefined && resources.has(second) : logins.has(first ?? '')
}
