import type { ChannelId } from '../../core/ids.js'
import type { CurrencyCode } from '../../core/money.js'
import type { Operations } from '../../operations/operations.js'
import type { WixCall } from './request.js'

/** Which channel sells the goods that a request names, and the currency of its amounts. */
export interface CartPlace {
  readonly channel: ChannelId
  readonly currency: CurrencyCode
}

/** Where carts are that this API makes. */
export function ownPlace({ channel }: Pick<WixCall, 'channel'>): CartPlace {
  return { channel: channel.id, currency: channel.currency }
}

/**
 * Where the cart is that the path names: one that another API began has that one's goods and currency. Whoever asks learns
 * nothing by it; what they may do with the cart is decided afterwards.
 */
export async function placeOfCart(call: WixCall, operations: Operations): Promise<CartPlace> {
  const { id = call.wire.params.cartId } = call.wire.params
  if (id === undefined) return ownPlace(call)
  const read = await operations.readCart({ kind: 'system' }, { key: { id: id.toLowerCase() } })
  return read.ok ? { channel: read.value.channel.id, currency: read.value.cart.cart.currency } : ownPlace(call)
}
