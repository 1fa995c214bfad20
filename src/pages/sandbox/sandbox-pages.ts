import type { Dialect, Route, WireRequest, WireResponse } from '../../dialects/dialect.js'
import { wordsIn } from '../checkout/languages.js'
import { languageFor, renderDecidedPage, renderNotice, renderOpenPage, styleSource } from './render-page.js'
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
    notFound: request => noPage(request),
    methodNotAllowed: (request, allowed) => {
      const answer = sorry(request, 405, 'notPossible')
      return { ...answer, headers: { ...answer.headers, allow: allowed.join(', ') } }
    },
    refused: (request, why) => sorry(request, refusals[why], why === 'too_many_requests' ? 'tooMany' : 'unreadable'),
    failed: (request, why) => sorry(request, why === 'unavailable' ? 503 : 500, 'failed'),
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
  'content-security-policy': `default-src 'none'; style-src ${styleSource}; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** `GET /sandbox/pay/:token`: 200 with the payment, 404 for an address that nobody was sent to. */
async function showPage(desk: SandboxDesk, request: WireRequest): Promise<WireResponse> {
  const view = await lookUp(desk, request)
  if (view === undefined) return noPage(request)
  const language = languageOf(request)
  return page(
    200,
    view.state === 'open' ? renderOpenPage(view, language) : renderDecidedPage(view, view.state, language),
  )
}

/**
 * `POST /sandbox/pay/:token` with the form field `decision`: 303 to the shop with `hash` and `status` in the query. Sent
 * again, it leads to the same place with the first decision. 400 without a decision.
 */
async function takeDecision(desk: SandboxDesk, request: WireRequest): Promise<WireResponse> {
  const decision = new URLSearchParams(request.body.toString('utf8')).get('decision')
  if (!isDecision(decision)) {
    const before = await lookUp(desk, request)
    if (before === undefined) return noPage(request)
    const { sandbox } = wordsIn(languageOf(request))
    return page(400, renderNotice(sandbox.nothing, sandbox.nothingText, languageOf(request)))
  }
  const view = await desk.decide(request.params.token ?? '', decision)
  if (view === undefined) return noPage(request)
  const language = languageOf(request)
  if (view.state === 'open') return page(200, renderOpenPage(view, language))
  const decided = renderDecidedPage(view, view.state, language)
  if (view.returnUrl === undefined) return page(200, decided)
  return { status: 303, headers: { ...pageHeaders, location: view.returnUrl }, body: decided }
}

function lookUp(desk: SandboxDesk, request: WireRequest): Promise<DeskView | undefined> {
  return desk.look(request.params.token ?? '')
}

function isDecision(text: string | null): text is ShopperDecision {
  return text === 'approved' || text === 'declined' || text === 'canceled'
}

function languageOf({ headers }: Pick<WireRequest, 'headers'>) {
  return languageFor(headers['accept-language'])
}

function noPage(request: Pick<WireRequest, 'headers'>): WireResponse {
  const { sandbox } = wordsIn(languageOf(request))
  return page(404, renderNotice(sandbox.unknown, sandbox.unknownText, languageOf(request)))
}

function sorry(
  request: Pick<WireRequest, 'headers'>,
  status: number,
  why: 'notPossible' | 'tooMany' | 'unreadable' | 'failed',
): WireResponse {
  const { gone } = wordsIn(languageOf(request))
  return page(status, renderNotice(gone.title, gone[why], languageOf(request)))
}

function page(status: number, body: string): WireResponse {
  return { status, headers: pageHeaders, body }
}
