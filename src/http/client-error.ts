import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { WireResponse } from '../dialects/dialect.js'
import { plainAnswer } from './plain-dialect.js'

/**
 * Answers bytes that are no HTTP request, headers that are too large, and clients that are too slow to send theirs.
 * There is no request to show to a dialect: status and a plain sentence, then the connection is closed.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  socket.end(rawResponse(refusalFor(error.code)))
}

function refusalFor(code: string | undefined): WireResponse {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return plainAnswer(431, 'The request headers are too large.')
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return plainAnswer(408, 'The request took too long to arrive.')
    default:
      return plainAnswer(400, 'The request cannot be read.')
  }
}

function rawResponse(response: WireResponse): string {
  const body = String(response.body ?? '')
  const headers = { ...response.headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`)
  return `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ''}\r\n${lines.join('')}\r\n${body}`
}
