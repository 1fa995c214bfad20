import type { Credential, CredentialStore } from '../storage.js'
import type { Database } from './database.js'
import type { SqlParameter, Statement } from './sql.js'

interface CredentialRow {
  readonly kind: Credential['kind']
  readonly secret_hash: string
  readonly subject: string
  readonly dialect: string | null
  readonly permissions: readonly string[]
  readonly data: Credential['data']
  readonly created_at: string
  readonly expires_at: string | null
}

const columns = 'kind, secret_hash, subject, dialect, permissions, data, created_at, expires_at'

/** Not where its subject was signed out after having proved who they are: it would outlive that. */
const insert: Statement = {
  name: 'credential_insert',
  text: `insert into credentials (${columns})
    select $1, $2, $3::text, $4, $5::text[], $6::json, $7::timestamptz, $8::timestamptz
    where not exists (
      select 1 from sign_outs s where s.customer_id = $3::text and s.version > ($6::json ->> 'customerVersion')::integer)`,
}
const read: Statement = {
  name: 'credential_read',
  shares: 'read',
  text: `select ${columns} from credentials where kind = $1 and secret_hash = $2`,
}
const replace: Statement = {
  name: 'credential_replace',
  text: `${insert.text} on conflict (kind, secret_hash) do update set subject = excluded.subject,
    dialect = excluded.dialect, permissions = excluded.permissions, data = excluded.data,
    created_at = excluded.created_at, expires_at = excluded.expires_at`,
}
const amend: Statement = {
  name: 'credential_amend',
  text: `update credentials set data = (data::jsonb || $3::jsonb)::json
    where kind = $1 and secret_hash = $2 returning ${columns}`,
}
const countTry: Statement = {
  name: 'credential_count_try',
  text: `update credentials
    set data = (data::jsonb || jsonb_build_object('tries', coalesce((data ->> 'tries')::integer, 0) + 1))::json
    where kind = $1 and secret_hash = $2 returning ${columns}`,
}
const take: Statement = {
  name: 'credential_take',
  text: `delete from credentials where kind = $1 and secret_hash = $2 returning ${columns}`,
}
const revoke: Statement = {
  name: 'credential_revoke',
  text: 'delete from credentials where kind = $1 and subject = $2',
}
const prune: Statement = {
  name: 'credentials_prune',
  text: `delete from credentials where (kind, secret_hash) in (
    select kind, secret_hash from credentials where expires_at < $1 order by expires_at limit $2 for update skip locked)`,
}

/** Secrets by their hash. */
export function createCredentialStore(database: Database): CredentialStore {
  const one = async (statement: Statement, parameters: readonly SqlParameter[]) => {
    const row = (await database.query<CredentialRow>(statement, parameters)).rows[0]
    return row === undefined ? undefined : readCredential(row)
  }
  return {
    insert: async credential => void (await database.query(insert, credentialParameters(credential))),
    read: (kind, secretHash) => one(read, [kind, secretHash]),
    replace: async credential => void (await database.query(replace, credentialParameters(credential))),
    amend: (kind, secretHash, data) => one(amend, [kind, secretHash, JSON.stringify(data)]),
    countTry: (kind, secretHash) => one(countTry, [kind, secretHash]),
    take: (kind, secretHash) => one(take, [kind, secretHash]),
    revokeAll: async (kind, subject) => (await database.query(revoke, [kind, subject])).count,
    prune: async (now, limit) => (await database.query(prune, [now, limit])).count,
  }
}

function credentialParameters(credential: Credential): readonly SqlParameter[] {
  return [
    credential.kind,
    credential.secretHash,
    credential.subject,
    credential.dialect,
    credential.permissions,
    JSON.stringify(credential.data),
    credential.createdAt,
    credential.expiresAt,
  ]
}

function readCredential(row: CredentialRow): Credential {
  return {
    kind: row.kind,
    secretHash: row.secret_hash,
    subject: row.subject,
    ...(row.dialect === null ? {} : { dialect: row.dialect }),
    permissions: row.permissions,
    data: row.data,
    createdAt: row.created_at,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
  }
}
