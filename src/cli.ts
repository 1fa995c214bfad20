#!/usr/bin/env node
import type { EarlyStorage } from './cli/run-server.js'

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
  return openConfiguredStorage(config, createLog({ level: process.argv[2] === 'dev' ? 'warn' : config.logLevel }))
}

const early = openEarly()
const { runProgram } = await import('./cli/program.js')
const code = await runProgram(process.argv, early)
// An open handle of a library must not keep a finished command alive; pipes may still hold what was written.
process.stdout.write('', () => process.exit(code))
