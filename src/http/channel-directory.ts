import type { Channel } from '../core/catalog/channel.js'
import type { MountedDialect } from './mount.js'

/** Which channel a mount sells through; asked at every request, so kept in the process. */
export interface ChannelDirectory {
  /** Undefined: the store has no such channel (yet). Throws what `list` throws when nothing is known at all. */
  channelOf(mount: MountedDialect): Promise<Channel | undefined>
}

/**
 * Keeps the list of channels for `keepMilliseconds`; one request at a time asks for a new one, the others get the old
 * one meanwhile, and keep it while the database is away.
 *
 * @param now  milliseconds; monotonic
 */
export function createChannelDirectory(
  list: () => Promise<readonly Channel[]>,
  options: { readonly keepMilliseconds: number; readonly now: () => number },
): ChannelDirectory {
  let known: { readonly channels: readonly Channel[]; readonly at: number } | undefined
  let asking: Promise<readonly Channel[]> | undefined
  const ask = (): Promise<readonly Channel[]> => {
    asking ??= list()
      .then(channels => {
        known = { channels, at: options.now() }
        return channels
      })
      .finally(() => {
        asking = undefined
      })
    return asking
  }
  const channels = async (): Promise<readonly Channel[]> => {
    if (!known || known.channels.length === 0) return ask()
    if (options.now() - known.at < options.keepMilliseconds) return known.channels
    ask().catch(() => undefined)
    return known.channels
  }
  return { channelOf: async mount => pickChannel(await channels(), mount) }
}

/** The mount's own channel; else the first whose settings name the dialect; else the first. */
export function pickChannel(channels: readonly Channel[], mount: MountedDialect): Channel | undefined {
  if (mount.channel !== undefined) return channels.find(channel => channel.id === mount.channel)
  return channels.find(channel => Object.hasOwn(channel.settings, mount.dialect.name)) ?? channels[0]
}
