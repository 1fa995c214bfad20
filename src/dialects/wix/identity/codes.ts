import { z } from 'zod'
import type { Operations } from '../../../operations/operations.js'
import { type MemberHolder, memberHolder, readVersion, versionOf } from '../tokens.js'

/** What an authorization code stands for. */
export interface AuthorizationCode {
  readonly member: MemberHolder
  readonly site: string
  readonly clientId: string
  /** Empty where the log-in named none. */
  readonly redirectUri: string
  /** PKCE, method S256. */
  readonly challenge: string
}

/** How long a code may be exchanged, seconds; ours. */
const codeSeconds = 300

const remembered = z.object({
  use: z.literal('authorization_code'),
  site: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  challenge: z.string(),
})

/** A code that is good once. */
export async function issueCode(code: AuthorizationCode, operations: Operations): Promise<string> {
  const { member, ...rest } = code
  return operations.issueCredential({
    kind: 'single_use',
    subject: member.id,
    dialect: 'wix',
    data: { use: 'authorization_code', ...rest, ...versionOf(member) },
    ttlSeconds: codeSeconds,
  })
}

/** What a code stands for; it is used up, also where whoever brings it turns out to be somebody else. */
export async function takeCode(code: string, operations: Operations): Promise<AuthorizationCode | undefined> {
  if (code === '') return undefined
  const credential = await operations.takeCredential({ kind: 'single_use', secret: code })
  if (credential?.dialect !== 'wix') return undefined
  const parsed = remembered.safeParse(credential.data)
  if (!parsed.success) return undefined
  const { use: _use, ...rest } = parsed.data
  return { member: memberHolder(credential.subject, readVersion(credential.data)), ...rest }
}
