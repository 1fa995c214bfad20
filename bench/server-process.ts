import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { freePort } from './database.js'

/** Our server as a process of its own, as people run it. */
export interface ServerProcess {
  readonly baseUrl: string
  /** User and system time so far, seconds. */
  cpuSeconds(): Promise<number>
  /** Resident memory now, mebibytes. */
  memoryMebibytes(): Promise<number>
  stop(): Promise<void>
}

const command = 'dist/cli.js'
/** As the README starts it. */
const nodeOptions = ['--max-semi-space-size=64']
const readyWithinMilliseconds = 60_000

/** Runs `polytill <args>` to its end. @throws Error with what it printed when it fails */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const child = spawn(process.execPath, [command, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`polytill ${args.join(' ')} ended with ${code}:\n${output().slice(-4_000)}`)
}

/** Starts `polytill serve` on a free port and waits until it says that it is ready. */
export async function startServer(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await freePort()
  const baseUrl = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [...nodeOptions, command, 'serve'], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...environment, PORT: String(port), HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  const stop = (): Promise<void> => stopChild(child)
  try {
    await untilReady(baseUrl, child)
  } catch (error) {
    await stop()
    throw new Error(`The server did not get ready: ${String(error)}\n${output().slice(-4_000)}`)
  }
  return {
    baseUrl,
    cpuSeconds: () => metric(baseUrl, 'process_cpu_seconds_total'),
    memoryMebibytes: async () => (await metric(baseUrl, 'process_resident_memory_bytes')) / 1_048_576,
    stop,
  }
}

async function untilReady(baseUrl: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + readyWithinMilliseconds
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    const isReady = await fetch(`${baseUrl}/health/ready`).then(
      answer => answer.ok,
      () => false,
    )
    if (isReady) return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error(`no answer within ${readyWithinMilliseconds} ms`)
}

async function metric(baseUrl: string, name: string): Promise<number> {
  const text = await (await fetch(`${baseUrl}/metrics`)).text()
  const line = text.split('\n').find(candidate => new RegExp(`^\\w*${name}[ {]`).test(candidate))
  const value = Number(line?.split(' ').at(-1))
  if (!Number.isFinite(value)) throw new Error(`/metrics names no ${name}`)
  return value
}

/** Keeps the last part of what a process printed. */
function collect(child: ChildProcess): () => string {
  let text = ''
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString('utf8')).slice(-20_000)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => text
}

/** Asks a process to end, and ends it where it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(late)
}

/**
 * One line about the machine, for the record beside the figures. The load average tells whether others were at work on it:
 * much above 0 before the run begins, and the figures are worth less.
 */
export async function describeMachine(databaseVersion: string): Promise<string> {
  const os = await import('node:os')
  const cpus = os.cpus()
  const memory = Math.round(os.totalmem() / 1_073_741_824)
  const load = os.loadavg()[0]?.toFixed(1) ?? 'unknown'
  const kernel = await readFile('/proc/version', 'utf8').then(
    text => text.split(' ').slice(0, 3).join(' '),
    () => `${os.type()} ${os.release()}`,
  )
  return `${cpus.length} x ${cpus[0]?.model ?? 'processor'}, ${memory} GiB, ${kernel}, Node ${process.version}, PostgreSQL ${databaseVersion}, commit ${commit()}, load before ${load}`
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
