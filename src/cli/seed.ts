import { fileURLToPath } from 'node:url'
import type { ImportDeps } from '../operations/import-store-file.js'
import { ownFile } from '../own-files.js'
import { runImport } from './import.js'
import type { Output } from './output.js'

/** The stores that ship with the package. */
const seeds: Readonly<Record<string, string>> = {
  demo: fileURLToPath(ownFile('../demo/store.json')),
}

export interface RunSeed {
  readonly deps: ImportDeps
  readonly output: Output
}

/**
 * `polytill seed NAME`: loads a store into an empty database, and only there, since it brings known passwords and keys.
 *
 * @returns the exit code: 0 loaded, 1 refused, 2 no seed of that name
 */
export async function runSeed(name: string, { deps, output }: RunSeed): Promise<number> {
  const file = Object.hasOwn(seeds, name) ? seeds[name] : undefined
  if (file === undefined) {
    output.write(`there is no seed "${name}"; there is ${Object.keys(seeds).join(', ')}\n`)
    return 2
  }
  if (!(await deps.store.isEmpty())) {
    output.write(`this database is not empty; the ${name} store is loaded into an empty one only\n`)
    return 1
  }
  return runImport({ file, deps, output })
}
