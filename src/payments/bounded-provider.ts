import { InvariantError } from '../core/assert.js'
import { limits } from '../core/limits.js'
import { GatewayUnknown, PayloadRefused, type PaymentProvider } from './provider.js'

/**
 * `provider` with an end to every wait: a gateway that is silent for `waitMilliseconds`, or fails in a way of its own
 * (connection, unreadable answer), becomes `GatewayUnknown`. What it said is not repeated, since a gateway may quote a
 * card number back; only the kind of failure is told.
 */
export function createBoundedProvider(
  provider: PaymentProvider,
  waitMilliseconds: number = limits.gatewayWaitMilliseconds,
): PaymentProvider {
  const bounded = <T>(call: string, run: () => Promise<T>): Promise<T> =>
    within(waitMilliseconds, `${provider.name} ${call}`, run)
  const { keep } = provider
  return {
    ...(keep === undefined ? {} : { keep: instrument => bounded('keep', () => keep(instrument)) }),
    name: provider.name,
    isLocal: provider.isLocal,
    authorize: request => bounded('authorize', () => provider.authorize(request)),
    confirm: (attempt, payload) => bounded('confirm', () => provider.confirm(attempt, payload)),
    capture: attempt => bounded('capture', () => provider.capture(attempt)),
    void: (attempt, about) => bounded('void', () => provider.void(attempt, about)),
    refund: attempt => bounded('refund', () => provider.refund(attempt)),
    find: (idempotencyKey, about) => bounded('find', () => provider.find(idempotencyKey, about)),
    parseWebhook: (headers, body) => bounded('parseWebhook', () => provider.parseWebhook(headers, body)),
  }
}

async function within<T>(milliseconds: number, call: string, run: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new GatewayUnknown(`${call}: no answer in ${milliseconds} ms`)), milliseconds)
  })
  try {
    return await Promise.race([run(), silence])
  } catch (error) {
    throw asUnknown(call, error)
  } finally {
    clearTimeout(timer)
  }
}

function asUnknown(call: string, error: unknown): unknown {
  if (error instanceof GatewayUnknown || error instanceof PayloadRefused || error instanceof InvariantError)
    return error
  return new GatewayUnknown(`${call}: ${error instanceof Error ? error.name : 'failed'}`)
}
