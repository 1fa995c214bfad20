/** Longest example that is kept, characters of JSON; the page stays readable. */
const longest = 4_000
const longestText = 160

/**
 * The body that tells most and is still short enough; the same one whatever the order in which they came. Addresses of
 * the run, and texts that say nothing to a reader, are made plain.
 */
export function pickExample(bodies: readonly unknown[]): unknown {
  const texts = [...new Set(bodies.map(body => JSON.stringify(plain(body))))].sort()
  const [shortest] = texts.toSorted((a, b) => a.length - b.length)
  const best = texts.filter(text => text.length <= longest).toSorted((a, b) => b.length - a.length)[0] ?? shortest
  return best === undefined || best.length > 6 * longest ? undefined : JSON.parse(best)
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 3).map(plain)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
  }
  if (typeof value !== 'string') return value
  const text = value.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'https://checkout.example')
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text
}
