import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { TaxFault } from '../core/pricing/tax-quote.js'
import type { WireTaxAnswer } from './tax-service.js'

/** What is sent, and how much of an answer is waited for. */
export interface BoundedPost {
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly waitMilliseconds: number
  readonly answerBytes: number
  /** Absent: names are resolved as they are. */
  readonly lookup?: LookupFunction
}

const socketsPerHost = 32
const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: socketsPerHost }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: socketsPerHost }),
}

/**
 * One POST with an end to everything: time, from the name to the last byte, and size. No redirect is followed. A reused
 * connection that the other side had closed already is tried once more, on a new one: then nothing was heard.
 */
export async function postBounded(url: URL, post: BoundedPost): Promise<WireTaxAnswer | { readonly fault: TaxFault }> {
  const signal = AbortSignal.timeout(post.waitMilliseconds)
  const first = await attempt(url, post, signal)
  if (first !== 'stale') return first
  const second = await attempt(url, post, signal)
  return second === 'stale' ? { fault: 'unreachable' } : second
}

function attempt(
  url: URL,
  { body, headers, answerBytes, lookup }: BoundedPost,
  signal: AbortSignal,
): Promise<WireTaxAnswer | { readonly fault: TaxFault } | 'stale'> {
  return new Promise(resolve => {
    const isTls = url.protocol === 'https:'
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      agent: isTls ? agents.https : agents.http,
      signal,
      ...(lookup === undefined ? {} : { lookup }),
    }
    const failed = (error: NodeJS.ErrnoException): void => {
      const isStale = request.reusedSocket && error.code === 'ECONNRESET'
      resolve(signal.aborted ? { fault: 'timed_out' } : isStale ? 'stale' : { fault: 'unreachable' })
    }
    const request = (isTls ? requestHttps : requestHttp)(url, options, response => {
      response.on('error', failed)
      readWhole(response, answerBytes, text =>
        resolve(
          text === undefined
            ? { fault: 'unusable' }
            : { status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', text },
        ),
      )
    })
    request.on('error', failed)
    request.end(body)
  })
}

/** @param done  undefined: it is larger than it may be, and the rest is not listened to */
function readWhole(response: IncomingMessage, most: number, done: (text: string | undefined) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > most) {
      done(undefined)
      response.destroy()
      return
    }
    chunks.push(chunk)
  })
  response.on('end', () => done(Buffer.concat(chunks).toString('utf8')))
}
