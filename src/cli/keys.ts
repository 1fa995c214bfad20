import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { permissionNames } from '../core/access/caller.js'
import type { Json } from '../core/ids.js'
import { dialects } from '../dialects/index.js'
import { hashOfSecret } from '../operations/credential-secret.js'
import { revokeCredentials } from '../operations/revoke-credentials.js'
import type { OpenStorage } from '../storage/open-storage.js'
import type { Output } from './output.js'
import { CommandFailed, exitCodes } from './terminal.js'

export interface NewKey {
  /** What it is called in lists; unique. */
  readonly name: string
  /** Whose API it is for. */
  readonly dialect?: string
  /** The one store that it opens, in that API's words. */
  readonly store?: string
  /** What it may do, in that API's words. */
  readonly scopes?: readonly string[]
  readonly permissions: readonly string[]
  readonly days?: number
}

const knownPermission = z.enum(permissionNames)
const keyName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)

/** `polytill keys create NAME`: prints the secret once; only its hash is kept. */
export async function createKey(storage: OpenStorage, key: NewKey, output: Output): Promise<number> {
  if (!keyName.safeParse(key.name).success) {
    throw new CommandFailed('A name has letters, digits, dots, dashes and underscores, at most 100.')
  }
  const unknown = key.permissions.filter(each => !knownPermission.safeParse(each).success)
  if (unknown.length > 0) {
    throw new CommandFailed(`No such permission: ${unknown.join(', ')}. There are ${permissionNames.join(', ')}.`)
  }
  const data = dataOf(key)
  if ((await readKeys(storage)).some(each => each.subject === key.name)) {
    throw new CommandFailed(`There is a key "${key.name}" already. Revoke it first, or take another name.`)
  }
  const secret = `pt_${randomBytes(32).toString('base64url')}`
  const now = Date.now()
  await storage.credentials.insert({
    kind: 'api_key',
    secretHash: hashOfSecret(secret),
    subject: key.name,
    ...(key.dialect === undefined ? {} : { dialect: key.dialect }),
    permissions: key.permissions,
    data,
    createdAt: new Date(now).toISOString(),
    ...(key.days === undefined ? {} : { expiresAt: new Date(now + key.days * 86_400_000).toISOString() }),
  })
  output.write(`${secret}\n`)
  return exitCodes.done
}

/** APIs that know keys of back offices. */
export const dialectsWithKeys = dialects.filter(({ keys }) => keys !== undefined).map(({ name }) => name)

/** What the key's API wants to know of it: a key that lacks this would open nothing there. */
function dataOf({ name, dialect: wanted, store, scopes = [] }: NewKey): Readonly<Record<string, Json>> {
  const dialect = dialects.find(each => each.name === wanted)
  if (dialect === undefined) {
    throw new CommandFailed(`Say for which API it is: --dialect ${dialectsWithKeys.join(', ')}.`)
  }
  const { keys: rules, title } = dialect
  if (rules === undefined) throw new CommandFailed(`${title} knows no keys of back offices.`)
  if (store !== undefined && rules.store === undefined) throw new CommandFailed(`${title} asks for no --store.`)
  if (store === undefined && rules.store?.isNeeded === true) {
    throw new CommandFailed(`Say which store it opens, --store: ${rules.store.meaning}.`)
  }
  const { known, isNeeded } = rules.scopes
  const unknown = scopes.filter(scope => !known.includes(scope))
  const choice = known.length === 0 ? 'There are none.' : `There are ${known.join(', ')}.`
  if (unknown.length > 0) throw new CommandFailed(`No such scope: ${unknown.join(', ')}. ${choice}`)
  if (isNeeded && scopes.length === 0) throw new CommandFailed(`Say what it may do, --scope. ${choice}`)
  return rules.data({ name, store, scopes })
}

/** `polytill keys list`: names and rights, never secrets. */
export async function listKeys(storage: OpenStorage, output: Output): Promise<number> {
  const keys = await readKeys(storage)
  if (keys.length === 0) output.write('There are no keys.\n')
  for (const key of keys) {
    const until = key.expires_at === null ? 'never expires' : `until ${key.expires_at}`
    output.write(`${[key.subject, key.dialect ?? 'any dialect', key.permissions.join(' '), until].join('  ')}\n`)
  }
  return exitCodes.done
}

/** `polytill keys revoke NAME` */
export async function revokeKey(storage: OpenStorage, name: string, output: Output): Promise<number> {
  const revoked = await revokeCredentials({ storage }, { kind: 'api_key', subject: name })
  if (revoked === 0) throw new CommandFailed(`There is no key "${name}".`)
  output.write(`revoked ${name}\n`)
  return exitCodes.done
}

interface KeyRow {
  readonly subject: string
  readonly dialect: string | null
  readonly permissions: readonly string[]
  readonly expires_at: string | null
}

async function readKeys(storage: OpenStorage): Promise<readonly KeyRow[]> {
  const { rows } = await storage.sql.query<KeyRow>(
    `select subject, dialect, permissions, expires_at from credentials where kind = 'api_key' order by subject, created_at`,
  )
  return rows
}
