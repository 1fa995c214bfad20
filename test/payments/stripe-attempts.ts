import { expect } from 'vitest'
import type { Json } from '../../src/core/ids.js'
import type { PaymentMethod } from '../../src/core/pricing/facts.js'
import { createBoundedProvider } from '../../src/payments/bounded-provider.js'
import type { AuthorizeRequest, GatewayAnswer, PaymentProvider } from '../../src/payments/provider.js'
import { openStripe } from '../../src/payments/stripe/open-stripe.js'
import { type StripeStandIn, startStripeStandIn } from './stripe-stand-in.js'

/** The provider as it is shipped, over a stand-in of its own. */
export async function startStripe(): Promise<{ readonly standIn: StripeStandIn; readonly provider: PaymentProvider }> {
  const standIn = await startStripeStandIn()
  const { url, secretKey, webhookSecret } = standIn
  return { standIn, provider: createBoundedProvider(await openStripe({ url, secretKey, webhookSecret })) }
}

const method: PaymentMethod = {
  id: 'card',
  integerId: 1,
  name: 'Card',
  providerName: 'Stripe',
  provider: 'stripe',
  kind: 'card',
  position: 1,
  isActive: true,
} as unknown as PaymentMethod
export const visa = { brand: 'visa', lastFour: '4242', expiryMonth: 12, expiryYear: 2040 }
let made = 0

/** An attempt that nobody made before, for 618.77 EUR. */
export function attempt(instrument: Readonly<Record<string, Json>> = {}, more: Partial<AuthorizeRequest> = {}) {
  made += 1
  return {
    idempotencyKey: `key-${made}`,
    orderId: `order-${made}`,
    orderNumber: `DE--${made}`,
    amount: 61_877n,
    currency: 'EUR',
    method,
    instrument,
    buyer: { email: 'ada@polytill.test' },
    returnUrl: 'https://shop.example/back?step=3',
    capture: false,
    ...more,
  }
}

/** What is told of an attempt, whatever became of it. */
export function told(of: AuthorizeRequest, answer: GatewayAnswer): Partial<GatewayAnswer> {
  const { gatewayReference, display, ...rest } = answer
  expect({ orderId: rest.orderId, currency: rest.currency }).toEqual({ orderId: of.orderId, currency: of.currency })
  const { orderId: _order, currency: _currency, ...news } = rest
  return { ...news, ...(display === undefined || Object.keys(display).length === 0 ? {} : { display }) }
}

export const token = { token: 'pm_card_visa' }
export const factsOf = ({ amount, currency, orderId }: AuthorizeRequest) => ({ amount, currency, orderId })

/** The proof in the address that the shopper comes back to. */
export function hashIn(address: string) {
  return { type: 'payment-confirmation', hash: new URL(address).searchParams.get('hash') }
}
