import { createHash } from 'node:crypto'
import type { PaymentMethod } from '../../../core/pricing/facts.js'
import type { Operations } from '../../../operations/operations.js'
import { parseUuid } from '../ids.js'
import { problems } from '../problem.js'
import type { Headers } from '../respond.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { cardsOf, cardsOfMethod } from '../stored-cards.js'
import { readOwnCart } from './own-cart.js'

/**
 * GET /api/storefront/payments: 200, the ways to pay for the session's cart, or for the one that `cartId` names; none where
 * there is no such cart. Source: dialects/bigcommerce.md 3.7.4.
 */
export const getPayments = shopperEndpoint('storefront', async (request, operations) => ({
  status: 200,
  body: (await methodsOf(request, operations)).map(each => renderMethod(each.method, each.hasDefault)),
  headers: sessionHeaders(request),
}))

/** GET /api/storefront/payments/:methodId: 200, one of them; 404. Source: dialects/bigcommerce.md 3.7.4. */
export const getPayment = shopperEndpoint('storefront', async (request, operations) => {
  const methods = await methodsOf(request, operations)
  const found = methods.find(({ method }) => method.id === request.wire.params.methodId)
  if (found === undefined) return { problem: problems.notFound }
  return { status: 200, body: renderMethod(found.method, found.hasDefault), headers: sessionHeaders(request) }
})

/** A way to pay; `hasDefault`: the customer's default card is one that it keeps. */
interface Offer {
  readonly method: PaymentMethod
  readonly hasDefault: boolean
}

async function methodsOf(request: ShopperRequest, operations: Operations): Promise<readonly Offer[]> {
  const { wire, caller, channel } = request
  const read = await readOwnCart(request, operations, parseUuid(wire.query.get('cartId') ?? ''))
  if (!read.ok) return []
  const { paymentMethods, cart } = read.value.cart
  const methods = paymentMethods.filter(({ kind }) => kind !== 'gift_card' && kind !== 'free')
  const cards = await cardsOf(caller, cart.owner, channel.id, methods, operations)
  return methods.map(method => ({
    method,
    hasDefault: cardsOfMethod(cards, method).some(({ isDefault }) => isDefault),
  }))
}

/** The platform's client keeps these and sends them along with a card. They tell nothing of the session. */
function sessionHeaders({ session }: ShopperRequest): Headers {
  if (session === undefined) return {}
  const opaque = (purpose: string) =>
    createHash('sha256').update(`${purpose} ${session.secret}`).digest('hex').slice(0, 32)
  return { 'X-Session-Hash': opaque('payment session'), 'X-Device-Session-Id': opaque('device session') }
}

/** Card schemes that the test gateway takes, as the platform spells them. */
const cardSchemes = ['VISA', 'AMEX', 'MC', 'DISCOVER', 'DINERS', 'JCB']

/** A method as the platform's client must have it: without a known `type` it would demand card data. */
function renderMethod(method: PaymentMethod, hasDefault: boolean) {
  const isOffline = method.provider === 'manual'
  return {
    id: method.id,
    gateway: null,
    logoUrl: '',
    method: isOffline ? 'offline' : method.providerName,
    supportedCards: method.kind === 'card' ? cardSchemes : [],
    providesShippingAddress: false,
    config: {
      displayName: method.name,
      cardCode: method.kind === 'card' ? true : null,
      helpText: method.instructions ?? '',
      enablePaypal: null,
      merchantId: null,
      is3dsEnabled: null,
      testMode: method.provider === 'sandbox',
      isVisaCheckoutEnabled: null,
      requireCustomerCode: false,
      isVaultingEnabled: method.storedCards !== undefined,
      isVaultingCvvEnabled: method.storedCards?.requiresSecurityCode ?? null,
      hasDefaultStoredInstrument: hasDefault,
      isHostedFormEnabled: false,
      logo: null,
    },
    type: isOffline ? 'PAYMENT_TYPE_OFFLINE' : 'PAYMENT_TYPE_API',
    initializationStrategy: { type: 'not_applicable' },
    nonce: null,
    initializationData: null,
    clientToken: null,
    returnUrl: null,
  }
}
