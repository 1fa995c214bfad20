import type { Channel } from '../../core/catalog/channel.js'
import type { Operations } from '../../operations/operations.js'
import { settingsOf } from './settings.js'

/** The mount's own channel first, and the others of the same store. */
export async function channelsOfStore(own: Channel, operations: Operations): Promise<readonly Channel[]> {
  const { storeHash } = settingsOf(own)
  const others = (await operations.listRecentChannels()).filter(
    one => one.id !== own.id && one.settings.bigcommerce !== undefined && settingsOf(one).storeHash === storeHash,
  )
  return [own, ...others]
}
