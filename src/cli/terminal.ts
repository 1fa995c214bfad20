import { ConfigError } from '../config.js'
import { DirectoryLocked } from '../storage/pglite/directory-lock.js'
import { StorageUnavailable } from '../storage/storage.js'

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const

/** A failure that is said in one sentence and needs no stack. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** What a command prints about a failure: expected ones in a sentence, others with their stack. */
export function failureText(error: unknown): string {
  if (error instanceof ConfigError || error instanceof CommandFailed || error instanceof DirectoryLocked) {
    return error.message
  }
  if (error instanceof StorageUnavailable) {
    const reason = error.message.replace(/^the database cannot be reached: /, '')
    return `The database cannot be reached: ${reason}\nRun "polytill doctor" to find out more.`
  }
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    return 'That port is taken by another program. Set PORT to a free one, or stop the other program.'
  }
  if (isSystemError(error) && error.syscall !== undefined) {
    return `The system does not allow that: ${error.message}`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
