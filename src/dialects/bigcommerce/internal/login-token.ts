import type { Operations } from '../../../operations/operations.js'
import { redeemLoginToken } from '../login-token.js'
import type { Problem } from '../problem.js'
import { accountPage, guestOf } from '../session.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { withIdentity } from '../storefront/embedded-identity.js'
import { signedInSession } from './customer.js'

const refused: Problem = {
  status: 401,
  sentence: 'The login token is not valid, was used already, or has expired.',
  code: 'invalid_login_token',
}

/** The token is what counts: it may come from any site. */
const tokenSurface = { errors: 'internal', isOpen: true } as const

/**
 * GET /login/token/:token: signs in and sends the browser on, 302 to `redirect_to`; to the log-in page, with the reason,
 * where the token is no good. A token leads within this store only. Source: dialects/bigcommerce.md 1.6, 3.10.
 */
export const getLoginToken = shopperEndpoint(tokenSurface, async (request, operations) => {
  const grant = await signInByToken(request, operations)
  if (grant === undefined)
    return { status: 302, headers: { Location: `${request.wire.baseUrl}/login.php?error=${refused.code}` } }
  const headers = { Location: ownUrl(request, grant.redirectTo) }
  return { status: 302, headers, session: grant.session }
})

/**
 * POST /login/token/:token: the same for a page that embeds the checkout: 200 with `redirectUrl`, which says itself who was
 * signed in where it opens a frame; 401 in the form that its client reads. Source: dialects/bigcommerce.md 3.10.
 */
export const postLoginToken = shopperEndpoint(tokenSurface, async (request, operations) => {
  const grant = await signInByToken(request, operations)
  if (grant === undefined) return { problem: refused }
  const redirectUrl = await withIdentity(operations, ownUrl(request, grant.redirectTo), grant.customer.id)
  const sessionGoes = request.session === undefined ? 'partitioned' : 'everywhere'
  return { status: 200, body: { redirectUrl }, session: grant.session, sessionGoes }
})

/** The cart of the browser comes along, as with a password. */
async function signInByToken(request: ShopperRequest, operations: Operations) {
  const grant = await redeemLoginToken(request.wire.params.token ?? '', request, operations)
  if (grant === undefined) return undefined
  const { session, channel } = request
  if (session !== undefined && session.customerId === undefined) {
    await operations.adoptCart({
      customerId: grant.customer.id,
      guest: guestOf(session),
      channel: channel.id,
    })
  }
  return { ...grant, session: await signedInSession(request, operations, { customer: grant.customer }) }
}

/** A page of this store: whatever another site's address a token names, nobody is sent there. */
function ownUrl({ wire }: ShopperRequest, target: string | undefined): string {
  const fallback = `${wire.baseUrl}${accountPage}`
  if (target === undefined || !URL.canParse(target, wire.baseUrl)) return fallback
  const url = new URL(target, `${wire.baseUrl}/`)
  return url.origin === new URL(wire.baseUrl).origin ? url.href : fallback
}
