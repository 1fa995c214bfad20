import type { Caller } from '../core/access/caller.js'
import { missingRight } from '../core/access/permissions.js'
import type { CheckoutError } from '../core/errors.js'
import type { ChannelId } from '../core/ids.js'
import { limits } from '../core/limits.js'
import { ok, type Result, refuse } from '../core/result.js'
import type { ChannelSettings } from '../storage/storage.js'
import { pause } from './change-cart.js'
import type { Deps } from './deps.js'
import type { Answer } from './operations.js'

/** Which settings: of a channel, by the name under which `Channel.settings` has them. */
export interface SettingsKey {
  readonly channel: ChannelId
  readonly name: string
}

/** What the store has set while it runs; empty where it has set nothing. Never from a cache. */
export async function readChannelSettings(deps: Deps, caller: Caller, key: SettingsKey): Answer<ChannelSettings> {
  const fault = missingRight(caller, 'settings:read')
  if (fault !== undefined) return refuse(fault)
  return ok((await deps.storage.channelSettings.read(key.channel, key.name))?.settings ?? {})
}

/**
 * Sets what `change` makes of what is set; it may run more than once, each time on the newest. Whoever reads the channel
 * or a cart afterwards sees it: in this process at once, in others with the next cart that they read.
 */
export async function changeChannelSettings(
  deps: Deps,
  caller: Caller,
  input: SettingsKey & {
    readonly change: (settings: ChannelSettings) => Result<ChannelSettings, CheckoutError>
  },
): Answer<ChannelSettings> {
  const fault = missingRight(caller, 'settings:write')
  if (fault !== undefined) return refuse(fault)
  const { channel, name } = input
  const { channelSettings, catalog } = deps.storage
  for (let attempt = 0; attempt < limits.changeAttempts; attempt += 1) {
    const stored = await channelSettings.read(channel, name)
    const changed = input.change(stored?.settings ?? {})
    if (!changed.ok) return changed
    const saved = await channelSettings.save(channel, name, changed.value, stored?.version ?? 0)
    if (saved === 'saved') {
      await deps.facts.load({ channel, skus: [], codes: [], stock: false, epoch: await catalog.epoch() })
      return changed
    }
    await pause(attempt)
  }
  return refuse({ code: 'busy' })
}
