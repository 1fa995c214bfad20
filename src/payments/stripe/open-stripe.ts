import type { PaymentProvider } from '../provider.js'
import { createStripeProvider } from './stripe-provider.js'

/** What an operator says of the account at Stripe. */
export interface StripeSettings {
  /** `sk_...` or `rk_...`. */
  readonly secretKey: string
  /** `whsec_...` of the endpoint that events are sent to; absent: none is believed, and Stripe is asked instead. */
  readonly webhookSecret?: string
  /** Where Stripe's API is; absent: Stripe's own address. */
  readonly url?: string
}

/** How long one request may take, and how often one that got no answer is sent again; within `gatewayWaitMilliseconds`. */
const requestMilliseconds = 6_000
const repeats = 1

/** The official SDK is not installed, which nobody needs who takes no money by Stripe. */
export class StripeMissing extends Error {
  override readonly name = 'StripeMissing'
  constructor() {
    super('POLYTILL_STRIPE_SECRET_KEY is set, but the package that talks to Stripe is not there: npm install stripe@23')
  }
}

/**
 * Payments by the account of these settings.
 *
 * @param load  finds the official SDK
 * @throws StripeMissing
 */
export async function openStripe(
  settings: StripeSettings,
  load: () => Promise<typeof import('stripe')> = () => import('stripe'),
): Promise<PaymentProvider> {
  const { default: Stripe } = await load().catch((error: unknown) => {
    throw isMissing(error) ? new StripeMissing() : error
  })
  const stripe = new Stripe(settings.secretKey, {
    ...(settings.url === undefined ? {} : addressOf(new URL(settings.url))),
    timeout: requestMilliseconds,
    maxNetworkRetries: repeats,
    telemetry: false,
    appInfo: { name: 'Polytill' },
  })
  const { secretKey: secret, webhookSecret } = settings
  return createStripeProvider({ stripe, secret, ...(webhookSecret === undefined ? {} : { webhookSecret }) })
}

function addressOf({ protocol, hostname, port }: URL) {
  const isPlain = protocol === 'http:'
  return {
    protocol: isPlain ? ('http' as const) : ('https' as const),
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
}
