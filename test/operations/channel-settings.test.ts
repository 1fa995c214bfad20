import { expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { ok, refuse } from '../../src/core/result.js'
import { describeOnEachDatabase } from '../support/test-server.js'

const admin: Caller = { kind: 'key', keyId: 'admin', permissions: ['settings:read', 'settings:write'] }
const reader: Caller = { kind: 'key', keyId: 'reader', permissions: ['settings:read'] }
const key = { channel: 'br', name: 'shop' }

describeOnEachDatabase('settings of a channel', getServer => {
  const operations = () => getServer().operations

  it('are what was set, laid over those of the store file, at once for whoever reads the channel', async () => {
    expect(await operations().readChannelSettings(reader, key)).toEqual({ ok: true, value: {} })
    const set = await operations().changeChannelSettings(admin, { ...key, change: () => ok({ color: 'red' }) })
    expect(set).toEqual({ ok: true, value: { color: 'red' } })
    expect(await operations().readChannelSettings(reader, key)).toEqual(set)
    const channel = await operations().readChannel({ channel: 'br' })
    expect(channel.ok && channel.value.settings.shop).toEqual({ color: 'red' })
    expect((await operations().listChannels()).find(({ id }) => id === 'br')?.settings.shop).toEqual({ color: 'red' })
    expect((await operations().listChannels()).find(({ id }) => id === 'de')?.settings.shop).toBeUndefined()
  })

  it('lose nothing when several change them at once', async () => {
    const counted = { channel: 'de', name: 'counters' }
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`)
    await Promise.all(
      names.map(name =>
        operations().changeChannelSettings(admin, { ...counted, change: settings => ok({ ...settings, [name]: 1 }) }),
      ),
    )
    const stored = await operations().readChannelSettings(admin, counted)
    expect(stored.ok && Object.keys(stored.value).sort()).toEqual([...names].sort())
  })

  it('stay as they are when the change is refused or the caller may not', async () => {
    const before = await operations().readChannelSettings(admin, key)
    const refused = refuse({ code: 'invalid_input', field: 'color', rule: 'known' } as const)
    expect(await operations().changeChannelSettings(admin, { ...key, change: () => refused })).toEqual(refused)
    const change = () => ok({ color: 'blue' })
    expect(await operations().changeChannelSettings(reader, { ...key, change })).toEqual(
      refuse({ code: 'forbidden', permission: 'settings:write' }),
    )
    expect(await operations().changeChannelSettings({ kind: 'anonymous' }, { ...key, change })).toEqual(
      refuse({ code: 'sign_in_required' }),
    )
    expect(await operations().readChannelSettings(admin, key)).toEqual(before)
  })
})
