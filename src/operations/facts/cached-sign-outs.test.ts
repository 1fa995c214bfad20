import { describe, expect, it } from 'vitest'
import type { SignOutStore, StoredSignOut } from '../../storage/storage.js'
import { cacheSignOuts } from './cached-sign-outs.js'

const start = Date.parse('2026-11-21T10:00:00Z')
const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString()

/** A list in memory that several processes have, and that can be held up. */
function sharedList() {
  const rows = new Map<string, StoredSignOut>()
  const state = { looks: 0, number: 0n, delay: Promise.resolve() }
  const store: SignOutStore = {
    async add(customerId, { at }) {
      state.number += 1n
      const version = (rows.get(customerId)?.version ?? 1) + 1
      const signOut = { customerId, number: state.number, version, at }
      rows.set(customerId, signOut)
      return customerId === 'nobody' ? undefined : signOut
    },
    async since(number, limit) {
      state.looks += 1
      const found = [...rows.values()].filter(row => row.number > number).sort((a, b) => Number(a.number - b.number))
      await state.delay
      return found.slice(0, limit)
    },
    prune: async () => 0,
  }
  const time = { now: start }
  const newProcess = () => cacheSignOuts(store, () => timeOf(time.now))
  return { newProcess, store, state, time }
}

const proofOf = (customerId: string, customerVersion = 1) => ({ customerId, customerVersion, issuedAt: start })

describe('who was signed out everywhere', () => {
  it('is asked for once in two seconds, whoever comes and however many at once', async () => {
    const { newProcess, state, time } = sharedList()
    const here = newProcess()
    const asked = (round: number) =>
      Promise.all(Array.from({ length: 50 }, (_, index) => here.isSignedIn(proofOf(`c${round}-${index}`))))
    expect(new Set(await asked(1))).toEqual(new Set([true]))
    time.now += 1_999
    await asked(2)
    expect(state.looks).toBe(1)
    time.now += 1
    await asked(3)
    expect(state.looks).toBe(2)
  })

  it('is known at once where it was done, and after two seconds elsewhere, also of several who did it by turns', async () => {
    const { newProcess, time } = sharedList()
    const [here, there] = [newProcess(), newProcess()]
    for (const process of [here, there]) expect(await process.isSignedIn(proofOf('c1'))).toBe(true)
    await there.add('c1')
    await here.add('c2')
    expect([await here.isSignedIn(proofOf('c2')), await there.isSignedIn(proofOf('c1'))]).toEqual([false, false])
    expect([await here.isSignedIn(proofOf('c1')), await there.isSignedIn(proofOf('c2'))]).toEqual([true, true])
    time.now += 2_000
    for (const id of ['c1', 'c2']) {
      expect([await here.isSignedIn(proofOf(id)), await there.isSignedIn(proofOf(id))]).toEqual([false, false])
      expect([await here.isSignedIn(proofOf(id, 2)), await there.isSignedIn(proofOf(id, 2))]).toEqual([true, true])
    }
  })

  it('is read by a process that starts, however many they are', async () => {
    const { newProcess, state } = sharedList()
    const before = newProcess()
    for (let index = 0; index < 1_001; index += 1) await before.add(`c${index}`)
    const after = newProcess()
    expect([await after.isSignedIn(proofOf('c0')), await after.isSignedIn(proofOf('c1000'))]).toEqual([false, false])
    expect(state.looks).toBe(2)
  })

  it('is waited for by those who come while the list is read, and asked for anew where that began too long ago', async () => {
    const { newProcess, store, state, time } = sharedList()
    const here = newProcess()
    let release: () => void = () => undefined
    state.delay = new Promise(resolve => {
      release = resolve
    })
    const first = here.isSignedIn(proofOf('c1'))
    await store.add('c1', { at: timeOf(time.now) })
    time.now += 2_000
    const second = here.isSignedIn(proofOf('c1'))
    release()
    expect([await first, await second]).toEqual([false, false])
    expect(state.looks).toBe(2)
  })

  it('does not stay unknown where the database was away once', async () => {
    const { newProcess, store, state } = sharedList()
    const here = newProcess()
    await store.add('c1', { at: timeOf(start) })
    state.delay = Promise.reject(new Error('away'))
    await expect(here.isSignedIn(proofOf('c1'))).rejects.toThrow('away')
    state.delay = Promise.resolve()
    expect(await here.isSignedIn(proofOf('c1'))).toBe(false)
  })

  it('is forgotten after the longest life of a token, and nobody who is not there is noted', async () => {
    const { newProcess, store, time } = sharedList()
    const here = newProcess()
    expect([await here.add('nobody'), await here.add('c1')]).toEqual([false, true])
    const { since } = store
    Object.assign(store, { since: async (number: bigint, limit: number) => (await since(number, limit)).slice(0, 0) })
    time.now += 172_800_000 - 1
    expect(await here.isSignedIn(proofOf('c1'))).toBe(false)
    time.now += 2_000
    expect(await here.isSignedIn(proofOf('c1'))).toBe(true)
  })
})
