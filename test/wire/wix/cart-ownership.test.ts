import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import {
  type Backend,
  backends,
  type Cast,
  castOf,
  expectOutcome,
  firstOwner,
  type Owner,
  outcomeOf,
  shoppers,
  table,
} from './cast.js'
import { catalogAppId, customerId, expectError, type Person, shirt, siteOver } from './people.js'

const lineId = '00000000-0000-0000-0000-000000000001'
const item = { quantity: 1, catalogReference: { appId: catalogAppId, catalogItemId: shirt } }

interface Endpoint {
  readonly method: string
  readonly path: string
  /** Which permission of a key opens it. */
  readonly needs: 'read' | 'write' | 'convert' | 'read checkout' | 'order'
  readonly body?: object
  /** What somebody gets who may; absent: 200. */
  readonly answers?: string
  /** What a stranger gets; absent: as at carts. */
  readonly absent?: string
}

const noCheckout = { needs: 'read checkout', absent: '404 CHECKOUT_NOT_FOUND' } as const

/** Every endpoint that takes the id of a cart, before there is a checkout of it. Source: dialects/wix.md 1.1, 1.2. */
const ofCarts: readonly Endpoint[] = [
  { method: 'GET', path: '/carts/ID', needs: 'read' },
  { method: 'PATCH', path: '/carts/ID', needs: 'write', body: { cartInfo: { buyerNote: 'Ring twice' } } },
  { method: 'POST', path: '/carts/ID/add-to-cart', needs: 'write', body: { lineItems: [item] } },
  {
    method: 'POST',
    path: '/carts/ID/update-line-items-quantity',
    needs: 'write',
    body: { lineItems: [{ id: lineId, quantity: 2 }] },
  },
  { method: 'POST', path: '/carts/ID/remove-line-items', needs: 'write', body: { lineItemIds: [lineId] } },
  { method: 'POST', path: '/carts/ID/remove-coupon', needs: 'write', body: {} },
  { method: 'POST', path: '/carts/ID/remove-business-location', needs: 'write', body: {} },
  { method: 'POST', path: '/carts/ID/estimate-totals', needs: 'read', body: {} },
  { method: 'POST', path: '/carts/ID/create-checkout', needs: 'convert', body: { channelType: 'WEB' } },
  { method: 'GET', path: '/carts/by-checkout-id/ID', needs: 'read', answers: '404 CART_NOT_FOUND' },
  { method: 'GET', path: '/checkouts/by-cart-id/ID', ...noCheckout, answers: '404 CHECKOUT_NOT_FOUND' },
  { method: 'DELETE', path: '/carts/ID', needs: 'write' },
]

/** The same once there is a checkout. */
const ofCheckouts: readonly Endpoint[] = [
  { method: 'GET', path: '/carts/by-checkout-id/ID', needs: 'read' },
  { method: 'GET', path: '/checkouts/by-cart-id/ID', ...noCheckout },
  { method: 'GET', path: '/checkouts/ID', ...noCheckout },
  {
    method: 'POST',
    path: '/checkouts/ID/create-order',
    ...noCheckout,
    needs: 'order',
    body: {},
    answers: '428 NO_SELECTED_CARRIER_SERVICE_OPTION',
  },
]

/** Every endpoint of the caller's own cart. */
const ofCurrent: readonly Endpoint[] = [
  { method: 'GET', path: '', needs: 'read' },
  { method: 'PATCH', path: '', needs: 'write', body: { cartInfo: { buyerNote: 'x' } } },
  {
    method: 'POST',
    path: '/update-line-items-quantity',
    needs: 'write',
    body: { lineItems: [{ id: lineId, quantity: 2 }] },
  },
  { method: 'POST', path: '/remove-line-items', needs: 'write', body: { lineItemIds: [lineId] } },
  { method: 'POST', path: '/remove-coupon', needs: 'write', body: {} },
  { method: 'POST', path: '/estimate-totals', needs: 'read', body: {} },
  { method: 'POST', path: '/create-checkout', needs: 'convert', body: { channelType: 'WEB' } },
  { method: 'DELETE', path: '', needs: 'write' },
]

const creators: Readonly<Record<string, Owner>> = {
  'the first member': 'member',
  'the first visitor': 'visitor',
  'a full key for the first member': 'member',
  'an app for nobody': 'privileged',
}

const may: Readonly<Record<Backend, readonly string[]>> = {
  'a full key': ['read', 'write', 'convert', 'read checkout', 'order'],
  'a reading key': ['read', 'read checkout'],
  'a key of carts': ['read', 'write'],
  'a key without permissions': [],
  'an app': ['read', 'write', 'convert', 'read checkout', 'order'],
}

describeOnEachDatabase('whose a cart is', getServer => {
  const wix = siteOver(getServer)
  let cast: Cast
  beforeAll(async () => {
    cast = await castOf(getServer(), wix)
  })
  const person = (name: string) => cast.person(name)
  const ownerOf = (id: string) => cast.ownerOf(id)

  async function createBy(creator: string): Promise<string> {
    const [name = ''] = creator.split(' for ')
    const buyerInfo = creator.endsWith('for the first member') ? { memberId: customerId } : undefined
    const body = { lineItems: [item], ...(buyerInfo === undefined ? {} : { cartInfo: { buyerInfo } }) }
    const answer = await wix.send('POST', '/ecom/v1/carts', person(name), body)
    expect(answer.status).toBe(200)
    return answer.json.cart.id
  }

  async function createWithCheckout(creator: string): Promise<string> {
    const id = await createBy(creator)
    const [name = ''] = creator.split(' for ')
    const body = { channelType: 'WEB' }
    const made = await wix.send('POST', `/ecom/v1/carts/${id}/create-checkout`, person(name), body)
    expect(made.status).toBe(200)
    return made.json.checkoutId
  }

  const send = (id: string, { method, path, body }: Endpoint, by: Person) =>
    wix.send(method, `/ecom/v1${path.replace('ID', id)}`, by, body)

  describe.each([
    ['without a checkout', ofCarts, createBy],
    ['with a checkout', ofCheckouts, createWithCheckout],
  ] as const)('%s', (_name, endpoints, create) => {
    describe.each(Object.entries(creators))('made by %s', (creator, owner) => {
      it.each(shoppers)(`to %s, at ${endpoints.length} endpoints`, async caller => {
        const owned = table[owner][caller]
        for (const endpoint of endpoints) {
          const id = await create(creator)
          const answer = await send(id, endpoint, person(caller))
          const label = `${endpoint.method} ${endpoint.path}`
          const absent = endpoint.absent ?? '404 CART_NOT_FOUND'
          // What is not there makes nothing anybody's.
          const isReached = owned !== 'absent' && endpoint.answers?.startsWith('404') !== true
          expectOutcome(answer, isReached ? (endpoint.answers ?? '200') : absent, label)
          const after = isReached ? owned : firstOwner(owner)
          expect(await ownerOf(id), label).toBe(isReached && endpoint.method === 'DELETE' ? 'none' : after)
        }
      })

      it.each(backends)(`to %s, at ${endpoints.length} endpoints`, async caller => {
        for (const endpoint of endpoints) {
          const id = await create(creator)
          const answer = await send(id, endpoint, person(caller))
          const label = `${endpoint.method} ${endpoint.path}`
          const isAllowed = may[caller].includes(endpoint.needs)
          expectOutcome(answer, isAllowed ? (endpoint.answers ?? '200') : '403 PERMISSION_DENIED', label)
          expect(await ownerOf(id), label).toBe(isAllowed && endpoint.method === 'DELETE' ? 'none' : firstOwner(owner))
        }
      })
    })
  })

  it('the current one is the caller’s own, and backends have none', async () => {
    for (const endpoint of ofCurrent) {
      const label = `${endpoint.method} ${endpoint.path}`
      const visitor = await wix.visitor()
      const current = (by: Person) =>
        wix.send(endpoint.method, `/ecom/v1/carts/current${endpoint.path}`, by, endpoint.body)
      const added = await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', visitor, { lineItems: [item] })
      expect(added.json.cart.buyerInfo).toEqual({ visitorId: visitor.id })
      expectOutcome(await current(await wix.visitor()), '404 OWNED_CART_NOT_FOUND', label)
      for (const backend of backends) {
        const isAllowed = may[backend].includes(endpoint.needs)
        expectOutcome(
          await current(person(backend)),
          isAllowed ? '404 OWNED_CART_NOT_FOUND' : '403 PERMISSION_DENIED',
          `${label} ${backend}`,
        )
      }
      expectOutcome(await current(visitor), '200', label)
    }
    for (const backend of backends) {
      const added = await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', person(backend), { lineItems: [item] })
      const isAllowed = may[backend].includes('write')
      expect(outcomeOf(added)).toBe(isAllowed ? '404 OWNED_CART_NOT_FOUND' : '403 PERMISSION_DENIED')
    }
  })

  it('a checkout that never was a cart is none at any path of carts, for keys of carts too', async () => {
    const body = { channelType: 'WEB', lineItems: [item] }
    const made = await wix.send('POST', '/ecom/v1/checkouts', person('the first visitor'), body)
    const { id } = made.json.checkout
    for (const endpoint of ofCarts.filter(each => each.path.startsWith('/carts'))) {
      for (const name of ['the first visitor', 'the first member', 'a key of carts', 'a full key']) {
        const backend = backends.find(each => each === name)
        const isAllowed = backend === undefined || may[backend].includes(endpoint.needs)
        const answer = await send(id, endpoint, person(name))
        expectOutcome(answer, isAllowed ? '404 CART_NOT_FOUND' : '403 PERMISSION_DENIED', `${endpoint.path} ${name}`)
      }
    }
    expect(await ownerOf(id)).toBe('the first visitor')
  })

  it('of two members who come at once for a visitor’s cart or its checkout one has it', async () => {
    for (const path of ['/carts/ID', '/checkouts/by-cart-id/ID', '/carts/by-checkout-id/ID']) {
      const id = await createWithCheckout('the first visitor')
      const names = ['the first member', 'the second member', 'the first member', 'the second member']
      const answers = await Promise.all(
        names.map(name => send(id, { method: 'GET', path, needs: 'read' }, person(name))),
      )
      const winner = await ownerOf(id)
      expect(['the first member', 'the second member']).toContain(winner)
      const absent = path.startsWith('/checkouts') ? 'CHECKOUT_NOT_FOUND' : 'CART_NOT_FOUND'
      answers.forEach((answer, at) => {
        if (names[at] === winner) expect(answer.status).toBe(200)
        else expectError(answer, 404, absent)
      })
    }
  })
})
