import { createHash, timingSafeEqual } from 'node:crypto'
import type { Operations } from '../../../operations/operations.js'
import { grantsOf } from '../auth.js'
import type { WixSettings } from '../settings.js'
import type { TokenHolder } from '../tokens.js'

/** Whether `clientId` is an OAuth client of this site: the one of its settings, or one that was stored. */
export async function isClientOf(settings: WixSettings, clientId: string, operations: Operations): Promise<boolean> {
  const wanted = clientId.toLowerCase()
  if (wanted === '') return false
  if (wanted === settings.clientId?.toLowerCase()) return true
  const credential = await operations.checkCredential({ kind: 'api_key', secret: wanted })
  return credential?.data.clientId === wanted && belongsTo(credential, settings)
}

/** The app with this id and secret at this site; undefined where there is none. */
export async function readApp(
  settings: WixSettings,
  sent: { readonly clientId: string; readonly clientSecret: string; readonly instanceId: string },
  operations: Operations,
): Promise<TokenHolder | undefined> {
  if (sent.clientSecret === '') return undefined
  const credential = await operations.checkCredential({ kind: 'api_key', secret: sent.clientSecret })
  if (credential === undefined || !belongsTo(credential, settings)) return undefined
  const { appId, instanceId = settings.siteId } = credential.data
  if (typeof appId !== 'string' || !isSame(appId, sent.clientId)) return undefined
  // An app's instance is its being installed at one site; where none is stored it goes by the site's own id.
  if (typeof instanceId !== 'string' || !isSame(instanceId, sent.instanceId)) return undefined
  return { kind: 'app', id: appId, ...grantsOf(credential) }
}

type Credential = NonNullable<Awaited<ReturnType<Operations['checkCredential']>>>

function belongsTo(credential: Credential, settings: WixSettings): boolean {
  const { siteId } = credential.data
  return credential.dialect === 'wix' && (siteId === undefined || siteId === settings.siteId)
}

/** Whether two texts are equal but for their case, in constant time. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text.toLowerCase(), 'utf8').digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** Whether `verifier` is what `challenge` was made of (PKCE, method S256). */
export function provesChallenge(verifier: string, challenge: string): boolean {
  const made = Buffer.from(createHash('sha256').update(verifier, 'utf8').digest('base64url'))
  const wanted = Buffer.from(challenge)
  return made.length === wanted.length && timingSafeEqual(made, wanted)
}
