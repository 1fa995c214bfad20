import type { ChannelId, Json } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import { GatewayUnknown, type KeptInstrument } from '../payments/provider.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/**
 * Has the gateway behind a payment method keep a card, for dialects in which it is named before the order is placed. Only
 * the token and what may be shown come back; nothing is stored here.
 *
 * @returns `payment_method_unknown` also where the gateway keeps nothing; `payment_declined` when it does not answer
 */
export async function keepInstrument(
  deps: Deps,
  input: {
    readonly channel: ChannelId
    readonly method: string
    /** May hold a card number: never stored, never logged. */
    readonly instrument: Readonly<Record<string, Json>>
  },
): Answer<KeptInstrument> {
  const epoch = await deps.facts.epoch()
  const facts = await deps.facts.load({ channel: input.channel, skus: [], codes: [], stock: false, epoch })
  const method = facts?.paymentMethods.find(({ id, isActive }) => isActive && id === input.method)
  const provider = method === undefined ? undefined : deps.providers.get(method.provider)
  if (provider?.keep === undefined) return refuse({ code: 'payment_method_unknown', method: input.method })
  try {
    return ok(await provider.keep(input.instrument))
  } catch (error) {
    if (error instanceof GatewayUnknown) return refuse({ code: 'payment_declined', reason: 'gateway_unreachable' })
    throw error
  }
}
