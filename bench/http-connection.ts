import { connect, type Socket } from 'node:net'

export interface HttpAnswer {
  readonly status: number
  /** Status line and headers, as they came. */
  readonly head: string
  readonly text: string
}

/** One shopper's keep-alive connection; one request at a time. */
export interface HttpConnection {
  send(
    method: string,
    path: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string },
  ): Promise<HttpAnswer>
  close(): void
}

interface Waiting {
  readonly what: string
  readonly resolve: (answer: HttpAnswer) => void
  readonly reject: (error: Error) => void
}

/** Longest wait for an answer, milliseconds: beyond it the run fails instead of hanging. */
const answerWithinMilliseconds = 30_000

/**
 * Opens a connection lazily and keeps it. Written on a bare socket, since the client shares the machine with what it
 * measures: it costs a tenth of Node's own HTTP client. Reads answers with a content length, as ours all are.
 */
export function openConnection(baseUrl: string): HttpConnection {
  const origin = new URL(baseUrl)
  let socket: Socket | undefined
  let waiting: Waiting | undefined
  let received: Buffer = Buffer.alloc(0)
  const fail = (error: Error): void => {
    socket?.destroy()
    socket = undefined
    received = Buffer.alloc(0)
    const failed = waiting
    waiting = undefined
    failed?.reject(new Error(`${failed.what}: ${error.message}`))
  }
  const read = (chunk: Buffer): void => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    try {
      const answer = parseAnswer(received)
      if (answer === undefined || waiting === undefined) return
      const { resolve } = waiting
      waiting = undefined
      received = Buffer.alloc(0)
      resolve(answer)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  }
  const open = (): Socket => {
    const opened = connect({ host: origin.hostname, port: Number(origin.port), noDelay: true })
    opened.setTimeout(answerWithinMilliseconds, () => fail(new Error('not answered in time')))
    opened.on('data', read)
    opened.on('error', fail)
    opened.on('close', () => fail(new Error('the server closed the connection')))
    return opened
  }
  return {
    send(method, path, { headers = {}, body = '' } = {}) {
      return new Promise((resolve, reject) => {
        if (waiting !== undefined) throw new Error('One request at a time')
        waiting = { what: `${method} ${path}`, resolve, reject }
        socket ??= open()
        socket.write(requestText(method, path, origin.host, headers, body))
      })
    },
    close() {
      socket?.removeAllListeners('close')
      socket?.destroy()
      socket = undefined
    },
  }
}

function requestText(
  method: string,
  path: string,
  host: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}${length}\r\n${body}`
}

const endOfHead = Buffer.from('\r\n\r\n')

/** Undefined while a part is missing. @throws Error for an answer whose length is not said */
function parseAnswer(received: Buffer): HttpAnswer | undefined {
  const headEnd = received.indexOf(endOfHead)
  if (headEnd < 0) return undefined
  const head = received.toString('latin1', 0, headEnd)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined && status !== 204) throw new Error(`an answer without a content length: ${head}`)
  const begin = headEnd + endOfHead.length
  const end = begin + Number(length ?? 0)
  return received.length < end ? undefined : { status, head, text: received.toString('utf8', begin, end) }
}

/** The body of an answer that must have that status. @throws Error with the body when it has another */
export function expectStatus(answer: HttpAnswer, status: number): string {
  if (answer.status !== status)
    throw new Error(`Expected ${status}, got ${answer.status}: ${answer.text.slice(0, 500)}`)
  return answer.text
}
