import type { Dialect, Route, WireRequest, WireResponse } from '../../dialects/dialect.js'
import { renderDecidedPage, renderNotice, renderOpenPage, styleSource } from './render-page.js'
import type { DeskView, SandboxDesk, ShopperDecision } from './sandbox-desk.js'

const source = "ours: the sandbox gateway's hosted page (docs/payments.md)"

/** The test gateway's hosted page, shaped like a dialect so that it is mounted, listed and tested like one. */
export function createSandboxPages(desk: SandboxDesk): Dialect {
  const routes: readonly Route[] = [
    {
      surface: 'sandbox',
      method: 'GET',
      path: '/sandbox/pay/:token',
      handler: request => showPage(desk, request),
      operation: 'none',
      coverage: 'full',
      source,
      isPage: true,
    },
    {
      surface: 'sandbox',
      method: 'POST',
      path: '/sandbox/pay/:token',
      handler: request => takeDecision(desk, request),
      operation: 'none',
      coverage: 'full',
      source,
      isPage: true,
    },
  ]
  return {
    name: 'sandbox',
    title: 'Sandbox payment page',
    routes,
    owns: path => path === '/sandbox' || path.startsWith('/sandbox/'),
    notFound: () => noPage(),
    methodNotAllowed: (_, allowed) => ({
      ...page(405, renderNotice('Not possible', 'This page can be opened, or sent as a form.')),
      headers: { ...pageHeaders, allow: allowed.join(', ') },
    }),
    refused: (_, why) =>
      page(refusals[why], renderNotice('Not possible', 'The request could not be read. Please go back and try again.')),
    failed: (_, why) =>
      page(why === 'unavailable' ? 503 : 500, renderNotice('Something went wrong', 'Please try again in a moment.')),
    cors: { allowHeaders: [], exposeHeaders: [], allowCredentials: false, maxAgeSeconds: 0 },
    sample: {
      title: 'Hosted page of the test gateway (the address comes with an order)',
      curl: baseUrl => `curl ${baseUrl}/sandbox/pay/TOKEN`,
    },
  }
}

const refusals = { too_large: 413, too_slow: 408, bad_request: 400, too_many_requests: 429 } as const

const pageHeaders: WireResponse['headers'] = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src ${styleSource}; base-uri 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** `GET /sandbox/pay/:token`: 200 with the payment, 404 for an address that nobody was sent to. */
async function showPage(desk: SandboxDesk, request: WireRequest): Promise<WireResponse> {
  const view = await lookUp(desk, request)
  if (view === undefined) return noPage()
  return page(200, view.state === 'open' ? renderOpenPage(view) : renderDecidedPage(view, view.state))
}

/**
 * `POST /sandbox/pay/:token` with the form field `decision`: 303 to the shop with `hash` and `status` in the query. Sent
 * again, it leads to the same place with the first decision. 400 without a decision.
 */
async function takeDecision(desk: SandboxDesk, request: WireRequest): Promise<WireResponse> {
  const decision = new URLSearchParams(request.body.toString('utf8')).get('decision')
  if (!isDecision(decision)) {
    const before = await lookUp(desk, request)
    return before === undefined ? noPage() : page(400, renderNotice('Nothing chosen', 'Please go back and choose.'))
  }
  const view = await desk.decide(request.params.token ?? '', decision)
  if (view === undefined) return noPage()
  if (view.state === 'open') return page(200, renderOpenPage(view))
  if (view.returnUrl === undefined) return page(200, renderDecidedPage(view, view.state))
  return {
    status: 303,
    headers: { ...pageHeaders, location: view.returnUrl },
    body: renderDecidedPage(view, view.state),
  }
}

function lookUp(desk: SandboxDesk, request: WireRequest): Promise<DeskView | undefined> {
  return desk.look(request.params.token ?? '')
}

function isDecision(text: string | null): text is ShopperDecision {
  return text === 'approved' || text === 'declined' || text === 'canceled'
}

function noPage(): WireResponse {
  return page(
    404,
    renderNotice('No such payment', 'This address does not lead to a payment. Please go back to the shop.'),
  )
}

function page(status: number, body: string): WireResponse {
  return { status, headers: pageHeaders, body }
}
