import { GatewayUnknown, PayloadRefused, type PaymentProvider } from './provider.js'

/**
 * Stands for a provider that this installation has not set up. Nobody can pay by it; of what was paid by it while it was set
 * up nothing is known until it is again.
 */
export function createAbsentProvider(name: string): PaymentProvider {
  const unknown = () => Promise.reject(new GatewayUnknown(`${name} is not set up`))
  return {
    name,
    isLocal: false,
    authorize: async ({ idempotencyKey, amount, currency, orderId }) => ({
      ...{ outcome: 'declined', declineReason: 'provider_not_set_up', gatewayReference: idempotencyKey },
      ...{ amount, currency, orderId },
    }),
    confirm: unknown,
    capture: unknown,
    void: unknown,
    refund: unknown,
    find: unknown,
    parseWebhook: () => Promise.reject(new PayloadRefused(`${name} is not set up`)),
  }
}
