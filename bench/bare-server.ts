import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { openStorage } from '../src/storage/open-storage.js'
import { realisticText } from './floor.js'

/**
 * A server that decides nothing, run as a process of its own by `openBare`: a request names a cart and how many statements it
 * shall cost; it inserts the cart with the first one and then reads and writes it in turn, and answers 6 kB. Its statements go
 * by the storage of the product, and share round trips as those of the product do. What is left to ask of a server that does
 * decide something.
 */
const storage = await openStorage({ url: process.env.DATABASE_URL ?? '', dataDirectory: '', poolSize: 16 })
const request = z.object({ cart: z.uuid(), isNew: z.boolean(), statements: z.int().min(0) })
const cartText = realisticText(4_096)
const answer = realisticText(6_144)

const insert = {
  name: 'insert',
  shares: { locks: 'cart' as const, keys: [0] },
  text: `insert into floor_carts (id, owner, version, status, body, expires_at)
    values ($1, 'bare', 1, 'open', $2, now() + interval '30 days')`,
}
const read = { name: 'read', shares: 'read' as const, text: 'select version, body from floor_carts where id = $1' }
const write = {
  name: 'write',
  shares: { locks: 'cart' as const, keys: [0] },
  text: 'update floor_carts set body = $2, version = version + 1, updated_at = now() where id = $1',
}

const server = createServer((incoming, outgoing) => {
  void text(incoming)
    .then(body => work(request.parse(JSON.parse(body))))
    .then(
      () =>
        outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer),
      (error: unknown) => {
        console.error(error)
        outgoing.writeHead(500, { 'content-length': 0 }).end()
      },
    )
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'))

async function work({ cart, isNew, statements }: z.infer<typeof request>): Promise<void> {
  for (let done = 0; done < statements; done += 1) {
    if (isNew && done === 0) await storage.sql.query(insert, [cart, cartText])
    else if (done % 2 === 0) await storage.sql.query(read, [cart])
    else await storage.sql.query(write, [cart, cartText])
  }
}
