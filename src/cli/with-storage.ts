import { type Config, readConfig } from '../config.js'
import { createLog } from '../http/logging.js'
import { openConfiguredStorage } from '../open-configured-storage.js'
import { pendingMigrations } from '../readiness.js'
import type { OpenStorage } from '../storage/open-storage.js'
import { CommandFailed } from './terminal.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Opens the configured database for one command, and closes it whatever happens. */
export async function withStorage<T>(
  environment: Environment,
  use: (storage: OpenStorage, config: Config) => Promise<T>,
): Promise<T> {
  const config = readConfig(environment)
  const storage = await openConfiguredStorage(config, createLog({ level: 'warn' }))
  try {
    return await use(storage, config)
  } finally {
    await storage.close()
  }
}

/** As `withStorage`, for commands that need all our tables. @throws CommandFailed when migrations are missing */
export function withMigratedStorage<T>(
  environment: Environment,
  use: (storage: OpenStorage, config: Config) => Promise<T>,
): Promise<T> {
  return withStorage(environment, async (storage, config) => {
    const pending = await pendingMigrations(storage)
    if (pending.length > 0) {
      throw new CommandFailed(`This database lacks ${pending.length} migrations. Run "polytill migrate" first.`)
    }
    return use(storage, config)
  })
}
