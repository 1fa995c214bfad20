import { z } from 'zod'
import type { Channel } from '../../../core/catalog/channel.js'
import type { CheckoutError } from '../../../core/errors.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { GiftCardQuery, GiftCardTerms, KnownGiftCard, Operations } from '../../../operations/operations.js'
import { readBody } from '../body.js'
import { parseInteger } from '../ids.js'
import { parseAmount } from '../money.js'
import { pageOf } from '../page.js'
import { invalid, type Problem, problems } from '../problem.js'
import { giftCertificate } from '../render/gift-certificate.js'
import { respond } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { instantOf } from './coupon-terms.js'
import { codeProblem, modifiesMarketing, readsMarketing } from './coupons.js'

/** Longer codes are cut to this. Source: dialects/bigcommerce.md 3.9. */
const codeLength = 20

const templates = [
  'birthday.html',
  'boy.html',
  'girl.html',
  'celebration.html',
  'christmas.html',
  'general.html',
] as const
const decimal = z.union([z.string(), z.number()])
const name = z.string().trim().min(1).max(250)
const email = z
  .string()
  .trim()
  .max(250)
  .regex(/^[^@\s]+@[^@\s]+$/, 'must be an email address')

const certificateBody = z.object({
  to_name: name,
  to_email: email,
  from_name: name,
  from_email: email,
  amount: decimal,
  balance: decimal.nullish(),
  code: z.string().trim().max(255).nullish(),
  status: z.enum(['active', 'pending', 'disabled', 'expired']).nullish(),
  purchase_date: z.string().nullish(),
  expiry_date: z.string().nullish(),
  template: z.enum(templates).nullish(),
  message: z.string().max(250).nullish(),
  customer_id: z.int().min(0).nullish(),
  currency_code: z.string().nullish(),
})
type CertificateBody = z.output<typeof certificateBody>

const notOwn: CheckoutError = { code: 'invalid_input', field: 'id', rule: 'shared' }

/**
 * GET /v2/gift_certificates: a page, by id; 204 when there are none. Filters: min_id, max_id, code, to_name, to_email,
 * from_name, from_email, order_id, page, limit (50, at most 250), direction.
 */
export const listGiftCertificates = serverEndpoint(
  readsMarketing,
  async (request, operations) => {
    // Certificates are not sold by orders here: whoever asks for those of one gets none.
    if ((request.wire.query.get('order_id') ?? '0') !== '0') return respond(204, undefined)
    const listed = await operations.listGiftCards(request.caller, queryOf(request))
    if (!listed.ok) return respondProblem(codeProblem(listed.error), 'v2')
    const { cards } = listed.value
    if (cards.length === 0) return respond(204, undefined)
    return respond(
      200,
      cards.map(card => giftCertificate(card, request.channel)),
    )
  },
  'v2',
)

/** GET /v2/gift_certificates/:certificateId: 200 with one, or 404. */
export const getGiftCertificate = serverEndpoint(
  readsMarketing,
  async (request, operations) => {
    const found = await readCertificate(request, operations)
    if (!found.ok) return respondProblem(found.error, 'v2')
    return respond(200, giftCertificate(found.value, request.channel))
  },
  'v2',
)

/**
 * POST /v2/gift_certificates: 201 with the certificate, which pays at once unless its status says otherwise. Its balance is
 * its amount unless told, its code is drawn unless told. 409 for a code that is taken, 422 for what is missing.
 */
export const postGiftCertificates = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const body = readBody(request.wire, certificateBody)
    if (!body.ok) return respondProblem(body.error, 'v2')
    const terms = termsOf(body.value, request.channel, new Date().toISOString())
    if (!terms.ok) return respondProblem(terms.error, 'v2')
    const code = body.value.code?.slice(0, codeLength) || undefined
    const input = { channel: request.channel.id, ...terms.value, ...(code === undefined ? {} : { code }) }
    const made = await operations.createGiftCard(request.caller, input)
    if (!made.ok) return respondProblem(codeProblem(made.error), 'v2')
    return respond(201, giftCertificate(made.value, request.channel))
  },
  'v2',
)

/**
 * PUT /v2/gift_certificates/:certificateId: 200 with the certificate; members that are absent stay. A new balance is an entry
 * of its ledger. The code cannot be changed (422), nor a certificate of the store file (409), which other channels share.
 */
export const putGiftCertificate = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const changes = readBody(request.wire, certificateBody.partial())
    if (!changes.ok) return respondProblem(changes.error, 'v2')
    const found = await readCertificate(request, operations)
    if (!found.ok) return respondProblem(found.error, 'v2')
    const { code } = changes.value
    if (code && code.slice(0, codeLength).toLowerCase() !== found.value.card.code.toLowerCase()) {
      return respondProblem({ ...problems.badRequest, status: 422, sentence: 'code cannot be changed' }, 'v2')
    }
    if (found.value.details === undefined) return respondProblem(codeProblem(notOwn), 'v2')
    // What is wrong with the terms is wrong whatever the balance is: judged here, so that it is worded for the client.
    const wrong = changedTerms(found.value, changes.value, request.channel)
    if (!wrong.ok) return respondProblem(wrong.error, 'v2')
    const changed = await operations.changeGiftCard(request.caller, {
      channel: request.channel.id,
      integerId: found.value.card.integerId,
      change: record => {
        const terms = changedTerms({ ...found.value, ...record }, changes.value, request.channel)
        return terms.ok ? terms : refuse({ code: 'invalid_input', field: 'body', rule: terms.error.sentence })
      },
    })
    if (!changed.ok) return respondProblem(codeProblem(changed.error), 'v2')
    return respond(200, giftCertificate(changed.value, request.channel))
  },
  'v2',
)

/** DELETE /v2/gift_certificates/:certificateId: 204; 404 for one that is not there, or that came with the store file. */
export const deleteGiftCertificate = serverEndpoint(
  modifiesMarketing,
  async (request, operations) => {
    const id = parseInteger(request.params.certificateId ?? '')
    if (id === undefined) return respondProblem(problems.notFound, 'v2')
    return respondGone(
      await operations.deleteGiftCards(request.caller, { channel: request.channel.id, integerIds: [id] }),
    )
  },
  'v2',
)

/** DELETE /v2/gift_certificates: 204; all that were made by this API. */
export const deleteGiftCertificates = serverEndpoint(
  modifiesMarketing,
  async (request, operations) =>
    respondGone(await operations.deleteGiftCards(request.caller, { channel: request.channel.id })),
  'v2',
)

function respondGone(gone: Result<number, CheckoutError>) {
  return gone.ok ? respond(204, undefined) : respondProblem(codeProblem(gone.error), 'v2')
}

/** What a change makes of a certificate: its members as they are shown, and those that were sent over them. */
function changedTerms(known: KnownGiftCard, changes: object, channel: Channel): Result<GiftCardTerms, Problem> {
  const body = certificateBody.parse({ ...giftCertificate(known, channel), ...changes })
  return termsOf(body, channel, known.details?.purchasedAt ?? '')
}

/**
 * Terms of a certificate. `expired` is what a date says: asking for it without one is refused.
 *
 * @param now when it was bought, unless the body says
 */
function termsOf(body: CertificateBody, channel: Channel, now: string): Result<GiftCardTerms, Problem> {
  const currency = (body.currency_code || channel.currency).toUpperCase()
  if (!channel.currencies.includes(currency)) return refuse(invalid({ currency_code: 'is no currency of this store' }))
  const initial = parseAmount(body.amount, currency)
  if (initial === undefined || initial <= 0n) return refuse(invalid({ amount: 'must be an amount above zero' }))
  const balance = parseAmount(body.balance ?? body.amount, currency)
  if (balance === undefined || balance < 0n) return refuse(invalid({ balance: 'must be an amount' }))
  const expiresAt = instantOf(body.expiry_date)
  if (expiresAt === null) return refuse(invalid({ expiry_date: 'must be a date' }))
  const purchasedAt = instantOf(body.purchase_date)
  if (purchasedAt === null) return refuse(invalid({ purchase_date: 'must be a date' }))
  if (body.status === 'expired' && expiresAt === undefined) return refuse(invalid({ status: 'needs an expiry_date' }))
  const isActive = body.status !== 'pending' && body.status !== 'disabled'
  return ok({
    currency,
    initial,
    balance,
    isActive,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    details: {
      recipient: { name: body.to_name, email: body.to_email },
      sender: { name: body.from_name, email: body.from_email },
      message: body.message ?? '',
      design: body.template ?? 'general.html',
      purchasedAt: purchasedAt ?? now,
      ...(body.customer_id ? { customerIntegerId: body.customer_id } : {}),
      ...(body.status === 'pending' ? { isPending: true } : {}),
    },
  })
}

function queryOf({ wire: { query }, channel }: ServerRequest): GiftCardQuery {
  const integer = (name: string) => parseInteger(query.get(name) ?? '')
  const text = (name: string) => query.get(name) || undefined
  const [from, to, code] = [integer('min_id'), integer('max_id'), text('code')]
  const person = (prefix: string) => {
    const [name, email] = [text(`${prefix}_name`), text(`${prefix}_email`)]
    return { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) }
  }
  return {
    channel: channel.id,
    ...pageOf(query),
    ...(from === undefined ? {} : { fromIntegerId: from }),
    ...(to === undefined ? {} : { toIntegerId: to }),
    ...(code === undefined ? {} : { code }),
    recipient: person('to'),
    sender: person('from'),
    ...(query.get('direction')?.toLowerCase() === 'desc' ? { descending: true } : {}),
  }
}

async function readCertificate(
  { params, caller, channel }: ServerRequest,
  operations: Operations,
): Promise<Result<KnownGiftCard, Problem>> {
  const id = parseInteger(params.certificateId ?? '')
  if (id === undefined) return refuse(problems.notFound)
  const listed = await operations.listGiftCards(caller, { channel: channel.id, integerIds: [id], offset: 0, limit: 1 })
  if (!listed.ok) return refuse(codeProblem(listed.error))
  const [card] = listed.value.cards
  return card === undefined ? refuse(problems.notFound) : ok(card)
}
