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
  shoppers,
  table,
} from './cast.js'
import { catalogAppId, customerId, expectError, type Person, personOf, secondId, shirt, siteOver } from './people.js'

const lineId = '00000000-0000-0000-0000-000000000001'

interface Endpoint {
  readonly method: string
  readonly path: string
  /** Which permission of a key opens it. */
  readonly needs: 'read' | 'write' | 'order'
  readonly body?: object
  /** What somebody gets who may; absent: 200. */
  readonly answers?: string
}

/** Every endpoint that takes the id of a checkout that never was a cart. Source: dialects/wix.md 1.1. */
const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/ID', needs: 'read' },
  { method: 'GET', path: '/by-cart-id/ID', needs: 'read', answers: '404 CHECKOUT_NOT_FOUND' },
  { method: 'GET', path: '/ID/checkout-url', needs: 'read' },
  { method: 'GET', path: '/ID/wix-checkout-url', needs: 'read' },
  { method: 'PATCH', path: '/ID', needs: 'write', body: { checkout: { buyerNote: 'Ring twice' } } },
  { method: 'POST', path: '/ID/add-to-checkout', needs: 'write', body: { lineItems: [item(1)] } },
  {
    method: 'POST',
    path: '/ID/update-line-items-quantity',
    needs: 'write',
    body: { lineItems: [{ id: lineId, quantity: 2 }] },
  },
  { method: 'POST', path: '/ID/remove-line-items', needs: 'write', body: { lineItemIds: [lineId] } },
  { method: 'POST', path: '/ID/remove-coupon', needs: 'write', body: {} },
  { method: 'POST', path: '/ID/remove-gift-card', needs: 'write', body: {} },
  { method: 'POST', path: '/ID/remove-override-checkout-url', needs: 'write', body: {} },
  { method: 'POST', path: '/ID/mark-as-completed', needs: 'write', body: {} },
  {
    method: 'POST',
    path: '/ID/create-order',
    needs: 'order',
    body: {},
    answers: '428 NO_SELECTED_CARRIER_SERVICE_OPTION',
  },
  {
    method: 'POST',
    path: '/ID/create-order-and-charge',
    needs: 'order',
    body: {},
    answers: '428 NO_SELECTED_CARRIER_SERVICE_OPTION',
  },
]

function item(quantity: number) {
  return { quantity, catalogReference: { appId: catalogAppId, catalogItemId: shirt } }
}

const creators: Readonly<Record<string, Owner>> = {
  'the first member': 'member',
  'the first visitor': 'visitor',
  'a key for the first member': 'member',
  'a key with openAccess true': 'open',
  'a key with openAccess false': 'privileged',
  'an app without buyerInfo': 'privileged',
}

/** What a backend may do, whoever owns the checkout. */
const may: Readonly<Record<Backend, readonly string[]>> = {
  'a full key': ['read', 'write', 'order'],
  'a reading key': ['read'],
  'a key of carts': [],
  'a key without permissions': [],
  'an app': ['read', 'write', 'order'],
}

describeOnEachDatabase('whose a checkout is', getServer => {
  const wix = siteOver(getServer)
  let cast: Cast
  beforeAll(async () => {
    cast = await castOf(getServer(), wix)
  })
  const person = (name: string) => cast.person(name)
  const ownerOf = (id: string) => cast.ownerOf(id)

  async function create(by: Person, buyerInfo?: object): Promise<string> {
    const answer = await wix.send('POST', '/ecom/v1/checkouts', by, {
      channelType: 'WEB',
      lineItems: [item(1)],
      ...(buyerInfo === undefined ? {} : { checkoutInfo: { buyerInfo } }),
    })
    expect(answer.status).toBe(200)
    return answer.json.checkout.id
  }

  function createBy(creator: string): Promise<string> {
    if (creator.startsWith('the')) return create(person(creator))
    const by = creator.startsWith('an app') ? person('an app') : person('a full key')
    if (creator.includes('openAccess')) return create(by, { openAccess: creator.endsWith('true') })
    return create(by, creator.endsWith('member') ? { memberId: customerId } : undefined)
  }

  const send = (id: string, { method, path, body }: Endpoint, by: Person) =>
    wix.send(method, `/ecom/v1/checkouts${path.replace('ID', id)}`, by, body)

  describe.each(Object.entries(creators))('made by %s', (creator, owner) => {
    it.each(shoppers)(`to %s, at ${endpoints.length} endpoints`, async caller => {
      const expected = table[owner][caller]
      for (const endpoint of endpoints) {
        const id = await createBy(creator)
        expect(await ownerOf(id)).toBe(firstOwner(owner))
        const answer = await send(id, endpoint, person(caller))
        const label = `${endpoint.method} ${endpoint.path}`
        // An id of no cart leads nowhere, and makes nothing anybody's.
        const isNamed = !endpoint.path.startsWith('/by-cart-id')
        const isReached = expected !== 'absent' && isNamed
        expectOutcome(answer, isReached ? (endpoint.answers ?? '200') : '404 CHECKOUT_NOT_FOUND', label)
        expect(await ownerOf(id), label).toBe(isReached ? expected : firstOwner(owner))
      }
    })

    it.each(backends)(`to %s, at ${endpoints.length} endpoints`, async caller => {
      for (const endpoint of endpoints) {
        const id = await createBy(creator)
        const answer = await send(id, endpoint, person(caller))
        const label = `${endpoint.method} ${endpoint.path}`
        const isAllowed = may[caller].includes(endpoint.needs)
        expectOutcome(answer, isAllowed ? (endpoint.answers ?? '200') : '403 PERMISSION_DENIED', label)
        expect(await ownerOf(id), label).toBe(firstOwner(owner))
      }
    })
  })

  it('an open one goes to a visitor, then to a member, then to nobody else', async () => {
    const id = await createBy('a key with openAccess true')
    const look = (name: string) => wix.send('GET', `/ecom/v1/checkouts/${id}`, person(name))
    const first = await look('the first visitor')
    expect(first.json.checkout.buyerInfo).toMatchObject({ visitorId: person('the first visitor').id })
    expect((await look('the second visitor')).json.checkout.buyerInfo.visitorId).toBe(person('the first visitor').id)
    const second = await look('the second member')
    expect(second.json.checkout.buyerInfo).toMatchObject({ memberId: secondId })
    expect(second.json.checkout.buyerInfo).not.toHaveProperty('visitorId')
    for (const name of ['the first member', 'the first visitor', 'the second visitor'] as const) {
      expectError(await look(name), 404, 'CHECKOUT_NOT_FOUND')
    }
    expect((await look('a full key')).json.checkout.buyerInfo).toMatchObject({ memberId: secondId })
  })

  it('who made it stays who made it', async () => {
    const id = await createBy('the first visitor')
    const { json } = await wix.send('GET', `/ecom/v1/checkouts/${id}`, person('the second member'))
    expect(json.checkout.createdBy).toEqual({ visitorId: person('the first visitor').id })
  })

  it('one that is absent and one of somebody else are one answer', async () => {
    const id = await createBy('the first member')
    const answers = await Promise.all(
      [id, crypto.randomUUID()].map(each => wix.send('GET', `/ecom/v1/checkouts/${each}`, person('the second member'))),
    )
    const [others, none] = answers.map(({ status, text }) => ({ status, text }))
    expect(others).toEqual(none)
  })

  it('shoppers say nothing about whose it is', async () => {
    const visitor = person('the first visitor')
    for (const whose of [{ memberId: secondId }, { visitorId: secondId }]) {
      const mine = { ...whose, openAccess: true, contactId: secondId }
      const id = await create(visitor, mine)
      expect(await ownerOf(id)).toBe('the first visitor')
      const answer = await wix.send('PATCH', `/ecom/v1/checkouts/${id}`, visitor, {
        checkout: { buyerNote: 'x', buyerInfo: mine },
      })
      expect(answer.json.checkout.buyerInfo).toEqual({ visitorId: visitor.id })
    }
  })

  it.each(['GET', 'PATCH'])('of two members who come at once (%s) one has it', async method => {
    for (const creator of ['the first visitor', 'a key with openAccess true']) {
      const id = await createBy(creator)
      const body = method === 'PATCH' ? { checkout: { buyerNote: 'mine' } } : undefined
      const reach = (name: string) => wix.send(method, `/ecom/v1/checkouts/${id}`, person(name), body)
      const names = ['the first member', 'the second member', 'the first member', 'the second member']
      const answers = await Promise.all(names.map(reach))
      const winner = await ownerOf(id)
      expect(['the first member', 'the second member']).toContain(winner)
      answers.forEach((answer, at) => {
        if (names[at] === winner) expect(answer.status).toBe(200)
        else expectError(answer, 404, 'CHECKOUT_NOT_FOUND')
      })
    }
  })

  it('nobody at all, and a bad token, reach none', async () => {
    const id = await createBy('a key with openAccess true')
    for (const endpoint of endpoints) {
      expectError(await send(id, endpoint, { headers: {} }), 401, 'UNAUTHENTICATED')
      expectError(await send(id, endpoint, personOf('OauthNG.JWS.a.b.c')), 401, 'UNAUTHENTICATED')
    }
    expect(await ownerOf(id)).toBe('open')
    const foreign = { headers: { authorization: 'demo-wix-key', 'wix-site-id': customerId } }
    expectError(await wix.send('GET', `/ecom/v1/checkouts/${id}`, foreign), 403, 'PERMISSION_DENIED')
  })
})
