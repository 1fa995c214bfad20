import { describe, expect, it } from 'vitest'
import type { Credential, CredentialStore } from '../../storage/storage.js'
import { cacheKeys } from './cached-keys.js'

const start = Date.parse('2026-11-21T10:00:00Z')

function credential(kind: Credential['kind'], secretHash: string): Credential {
  return { kind, secretHash, subject: 'backend', permissions: [], data: {}, createdAt: '2026-11-21T09:00:00Z' }
}

/** A store in memory that counts what it is asked, and can be held up. */
function memoryStore() {
  const rows = new Map<string, Credential>()
  const id = (kind: string, hash: string) => `${kind} ${hash}`
  const state = { reads: 0, delay: Promise.resolve() }
  const store: CredentialStore = {
    insert: async one => void rows.set(id(one.kind, one.secretHash), one),
    async read(kind, hash) {
      state.reads += 1
      const found = rows.get(id(kind, hash))
      await state.delay
      return found
    },
    replace: async one => void rows.set(id(one.kind, one.secretHash), one),
    amend: async (kind, hash) => rows.get(id(kind, hash)),
    countTry: async (kind, hash) => rows.get(id(kind, hash)),
    async take(kind, hash) {
      const found = rows.get(id(kind, hash))
      rows.delete(id(kind, hash))
      return found
    },
    async revokeAll(kind, subject) {
      const mine = [...rows.values()].filter(one => one.kind === kind && one.subject === subject)
      for (const one of mine) rows.delete(id(one.kind, one.secretHash))
      return mine.length
    },
    prune: async () => 0,
  }
  return { store, state }
}

function cached() {
  const { store, state } = memoryStore()
  const time = { now: start }
  return { keys: cacheKeys(store, () => new Date(time.now).toISOString()), store, state, time }
}

describe('keys of backends', () => {
  it('are asked for once in two seconds', async () => {
    const { keys, state, time } = cached()
    await keys.insert(credential('api_key', 'a'))
    for (let asked = 0; asked < 5; asked += 1)
      expect(await keys.read('api_key', 'a')).toMatchObject({ secretHash: 'a' })
    expect(state.reads).toBe(1)
    time.now += 2_000
    await keys.read('api_key', 'a')
    expect(state.reads).toBe(2)
  })

  it('that are unknown are asked for each time, so that a new one works at once', async () => {
    const { keys, store, state } = cached()
    expect(await keys.read('api_key', 'a')).toBeUndefined()
    await store.insert(credential('api_key', 'a'))
    expect(await keys.read('api_key', 'a')).toMatchObject({ secretHash: 'a' })
    expect(state.reads).toBe(2)
  })

  it('that are revoked here are refused at once, those revoked elsewhere after two seconds', async () => {
    const { keys, store, time } = cached()
    await keys.insert(credential('api_key', 'a'))
    await keys.read('api_key', 'a')
    expect(await keys.revokeAll('api_key', 'backend')).toBe(1)
    expect(await keys.read('api_key', 'a')).toBeUndefined()
    await keys.insert(credential('api_key', 'a'))
    await keys.read('api_key', 'a')
    await store.revokeAll('api_key', 'backend')
    expect(await keys.read('api_key', 'a')).toMatchObject({ secretHash: 'a' })
    time.now += 2_000
    expect(await keys.read('api_key', 'a')).toBeUndefined()
  })

  it('that are revoked while they are being read are not kept', async () => {
    const { keys, state } = cached()
    await keys.insert(credential('api_key', 'a'))
    let answer: () => void = () => undefined
    state.delay = new Promise(resolve => {
      answer = resolve
    })
    const reading = keys.read('api_key', 'a')
    await keys.revokeAll('api_key', 'backend')
    answer()
    await reading
    expect(await keys.read('api_key', 'a')).toBeUndefined()
  })

  it('are kept apart from sessions, which are asked for each time', async () => {
    const { keys, state } = cached()
    await keys.insert(credential('session', 'a'))
    await keys.read('session', 'a')
    await keys.read('session', 'a')
    expect(state.reads).toBe(2)
    expect(await keys.read('api_key', 'a')).toBeUndefined()
    expect(await keys.take('session', 'a')).toMatchObject({ kind: 'session' })
    expect(await keys.read('session', 'a')).toBeUndefined()
  })
})
