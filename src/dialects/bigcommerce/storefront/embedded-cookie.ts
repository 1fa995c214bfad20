import { namesOrigin } from '../../../core/catalog/allowed-origins.js'
import { type Problem, problems } from '../problem.js'
import { newGuestKey, openSession } from '../session.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'

const foreignUrl: Problem = { ...problems.badRequest, sentence: 'returnUrl is not a page of a site of this channel.' }

/**
 * GET /embedded-checkout/allow-cookie?returnUrl=: where the platform's client sends a window before it shows the checkout in
 * it for the first time. Gives the browser its session cookie, over HTTPS such a one as goes along from inside other
 * sites' pages too, and sends it back: 302. 400 for an address that is not of this store or of a site of the channel.
 * Source: dialects/bigcommerce.md 3.10.
 */
export const getAllowCookie = shopperEndpoint('internal', async (request, operations) => {
  const target = ownSite(request, request.wire.query.get('returnUrl') ?? '')
  if (target === undefined) return { problem: foreignUrl }
  const { session = await openSession(operations, request.channel.id, { guestKey: newGuestKey() }) } = request
  const headers = { Location: target, 'Referrer-Policy': 'no-referrer' }
  return { status: 302, headers, session, sessionGoes: 'everywhere' }
})

function ownSite({ wire, channel }: ShopperRequest, text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined
  const { origin, username, href } = new URL(text)
  if (username !== '') return undefined
  return origin === new URL(wire.baseUrl).origin || namesOrigin(channel.allowedOrigins, origin) ? href : undefined
}
