/**
 * Whether a channel names this origin: word by word, or as a local one of any port (`http://localhost:*`), which is where
 * storefronts are built. A star names nobody: it lets everybody read what needs no cookie.
 */
export function namesOrigin(allowedOrigins: readonly string[], origin: string): boolean {
  return allowedOrigins.some(allowed => allowed !== '*' && (allowed === origin || isLocalMatch(allowed, origin)))
}

/** Origins that a channel names, as a content security policy lists them; the star and what is no origin are left out. */
export function namedOrigins(allowedOrigins: readonly string[]): readonly string[] {
  return allowedOrigins.filter(each => /^https?:\/\/[a-z0-9.-]+(:(\d{1,5}|\*))?$/i.test(each))
}

const anyLocalPort = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/

/** Whether this stands for a local origin of any port. */
export function namesAnyLocalPort(allowed: string): boolean {
  return anyLocalPort.test(allowed)
}

function isLocalMatch(allowed: string, origin: string): boolean {
  const host = anyLocalPort.exec(allowed)?.[1]
  if (host === undefined) return false
  const start = `http://${host}`
  return origin === start || (origin.startsWith(`${start}:`) && /^\d{1,5}$/.test(origin.slice(start.length + 1)))
}
