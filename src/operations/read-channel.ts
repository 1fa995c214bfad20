import type { Channel } from '../core/catalog/channel.js'
import type { ChannelId } from '../core/ids.js'
import { ok, refuse } from '../core/result.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** One channel with its settings. */
export async function readChannel(deps: Deps, input: { readonly channel: ChannelId }): Answer<Channel> {
  const channel = await deps.facts.channel(input.channel)
  return channel === undefined ? refuse({ code: 'channel_unknown', channel: input.channel }) : ok(channel)
}
