import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a tax service is told. */
export interface TaxRequest {
  readonly headers: IncomingHttpHeaders
  readonly body: ReturnType<typeof JSON.parse>
}

/** What it says; `hold` is waited for first. */
export interface TaxReply {
  readonly status?: number
  readonly type?: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly hold?: Promise<unknown>
  /** The last bytes never come. */
  readonly neverEnds?: boolean
}

/** A tax service on loopback, which speaks the public protocol. */
export interface TestTaxService {
  readonly url: string
  readonly requests: readonly TaxRequest[]
  /** What it says from now on. */
  reply(next: (request: TaxRequest) => TaxReply): void
  close(): Promise<void>
}

const mediaType = 'application/vnd.vtex.checkout.minicart.v1+json'

/** The answer of a service that works. */
export function taxesOf(entries: unknown, more: Partial<TaxReply> = {}): TaxReply {
  return { type: mediaType, body: JSON.stringify(entries), ...more }
}

/** Ten percent of every item and of what its shipment costs, in cents, as one tax. */
export function tenPercent({ body }: TaxRequest, more: Partial<TaxReply> = {}): TaxReply {
  const entries = body.items.map((item: Readonly<Record<string, number>>) => {
    const base = Math.round(((item.itemPrice ?? 0) + (item.discountPrice ?? 0) + (item.freightPrice ?? 0)) * 100)
    return { id: item.id, taxes: [{ name: 'VAT', description: 'ten percent', value: Math.round(base / 10) / 100 }] }
  })
  return taxesOf(entries, more)
}

export async function startTaxService(): Promise<TestTaxService> {
  const requests: TaxRequest[] = []
  let next: (request: TaxRequest) => TaxReply = tenPercent
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const request = { headers: incoming.headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
      requests.push(request)
      const { status = 200, type = mediaType, body, hold, headers, neverEnds } = next(request)
      void Promise.resolve(hold).then(() => {
        outgoing.writeHead(status, { 'content-type': type, ...headers })
        if (neverEnds === true) outgoing.write(body)
        else outgoing.end(body)
      })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/taxes`,
    requests,
    reply: change => {
      next = change
    },
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
