import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import {
  catalogAppId,
  customerId,
  expectError,
  type Person,
  personOf,
  secondId,
  shirt,
  site,
  siteOver,
} from './people.js'

const lineId = '00000000-0000-0000-0000-000000000001'

/** Every endpoint that takes a checkout's id, with what a key needs there and a body to send. Source: dialects/wix.md 1.1. */
const endpoints = [
  ['GET', '', 'read'],
  ['GET', '/checkout-url', 'read'],
  ['GET', '/wix-checkout-url', 'read'],
  ['PATCH', '', 'write', { checkout: { buyerNote: 'Ring twice' } }],
  ['POST', '/add-to-checkout', 'write', { lineItems: [item(1)] }],
  ['POST', '/update-line-items-quantity', 'write', { lineItems: [{ id: lineId, quantity: 2 }] }],
  ['POST', '/remove-line-items', 'write', { lineItemIds: [lineId] }],
  ['POST', '/remove-coupon', 'write', {}],
  ['POST', '/remove-gift-card', 'write', {}],
  ['POST', '/remove-override-checkout-url', 'write', {}],
  ['POST', '/mark-as-completed', 'write', {}],
  ['POST', '/create-order', 'order', {}],
  ['POST', '/create-order-and-charge', 'order', {}],
] as const satisfies readonly (readonly [string, string, 'read' | 'write' | 'order', object?])[]

function item(quantity: number) {
  return { quantity, catalogReference: { appId: catalogAppId, catalogItemId: shirt } }
}

/** Whose a checkout is: as the table of the seed makes it. */
type Owner = 'member' | 'visitor' | 'open' | 'privileged'

const creators: Readonly<Record<string, Owner>> = {
  'the first member': 'member',
  'the first visitor': 'visitor',
  'a key for the first member': 'member',
  'a key with openAccess true': 'open',
  'a key with openAccess false': 'privileged',
  'an app without buyerInfo': 'privileged',
}

const shoppers = ['the first member', 'the second member', 'the first visitor', 'the second visitor'] as const
const backends = ['a full key', 'a reading key', 'a key of carts', 'an app'] as const
type Caller = (typeof shoppers)[number] | (typeof backends)[number]

/** What a shopper gets, and whose the checkout is then. The seed's permission table, S:13-30. */
const table: Readonly<Record<Owner, Readonly<Record<(typeof shoppers)[number], string>>>> = {
  member: {
    'the first member': 'the first member',
    'the second member': 'absent',
    'the first visitor': 'absent',
    'the second visitor': 'absent',
  },
  visitor: {
    'the first member': 'the first member',
    'the second member': 'the second member',
    'the first visitor': 'the first visitor',
    'the second visitor': 'the first visitor',
  },
  open: {
    'the first member': 'the first member',
    'the second member': 'the second member',
    'the first visitor': 'the first visitor',
    'the second visitor': 'the second visitor',
  },
  privileged: {
    'the first member': 'absent',
    'the second member': 'absent',
    'the first visitor': 'absent',
    'the second visitor': 'absent',
  },
}

/** What a backend may do, whoever owns the checkout. */
const may: Readonly<Record<(typeof backends)[number], readonly string[]>> = {
  'a full key': ['read', 'write', 'order'],
  'a reading key': ['read'],
  'a key of carts': [],
  'an app': ['read', 'write', 'order'],
}

describeOnEachDatabase('whose a checkout is', getServer => {
  const wix = siteOver(getServer)
  const people = new Map<string, Person>()
  const person = (name: string) => people.get(name) ?? { headers: {} }

  beforeAll(async () => {
    people.set('the first member', await wix.member(customerId))
    people.set('the second member', await wix.member(secondId))
    people.set('the first visitor', await wix.visitor())
    people.set('the second visitor', await wix.visitor())
    people.set('a full key', wix.key())
    people.set('a reading key', wix.key('demo-wix-reader'))
    const ofCarts = await getServer().operations.issueCredential({
      kind: 'api_key',
      subject: 'carts-only',
      dialect: 'wix',
      permissions: ['carts:read', 'carts:write', 'orders:place'],
      data: { siteId: site, scopes: ['ECOM.READ_CARTS', 'ECOM.MODIFY_CARTS'] },
    })
    people.set('a key of carts', wix.key(ofCarts))
    const app = await wix.grant({
      grant_type: 'client_credentials',
      client_id: 'c0ffee00-0005-4a6b-9b61-000000000001',
      client_secret: 'demo-wix-app-secret',
      instance_id: site,
    })
    people.set('an app', personOf(app.json.access_token))
  })

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

  /** By name; `open` and `privileged` where it is nobody's. */
  async function ownerOf(id: string): Promise<string> {
    const { cart } = await getServer().storage.carts.read({ id })
    const owner = cart?.owner
    const known = owner?.kind === 'member' ? owner.customerId : owner?.kind === 'visitor' ? owner.visitorId : undefined
    const found = shoppers.find(name => person(name).id === known)
    return known === undefined ? (owner?.kind ?? 'none') : (found ?? known)
  }

  const send = (
    id: string,
    [method, path, , body]: (typeof endpoints)[number] | readonly [string, string, string, object?],
    by: Person,
  ) => wix.send(method, `/ecom/v1/checkouts/${id}${path}`, by, body)

  function firstOwner(owner: Owner): string {
    if (owner === 'member') return 'the first member'
    return owner === 'visitor' ? 'the first visitor' : owner
  }

  describe.each(Object.entries(creators))('made by %s', (creator, owner) => {
    it.each(shoppers)(`to %s, at ${endpoints.length} endpoints`, async caller => {
      const expected = table[owner][caller]
      for (const endpoint of endpoints) {
        const id = await createBy(creator)
        expect(await ownerOf(id)).toBe(firstOwner(owner))
        const answer = await send(id, endpoint, person(caller))
        const label = endpoint.slice(0, 2).join(' ')
        if (expected === 'absent') expectError(answer, 404, 'CHECKOUT_NOT_FOUND')
        else expect([200, 400, 428], `${label}: ${answer.status}`).toContain(answer.status)
        expect(await ownerOf(id), label).toBe(expected === 'absent' ? firstOwner(owner) : expected)
      }
    })

    it.each(backends)(`to %s, at ${endpoints.length} endpoints`, async caller => {
      for (const endpoint of endpoints) {
        const id = await createBy(creator)
        const answer = await send(id, endpoint, person(caller))
        const label = endpoint.slice(0, 2).join(' ')
        if (may[caller].includes(endpoint[2])) expect([200, 400, 428], label).toContain(answer.status)
        else expectError(answer, 403, 'PERMISSION_DENIED')
        expect(await ownerOf(id), label).toBe(firstOwner(owner))
      }
    })
  })

  it('an open one goes to a visitor, then to a member, then to nobody else', async () => {
    const id = await createBy('a key with openAccess true')
    const look = (name: Caller) => wix.send('GET', `/ecom/v1/checkouts/${id}`, person(name))
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
    const mine = { memberId: secondId, openAccess: true, visitorId: secondId, contactId: secondId }
    const id = await create(visitor, mine)
    expect(await ownerOf(id)).toBe('the first visitor')
    const answer = await wix.send('PATCH', `/ecom/v1/checkouts/${id}`, visitor, {
      checkout: { buyerNote: 'x', buyerInfo: mine },
    })
    expect(answer.json.checkout.buyerInfo).toEqual({ visitorId: visitor.id })
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

  it('a cart is reached by the same rules, with the permissions of carts', async () => {
    const made = await wix.send('POST', '/ecom/v1/carts', person('the first visitor'), { lineItems: [item(1)] })
    expect(made.status).toBe(200)
    const path = `/ecom/v1/carts/${made.json.cart.id}`
    expect((await wix.send('GET', path, person('a key of carts'))).status).toBe(200)
    expectError(
      await wix.send('POST', `${path}/create-checkout`, person('a key of carts'), { channelType: 'WEB' }),
      403,
      'PERMISSION_DENIED',
    )
    expect((await wix.send('GET', path, person('the second visitor'))).status).toBe(200)
    expect((await wix.send('GET', path, person('the second member'))).status).toBe(200)
    expectError(await wix.send('GET', path, person('the first member')), 404, 'CART_NOT_FOUND')
    expectError(await wix.send('GET', path, person('the first visitor')), 404, 'CART_NOT_FOUND')
  })
})
