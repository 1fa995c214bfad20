import type { HostileAnswer } from './exchange.js'

type Json = ReturnType<typeof JSON.parse>

/** Whether a refusal's body is one that clients of the dialect look for; several surfaces may have several. */
const shapes: Readonly<Record<string, readonly ((body: Json) => boolean)[]>> = {
  spryker: [
    body => isList(body?.errors) && body.errors.every((one: Json) => isWords(one?.detail)),
    // OAuth, at /token
    body => isWords(body?.error) && isWords(body.error_description),
  ],
  vtex: [
    body => isWords(body?.error?.message) && isWords(body.error.code),
    // the log-in of shoppers
    body => isWords(body?.authStatus),
  ],
  bigcommerce: [
    body => isWords(body?.title) && typeof body.status === 'number',
    // V2
    body => isList(body) && body.every((one: Json) => isWords(one?.message) && typeof one.status === 'number'),
    // payments, as their client reads them
    body => body?.status === 'error' && isList(body.errors) && body.errors.every((one: Json) => isWords(one?.message)),
  ],
  spree: [body => isWords(body?.error), body => isWords(body?.exception), body => isObject(body?.errors)],
  wix: [
    body => isWords(body?.message) && isObject(body?.details),
    // OAuth
    body => isWords(body?.error) && isWords(body.error_description),
  ],
  gateways: [body => isWords(body?.error)],
  admin: [body => isList(body?.errors) && body.errors.every((one: Json) => isWords(one?.message))],
}

/** Refusals that the platform itself answers with a 500, by its published codes: a denied payment, a dead transaction. */
const documented: Readonly<Record<string, RegExp>> = {
  vtex: /"code":"(ORD005|ORD026|CHK0115|CHK0204|CHK0205|CHK0206)"/,
}

/** What is wrong with an answer to a hostile request; undefined: nothing. */
export function faultOf(
  dialect: string,
  { status, contentType, text, milliseconds }: HostileAnswer,
): string | undefined {
  if (status === 0) return text
  if (status >= 500 && !documented[dialect]?.test(text)) return `status ${status}: ${text.slice(0, 300)}`
  if (milliseconds > 10_000) return `took ${Math.round(milliseconds)} ms`
  const leak = /\n {4}at |node_modules|SqlError|InvariantError|syntax error at|relation "|password_hash/.exec(text)
  if (leak !== null) return `says ${leak[0]}`
  if (status < 400 || text === '' || contentType.startsWith('text/html')) return undefined
  // Refused before the path was read, so that nobody knows whose it is.
  if (status === 431) return undefined
  const body = parsed(text)
  return shapes[dialect]?.some(fits => fits(body)) === true
    ? undefined
    : `status ${status} in another shape: ${text.slice(0, 300)}`
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isWords(value: Json): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

function isList(value: Json): boolean {
  return Array.isArray(value) && value.length > 0
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null
}
