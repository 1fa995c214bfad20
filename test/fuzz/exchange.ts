import { request as httpRequest } from 'node:http'

/** A request as bytes: nothing is checked or completed on the way. */
export interface HostileRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface HostileAnswer {
  /** 0: the connection ended without an answer. */
  readonly status: number
  readonly contentType: string
  readonly text: string
  readonly milliseconds: number
}

/** No answer may take longer, milliseconds: far above what any takes, also on a busy machine. */
export const patience = 20_000

/** Sends it over a socket of its own. A server that refuses a large body early may close before all is sent. */
export function exchange(baseUrl: string, { method, path, headers, body }: HostileRequest): Promise<HostileAnswer> {
  const { hostname, port } = new URL(baseUrl)
  const begin = performance.now()
  return new Promise(resolve => {
    const answer = (status: number, contentType: string, text: string) =>
      resolve({ status, contentType, text, milliseconds: performance.now() - begin })
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const sent = httpRequest(
      { host: hostname, port, method, path, headers: { ...length, ...headers }, agent: false, timeout: patience },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', error => answer(0, '', String(error)))
        response.on('end', () => {
          const type = response.headers['content-type'] ?? ''
          answer(response.statusCode ?? 0, type, Buffer.concat(chunks).toString('utf8'))
        })
      },
    )
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${patience} ms`)))
    sent.on('error', error => answer(0, '', String(error)))
    sent.end(body)
  })
}

/** One line that repeats the request by hand; long bodies are cut. */
export function describeRequest({ method, path, headers, body }: HostileRequest): string {
  const shown = body === undefined ? '' : ` ${JSON.stringify(body.toString().slice(0, 600))}`
  return `${method} ${path.slice(0, 300)} ${JSON.stringify(headers)}${shown}`
}
