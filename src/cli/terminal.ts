import { ConfigError } from '../config.js'
import { StripeMissing } from '../payments/stripe/open-stripe.js'
import { DirectoryLocked } from '../storage/pglite/directory-lock.js'
import { SqlError } from '../storage/postgres/sql.js'
import { StorageUnavailable } from '../storage/storage.js'

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const

/** A failure that is said in one sentence and needs no stack. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
}

/** What to do where the database refuses everybody like this, by SQLSTATE; any other refusal of it is a fault of ours. */
const adviceBySqlState: Readonly<Record<string, string>> = {
  '3D000': 'Create it (createdb), or correct the name at the end of DATABASE_URL.',
  '28000': 'Check the user in DATABASE_URL, and whether the server (pg_hba.conf) lets it in from here.',
  '28P01': 'Check user and password in DATABASE_URL.',
  '42501': 'Give the user of DATABASE_URL the right to it, or take the user that owns the tables.',
  '25006': 'It can only be read: a replica, perhaps. Take the server that is written to.',
  '53100': "The database server's disk is full. Make room there; nothing was half done.",
}

/** What a command prints about a failure: expected ones in a sentence, others with their stack. */
export function failureText(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof CommandFailed ||
    error instanceof DirectoryLocked ||
    error instanceof StripeMissing
  ) {
    return error.message
  }
  if (error instanceof StorageUnavailable) {
    const reason = error.message.replace(/^the database cannot be reached: /, '')
    return `The database cannot be reached: ${reason}\nRun "polytill doctor" to find out more.`
  }
  const advice = error instanceof SqlError ? adviceBySqlState[error.code] : undefined
  if (error instanceof SqlError && advice !== undefined) {
    return `The database refuses: ${error.message} (${error.code})\n${advice}`
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
