import cluster from 'node:cluster'
import { type Config, readConfig } from '../config.js'
import { importDepsOf, type RunningServer, type StartOptions, start } from '../main.js'
import type { OpenStorage } from '../storage/open-storage.js'
import type { Output } from './output.js'
import { runProcesses } from './run-processes.js'
import { runSeed } from './seed.js'
import { CommandFailed, exitCodes, failureText } from './terminal.js'

type Environment = Readonly<Record<string, string | undefined>>

/** The database, where it is being opened already. */
export type EarlyStorage = Promise<OpenStorage | undefined> | undefined

/** `polytill serve`: no seed, no migrations; resolves when the server was told to stop. */
export async function runServe(environment: Environment, output: Output, early?: EarlyStorage): Promise<number> {
  const config = readConfig(environment)
  if (config.processes > 1 && cluster.isPrimary) return runProcesses(config)
  const running = await start(config, await opened(early))
  if (running.adminKey.isNew) output.write(`${adminKeyLine(running)}\n`)
  return untilStopped(running)
}

/** `polytill dev`: brings the database up to date, fills an empty one with the demo store, says what to try. */
export async function runDev(environment: Environment, output: Output, early?: EarlyStorage): Promise<number> {
  // a line per request would drown what is printed here; LOG_LEVEL=info brings them back
  const level = environment.LOG_LEVEL?.trim() || 'warn'
  const config = readConfig({ ...environment, LOG_LEVEL: level })
  const prepare: StartOptions['prepare'] = storage => prepareDemo(storage, config, output)
  const running = await start(config, { prepare, ...(await opened(early)) })
  output.write(welcome(config, running))
  return untilStopped(running)
}

async function opened(early: EarlyStorage): Promise<StartOptions> {
  const storage = await early
  return storage === undefined ? {} : { storage }
}

async function prepareDemo(storage: OpenStorage, config: Config, output: Output): Promise<void> {
  if (config.database.kind === 'server') await storage.migrate()
  if (!(await storage.imports.isEmpty())) return
  const code = await runSeed('demo', { deps: importDepsOf(storage), output })
  if (code !== exitCodes.done) throw new CommandFailed('The demo store could not be loaded.')
}

/** What people see when it runs: addresses, the key where it is new, one request for each dialect. */
export function welcome(config: Config, running: RunningServer): string {
  const lines = [
    '',
    `Polytill ${config.version} is running.`,
    '',
    `  Start page  ${running.origin}/`,
    `  Database    ${running.database}`,
    `  Health      ${running.origin}/health/ready`,
    `  Metrics     ${running.origin}/metrics`,
    ...(running.adminKey.isNew ? [`  ${adminKeyLine(running)}`] : []),
    ...running.dialects.flatMap(dialect => [
      '',
      `  ${dialect.title}  ${dialect.baseUrls.join('  ')}`,
      `  ${dialect.sampleTitle}:`,
      ...dialect.curl.split('\n').map(line => `    ${line}`),
    ]),
    '',
    'Stop it with Ctrl+C.',
    '',
  ]
  return `${lines.join('\n')}\n`
}

function adminKeyLine(running: RunningServer): string {
  return `Admin key   ${running.adminKey.key}   (made now and shown this once; POLYTILL_ADMIN_KEY sets your own)`
}

/**
 * Waits for SIGTERM or SIGINT, then closes in order; a second signal ends the process at once. A failure that nobody
 * caught ends it too, with the database closed, since what it left behind cannot be known.
 */
function untilStopped(running: RunningServer): Promise<number> {
  return new Promise(resolve => {
    let isStopping = false
    const stop = (code: number): void => {
      if (isStopping) process.exit(exitCodes.failed)
      isStopping = true
      running.stop().then(
        () => resolve(code),
        error => {
          process.stderr.write(`${failureText(error)}\n`)
          resolve(exitCodes.failed)
        },
      )
    }
    const crash = (error: unknown): void => {
      process.stderr.write(`${failureText(error)}\n`)
      stop(exitCodes.failed)
    }
    process.on('SIGTERM', () => stop(exitCodes.done))
    // A terminal tells every process of a group; the one that started this one tells it in its turn.
    process.on('SIGINT', () => cluster.isWorker || stop(exitCodes.done))
    process.on('uncaughtException', crash)
    process.on('unhandledRejection', crash)
  })
}
