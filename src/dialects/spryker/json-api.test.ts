import { describe, expect, it } from 'vitest'
import { type AnswerContext, entityTag, type Resource, respondMany, respondNothing, respondOne } from './json-api.js'

const base = 'https://glue.example.test'

function context(overrides: Partial<AnswerContext> = {}): AnswerContext {
  return {
    type: 'carts',
    baseUrl: base,
    path: '/carts',
    rawQuery: '',
    include: new Set(),
    sparse: new Map(),
    locale: 'en_US',
    ...overrides,
  }
}

function resource(type: string, id: string | null, overrides: Partial<Resource> = {}): Resource {
  return { type, id, attributes: { name: `${type} ${id}` }, ...overrides }
}

const product = resource('concrete-products', 'P')
const shipments = resource('order-shipments', '7')
const order = resource('orders', 'DE--1', { relationships: { 'order-shipments': () => [shipments] } })
const lineA = resource('items', 'A', {
  self: '/carts/1/items/A',
  relationships: { 'concrete-products': () => [product] },
})
const lineB = resource('items', 'B', {
  self: '/carts/1/items/B',
  relationships: { 'concrete-products': () => [product] },
})
const cart = resource('carts', '1', {
  relationships: { items: () => [lineA, lineB], vouchers: () => [], 'concrete-products': () => [product] },
})

async function bodyOf(response: Promise<{ readonly body?: string | Buffer }>) {
  return JSON.parse(String((await response).body))
}

describe('one resource', () => {
  it('is an object with its self link and no empty members', async () => {
    const response = await respondOne(context(), resource('checkout', null), { status: 201 })
    expect(response.status).toBe(201)
    expect(response.headers).toMatchObject({
      'Content-Type': 'application/vnd.api+json',
      'Content-Language': 'en_US',
      'X-Frame-Options': 'SAMEORIGIN',
      'X-Content-Type-Options': 'nosniff',
      'X-XSS-Protection': '1; mode=block',
      'Referrer-Policy': 'same-origin',
      'Content-Security-Policy': "frame-ancestors 'self'",
    })
    expect(JSON.parse(String(response.body))).toEqual({
      data: { type: 'checkout', id: null, attributes: { name: 'checkout null' }, links: { self: `${base}/checkout` } },
    })
  })

  it('carries the query in its self link only where the URL names its type', async () => {
    const asked = context({ rawQuery: 'include=items', include: new Set(['items']) })
    const body = await bodyOf(respondOne(asked, cart))
    expect(body.data.links.self).toBe(`${base}/carts/1?include=items`)
    const elsewhere = await bodyOf(respondOne({ ...asked, type: 'items' }, cart))
    expect(elsewhere.data.links.self).toBe(`${base}/carts/1`)
    expect(elsewhere.included[0].links.self).toBe(`${base}/carts/1/items/A`)
    const odd = await bodyOf(respondOne({ ...asked, type: 'orders' }, resource('orders', 'A/B 1')))
    expect(odd.data.links.self).toBe(`${base}/orders/A%2FB%201?include=items`)
  })

  it('echoes the version of the media type', async () => {
    const response = await respondOne(context({ mediaTypeVersion: '1.0' }), cart)
    expect(response.headers['Content-Type']).toBe('application/vnd.api+json; version=1.0')
  })

  it('has an entity tag when it is a cart, which changes with the cart', async () => {
    const response = await respondOne(context(), cart)
    expect(response.headers.ETag).toBe(entityTag(cart))
    expect(entityTag(cart)).toMatch(/^"[0-9a-f]{32}"$/)
    expect(entityTag({ ...cart, version: 2 })).not.toBe(entityTag(cart))
    expect(entityTag({ ...cart, attributes: { name: 'other' } })).not.toBe(entityTag(cart))
    const guest = await respondOne(context(), resource('guest-carts', '1'))
    expect(guest.headers.ETag).toBeUndefined()
    expect((await respondMany(context(), [cart])).headers.ETag).toBe(entityTag(cart))
    expect((await respondMany(context(), [cart, resource('carts', '2')])).headers.ETag).toBeUndefined()
    expect((await respondMany(context(), [])).headers.ETag).toBeUndefined()
  })

  it('keeps only the attributes that were asked for', async () => {
    const item = resource('items', 'A', { attributes: { sku: 'A', quantity: 2, amount: null } })
    const sparse = new Map([['items', new Set(['sku', 'amount', 'unknown'])]])
    const body = await bodyOf(respondOne(context({ sparse }), item))
    expect(body.data.attributes).toEqual({ sku: 'A', amount: null })
  })
})

describe('included resources', () => {
  it('stand before what leads to them, each once', async () => {
    const include = new Set(['items', 'concrete-products'])
    const { included, data } = await bodyOf(respondOne(context({ include }), cart))
    expect(included.map((each: Resource) => `${each.type}:${each.id}`)).toEqual([
      'concrete-products:P',
      'items:A',
      'items:B',
    ])
    expect(data.relationships).toEqual({
      items: {
        data: [
          { type: 'items', id: 'A' },
          { type: 'items', id: 'B' },
        ],
      },
      'concrete-products': { data: [{ type: 'concrete-products', id: 'P' }] },
    })
    expect(included[1].relationships).toEqual({
      'concrete-products': { data: [{ type: 'concrete-products', id: 'P' }] },
    })
  })

  it('put order shipments before their order', async () => {
    const include = new Set(['orders', 'order-shipments'])
    const placed = resource('checkout', null, { relationships: { orders: () => [order] } })
    const { included } = await bodyOf(respondOne(context({ include, type: 'checkout' }), placed))
    expect(included.map((each: Resource) => each.type)).toEqual(['order-shipments', 'orders'])
  })

  it('are only reached through included types', async () => {
    const include = new Set(['order-shipments'])
    const placed = resource('checkout', null, { relationships: { orders: () => [order] } })
    const body = await bodyOf(respondOne(context({ include }), placed))
    expect(body.included).toBeUndefined()
    expect(body.data.relationships).toBeUndefined()
  })

  it('are not resolved unless asked for', async () => {
    let resolved = 0
    const lazy = resource('carts', '1', {
      relationships: {
        items: () => {
          resolved += 1
          return []
        },
      },
    })
    await respondOne(context(), lazy)
    expect(resolved).toBe(0)
    const body = await bodyOf(respondOne(context({ include: new Set(['items']) }), lazy))
    expect(resolved).toBe(1)
    expect(body.data.relationships).toBeUndefined()
  })

  it('may come later, and may lead back', async () => {
    const back: Resource = resource('customers', 'DE--1', { relationships: { carts: async () => [looped] } })
    const looped: Resource = resource('carts', '1', { relationships: { customers: async () => [back] } })
    const { included } = await bodyOf(respondOne(context({ include: new Set(['customers', 'carts']) }), looped))
    expect(included.map((each: Resource) => each.type)).toEqual(['customers'])
  })
})

describe('a collection', () => {
  it('is an array with its own self link, also when it is empty', async () => {
    const body = await bodyOf(respondMany(context({ rawQuery: 'include=' }), []))
    expect(body).toEqual({ data: [], links: { self: `${base}/carts?include=` } })
  })

  it('shares included resources between its members', async () => {
    const other = { ...cart, id: '2' }
    const { data, included } = await bodyOf(respondMany(context({ include: new Set(['items']) }), [cart, other]))
    expect(data.map((each: Resource) => each.id)).toEqual(['1', '2'])
    expect(included.map((each: Resource) => each.id)).toEqual(['A', 'B'])
  })

  it('has paging links that keep the rest of the query', async () => {
    const asked = context({ path: '/orders', type: 'orders', rawQuery: 'page%5Boffset%5D=4&page[limit]=2&sort=id' })
    const { links } = await bodyOf(respondMany(asked, [], { page: { offset: 4, limit: 2 }, total: 9 }))
    expect(links).toEqual({
      self: `${base}/orders?page%5Boffset%5D=4&page[limit]=2&sort=id`,
      first: `${base}/orders?sort=id&page[offset]=0&page[limit]=2`,
      last: `${base}/orders?sort=id&page[offset]=8&page[limit]=2`,
      prev: `${base}/orders?sort=id&page[offset]=2&page[limit]=2`,
      next: `${base}/orders?sort=id&page[offset]=6&page[limit]=2`,
    })
  })

  it('has no link before its beginning or after its end', async () => {
    const { links } = await bodyOf(respondMany(context(), [], { page: { offset: 0, limit: 10 }, total: 10 }))
    expect(Object.keys(links)).toEqual(['self', 'first', 'last'])
  })
})

describe('no content', () => {
  it('has neither body nor content type', () => {
    const response = respondNothing(context())
    expect(response.status).toBe(204)
    expect(response.body).toBeUndefined()
    expect(Object.keys(response.headers).map(name => name.toLowerCase())).not.toContain('content-type')
    expect(response.headers['Content-Language']).toBe('en_US')
  })
})
