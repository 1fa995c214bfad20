import { beforeAll, expect, it } from 'vitest'
import type { OpenStorage } from '../../../src/storage/open-storage.js'
import { openBooks } from '../../support/books.js'
import { describeOnPglite, describeOnPostgres, type Open } from '../../support/databases.js'
import { startTestServer, type TestServer } from '../../support/test-server.js'
import { ways } from './cart-operations.js'
import { cartWriters } from './cart-writers.js'
import { type Outcome, openRacetrack, type Pair, type Racetrack } from './race.js'
import { type Scene, scenes } from './scenes.js'
import type { Way } from './way.js'
import { codes, granted, system } from './world.js'

it('every operation that can write a cart is among them', () => {
  expect([...new Set(ways.map(({ operation }) => operation))].sort()).toEqual(cartWriters())
})

/** Undefined: every ninth pair of a scene. `all`: all of them, which takes minutes. Else the pairs of the way of that name. */
const asked = process.env.PAIRS

it('PAIRS asks for a way that there is', () => {
  expect([undefined, 'all', ...ways.map(({ name }) => name)]).toContain(asked)
})

/** Pairs in which a fault was found once: they meet each time. */
const found: ReadonlySet<string> = new Set([
  'cancel / the gateway calls',
  'money over the counter / capture',
  'a part over the counter / capture',
  'a part over the counter / the browser comes back',
  'void / confirm',
  'the recovery sweeps / money over the counter',
  'pay for the first draft by gift card / cancel',
  'pay for the first draft / pay for the first draft by gift card',
  'pay for the first draft by gift card / pay for the first draft by gift card',
  'pay for the first draft by gift card / pay for the second draft',
  'order and go on shopping / a log-in that joins',
])
const isFound = ({ first, second }: Pair) =>
  found.has(`${first.name} / ${second.name}`) || found.has(`${second.name} / ${first.name}`)
const isMet = (pair: Pair, at: number) =>
  asked === undefined
    ? at % 9 === 0 || isFound(pair)
    : asked === 'all' || [pair.first.name, pair.second.name].includes(asked)

/**
 * Pairs that end otherwise than in turn, and may: by scene, in either order. Nothing is judged of them but the books.
 * docs/reliability.md tells them to merchants.
 */
const explained: Readonly<Partial<Record<Scene, readonly string[]>>> = {
  // A cart that is being paid for is not open: its owner gets another one, or orders it as it stands.
  'a guest’s cart': [
    'order by a declined card / make the owner’s only one',
    'order by a declined card / a log-in that joins',
    'order by a declined card / a log-in that takes over',
    'order by a declined card / a registration',
    'order and go on shopping / order by a declined card',
    'pay ahead / walk with another mug',
  ],
  'a cart that nobody has claimed': ['add first, as a guest / order by card', 'order first / order by card'],
  // Told in between, before the order knows; or another of two reasons.
  'approved on the page': ['void / the browser comes back'],
  'declined on the page': [
    'void / the browser comes back',
    'money over the counter / cancel',
    'cancel / void',
    'money over the counter / void',
    'void / void',
  ],
  'payments to be sent': [
    'the recovery sweeps / the recovery sweeps',
    'the recovery sweeps / send the payments',
    'the recovery sweeps / cancel',
  ],
  'payments sent': ['void / void'],
  // Taken or given back while the order is called off: the next sweep gives back the rest.
  bought: ['capture / cancel'],
  captured: ['cancel / refund'],
}
const isExplained = ({ scene, first, second }: Pair) =>
  [`${first.name} / ${second.name}`, `${second.name} / ${first.name}`].some(name => explained[scene]?.includes(name))

describeOnPostgres('two who act at the same moment', open => definePairs(open, 'thorough'))
describeOnPglite('two who act at the same moment', open => definePairs(open, 'side by side'))

/** `thorough`: also with the one between any two statements of the other. */
function definePairs(open: Open, how: 'thorough' | 'side by side'): void {
  let storage: OpenStorage
  let track: Racetrack
  beforeAll(async () => {
    storage = await open()
    const server = await startTestServer({ storage })
    await stockUp(server)
    // Its recovery would be a third one who acts.
    await server.close()
    track = await openRacetrack(storage)
  })

  it.each(scenes)(
    '%s: end as if one had come after the other',
    async scene => {
      const books = await openBooks(storage.sql)
      const judge = openJudge(track)
      for (const pair of pairsOf(scene, how).filter(isMet)) {
        const isPlain = pair.first.isPlain === true && pair.second.isPlain === true
        const isClose = isThere(scene, pair.first) && isThere(scene, pair.second)
        if (isClose) await judge.see(pair, 'at once', await track.atOnce(pair))
        if (how === 'side by side') continue
        // Two of one funnel: one order of their two writes is as good as the other.
        for (const met of isPlain ? [pair] : [pair, turned(pair)]) {
          const { statements } = await judge.alone(met)
          // Before the last one everything is read that it decides by; only where money moves is there more to come between.
          for (let statement = isClose ? 2 : statements; statement <= statements; statement += 1) {
            await judge.see(met, `before statement ${statement} of the first`, await track.inBetween(met, statement))
          }
        }
      }
      // The books are looked at in any case.
      expect.soft(judge.faults.slice(0, 10)).toEqual([])
      await track.recover()
      expect(await books.faults()).toEqual([])
    },
    300_000,
  )
}

/** Goods, codes and gift cards that no race uses up. */
async function stockUp({ storage, operations }: TestServer): Promise<void> {
  await storage.sql.query(`update stock set available = 1000000 where sku in ('MUG-1', 'TEE-1', '005_30663301')`)
  const percent = { kind: 'percent_off_lines', rate: { micros: 50_000n } } as const
  const coupon = { channel: 'de', isActive: true, conditions: [], benefits: [percent] } as const
  for (const code of codes.coupons) granted(await operations.createCoupon(system, { ...coupon, code, name: code }))
  const nobody = { name: '', email: '' }
  const details = {
    recipient: nobody,
    sender: nobody,
    message: '',
    design: '',
    purchasedAt: '2026-01-01T00:00:00.000Z',
  }
  const card = { channel: 'de', currency: 'EUR', initial: 10_000_000n, balance: 10_000_000n, isActive: true, details }
  for (const code of codes.cards) granted(await operations.createGiftCard(system, { ...card, code }))
}

const isHome = (scene: Scene, way: Way) => way.scenes?.includes(scene) === true
const isThere = (scene: Scene, way: Way) => isHome(scene, way) || way.isTypical === true

/**
 * Whom to let meet: all with all while the cart is open; later on those who end the purchase with each other, and with
 * one of each kind of the rest.
 */
function pairsOf(scene: Scene, how: 'thorough' | 'side by side'): readonly Pair[] {
  const isFirst = scene === 'a guest’s cart'
  const there = ways.filter(way => isThere(scene, way) || (isFirst && how === 'thorough' && way.scenes === undefined))
  return there.flatMap((first, index) =>
    there
      .slice(index)
      .filter(second => isFirst || isHome(scene, first) || isHome(scene, second))
      .map(second => ({ scene, first, second })),
  )
}

interface Judge {
  /** Holds that two who met ended as if one had come after the other. */
  see(pair: Pair, when: string, met: Outcome): Promise<void>
  alone(pair: Pair): ReturnType<Racetrack['alone']>
  readonly faults: readonly object[]
}

/** Whoever comes while the other is at work may be told to wait, as long as the other does all of its work. */
const notNow = /^refused: (cart_locked|busy|payment_unknown|cart_already_ordered)/

/** Judges by what comes out when the two take turns; each of these is tried when it is first asked for, and kept. */
function openJudge(track: Racetrack): Judge {
  const faults: object[] = []
  const kept = new Map<string, Promise<Outcome>>()
  const keep = <T extends Outcome>(key: string, make: () => Promise<T>): Promise<T> => {
    const known = (kept.get(key) as Promise<T> | undefined) ?? make()
    kept.set(key, known)
    return known
  }
  const inTurn = (pair: Pair) => keep(`${pair.first.name} / ${pair.second.name}`, () => track.inTurn(pair))
  const alone = (pair: Pair) =>
    keep(`${pair.first.name} alone ${pair.first.hasPeople || pair.second.hasPeople}`, () => track.alone(pair))
  const waits = async (pair: Pair, met: Outcome): Promise<boolean> =>
    notNow.test(met.second) && isSame(met, { ...(await alone(pair)), second: met.second })

  return {
    faults,
    alone,
    async see(pair, when, met) {
      if (isExplained(pair)) return
      if ((await waits(pair, met)) || (await waits(turned(pair), reversed(met)))) return
      const last = reversed(await inTurn(turned(pair)))
      if (isSame(last, met)) return
      const first = await inTurn(pair)
      if (isSame(first, met)) return
      if (wasCalledOff(met)) return
      if (isLikeRefused(first, met) || isLikeRefused(reversed(last), reversed(met))) return
      faults.push({
        scene: `${pair.first.name} / ${pair.second.name}, ${when}`,
        told: [met.first, met.second],
        legal: [first, last].map(one => [one.first, one.second, ...whereTheyDiffer(one.end, met.end)]),
      })
    },
  }
}

function isSame(one: Outcome, other: Outcome): boolean {
  return one.first === other.first && one.second === other.second && one.end === other.end
}

/** Refused in turn too, in other words: the cart that is closed by now was frozen when they met. */
function isLikeRefused(inTurn: Outcome, met: Outcome): boolean {
  return (
    notNow.test(met.second) &&
    inTurn.second.startsWith('refused: ') &&
    isSame(inTurn, { ...met, second: inTurn.second })
  )
}

/**
 * The order was called off while its payment was under way, so that its buyer is told the reason; none of the two could come
 * first. What was taken is given back: the books tell.
 */
function wasCalledOff({ first, second }: Outcome): boolean {
  return [first, second].sort().join() === 'done,refused: payment_declined changed my mind'
}

function turned({ scene, first, second }: Pair): Pair {
  return { scene, first: second, second: first }
}

function reversed({ first, second, end }: Outcome): Outcome {
  return { first: second, second: first, end }
}

/** The first lines that one end has, and the other instead. */
function whereTheyDiffer(one: string, other: string): readonly string[] {
  const [lines, others] = [one.split('\n'), other.split('\n')]
  const at = lines.findIndex((line, index) => line !== others[index])
  return at < 0 ? [] : [...lines.slice(at, at + 2), 'but there is', ...others.slice(at, at + 2)]
}
