import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { ownFile } from '../../own-files.js'
import { createDatabase } from '../postgres/database.js'
import { migrate, migrationsKey, readMigrations } from '../postgres/migrate.js'
import { openPglite } from './pglite-driver.js'

/** The build's folder: `dist` of this package, from the sources as from the build. */
const buildFolder = fileURLToPath(ownFile('../dist/'))
const filePattern = /^pglite-template-.*\.tar\.gz$/

/** Path of the template that fits this PGlite and these migrations. It need not exist. */
export async function templatePath(folder: string = buildFolder): Promise<string> {
  const key = `${await pgliteVersion()}-${migrationsKey(await readMigrations())}`
  return path.join(folder, `pglite-template-${key}.tar.gz`)
}

async function pgliteVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const { version }: { version: string } = JSON.parse(
    await readFile(path.join(path.dirname(main), '..', 'package.json'), 'utf8'),
  )
  return version
}

/** Reads the template; undefined when the build made none that fits. */
export async function readTemplate(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(await templatePath()))
  } catch {
    return undefined
  }
}

/**
 * Makes the template (an empty, migrated database as an archive) unless it is there: a first start from it takes a
 * quarter of the time of a first start from nothing. Templates that no longer fit are removed.
 *
 * @returns its path and whether it was made now
 */
export async function makeTemplate(
  folder: string = buildFolder,
): Promise<{ readonly file: string; readonly isNew: boolean }> {
  const file = await templatePath(folder)
  await mkdir(folder, { recursive: true })
  const present = (await readdir(folder)).filter(name => filePattern.test(name))
  if (present.includes(path.basename(file))) return { file, isNew: false }
  const driver = await openPglite({ description: 'template' })
  try {
    await migrate(createDatabase(driver))
    await driver.run({ name: undefined, text: 'checkpoint', parameters: [] })
    const partial = `${file}.${randomUUID()}`
    await writeFile(partial, await driver.dump())
    await rename(partial, file)
  } finally {
    await driver.close()
  }
  await Promise.all(present.map(name => rm(path.join(folder, name), { force: true })))
  return { file, isNew: true }
}

/**
 * Unpacks a template into a directory that does not exist yet. Writes a thousand small files one after the other, which
 * at a start, with nobody to serve yet, is a good deal faster than taking turns with the event loop.
 *
 * @throws RangeError when the archive is damaged, or names a path outside of the directory
 */
export async function unpackTemplate(template: Uint8Array, directory: string): Promise<void> {
  const archive = await promisify(gunzip)(template)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (let offset = 0; offset + blockBytes <= archive.length; ) {
    const header = archive.subarray(offset, offset + blockBytes)
    const name = readText(header, 345, 155) + readText(header, 0, 100)
    if (name === '') return
    const bytes = Number.parseInt(readText(header, 124, 12).trim() || '0', 8)
    const target = path.join(directory, name)
    if (!Number.isSafeInteger(bytes) || !target.startsWith(path.join(directory, path.sep))) {
      throw new RangeError('the database template is damaged')
    }
    offset += blockBytes
    if (readText(header, 156, 1) === directoryType || name.endsWith('/')) {
      mkdirSync(target, { recursive: true, mode: 0o700 })
    } else {
      mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
      writeFileSync(target, archive.subarray(offset, offset + bytes), { mode: 0o600 })
    }
    offset += Math.ceil(bytes / blockBytes) * blockBytes
  }
}

/** Of the tar format (POSIX ustar): everything comes in blocks, and type 5 is a directory. */
const blockBytes = 512
const directoryType = '5'

function readText(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('utf8')
}
