import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../bench/database.js'
import { addToGuestCart, countByStatus, glue, newGuest, quantitiesOf } from '../concurrency/glue-shopper.js'
import { describeOnPostgres } from '../support/databases.js'
import { type KillableServer, runBuilt, startKillable } from './killable-server.js'
import { openSeededStore, type SeededStore } from './seeded-store.js'

/** `POLYTILL_PROCESSES`: one command, one port, several processes. */
describeOnPostgres('several processes at one port', () => {
  let server: KillableServer
  let store: SeededStore

  beforeAll(async () => {
    store = await openSeededStore()
    server = await start()
  })
  afterAll(async () => {
    await server?.stop()
    await store?.storage.close()
  })

  async function start(): Promise<KillableServer> {
    const port = await freePort()
    const environment = { DATABASE_URL: store.url, POLYTILL_PROCESSES: '3', PORT: String(port) }
    const started = await startKillable({ environment })
    await until(() => pidsOf(started).length === 3)
    return started
  }

  it('loses nothing of 50 parallel adds, and counts the requests of all', async () => {
    const before = await requestsCounted()
    const who = newGuest()
    const answers = await Promise.all(Array.from({ length: 50 }, () => addToGuestCart(server.baseUrl, who, 'MUG-1')))
    expect(countByStatus(answers)).toEqual({ 201: 50 })
    const cart = await glue(server.baseUrl, who, 'GET', '/guest-carts?include=guest-cart-items')
    expect(quantitiesOf(cart)).toEqual({ 'MUG-1': 50 })
    // Each process has a count of its own; whichever is asked tells that of all.
    expect((await requestsCounted()) - before).toBe(50)
    expect((await requestsCounted()) - before).toBe(50)
  })

  it('replaces a process that is killed, and goes on meanwhile', async () => {
    const [first = 0] = pidsOf(server)
    const who = newGuest()
    process.kill(first, 'SIGKILL')
    // A request that it had begun is cut off; the next one meets a process that lives.
    await until(async () => (await addToGuestCart(server.baseUrl, who, 'TEE-1').catch(() => undefined))?.status === 201)
    await until(() => pidsOf(server).length === 4)
    expect(server.output()).toContain('another takes its place')
    expect((await fetch(`${server.baseUrl}/health/ready`)).status).toBe(200)
    expect(pidsOf(server).filter(isAlive)).toHaveLength(3)
    expect(await store.books.faults()).toEqual([])
  })

  it('lets all finish at SIGTERM, and leaves none behind', async () => {
    const one = await start()
    const pids = pidsOf(one)
    process.kill(one.pid, 'SIGTERM')
    await one.ended
    expect(one.output().match(/"msg":"closing"/g)).toHaveLength(3)
    expect(pids.filter(isAlive)).toEqual([])
  })

  it('ends all where the first one is killed', async () => {
    const one = await start()
    const pids = pidsOf(one)
    one.kill()
    await one.ended
    await until(() => pids.every(pid => !isAlive(pid)))
  })

  it('fails, rather than trying for ever, where the port is taken', async () => {
    const environment = { DATABASE_URL: store.url, POLYTILL_PROCESSES: '2', PORT: new URL(server.baseUrl).port }
    const { code, output } = await runBuilt(['serve'], environment)
    expect(code).toBe(1)
    expect(output).toContain('That port is taken by another program.')
  })

  it('is refused with the embedded database', async () => {
    const { code, output } = await runBuilt(['serve'], { DATABASE_URL: 'memory:', POLYTILL_PROCESSES: '2' })
    expect(code).toBe(1)
    expect(output).toContain('POLYTILL_PROCESSES must be 1 with the embedded database, which has room for one')
    const odd = await runBuilt(['serve'], { DATABASE_URL: store.url, POLYTILL_PROCESSES: 'many' })
    expect(odd.code).toBe(1)
    expect(odd.output).toContain('POLYTILL_PROCESSES must be all or a whole number from 1 to 256')
  })

  async function requestsCounted(): Promise<number> {
    const text = await (await fetch(`${server.baseUrl}/metrics`)).text()
    return text
      .split('\n')
      .filter(line => line.startsWith('polytill_http_request_seconds_count') && line.includes('/guest-cart-items'))
      .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
  }
})

/** Of every process that ever listened, oldest first. */
function pidsOf(server: KillableServer): readonly number[] {
  return [...server.output().matchAll(/"pid":(\d+),"msg":"listening"/g)].map(([, pid]) => Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Waits until it holds, half a minute at most. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return
    await sleep(100)
  }
  throw new Error('it never came true')
}
