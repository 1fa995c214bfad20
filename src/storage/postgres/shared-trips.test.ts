import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StorageUnavailable } from '../storage.js'
import { type Carrier, createSharedTrips } from './shared-trips.js'
import type { RawResult, RawStatement } from './sql.js'
import { SqlError } from './sql.js'

const late = new StorageUnavailable('too slow')

/**
 * A server that notes what arrives together and answers with the name that was asked. It refuses what is called `wrong`, and
 * gives up what is called `late`.
 */
function stage(options: { readonly isPrepared?: (statement: RawStatement) => boolean } = {}) {
  const trips: (readonly string[])[] = []
  const alone: string[] = []
  const gates: (() => void)[] = []
  const state = { isHeld: false, isCut: false, broken: undefined as Error | undefined }
  const answer = ({ name = '' }: RawStatement): RawResult => {
    if (name.startsWith('wrong')) throw new SqlError('no', '22P02')
    return { columns: [], rows: [[name]], count: 1 }
  }
  const carrier: Carrier = {
    isPrepared: options.isPrepared ?? (() => true),
    run: async statement => {
      trips.push([statement.name ?? ''])
      return answer(statement)
    },
    runTogether: async statements => {
      trips.push(statements.map(({ name = '' }) => name))
      if (state.isCut) throw new StorageUnavailable('cut')
      const at = statements.findIndex(({ name = '' }) => /^(wrong|late)/.test(name))
      if (at === -1) return statements.map(answer)
      return { at, error: statements[at]?.name === 'late' ? late : new SqlError('no', '22P02') }
    },
  }
  const send = createSharedTrips(
    async use => {
      if (state.broken !== undefined) throw state.broken
      if (state.isHeld) await new Promise<void>(resolve => gates.push(resolve))
      await use(carrier)
    },
    async statement => {
      alone.push(statement.name ?? '')
      return answer(statement)
    },
  )
  const ask = (name: string, shares: RawStatement['shares'] = 'read', key = name) =>
    send({ name, text: name, parameters: [key], shares }).then(({ rows }) => rows[0]?.[0])
  return { trips, alone, gates, state, send, ask }
}

const ofCart = { locks: 'cart', keys: [0] } as const
const ofOwner = { locks: 'owner', keys: [0] } as const

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0)
}

/** So many that do not come together. */
async function askInTurn(ask: (name: string) => Promise<unknown>, count: number): Promise<Promise<unknown>[]> {
  const asked = []
  for (let turn = 0; turn < count; turn += 1) {
    asked.push(ask(`turn ${turn}`))
    await settle()
  }
  return asked
}

describe('shared trips', () => {
  it('take who comes alone at once, and by itself', async () => {
    const { trips, ask } = stage()
    const asked = ask('a')
    await settle()
    expect([await asked, trips]).toEqual(['a', [['a']]])
  })

  it('take together who comes together: reads, then owners, then carts, each in the order of their keys', async () => {
    const { trips, ask } = stage()
    const asked = [
      ask('save z', ofCart),
      ask('save b', ofCart),
      ask('new x', ofOwner),
      ask('read'),
      ask('new c', ofOwner),
    ]
    await settle()
    expect(await Promise.all(asked)).toEqual(['save z', 'save b', 'new x', 'read', 'new c'])
    expect(trips).toEqual([['read', 'new c', 'new x', 'save b', 'save z']])
  })

  it('lock what several parameters name in one order, whoever came first', async () => {
    const { trips, send } = stage()
    const open = (name: string, channel: string) =>
      send({ name, text: name, parameters: [channel, 'same owner'], shares: { locks: 'owner', keys: [1, 0] } })
    const asked = [open('in us', 'us'), open('in de', 'de')]
    await settle()
    await Promise.all(asked)
    expect(trips).toEqual([['in de', 'in us']])
  })

  it('take what is not prepared yet by itself, so that nobody shares the fate of its text', async () => {
    const { trips, ask } = stage({ isPrepared: ({ name }) => name !== 'wrong' })
    const asked = [ask('a'), ask('wrong'), ask('b')]
    const outcomes = Promise.allSettled(asked)
    await settle()
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(trips).toEqual([['wrong'], ['a', 'b']])
  })

  it('send each again by itself where one is refused: each has its own answer', async () => {
    const { trips, alone, ask } = stage()
    const outcomes = Promise.allSettled([ask('a', ofCart), ask('wrong', ofCart), ask('z', ofCart)])
    await settle()
    expect(await outcomes).toEqual([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason: expect.objectContaining({ code: '22P02' }) },
      { status: 'fulfilled', value: 'z' },
    ])
    expect([trips, alone]).toEqual([[['a', 'wrong', 'z']], ['a', 'wrong', 'z']])
  })

  it('send the others again where one took too long: it alone had its time', async () => {
    const { trips, alone, ask } = stage()
    const outcomes = Promise.allSettled([ask('a', ofCart), ask('late', ofCart), ask('z', ofCart)])
    await settle()
    expect(await outcomes).toEqual([
      { status: 'fulfilled', value: 'a' },
      { status: 'rejected', reason: late },
      { status: 'fulfilled', value: 'z' },
    ])
    expect([trips, alone]).toEqual([[['a', 'late', 'z']], ['a', 'z']])
  })

  it('send nothing again where the connection was lost under way: who knows what was done', async () => {
    const { state, alone, ask } = stage()
    state.isCut = true
    const outcomes = Promise.allSettled([ask('a', ofCart), ask('b', ofCart)])
    await settle()
    const cut = { status: 'rejected', reason: expect.objectContaining({ message: 'cut' }) }
    expect([await outcomes, alone]).toEqual([[cut, cut], []])
  })

  it('send nothing again where the server was not reached, and begin anew', async () => {
    const { state, alone, ask } = stage()
    state.broken = new StorageUnavailable('gone')
    const outcomes = Promise.allSettled([ask('a', ofCart), ask('b', ofCart)])
    await settle()
    expect(await outcomes).toEqual([
      { status: 'rejected', reason: state.broken },
      { status: 'rejected', reason: state.broken },
    ])
    state.broken = undefined
    const later = ask('c')
    await settle()
    expect([await later, alone]).toEqual(['c', []])
  })

  it('are four at a time, of sixteen at most', async () => {
    const { trips, gates, state, ask } = stage()
    state.isHeld = true
    const first = await askInTurn(ask, 4)
    const others = Array.from({ length: 20 }, (_, index) => ask(`${index}`))
    await settle()
    expect([gates.length, trips]).toEqual([4, []])
    for (let open = gates.shift(); open !== undefined; open = gates.shift()) {
      open()
      await settle()
    }
    await Promise.all([...first, ...others])
    expect(trips.map(({ length }) => length)).toEqual([1, 1, 1, 1, 16, 4])
  })

  it('hold nobody up for long who does not go with them', async () => {
    const { trips, gates, state, ask } = stage()
    state.isHeld = true
    const slow = await askInTurn(ask, 4)
    state.isHeld = false
    const others = [ask('a'), ask('b')]
    await vi.advanceTimersByTimeAsync(49)
    expect(trips).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await Promise.all(others)).toEqual(['a', 'b'])
    expect([trips, gates.length]).toEqual([[['a', 'b']], 4])
    const later = ask('c')
    await settle()
    expect(await later).toBe('c')
    for (const open of gates) open()
    await Promise.all(slow)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('hold nobody up for long, however many there are, and however slow the four', async () => {
    const { trips, state, ask } = stage()
    state.isHeld = true
    await askInTurn(ask, 4)
    state.isHeld = false
    const others = Array.from({ length: 100 }, (_, index) => ask(`${index}`))
    await vi.advanceTimersByTimeAsync(50)
    await Promise.all(others)
    expect(trips.map(({ length }) => length)).toEqual([16, 16, 16, 16, 16, 16, 4])
  })
})
