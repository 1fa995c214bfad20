/** One spelling for `/v2/orders` and `/v2/orders.json`, as the vendor's first documents and clients of then write it. */
export function canonicalPath(segments: readonly string[]): readonly string[] {
  const [stores, , version] = segments
  const last = segments.at(-1) ?? ''
  if (stores !== 'stores' || version !== 'v2' || !last.endsWith('.json')) return segments
  return [...segments.slice(0, -1), last.slice(0, -'.json'.length)]
}
