import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A file of a test's own, served beside the API. */
export interface StaticFile {
  readonly type: 'text/html' | 'text/javascript'
  readonly content: string | Uint8Array
}

/** One request that went on to our server. */
export interface Exchange {
  readonly method: string
  /** Without query. */
  readonly path: string
  readonly status: number
}

/** One origin for pages of a test and for our server, as a shop has its theme and its API on one host. */
export interface ShopOrigin {
  readonly origin: string
  /** What went on to our server so far. */
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

/**
 * Serves `files` by their paths, and hands everything else to the server as it came, host name included.
 *
 * @param server  origin of our server
 */
export async function openShopOrigin(server: string, files: ReadonlyMap<string, StaticFile>): Promise<ShopOrigin> {
  const target = new URL(server)
  const exchanges: Exchange[] = []
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = request
    const onward = httpRequest(
      { host: target.hostname, port: target.port, method, path: url, headers, agent: false },
      answer => {
        const status = answer.statusCode ?? 0
        exchanges.push({ method, path: pathOf(url), status })
        response.writeHead(status, answer.rawHeaders)
        answer.pipe(response)
      },
    )
    onward.on('error', error => response.destroy(error))
    request.pipe(onward)
  }
  const desk = createServer((request, response) => {
    const file = files.get(pathOf(request.url ?? '/'))
    if (file === undefined) return forward(request, response)
    response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` }).end(file.content)
  })
  await new Promise<void>(resolve => desk.listen(0, '127.0.0.1', resolve))
  const { port } = desk.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    exchanges,
    close: async () => {
      desk.closeAllConnections()
      await new Promise(resolve => desk.close(resolve))
    },
  }
}

function pathOf(url: string): string {
  return url.split('?')[0] ?? ''
}
