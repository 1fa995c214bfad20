import { z } from 'zod'
import type { Operations } from '../../operations/operations.js'
import { type Identity, signingSecretName, writeAccessToken } from './auth.js'
import type { SprykerSettings } from './settings.js'

/** An access token with the refresh token that renews it. */
export interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string
  /** Seconds that the access token is valid. */
  readonly expiresIn: number
}

/** What a refresh token remembers, so that renewing needs no look at the customer. */
const remembered = z.object({ reference: z.string(), integerId: z.int(), customerVersion: z.int().optional() })

/** A new pair for somebody who just proved who they are. */
export async function issueTokens(
  identity: Identity,
  settings: SprykerSettings,
  operations: Operations,
): Promise<TokenPair> {
  const secret = await operations.signingSecret(signingSecretName)
  const expiresIn = settings.accessTokenSeconds
  const refreshToken = await operations.issueCredential({
    kind: 'refresh_token',
    subject: identity.customerId,
    dialect: 'spryker',
    data: {
      reference: identity.reference,
      integerId: identity.integerId,
      ...(identity.customerVersion === undefined ? {} : { customerVersion: identity.customerVersion }),
    },
    ttlSeconds: settings.refreshTokenSeconds,
  })
  return { accessToken: await writeAccessToken(identity, secret, expiresIn), refreshToken, expiresIn }
}

/** Who a refresh token stands for; undefined when it is bad, expired, revoked or of another kind. */
export async function readRefreshToken(token: string, operations: Operations): Promise<Identity | undefined> {
  const credential = await operations.checkCredential({ kind: 'refresh_token', secret: token })
  if (credential?.dialect !== 'spryker') return undefined
  const data = remembered.safeParse(credential.data)
  if (!data.success) return undefined
  const { customerVersion, ...rest } = data.data
  const version = customerVersion === undefined ? {} : { customerVersion }
  return { customerId: credential.subject, ...rest, ...version }
}
