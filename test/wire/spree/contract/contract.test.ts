import { describe, expect, it } from 'vitest'
import { routes } from '../../../../src/dialects/spree/routes.js'
import { misformed } from '../forms.js'
import { admin, customerKey, describeShop, type Sent, type Shop, secondKey } from '../shop.js'
import type { Case, Contract } from './case.js'
import { catalogContract } from './catalog-cases.js'
import { checkoutContract } from './checkout-cases.js'
import { contentContract } from './content-cases.js'
import { orderContract } from './order-cases.js'
import { paymentContract } from './payment-cases.js'
import { shipmentContract } from './shipment-cases.js'
import { pathFor, type Scene, type Stage, stage } from './stages.js'

const contract: Contract = {
  ...checkoutContract,
  ...contentContract,
  ...orderContract,
  ...paymentContract,
  ...shipmentContract,
  ...catalogContract,
}

/** Nothing that anybody sends makes them refuse. */
const refusesNothing = new Set([
  'GET /api/checkouts/:number',
  'GET /api/orders/:number/line_items/new',
  'GET /api/countries',
  'GET /api/states',
  'GET /logout',
])

/** Goods lie at one place here, so nothing moves to another: dialects/spree.md 3.11 as far as it can be. */
const movesNothing = new Set(['POST /api/shipments/transfer_to_location', 'POST /api/shipments/transfer_to_shipment'])

const names = routes.map(({ method, path }) => `${method} ${path}`)

describe('the table of endpoints', () => {
  it('lists each endpoint, and none that is not there', () => {
    expect(Object.keys(contract).sort()).toEqual([...names].sort())
  })

  it('shows of each endpoint what it answers, and how it refuses', () => {
    const lacking = names.flatMap(name => {
      const cases = contract[name] ?? []
      const isShown = movesNothing.has(name) || cases.some(({ status }) => status < 400)
      const isRefused = refusesNothing.has(name) || cases.some(({ status }) => status >= 400)
      return isShown && isRefused ? [] : [name]
    })
    expect(lacking).toEqual([])
  })

  it('compares each refusal whole', () => {
    const loose = Object.entries(contract).flatMap(([name, cases]) =>
      cases.flatMap(({ is, status, whole }) => (status >= 400 && whole === undefined ? [`${name}: ${is}`] : [])),
    )
    expect(loose).toEqual([])
  })
})

const keys = { admin, customer: customerKey, second: secondKey } as const

function credentials({ by }: Case, scene: Scene | undefined): Pick<Sent, 'key' | 'token'> {
  if (by === 'nobody') return {}
  if (by !== undefined) return { key: keys[by] }
  return scene === undefined ? {} : { token: scene.token }
}

/** The order of a case that is about none. */
const nobody: Scene = { number: 'none', token: '', order: {} }

/** Orders that refusals and reads share: neither changes anything. */
type Shared = Map<Stage, Promise<Scene>>

async function sceneFor(shop: Shop, shared: Shared, isShared: boolean, at: Stage): Promise<Scene> {
  if (!isShared) return stage(shop, at)
  const known = shared.get(at) ?? stage(shop, at)
  shared.set(at, known)
  return known
}

/** What is wrong about the answer of one case; nothing where it is as the table has it. */
async function faultsOf(shop: Shop, shared: Shared, name: string, one: Case): Promise<readonly string[]> {
  const [method = '', route = ''] = name.split(' ')
  const isShared = method === 'GET' || (one.status >= 400 && one.after === undefined)
  const scene = one.at === undefined ? undefined : await sceneFor(shop, shared, isShared, one.at)
  if (one.first !== undefined && scene !== undefined) {
    const [how, rest, sent] = one.first
    const before = await shop.send(how, `/api/orders/${scene.number}${rest}`, { token: scene.token, body: sent })
    expect(before.status).toBeLessThan(300)
  }
  const params = typeof one.params === 'function' ? await one.params(shop) : one.params
  const path = pathFor(route, scene, params ?? {}) + (one.query ?? '')
  const body = typeof one.body === 'function' ? one.body(scene ?? nobody) : one.body
  const answer = await shop.send(method, path, {
    ...credentials(one, scene),
    ...(body === undefined ? {} : { body }),
    ...(typeof body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
  })
  const seen = answer.json ?? answer.text
  const has = typeof one.has === 'function' ? one.has(scene ?? nobody) : one.has
  const faults = [
    ...differing(one, `${answer.status} ${answer.text}`, () => {
      expect(answer.status).toBe(one.status)
      if (one.whole !== undefined) expect(seen).toEqual(one.whole)
      if (has !== undefined) expect(seen).toMatchObject(has)
    }),
    ...(one.form === undefined ? [] : misformed(seen, one.form)).map(fault => `${one.is}: ${fault}`),
  ]
  if (scene === undefined || (one.after === undefined && !isShared)) return faults
  const after = await shop.read(scene)
  const left = differing(one, `leaves ${JSON.stringify(after)}`, () =>
    one.after === undefined
      ? expect(unmoved(after)).toEqual(unmoved(scene.order))
      : expect(after).toMatchObject(one.after),
  )
  return [...faults, ...left]
}

/** An order without what other orders move: how many pieces are left, and when it was looked at last. */
function unmoved(order: Scene['order']): unknown {
  return JSON.parse(JSON.stringify(order, (name, value) => (moving.has(name) ? undefined : value)))
}

const moving = new Set(['total_on_hand', 'updated_at'])

/** Every case of an endpoint is looked at, whatever is wrong about those before it. */
function differing(one: Case, found: string, compare: () => void): readonly string[] {
  try {
    compare()
    return []
  } catch (error) {
    return [`${one.is}: ${found.slice(0, 300)}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

describeShop('every endpoint', shop => {
  const shared: Shared = new Map()
  for (const [name, cases] of Object.entries(contract)) {
    it(name, async () => {
      const faults: string[] = []
      for (const one of cases) faults.push(...(await faultsOf(shop, shared, name, one)))
      expect(faults).toEqual([])
    })
  }
})
