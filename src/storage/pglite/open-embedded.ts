import { access, mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { createDatabase, type Database } from '../postgres/database.js'
import { migrate } from '../postgres/migrate.js'
import type { StorageLogger } from '../storage-logger.js'
import { lockDirectory } from './directory-lock.js'
import { openPglite } from './pglite-driver.js'
import { readTemplate, unpackTemplate } from './template.js'

/** Opens a new, migrated database in memory. */
export async function openInMemory(): Promise<Database> {
  const template = await readTemplate()
  const driver = await openPglite({ description: 'PGlite in memory', ...(template === undefined ? {} : { template }) })
  return migrated(createDatabase(driver))
}

/**
 * Opens the embedded database in a directory, which is locked until it is closed; makes it when it is not there.
 *
 * @throws DirectoryLocked when another process has it
 */
export async function openInDirectory(directory: string, logger: StorageLogger): Promise<Database> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const unlock = await lockDirectory(directory)
  try {
    const files = path.join(directory, 'pgdata')
    if (!(await exists(path.join(files, 'PG_VERSION')))) await createFiles(files, logger)
    const driver = await openPglite({ dataDirectory: files, description: `PGlite in ${directory}` })
    const database = await migrated(createDatabase(driver))
    const close = async () => {
      await database.close()
      await unlock()
    }
    return { ...database, close }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** The files appear under their name when they are complete, so a crash in between leaves nothing half done. */
async function createFiles(files: string, logger: StorageLogger): Promise<void> {
  const partial = `${files}.partial`
  await rm(partial, { recursive: true, force: true })
  const template = await readTemplate()
  if (template === undefined) {
    logger.warn('no database template was built: making the database from nothing, which takes some seconds')
    const driver = await openPglite({ dataDirectory: partial, description: 'new' })
    await driver.close()
  } else {
    await unpackTemplate(template, partial)
  }
  await rename(partial, files)
}

async function migrated(database: Database): Promise<Database> {
  try {
    await migrate(database)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
