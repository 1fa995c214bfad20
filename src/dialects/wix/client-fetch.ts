/**
 * A `fetch` for the platform's JavaScript SDK, which has no option for another origin: requests to its hosts go to
 * `origin` instead, everything else where it was meant to go. Only scheme, host and port change.
 */
export function fetchFrom(origin: string, send: typeof fetch = fetch): typeof fetch {
  return (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input)
    if (!/^(www|edge)\.wixapis\.com$/.test(asked.hostname)) return send(input, init)
    const target = new URL(`${origin}${asked.pathname}${asked.search}`)
    return send(input instanceof Request ? new Request(target, input) : target, init)
  }
}
