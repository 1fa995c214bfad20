import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Finished {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Running {
  readonly child: ChildProcess
  readonly out: () => string
  readonly finished: Promise<Finished>
}

/** The build where it is newer than every source, as after `npm run build`; else the sources, which start slower. */
const command = isBuildFresh() ? ['dist/cli.js'] : ['--import', 'tsx', 'src/cli.ts']

/** Runs `polytill` with nothing of our own environment but the path. */
export function startCli(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [...command, ...args], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { out: '', err: '' }
  child.stdout.on('data', chunk => {
    text.out += String(chunk)
  })
  child.stderr.on('data', chunk => {
    text.err += String(chunk)
  })
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ code, ...text }))
  })
  return { child, out: () => text.out, finished }
}

export function runCli(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Finished> {
  return startCli(args, environment).finished
}

function isBuildFresh(): boolean {
  const built = statSync('dist/cli.js', { throwIfNoEntry: false })
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  return built !== undefined && sources.every(name => statSync(join('src', name)).mtimeMs <= built.mtimeMs)
}
