import { createServer, type IncomingMessage, type Server } from 'node:http'
import { text } from 'node:stream/consumers'
import Stripe from 'stripe'
import { present } from '../../src/core/assert.js'
import { type Form, readForm } from './bracket-form.js'

/**
 * As much of Stripe's API as payments need, kept in memory, at a port of the loopback interface. It believes nothing either:
 * requests need the key, a key of idempotency that comes again with other parameters is refused, and what was answered once
 * is answered again, whatever became of it since.
 * Source: docs.stripe.com/api (payment intents, checkout sessions, refunds, idempotent requests), docs.stripe.com/testing.
 */
export interface StripeStandIn {
  readonly url: string
  readonly secretKey: string
  readonly webhookSecret: string
  /** Methods and paths that were asked for, in order. */
  readonly asked: string[]
  readonly intents: ReadonlyMap<string, Intent>
  readonly pages: ReadonlyMap<string, Page>
  /** The next requests whose method and path match are done, and their answers lost. */
  loseAnswers(to: RegExp, count: number): void
  /** The next requests whose method and path match are neither done nor answered. */
  dropRequests(to: RegExp, count: number): void
  /** The shopper pays on the page, with a card that is good or is not. */
  payOn(page: string, card: 'pm_card_visa' | 'pm_card_chargeDeclined'): void
  /** The shopper's bank decides. */
  authenticate(intent: string, isGranted: boolean): void
  /** An event as it is sent: what happened, and its signature. */
  event(type: string, object: object): { readonly headers: Readonly<Record<string, string>>; readonly body: string }
  close(): Promise<void>
}

export interface Intent {
  readonly id: string
  readonly object: 'payment_intent'
  amount: number
  currency: string
  status: string
  capture_method: string
  amount_capturable: number
  amount_received: number
  metadata: Readonly<Record<string, string>>
  last_payment_error: object | null
  next_action: object | null
  latest_charge: Charge | null
  return_url?: string
  refunds: RefundMade[]
}

interface Charge {
  readonly id: string
  amount_refunded: number
  readonly payment_method_details: { readonly card: object }
}

interface RefundMade {
  readonly id: string
  readonly amount: number
  readonly status: string
  readonly metadata: Readonly<Record<string, string>>
}

export interface Page {
  readonly id: string
  readonly object: 'checkout.session'
  status: 'open' | 'complete' | 'expired'
  url: string | null
  readonly currency: string
  readonly amount_total: number
  readonly metadata: Readonly<Record<string, string>>
  readonly success_url: string
  readonly cancel_url: string
  readonly customer_email: string | null
  payment_intent: Intent | null
  readonly intentForm: Form
}

/** What is not done: status and error object. */
class Refused extends Error {
  constructor(
    readonly status: number,
    readonly error: Readonly<Record<string, unknown>>,
  ) {
    super(JSON.stringify(error))
  }
}

const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2040 }

/** What a payment method does when it is charged. Source: docs.stripe.com/testing. */
const methods: Readonly<Record<string, 'good' | 'declined' | 'asks'>> = {
  pm_card_visa: 'good',
  pm_card_chargeDeclined: 'declined',
  pm_card_authenticationRequired: 'asks',
}
const numbers: Readonly<Record<string, string>> = {
  '4242424242424242': 'pm_card_visa',
  '4111111111111111': 'pm_card_visa',
  '4000000000000002': 'pm_card_chargeDeclined',
}

interface Shelf {
  readonly intents: Map<string, Intent>
  readonly pages: Map<string, Page>
  next(prefix: string): string
}

export async function startStripeStandIn(): Promise<StripeStandIn> {
  let count = 0
  const shelf: Shelf = {
    intents: new Map(),
    pages: new Map(),
    next: prefix => {
      count += 1
      return `${prefix}_${count.toString().padStart(6, '0')}`
    },
  }
  const secretKey = 'sk_test_standin'
  const webhookSecret = 'whsec_standin'
  const asked: string[] = []
  const answered = new Map<string, { readonly form: string; readonly status: number; readonly body: string }>()
  const faults: { readonly to: RegExp; readonly kind: 'lose' | 'drop'; left: number }[] = []
  const faultOf = (what: string) => {
    const fault = faults.find(({ to, left }) => left > 0 && to.test(what))
    if (fault !== undefined) fault.left -= 1
    return fault?.kind
  }
  const answer = async (request: IncomingMessage): Promise<{ readonly status: number; readonly body: string }> => {
    const sent = await text(request)
    const url = new URL(request.url ?? '/', 'http://stripe.test')
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      return written(401, { error: { type: 'authentication_error' } })
    const key = request.headers['idempotency-key']
    const known = typeof key === 'string' ? answered.get(key) : undefined
    if (known !== undefined && known.form === sent) return known
    if (known !== undefined) return written(400, { error: { type: 'idempotency_error', message: 'other parameters' } })
    const done = doOne(
      shelf,
      request.method ?? '',
      url.pathname,
      readForm(request.method === 'GET' ? url.search.slice(1) : sent),
    )
    const kept = written(done.status, done.body)
    // Stripe keeps what it began to do, and forgets what it refused for its form.
    if (typeof key === 'string' && done.status !== 400 && done.status !== 404)
      answered.set(key, { form: sent, ...kept })
    return kept
  }
  const server = createServer((request, response) => {
    const what = `${request.method} ${new URL(request.url ?? '/', 'http://x').pathname}`
    asked.push(what)
    const fault = faultOf(what)
    if (fault === 'drop') return void request.socket.destroy()
    void answer(request).then(({ status, body }) => {
      if (fault === 'lose') return void request.socket.destroy()
      response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_standin' }).end(body)
    })
  })
  const port = await listening(server)
  return {
    url: `http://127.0.0.1:${port}`,
    secretKey,
    webhookSecret,
    asked,
    intents: shelf.intents,
    pages: shelf.pages,
    loseAnswers: (to, left) => void faults.push({ to, kind: 'lose', left }),
    dropRequests: (to, left) => void faults.push({ to, kind: 'drop', left }),
    payOn: (id, method) => payOn(shelf, present(shelf.pages.get(id), 'the page was opened'), method),
    authenticate: (id, isGranted) => authenticate(present(shelf.intents.get(id), 'the intent was made'), isGranted),
    event: (type, object) => signed(webhookSecret, { id: shelf.next('evt'), object: 'event', type, data: { object } }),
    close: () => new Promise(resolve => server.close(() => resolve()).closeAllConnections()),
  }
}

function written(status: number, body: object) {
  return { status, body: JSON.stringify(body) }
}

function listening(server: Server): Promise<number> {
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

function signed(secret: string, event: object) {
  const body = JSON.stringify(event)
  const header = new Stripe('sk_test_standin').webhooks.generateTestHeaderString({ payload: body, secret })
  return { headers: { 'content-type': 'application/json', 'stripe-signature': header }, body }
}

function doOne(
  shelf: Shelf,
  method: string,
  path: string,
  form: Form,
): { readonly status: number; readonly body: object } {
  try {
    return { status: 200, body: act(shelf, `${method} ${path}`, form) }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { status: error.status, body: { error: error.error } }
  }
}

function act(shelf: Shelf, what: string, form: Form): object {
  const [, name = '', step = ''] =
    /^\w+ \/v1\/(?:payment_intents|checkout\/sessions)\/(\w+)(?:\/(\w+))?$/.exec(what) ?? []
  if (what === 'POST /v1/payment_methods') return makeMethod(form)
  if (what === 'POST /v1/payment_intents') return makeIntent(shelf, form)
  if (what === 'POST /v1/checkout/sessions') return makePage(shelf, form)
  if (what === 'POST /v1/refunds') return makeRefund(found(shelf.intents, String(form.payment_intent)), form, shelf)
  if (what === 'GET /v1/refunds') {
    const data = found(shelf.intents, String(form.payment_intent)).refunds
    return { object: 'list', data, has_more: false, url: '/v1/refunds' }
  }
  if (what.includes('/checkout/sessions/')) {
    const page = found(shelf.pages, name)
    return step === 'expire' ? expire(page) : page
  }
  const intent = found(shelf.intents, name)
  if (step === 'confirm') return confirm(shelf, intent, form)
  if (step === 'capture') return capture(intent, Number(form.amount_to_capture))
  return step === 'cancel' ? cancel(intent) : intent
}

function found<T>(things: ReadonlyMap<string, T>, id: string): T {
  const thing = things.get(id)
  if (thing === undefined) throw new Refused(404, { type: 'invalid_request_error', code: 'resource_missing' })
  return thing
}

function unexpected(intent: Intent): Refused {
  const code = 'payment_intent_unexpected_state'
  return new Refused(400, { type: 'invalid_request_error', code, payment_intent: intent })
}

function makeMethod(form: Form): object {
  const { number, token } = form.card as Form
  const id = token === 'tok_visa' ? 'pm_card_visa' : numbers[String(number)]
  if (id === undefined) throw new Refused(402, { type: 'card_error', code: 'incorrect_number' })
  return { id, object: 'payment_method' }
}

function makeIntent(shelf: Shelf, form: Form): Intent {
  const intent: Intent = {
    id: shelf.next('pi'),
    object: 'payment_intent',
    amount: Number(form.amount),
    currency: String(form.currency),
    status: 'requires_payment_method',
    capture_method: String(form.capture_method ?? 'automatic'),
    amount_capturable: 0,
    amount_received: 0,
    metadata: (form.metadata ?? {}) as Readonly<Record<string, string>>,
    last_payment_error: null,
    next_action: null,
    latest_charge: null,
    refunds: [],
  }
  shelf.intents.set(intent.id, intent)
  return intent
}

function confirm(shelf: Shelf, intent: Intent, form: Form): Intent {
  if (intent.status !== 'requires_payment_method') throw unexpected(intent)
  const kind = methods[String(form.payment_method)]
  if (kind === undefined) throw new Refused(404, { type: 'invalid_request_error', code: 'resource_missing' })
  if (form.capture_method !== undefined) intent.capture_method = String(form.capture_method)
  if (kind === 'asks') {
    intent.status = 'requires_action'
    const url = `https://hooks.stripe.test/3ds/${intent.id}`
    intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: form.return_url } }
    return intent
  }
  return charged(shelf, intent, kind === 'good')
}

function charged(shelf: Pick<Shelf, 'next'>, intent: Intent, isGood: boolean): Intent {
  intent.next_action = null
  if (!isGood) {
    const error = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'generic_decline',
      payment_method: { card },
    }
    intent.status = 'requires_payment_method'
    intent.last_payment_error = error
    throw new Refused(402, { ...error, payment_intent: intent })
  }
  intent.latest_charge = { id: shelf.next('ch'), amount_refunded: 0, payment_method_details: { card } }
  if (intent.capture_method === 'manual') {
    intent.status = 'requires_capture'
    intent.amount_capturable = intent.amount
    return intent
  }
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  return intent
}

function authenticate(intent: Intent, isGranted: boolean): void {
  if (intent.status !== 'requires_action') throw unexpected(intent)
  try {
    charged({ next: prefix => `${prefix}_${intent.id}` }, intent, isGranted)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
  }
}

function capture(intent: Intent, amount: number): Intent {
  if (intent.status !== 'requires_capture') throw unexpected(intent)
  if (amount > intent.amount_capturable)
    throw new Refused(400, { type: 'invalid_request_error', code: 'amount_too_large' })
  intent.status = 'succeeded'
  intent.amount_received = amount
  intent.amount_capturable = 0
  return intent
}

function cancel(intent: Intent): Intent {
  if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpected(intent)
  intent.status = 'canceled'
  intent.amount_capturable = 0
  return intent
}

function makeRefund(intent: Intent, form: Form, shelf: Shelf): RefundMade {
  const amount = Number(form.amount)
  const charge = intent.latest_charge
  if (intent.status !== 'succeeded' || charge === null) throw unexpected(intent)
  if (amount > intent.amount_received - charge.amount_refunded) {
    throw new Refused(400, { type: 'invalid_request_error', code: 'charge_already_refunded' })
  }
  charge.amount_refunded += amount
  const metadata = (form.metadata ?? {}) as Readonly<Record<string, string>>
  const made = { id: shelf.next('re'), object: 'refund', amount, status: 'succeeded', metadata }
  intent.refunds.push(made)
  return made
}

function makePage(shelf: Shelf, form: Form): Page {
  const item = (form.line_items as Form)['0'] as Form
  const price = item.price_data as Form
  const id = shelf.next('cs')
  const page: Page = {
    id,
    object: 'checkout.session',
    status: 'open',
    url: `https://checkout.stripe.test/pay/${id}`,
    currency: String(price.currency),
    amount_total: Number(price.unit_amount) * Number(item.quantity),
    metadata: form.metadata as Readonly<Record<string, string>>,
    success_url: String(form.success_url),
    cancel_url: String(form.cancel_url),
    customer_email: typeof form.customer_email === 'string' ? form.customer_email : null,
    payment_intent: null,
    intentForm: form.payment_intent_data as Form,
  }
  shelf.pages.set(id, page)
  return page
}

function expire(page: Page): Page {
  if (page.status !== 'open') throw new Refused(400, { type: 'invalid_request_error', code: 'resource_not_open' })
  page.status = 'expired'
  page.url = null
  return page
}

/** The page makes its payment intent when the shopper pays; a declined card leaves it open. */
function payOn(shelf: Shelf, page: Page, method: string): void {
  if (page.status !== 'open') throw new Error('the page is closed')
  const form = { ...page.intentForm, amount: String(page.amount_total), currency: page.currency }
  page.payment_intent ??= makeIntent(shelf, form)
  try {
    confirm(shelf, page.payment_intent, { payment_method: method })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return
  }
  page.status = 'complete'
  page.url = null
}
