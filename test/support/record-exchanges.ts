import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Dialect, Route, WireRequest, WireResponse } from '../../src/dialects/dialect.js'

/** One request and its answer, as a line of JSON that `npm run openapi` reads. */
export interface RecordedExchange {
  readonly dialect: string
  readonly method: string
  /** Pattern of the route. */
  readonly path: string
  readonly query: readonly string[]
  readonly request: RecordedBody
  readonly status: number
  readonly response: RecordedBody
}

export interface RecordedBody {
  /** Media type without parameters; absent: nothing was sent. */
  readonly type?: string
  /** Of JSON; absent where it is anything else. */
  readonly json?: unknown
}

/** `POLYTILL_RECORD=folder`: every exchange of a test run is written there, a file per worker. */
const folder = process.env.POLYTILL_RECORD

/** Writes down what goes through an API; absent where the run does not ask for it. */
export const recorder = folder === undefined ? undefined : recordInto(appendTo(folder))

/** Hands every exchange of an API to `keep`. */
export function recordInto(keep: (exchange: RecordedExchange) => void): (dialect: Dialect) => Dialect {
  return dialect => ({
    ...dialect,
    routes: dialect.routes.map(route => ({
      ...route,
      ...(route.refuseUnread === undefined
        ? {}
        : {
            refuseUnread: (request: WireRequest) => {
              const answer = route.refuseUnread?.(request)
              if (answer !== undefined) keep(exchangeOf(dialect, route, request, answer))
              return answer
            },
          }),
      handler: async (request, operations) => {
        const answer = await route.handler(request, operations)
        keep(exchangeOf(dialect, route, request, answer))
        return answer
      },
    })),
  })
}

function appendTo(directory: string): (exchange: RecordedExchange) => void {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, `${process.pid}.jsonl`)
  return exchange => appendFileSync(file, `${JSON.stringify(exchange)}\n`)
}

function exchangeOf(dialect: Dialect, route: Route, request: WireRequest, answer: WireResponse): RecordedExchange {
  return {
    dialect: dialect.name,
    method: route.method,
    path: route.path,
    query: [...new Set(request.query.keys())],
    request: bodyOf(request.body, request.headers['content-type']),
    status: answer.status,
    response: bodyOf(answer.body, headerOf(answer, 'content-type')),
  }
}

function headerOf(answer: WireResponse, name: string): string | undefined {
  const value = Object.entries(answer.headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : value?.[0]
}

function bodyOf(body: string | Buffer | undefined, contentType: string | undefined): RecordedBody {
  if (body === undefined || body.length === 0) return {}
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'application/octet-stream'
  try {
    return { type, json: JSON.parse(body.toString()) }
  } catch {
    return { type }
  }
}
