import type { CartId, ChannelId } from '../../core/ids.js'
import type { Operations } from '../../operations/operations.js'

/** Carts that a server remembers; of more, the one that came first is forgotten. Ours. */
const mostCarts = 10_000

const byServer = new WeakMap<Operations, Map<CartId, ChannelId>>()

/**
 * The channel in which this server saw a cart last. Only a guess, to look in the right one first: an id that was given up, and
 * was begun anew through another process, may be another channel's now.
 */
export function lastSeenIn(operations: Operations, id: CartId): ChannelId | undefined {
  return byServer.get(operations)?.get(id)
}

/** Remembers the channel of a cart. */
export function rememberChannel(operations: Operations, id: CartId, channel: ChannelId): void {
  const channels = byServer.get(operations) ?? new Map<CartId, ChannelId>()
  if (channels.get(id) === channel) return
  byServer.set(operations, channels)
  const [oldest] = channels.keys()
  if (oldest !== undefined && channels.size >= mostCarts) channels.delete(oldest)
  channels.set(id, channel)
}
