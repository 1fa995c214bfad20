import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { requestTemplate } from '../support/databases.js'
import { runCli, startCli } from './run-cli.js'

beforeAll(() => requestTemplate())

describe('the command line', () => {
  test('tells its commands and settings, and exits with 0', async () => {
    const { code, out } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const word of 'dev serve migrate seed import export keys doctor where DATABASE_URL PORT LOG_LEVEL'.split(
      ' ',
    )) {
      expect(out).toContain(word)
    }
  })

  test('exits with 2 for what it does not know, and shows the help', async () => {
    const { code, err } = await runCli(['fly'])
    expect(code).toBe(2)
    expect(err).toContain("unknown command 'fly'")
    expect(err).toContain('Usage: polytill')
  })

  test('tells all problems of the environment at once, without a stack, and exits with 1', async () => {
    const { code, err } = await runCli(['serve'], { PORT: 'x', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' })
    expect(code).toBe(1)
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL']) expect(err).toContain(name)
    expect(err).not.toContain('    at ')
  })

  test('doctor says what a sound set-up has, and what a broken one lacks', async () => {
    const sound = await runCli(['doctor'], { DATABASE_URL: 'memory:', PORT: '0' })
    expect(sound.out).toContain('All migrations are applied.')
    expect(sound.code).toBe(0)
    const broken = await runCli(['doctor'], { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/x', PORT: '0' })
    expect(broken.out).toContain('fail  PostgreSQL at 127.0.0.1:1/x cannot be opened')
    expect(broken.out).not.toContain('hunter2')
    expect(broken.code).toBe(1)
  })

  test('doctor fails where nothing can listen at HOST, and only warns where Polytill itself may', async () => {
    const quick = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' }
    const elsewhere = await runCli(['doctor'], { ...quick, HOST: '203.0.113.7', PORT: '8080' })
    expect(elsewhere.out).toContain(
      'fail  203.0.113.7 port 8080 cannot be opened (EADDRNOTAVAIL).\n      Set HOST to an address of this machine',
    )
    const taken = createServer()
    const port = await new Promise<number>(resolve => {
      taken.listen(0, '127.0.0.1', () => resolve(portOf(taken)))
    })
    const running = await runCli(['doctor'], { ...quick, HOST: '127.0.0.1', PORT: String(port) })
    taken.close()
    expect(running.out).toContain(`warn  127.0.0.1 port ${port} cannot be opened (EADDRINUSE).`)
  })

  test('doctor fails where a mount names a channel that the store does not have, or a payment method a provider', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'polytill-doctor-'))
    const environment = { POLYTILL_DATA_DIR: join(directory, 'data'), PORT: '0' }
    await runCli(['seed', 'demo'], environment)
    const wrong = await runCli(['doctor'], { ...environment, POLYTILL_MOUNTS: 'spryker@dee vtex@br' })
    expect(wrong.out).toContain(
      'fail  POLYTILL_MOUNTS names the channel dee for spryker, which the store does not have.',
    )
    expect([wrong.code, wrong.out.includes('channel br')]).toEqual([1, false])

    const method = {
      ...{ kind: 'payment_method', channel: 'de', id: 'by-stripe', integerId: 901, name: 'Card' },
      ...{ providerName: 'Stripe', provider: 'stripe', paymentKind: 'card' },
    }
    const file = join(directory, 'stripe.jsonl')
    await writeFile(file, JSON.stringify(method))
    expect((await runCli(['import', file], environment)).code).toBe(0)
    const unset = await runCli(['doctor'], environment)
    expect(unset.out).toContain(
      'fail  The payment method by-stripe of the channel de is paid by stripe, which is not set up.\n      Set POLYTILL_STRIPE_SECRET_KEY.',
    )
    const set = await runCli(['doctor'], { ...environment, POLYTILL_STRIPE_SECRET_KEY: 'sk_test_x' })
    expect([unset.code, set.code, set.out.includes('by-stripe')]).toEqual([1, 0, false])
    await rm(directory, { recursive: true })
  })

  test('says in a sentence what the system does not let it do', async () => {
    const environment = { DATABASE_URL: 'memory:', PORT: '0' }
    const file = fileURLToPath(import.meta.url)
    const elsewhere = await runCli(['serve'], { ...environment, HOST: '203.0.113.7' })
    const nowhere = await runCli(['export', '/no/such/folder/store.json'], environment)
    const noFolder = await runCli(['export', dirname(file)], environment)
    const noDirectory = await runCli(['keys', 'list'], { POLYTILL_DATA_DIR: file })
    for (const { code, err } of [elsewhere, nowhere, noFolder, noDirectory]) {
      expect(err).toMatch(/^The system does not allow that: .+\n$/)
      expect(code).toBe(1)
    }
    expect(elsewhere.err).toContain('203.0.113.7')
    expect(nowhere.err).toContain('/no/such/folder/store.json')
    expect(noDirectory.err).toContain(file)
  })

  test('says once that the database cannot be reached', async () => {
    const { err } = await runCli(['migrate'], { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/x' })
    expect(err).toMatch(/^The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1\nRun "polytill doctor"/)
  })

  test('where finds an endpoint, and exits with 1 when there is none', async () => {
    const found = await runCli(['where', 'guest-cart-items'])
    expect(found.out).toContain('POST /guest-cart-items\n  handler    src/dialects/')
    expect(found.code).toBe(0)
    expect((await runCli(['where', 'teleport'])).code).toBe(1)
  })
})

describe('serve', () => {
  test('shows a new admin key, gets ready, and closes in order when it is told to', async () => {
    const port = await freePort()
    const running = startCli(['serve'], { DATABASE_URL: 'memory:', HOST: '127.0.0.1', PORT: String(port) })
    await untilReady(`http://127.0.0.1:${port}`)
    running.child.kill('SIGTERM')
    const { code, out, err } = await running.finished
    expect(err).toBe('')
    expect(out).toMatch(/Admin key {3}\S{32,}/)
    expect(out).toContain('"msg":"closing"')
    expect(code).toBe(0)
  })

  test('says in a sentence that the port is taken', async () => {
    const taken = createServer()
    const port = await new Promise<number>(resolve => {
      taken.listen(0, '127.0.0.1', () => resolve(portOf(taken)))
    })
    const environment = { DATABASE_URL: 'memory:', HOST: '127.0.0.1', PORT: String(port) }
    const { code, err } = await runCli(['serve'], environment)
    taken.close()
    expect(code).toBe(1)
    expect(err).toBe('That port is taken by another program. Set PORT to a free one, or stop the other program.\n')
  })
})

async function untilReady(origin: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const isReady = await fetch(`${origin}/health/ready`).then(
      answer => answer.ok,
      () => false,
    )
    if (isReady) return
    await sleep(100)
  }
  throw new Error('it did not get ready')
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const port = portOf(probe)
      probe.close(() => resolve(port))
    })
  })
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
