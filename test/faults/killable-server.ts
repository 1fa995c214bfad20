import { type ChildProcess, spawn } from 'node:child_process'

/** The built server as a process that a test may end at any moment. */
export interface KillableServer {
  readonly baseUrl: string
  readonly pid: number
  /** Everything that it printed so far. */
  output(): string
  /** SIGKILL: nothing is finished, nothing said. */
  kill(): void
  /** SIGTERM, and SIGKILL when it does not end within ten seconds. */
  stop(): Promise<void>
  readonly ended: Promise<void>
}

const program = 'dist/cli.js'
const startMilliseconds = 60_000
const running = new Set<ChildProcess>()
// However this process ends, nothing that it started stays behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export interface Start {
  readonly environment: Readonly<Record<string, string>>
  /** Options of Node, such as `--import`. */
  readonly nodeOptions?: readonly string[]
  readonly command?: readonly string[]
}

/** Starts it on a free port. @throws Error when it ended before it listened; `isExpected` resolves undefined then */
export async function startKillable({
  environment,
  nodeOptions = [],
  command = ['serve'],
}: Start): Promise<KillableServer> {
  const { child, output, ended } = launch({ environment, nodeOptions, command })
  const origin = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`it did not listen within ${startMilliseconds} ms`)),
      startMilliseconds,
    )
    child.stdout?.on('data', () => {
      const found = /"origin":"([^"]+)".*"msg":"listening"/.exec(output())?.[1]
      if (found === undefined) return
      clearTimeout(late)
      resolve(found)
    })
    void ended.then(() => {
      clearTimeout(late)
      reject(new Error('it ended before it listened'))
    })
  }).catch(error => {
    child.kill('SIGKILL')
    throw new Error(`${String(error)}\n${output().slice(-2_000)}`)
  })
  return {
    baseUrl: origin,
    pid: child.pid ?? 0,
    output,
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
    },
    ended,
  }
}

/** Runs a command of the built program to its end. */
export async function runBuilt(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  onStart: (child: ChildProcess) => void = () => undefined,
  nodeOptions: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const { child, output, ended } = launch({ environment, nodeOptions, command })
  onStart(child)
  await ended
  return { code: child.exitCode, output: output() }
}

function launch({ environment, nodeOptions, command }: Required<Start>) {
  const child = spawn(process.execPath, [...nodeOptions, program, ...command], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'info', PORT: '0', HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let text = ''
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-100_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<void>(resolve => {
    child.once('close', () => {
      running.delete(child)
      resolve()
    })
  })
  return { child, output: () => text, ended }
}
