import cluster, { type Worker } from 'node:cluster'
import { type Config, describeDatabase } from '../config.js'
import { createLog } from '../http/logging.js'
import { addUpMetrics } from '../http/shared-metrics.js'
import { exitCodes } from './terminal.js'

/** Before a process is started in place of one that ended, milliseconds; twice as long after each that never listened. */
const pauseMilliseconds = 500
const pauseAtMost = 30_000
/** As the README runs one alone: room for objects that live as long as one request. */
const youngSpace = '--max-semi-space-size=64'

/**
 * `polytill serve` with `POLYTILL_PROCESSES` above 1: several processes that listen at the same port, as a Node process
 * uses one core alone. They share nothing but the database, as processes on several machines do. One that ends is
 * replaced; SIGTERM and SIGINT let all finish what is open, a second one ends them at once.
 *
 * @returns the exit code, when all have ended; a failure too when the first ones could not listen
 */
export function runProcesses(config: Config): Promise<number> {
  const log = createLog({ level: config.logLevel })
  const youngSpaceIsSet = process.execArgv.some(option => option.startsWith('--max-semi-space-size'))
  cluster.setupPrimary({ execArgv: [...process.execArgv, ...(youngSpaceIsSet ? [] : [youngSpace])] })
  addUpMetrics()
  return new Promise(resolve => {
    const state = { isStopping: false, everListened: false, pause: pauseMilliseconds, code: exitCodes.done as number }
    const running = (): readonly Worker[] => Object.values(cluster.workers ?? {}).filter(worker => worker !== undefined)
    const signal = (name: NodeJS.Signals): void => {
      for (const worker of running()) worker.process.kill(name)
    }
    const stop = (code: number): void => {
      state.code = Math.max(state.code, code)
      if (state.isStopping) {
        signal('SIGKILL')
        return
      }
      state.isStopping = true
      signal('SIGTERM')
      if (running().length === 0) resolve(state.code)
    }
    cluster.on('listening', () => {
      state.everListened = true
      state.pause = pauseMilliseconds
    })
    cluster.on('exit', (worker, code, by) => {
      if (state.isStopping) {
        if (code !== exitCodes.done) state.code = exitCodes.failed
        if (running().length === 0) resolve(state.code)
        return
      }
      if (!state.everListened) return stop(exitCodes.failed)
      log.error(
        { process: worker.id, code, signal: by, pause: state.pause },
        'a process ended; another takes its place',
      )
      setTimeout(() => state.isStopping || cluster.fork(), state.pause)
      state.pause = Math.min(state.pause * 2, pauseAtMost)
    })
    process.on('SIGTERM', () => stop(exitCodes.done))
    process.on('SIGINT', () => stop(exitCodes.done))
    log.info({ processes: config.processes, database: describeDatabase(config.database) }, 'starting')
    for (let count = 0; count < config.processes; count += 1) cluster.fork()
  })
}
