import { Agent, type IncomingMessage, request } from 'node:http'

export interface HttpAnswer {
  readonly status: number
  readonly text: string
}

/** One shopper's keep-alive connection. */
export interface HttpConnection {
  send(
    method: string,
    path: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<HttpAnswer>
  close(): void
}

/** Longest wait for an answer, milliseconds: beyond it the run fails instead of hanging. */
const answerWithinMilliseconds = 30_000

/** Opens lazily and keeps one socket to the server. */
export function openConnection(baseUrl: string): HttpConnection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const origin = new URL(baseUrl)
  return {
    send(method, path, options = {}) {
      return new Promise((resolve, reject) => {
        const body = options.body === undefined ? undefined : Buffer.from(options.body)
        const headers = { ...options.headers, ...(body === undefined ? {} : { 'content-length': body.length }) }
        const outgoing = request(
          { agent, host: origin.hostname, port: origin.port, method, path, headers, timeout: answerWithinMilliseconds },
          incoming => readText(incoming).then(text => resolve({ status: incoming.statusCode ?? 0, text }), reject),
        )
        outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path} was not answered in time`)))
        outgoing.on('error', reject)
        outgoing.end(body)
      })
    },
    close: () => agent.destroy(),
  }
}

function readText(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    incoming.on('error', reject)
  })
}

/** The parsed body of an answer that must have that status. @throws Error with the body when it has another */
export function expectJson(answer: HttpAnswer, status: number): unknown {
  if (answer.status !== status)
    throw new Error(`Expected ${status}, got ${answer.status}: ${answer.text.slice(0, 500)}`)
  return JSON.parse(answer.text)
}
