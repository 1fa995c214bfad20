import type { Dialect, Handler, Method, Route } from '../../dialects/dialect.js'
import { inItsFrame } from './embedded/in-its-frame.js'
import { getPaymentPage } from './embedded/payment-page.js'
import { postSignOut } from './embedded/sign-out.js'
import { formBytes } from './page-call.js'
import { renderGone } from './render/gone.js'
import { postAccount } from './steps/account.js'
import { getDelivery, postDelivery } from './steps/delivery.js'
import { getDetails, postDetails } from './steps/details.js'
import { getAsset, getEntry, toOpenStep } from './steps/entry.js'
import { getOrder, getReturn, postAnotherWay } from './steps/order.js'
import { getPayment, postPayment } from './steps/payment.js'
import { getReview, postReview } from './steps/review.js'
import { getSignIn, postSignIn } from './steps/sign-in.js'

const page = (method: Method, path: string, handler: Handler, operation: string): Route => ({
  surface: 'checkout',
  method,
  path,
  handler: inItsFrame(handler),
  operation,
  coverage: 'full',
  source: 'ours: the hosted checkout page (docs/hosted-checkout.md)',
  isPage: true,
  bodyBytes: formBytes,
})

const routes: readonly Route[] = [
  page('GET', '/pay/assets/:file', getAsset, 'none'),
  page('GET', '/pay/:cart', getEntry, 'read-purchase'),
  page('GET', '/pay/:cart/details', getDetails, 'read-purchase'),
  page('POST', '/pay/:cart/details', postDetails, 'edit-cart'),
  page('GET', '/pay/:cart/sign-in', getSignIn, 'read-purchase'),
  page('POST', '/pay/:cart/sign-in', postSignIn, 'sign-in'),
  page('GET', '/pay/:cart/sign-out', toOpenStep, 'read-purchase'),
  page('POST', '/pay/:cart/sign-out', postSignOut, 'release-cart'),
  page('GET', '/pay/:cart/delivery', getDelivery, 'read-purchase'),
  page('POST', '/pay/:cart/delivery', postDelivery, 'edit-cart'),
  page('GET', '/pay/:cart/payment', getPayment, 'read-purchase'),
  page('POST', '/pay/:cart/payment', postPayment, 'edit-cart'),
  page('GET', '/pay/:cart/review', getReview, 'read-purchase'),
  page('POST', '/pay/:cart/review', postReview, 'place-order'),
  page('GET', '/pay/:cart/payment-page', getPaymentPage, 'read-purchase'),
  page('GET', '/pay/:cart/return', getReturn, 'confirm-payment'),
  page('GET', '/pay/:cart/order', getOrder, 'read-purchase'),
  page('GET', '/pay/:cart/another-way', toOpenStep, 'read-purchase'),
  page('POST', '/pay/:cart/another-way', postAnotherWay, 'cancel-order'),
  page('GET', '/pay/:cart/account', toOpenStep, 'read-purchase'),
  page('POST', '/pay/:cart/account', postAccount, 'register-customer'),
]

const refusals = { too_large: 413, too_slow: 408, bad_request: 400, too_many_requests: 429 } as const

/** The hosted checkout page, shaped like a dialect so that it is mounted, listed and tested like one. */
export function createCheckoutPages(): Dialect {
  return {
    name: 'checkout',
    title: 'Hosted checkout page',
    routes,
    owns: path => path === '/pay' || path.startsWith('/pay/'),
    notFound: request => renderGone(request, 404, 'link'),
    methodNotAllowed: (request, allowed) => renderGone(request, 405, 'notPossible', { allow: allowed.join(', ') }),
    refused: (request, why) =>
      renderGone(request, refusals[why], why === 'too_many_requests' ? 'tooMany' : 'unreadable'),
    failed: (request, why) => renderGone(request, why === 'unavailable' ? 503 : 500, 'failed'),
    cors: { allowHeaders: [], exposeHeaders: [], allowCredentials: false, maxAgeSeconds: 0 },
    sample: {
      title: 'Hosted checkout page (a link comes from the admin API)',
      curl: baseUrl =>
        `curl -X POST ${baseUrl}/admin/v1/checkout-links -H "Authorization: Bearer $POLYTILL_ADMIN_KEY" -H 'Content-Type: application/json' -d '{"cartId":"CART"}'`,
    },
  }
}
