/**
 * One spelling for several that mean the same: `/v2/orders.json` is `/v2/orders`, as the vendor's first documents and clients of
 * then write it; `/api/storefront/cart`, of the vendor's snippets, is `carts`, and a slash at the end means nothing there.
 */
export function canonicalPath(segments: readonly string[]): readonly string[] {
  if (segments[0] === 'stores' && segments[2] === 'v2') return withoutFormat(segments)
  if (segments[0] !== 'api' || segments[1] !== 'storefront') return segments
  const [api, storefront, resource = '', ...below] = segments
  const [last] = below.slice(-1)
  return [api, storefront, resource === 'cart' ? 'carts' : resource, ...(last === '' ? below.slice(0, -1) : below)]
}

function withoutFormat(segments: readonly string[]): readonly string[] {
  const last = segments.at(-1) ?? ''
  return last.endsWith('.json') ? [...segments.slice(0, -1), last.slice(0, -'.json'.length)] : segments
}
