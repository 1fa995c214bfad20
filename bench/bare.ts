import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import pg from 'pg'
import { freePort } from './database.js'
import { floorSchema } from './floor-schema.js'
import type { Checkout } from './flow.js'
import { openConnection } from './http-connection.js'
import { stopChild } from './server-process.js'

/** As many requests and statements as some flow has, and nothing else. */
export interface BareCost {
  readonly requests: number
  readonly statements: number
}

/** Servers that decide nothing; see `bare-server.ts`. */
export interface Bare {
  /** A checkout that costs so much, statements spread over its requests. */
  checkout(cost: BareCost): Checkout
  stop(): Promise<void>
}

/**
 * Starts them over the database at `url`, a process each; shoppers are spread over them.
 *
 * @param shoppers  the most at one moment
 */
export async function openBare(url: string, processes: number, shoppers: number): Promise<Bare> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(floorSchema)
  await client.end()
  const servers = await Promise.all(Array.from({ length: processes }, () => start(url)))
  const connections = Array.from({ length: shoppers }, (_, lane) =>
    openConnection(`http://127.0.0.1:${servers[lane % processes]?.port ?? 0}`),
  )
  return {
    checkout: ({ requests, statements }) => ({
      steps: Array.from({ length: requests }, (_, step) => `request ${step + 1}`),
      async run(lane, around) {
        const cart = randomUUID()
        for (let step = 0; step < requests; step += 1) {
          const share = Math.floor((statements * (step + 1)) / requests) - Math.floor((statements * step) / requests)
          const body = JSON.stringify({ cart, isNew: step === 0, statements: share })
          await around(step, async () => {
            const answer = await connections[lane]?.send('POST', '/', { body })
            if (answer?.status !== 200) throw new Error(`The bare server answered ${answer?.status}`)
          })
        }
      },
    }),
    stop: async () => {
      for (const connection of connections) connection.close()
      await Promise.all(servers.map(({ child }) => stopChild(child)))
    },
  }
}

async function start(url: string): Promise<{ readonly port: number; readonly child: ChildProcess }> {
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/bare-server.ts'], {
    env: { ...process.env, DATABASE_URL: url, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const started = await Promise.race([
    once(child.stdout, 'data').then(() => true),
    once(child, 'exit').then(() => false),
  ])
  if (!started) throw new Error('The bare server did not start')
  return { port, child }
}
