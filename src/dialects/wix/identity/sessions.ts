import { z } from 'zod'
import type { Operations } from '../../../operations/operations.js'
import { type MemberHolder, memberHolder, readVersion, versionOf } from '../tokens.js'

/** How long a session token leads to tokens after a log-in, seconds; ours. */
const sessionSeconds = 600

const remembered = z.object({ use: z.literal('log_in'), site: z.string() })

/** A session token: proof of a log-in that just happened, to be exchanged for a code. */
export async function issueSession(member: MemberHolder, site: string, operations: Operations): Promise<string> {
  return operations.issueCredential({
    kind: 'session',
    subject: member.id,
    dialect: 'wix',
    data: { use: 'log_in', site, ...versionOf(member) },
    ttlSeconds: sessionSeconds,
  })
}

/** The member who logged in; undefined for a session token that is none, over, or of another site. */
export async function readSession(
  token: string,
  site: string,
  operations: Operations,
): Promise<MemberHolder | undefined> {
  const credential = await operations.checkCredential({ kind: 'session', secret: token })
  if (credential?.dialect !== 'wix') return undefined
  const parsed = remembered.safeParse(credential.data)
  if (!parsed.success || parsed.data.site !== site) return undefined
  return memberHolder(credential.subject, readVersion(credential.data))
}
