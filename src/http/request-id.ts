import { randomUUID } from 'node:crypto'

/** What we take over from a client or a proxy: long enough to be unique, and nothing that could break a log line. */
const saneRequestId = /^[A-Za-z0-9._:+/=-]{8,128}$/

/** The client's own `X-Request-Id` where it is sane, else a random one. */
export function requestIdOf(incoming: string | undefined): string {
  return incoming !== undefined && saneRequestId.test(incoming) ? incoming : randomUUID()
}
