#!/usr/bin/env node
import cluster from 'node:cluster'
import { setFlagsFromString } from 'node:v8'
import type { EarlyStorage } from './cli/run-server.js'

// The engine compiles well what ran often, and counts long before it does: a request runs much code few times, so that
// a server would be slow for its first thousands of checkouts. A quarter of the default makes it fast four times as soon.
setFlagsFromString('--interrupt-budget=16896')

/** Opening the embedded database takes as long as loading the program; a server does both at once. */
function openEarly(): EarlyStorage {
  const serves = process.argv[2] === 'dev' || process.argv[2] === 'serve'
  if (!serves || process.argv.length > 3) return undefined
  const opening = open()
  // Whoever serves waits for it and reports what went wrong; nobody may be waiting yet.
  opening.catch(() => undefined)
  return opening
}

async function open() {
  const [{ readConfig }, { createLog }, { openConfiguredStorage }] = await Promise.all([
    import('./config.js'),
    import('./http/logging.js'),
    import('./open-configured-storage.js'),
  ])
  const config = readConfig(process.env)
  // The first of several processes only looks after the others.
  if (config.processes > 1 && cluster.isPrimary && process.argv[2] === 'serve') return undefined
  return openConfiguredStorage(config, createLog({ level: process.argv[2] === 'dev' ? 'warn' : config.logLevel }))
}

const early = openEarly()
const { runProgram } = await import('./cli/program.js')
const code = await runProgram(process.argv, early)
// An open handle of a library must not keep a finished command alive; pipes may still hold what was written.
process.stdout.write('', () => process.exit(code))
