import { z } from 'zod'
import { isEmailAddress } from '../../../core/customers/account.js'
import { limits } from '../../../core/limits.js'
import { readBody } from '../body.js'
import { invalid, problems } from '../problem.js'
import { accountPage } from '../session.js'
import { refusedBy, type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'

const signInEmail = z.object({
  email: z.string().trim().refine(isEmailAddress, 'must be an email address'),
  redirect_url: z.string().max(limits.textLength).nullish(),
})

/**
 * POST /login.php?action=passwordless_login: asks for an e-mail that signs in, 200 `{"sent_email":"sign_in","expiry":900}`,
 * whether or not somebody has that address. Nothing here sends mail: the event `customer.sign_in_requested` tells the store's
 * own mailer, which makes the link with a log-in token of its own. 422 for what is no e-mail address and for a `redirect_url`
 * of another site, 429 after too many, 404 for any other action. Source: dialects/bigcommerce.md 3.7.12 (inferred); the limits
 * are ours.
 */
export const postLogin = shopperEndpoint('internal', async (request, operations) => {
  const { wire, channel } = request
  if (wire.query.get('action') !== 'passwordless_login') return { problem: problems.notFound }
  const body = readBody(wire, signInEmail)
  if (!body.ok) return { problem: body.error }
  const redirectPath = ownPath(request, body.value.redirect_url ?? `${wire.baseUrl}${accountPage}`)
  if (redirectPath === undefined) return { problem: invalid({ redirect_url: 'must be a page of this store' }) }
  const { email } = body.value
  const asked = await operations.requestSignIn({
    email,
    by: { kind: 'link', redirectPath },
    channel: channel.id,
    clientAddress: wire.clientAddress,
  })
  if (!asked.ok) return refusedBy(asked.error)
  return { status: 200, body: { sent_email: 'sign_in', expiry: asked.value.ttlSeconds } }
})

/**
 * The path of a page of this store, with its query; undefined for one of another site. A path that begins with two slashes
 * would be another site's address to whoever puts it into a link.
 */
function ownPath({ wire }: ShopperRequest, target: string): string | undefined {
  if (!URL.canParse(target, `${wire.baseUrl}/`)) return undefined
  const url = new URL(target, `${wire.baseUrl}/`)
  const isOwn = url.origin === new URL(wire.baseUrl).origin && !url.pathname.startsWith('//')
  return isOwn ? url.pathname + url.search + url.hash : undefined
}
