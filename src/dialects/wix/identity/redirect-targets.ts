import type { WixSettings } from '../settings.js'

/**
 * Whether people may be sent to `target`: pages of the site itself, of the domains that it names, and of the machine
 * that a developer sits at. Anything else would hand codes and members over to whoever made the link.
 */
export function isAllowedTarget(target: string, settings: WixSettings, baseUrl: string): boolean {
  const url = parseUrl(target)
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false
  if (url.username !== '' || url.password !== '') return false
  if (isLoopback(url.hostname)) return true
  const own = [baseUrl, settings.checkoutUrl, settings.siteUrl].flatMap(each => parseUrl(each ?? '')?.hostname ?? [])
  const named = (settings.redirectDomains ?? []).map(domain => parseUrl(domain)?.hostname ?? domain.toLowerCase())
  return [...own, ...named].some(domain => url.hostname === domain)
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** `url` with further query parameters; those that are absent are left out. */
export function withQuery(url: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const full = new URL(url)
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) full.searchParams.set(name, value)
  return full.href
}
