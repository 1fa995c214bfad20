import { fileURLToPath } from 'node:url'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { environmentVariables, packageVersion } from '../config.js'
import { permissionNames } from '../core/access/caller.js'
import { dialects } from '../dialects/index.js'
import { importDepsOf } from '../main.js'
import { ownFile } from '../own-files.js'
import { runDoctor } from './doctor.js'
import { runBooks } from './doctor-books.js'
import { runExport } from './export.js'
import { type CsvContent, runImport } from './import.js'
import { createKey, dialectsWithKeys, listKeys, revokeKey } from './keys.js'
import { indexRoutes } from './route-index.js'
import { type EarlyStorage, runDev, runServe } from './run-server.js'
import { runSeed } from './seed.js'
import { exitCodes, failureText } from './terminal.js'
import { whereLines } from './where.js'
import { withMigratedStorage, withStorage } from './with-storage.js'

const environment = process.env
const output = process.stdout
const projectFolder = fileURLToPath(ownFile('..'))

/** Runs a command and leaves its exit code behind. */
type Run = (work: () => Promise<number>) => Promise<void>

function createProgram(run: Run, early: EarlyStorage): Command {
  const program = new Command('polytill')
    .description('A self-hosted checkout engine that speaks the APIs of other platforms.')
    .version(packageVersion())
    .showHelpAfterError()
    .addHelpText('after', environmentHelp())
    .exitOverride()
  addServerCommands(program, run, early)
  addStoreCommands(program, run)
  addKeyCommands(program, run)
  program
    .command('doctor')
    .description('check environment, port, folder and database, and say what to do')
    .option('--books', 'check instead that orders, payments, stock, codes and gift cards agree, table by table')
    .action(({ books = false }: { readonly books?: boolean }) =>
      run(() =>
        books ? withMigratedStorage(environment, storage => runBooks(storage, output)) : runDoctor(environment, output),
      ),
    )
  program
    .command('where')
    .description('find the endpoints with a word in path, handler or operation')
    .argument('<word>', 'such as coupon, or /carts')
    .action((word: string) => run(() => runWhere(word)))
  return program
}

function addServerCommands(program: Command, run: Run, early: EarlyStorage): void {
  program
    .command('dev')
    .description('serve; fill an empty database with the demo store first, and say what to try')
    .action(() => run(() => runDev(environment, output, early)))
  program
    .command('serve')
    .description('serve what is in the database')
    .action(() => run(() => runServe(environment, output, early)))
  program
    .command('migrate')
    .description('bring the database up to date; safe while an older version serves')
    .action(() =>
      run(() =>
        withStorage(environment, async storage => {
          const { applied, current } = await storage.migrate()
          for (const name of applied) output.write(`applied ${name}\n`)
          output.write(`the database is at migration ${current}\n`)
          return exitCodes.done
        }),
      ),
    )
}

function addStoreCommands(program: Command, run: Run): void {
  program
    .command('seed')
    .description('load a store that ships with Polytill into an empty database')
    .argument('<name>', 'demo')
    .action((name: string) =>
      run(() => withMigratedStorage(environment, storage => runSeed(name, { deps: importDepsOf(storage), output }))),
    )
  program
    .command('import')
    .description('load a store file: all of it or nothing')
    .argument('<file>', '.json, .jsonl, .ndjson or .csv')
    .addOption(new Option('--of <content>', 'what a CSV file holds').choices(['products', 'prices', 'stock']))
    .action((file: string, options: { readonly of?: CsvContent }) =>
      run(() =>
        withMigratedStorage(environment, storage =>
          runImport({ file, ...options, deps: importDepsOf(storage), output }),
        ),
      ),
    )
  program
    .command('export')
    .description('write the store, without customers and keys, in the form that import reads')
    .argument('[file]', '.json, or JSON Lines; nothing: JSON Lines to standard output')
    .action((file: string | undefined) =>
      run(() =>
        withMigratedStorage(environment, storage =>
          runExport({ ...(file === undefined ? {} : { file }), deps: { store: storage.imports }, output }),
        ),
      ),
    )
}

interface KeyOptions {
  readonly dialect?: string
  readonly permission: readonly string[]
  readonly scope: readonly string[]
  readonly store?: string
  readonly days?: number
}

function addKeyCommands(program: Command, run: Run): void {
  const keys = program.command('keys').description('API keys of back offices')
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]
  keys
    .command('create')
    .description('make a key and print its secret, once')
    .argument('<name>', 'what it is called in lists')
    .option('--permission <name>', `may be given again; one of ${permissionNames.join(', ')}`, collect, [])
    .addOption(new Option('--dialect <name>', 'the API that it opens').choices(dialectsWithKeys).makeOptionMandatory())
    .option('--store <id>', "the store that it opens: BigCommerce's store hash, Wix' site id")
    .option('--scope <name>', "may be given again; what it may do in the API's own words (docs/dialects)", collect, [])
    .option('--days <number>', 'how long it is good; absent: for ever', parseDays)
    .action((name: string, { permission, scope, ...options }: KeyOptions) =>
      run(() =>
        withMigratedStorage(environment, storage =>
          createKey(storage, { name, permissions: permission, scopes: scope, ...options }, output),
        ),
      ),
    )
  keys
    .command('list')
    .description('names, rights and ends; never secrets')
    .action(() => run(() => withMigratedStorage(environment, storage => listKeys(storage, output))))
  keys
    .command('revoke')
    .description('end a key at once')
    .argument('<name>')
    .action((name: string) => run(() => withMigratedStorage(environment, storage => revokeKey(storage, name, output))))
}

async function runWhere(word: string): Promise<number> {
  const lines = whereLines(indexRoutes(dialects, projectFolder), word)
  output.write(lines.length > 0 ? `${lines.join('\n')}\n` : `No endpoint has "${word}" in it.\n`)
  return lines.length > 0 ? exitCodes.done : exitCodes.failed
}

function parseDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 36_500)
    throw new InvalidArgumentError('Give a whole number of days.')
  return days
}

function environmentHelp(): string {
  const width = Math.max(...Object.keys(environmentVariables).map(name => name.length))
  const lines = Object.entries(environmentVariables).map(([name, meaning]) => `  ${name.padEnd(width)}  ${meaning}`)
  return `\nEnvironment (empty counts as unset):\n${lines.join('\n')}\n`
}

/**
 * Runs the command that `argv` names.
 *
 * @param early  the database, being opened already for a command that serves
 * @returns the exit code
 */
export async function runProgram(argv: readonly string[], early: EarlyStorage): Promise<number> {
  const state: { code: number } = { code: exitCodes.done }
  const program = createProgram(async work => {
    state.code = await work()
  }, early)
  try {
    await program.parseAsync([...argv])
    return state.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    process.stderr.write(`${failureText(error)}\n`)
    return exitCodes.failed
  }
}
