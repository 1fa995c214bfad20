import type { Channel } from '../../core/catalog/channel.js'
import type { Json } from '../../core/ids.js'
import type { ChannelSettings, ChannelSettingsStore } from '../storage.js'
import type { Database } from './database.js'
import type { Statement } from './sql.js'

const read: Statement = {
  name: 'channel_settings_read',
  text: 'select version, body from channel_settings where channel = $1 and name = $2',
}
/** Facts that processes have cached hold the settings: the epoch tells them. */
const save: Statement = {
  name: 'channel_settings_save',
  text: `with saved as (
      insert into channel_settings as s (channel, name, version, body)
      select $1, $2, $4::integer + 1, $3::json
      where $4::integer = 0 or exists (select 1 from channel_settings t where t.channel = $1 and t.name = $2)
      on conflict (channel, name) do update set version = excluded.version, body = excluded.body where s.version = $4::integer
      returning s.version
    ), moved as (
      update catalog_epoch set epoch = epoch + 1 where exists (select 1 from saved)
    )
    select version from saved`,
}

/** Settings of channels that the store itself changes. */
export function createChannelSettingsStore(database: Database): ChannelSettingsStore {
  return {
    read: async (channel, name) => {
      const row = (await database.query<{ version: number; body: ChannelSettings }>(read, [channel, name])).rows[0]
      return row === undefined ? undefined : { settings: row.body, version: row.version }
    },
    save: async (channel, name, settings, since) => {
      const { count } = await database.query(save, [channel, name, JSON.stringify(settings), since])
      return count === 1 ? 'saved' : 'lost'
    },
  }
}

/** The channel with what was set since its store file was read, by name; each member counts over the file's. */
export function withStoredSettings(channel: Channel, stored: Readonly<Record<string, ChannelSettings>>): Channel {
  const names = Object.keys(stored)
  if (names.length === 0) return channel
  const laid = names.map(name => [name, { ...objectOf(channel.settings[name]), ...stored[name] }] as const)
  return { ...channel, settings: { ...channel.settings, ...Object.fromEntries(laid) } }
}

function objectOf(settings: Json | undefined): ChannelSettings {
  return settings !== undefined && isObject(settings) ? settings : {}
}

function isObject(json: Json): json is ChannelSettings {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
