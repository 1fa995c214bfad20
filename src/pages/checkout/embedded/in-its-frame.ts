import { namedOrigins } from '../../../core/catalog/allowed-origins.js'
import type { Handler, WireRequest } from '../../../dialects/dialect.js'
import type { Operations } from '../../../operations/operations.js'
import { type Frame, splitCart } from '../framing.js'
import type { PageRequest } from '../page-call.js'

/** Lets a page know, before anything else, whether it is shown inside another site's page, and whose that may be. */
export function inItsFrame(handler: Handler): Handler {
  return async (wire, operations) => {
    const frame = await frameOf(wire, operations)
    const request: PageRequest = frame === undefined ? wire : { ...wire, frame }
    return handler(request, operations)
  }
}

/** Also of a pass whose time is over: what says so stands in the same frame. */
async function frameOf(wire: WireRequest, operations: Operations): Promise<Frame | undefined> {
  const { pass: text } = splitCart(wire.params.cart ?? '')
  if (text === undefined) return undefined
  const pass = await operations.readCheckoutPass({ use: 'frame', text, evenExpired: true })
  if (pass === undefined || pass === 'expired' || pass.channel === undefined) return undefined
  const channel = await operations.readChannel({ channel: pass.channel })
  return channel.ok ? { sites: namedOrigins(channel.value.allowedOrigins) } : undefined
}
