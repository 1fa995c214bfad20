import type { Config } from './config.js'
import type { Log } from './http/logging.js'
import { type OpenStorage, openStorage } from './storage/open-storage.js'

/** The database that the environment names; an embedded one is brought up to date. */
export function openConfiguredStorage(config: Config, log: Log): Promise<OpenStorage> {
  const { database } = config
  return openStorage({
    url: database.kind === 'server' ? database.url : database.kind === 'memory' ? 'memory:' : undefined,
    dataDirectory: database.kind === 'embedded' ? database.directory : '',
    logger: { info: message => log.info({}, message), warn: message => log.warn({}, message) },
  })
}
