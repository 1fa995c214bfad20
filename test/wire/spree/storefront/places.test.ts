import { expect, it } from 'vitest'
import { address, admin, customerKey, describeShop, secondKey, threeTotes } from '../shop.js'

const unauthorized = { error: 'You are not authorized to perform that action.' }
const notFound = { error: 'The resource you were looking for could not be found.' }

describeShop('places, catalog and people', shop => {
  const get = async (path: string, sent = {}) => {
    const answer = await shop.send('GET', path, sent)
    return { status: answer.status, body: answer.json }
  }

  it('lists countries and states: GET /api/countries, GET /api/countries/:id, GET /api/countries/:id/states', async () => {
    const list = await get('/api/v1/countries?per_page=2')
    expect(list).toMatchObject({
      status: 200,
      body: { count: 2, current_page: 1, countries: [{ name: 'Afghanistan', iso: 'AF' }, {}] },
    })
    expect(list.body.pages).toBeGreaterThan(100)
    expect((await get('/api/countries?page=9999')).body).toMatchObject({ count: 0, countries: [] })
    const usa = await get('/api/countries/236')
    expect(usa.body).toMatchObject({
      id: 236,
      iso_name: 'UNITED STATES',
      iso: 'US',
      iso3: 'USA',
      name: 'United States',
      numcode: 840,
    })
    const states = await get('/api/countries/236/states')
    expect(Object.keys(states.body)).toEqual(['states_required', 'states'])
    const texas = states.body.states.find(({ abbr }: { abbr: string }) => abbr === 'TX')
    expect(texas).toEqual({ id: expect.any(Number), name: 'Texas', abbr: 'TX', country_id: 236 })
    // GET /api/states, GET /api/states/:id
    expect(await get(`/api/states/${texas.id}`)).toEqual({ status: 200, body: texas })
    expect((await get('/api/states?q[name_cont]=texas')).body).toMatchObject({ count: 1, states: [texas] })
    // What the platform's own address form asks for whenever another country is chosen.
    expect(await get('/api/v1/states?country_id=236')).toEqual(states)
    expect((await get('/api/states?country_id=236&per_page=2')).body).toMatchObject({
      states_required: true,
      count: 2,
      states: states.body.states.slice(0, 2),
    })
    expect((await get('/api/states?country_id=236&q[name_cont]=texas')).body.states).toEqual([texas])
    const absent = ['/api/countries/99999', '/api/countries/xx/states', '/api/states/1', '/api/states?country_id=99999']
    for (const path of absent) {
      expect(await get(path)).toEqual({ status: 404, body: notFound })
    }
  })

  it('lists zones and settings: GET /api/zones, GET /api/zones/:id, GET /api/config, GET /api/config/money', async () => {
    const { body } = await get('/api/zones')
    expect(body).toMatchObject({
      count: 1,
      zones: [{ name: 'North America', zone_members: [{ zoneable_type: 'Spree::Country', zoneable_id: 236 }, {}] }],
    })
    expect((await get(`/api/zones/${body.zones[0].id}`)).body).toEqual(body.zones[0])
    expect((await get('/api/zones/1')).status).toBe(404)
    expect((await get('/api/config')).body).toEqual({ default_country_id: 236 })
    expect((await get('/api/config/money')).body).toEqual({
      symbol: '$',
      symbol_position: 'before',
      no_cents: false,
      decimal_mark: '.',
      thousands_separator: ',',
    })
  })

  it('lists what is sold: GET /api/products, GET /api/products/:id, GET /api/products/:id/variants', async () => {
    const found = await get('/api/products?q[name_cont]=tote')
    expect(found.body).toMatchObject({
      count: 1,
      total_count: 1,
      per_page: 25,
      products: [
        {
          id: 1,
          name: 'Ruby on Rails Tote',
          price: '15.99',
          display_price: '$15.99',
          slug: 'ruby-on-rails-tote',
          master: { id: 1, sku: 'ROR-00011' },
        },
      ],
    })
    expect((await get('/api/products/ruby-on-rails-tote')).body).toEqual(found.body.products[0])
    expect((await get('/api/products/1.json')).body).toEqual(found.body.products[0])
    expect((await get('/api/products?ids=1,2')).body.products.map(({ id }: { id: number }) => id)).toEqual([1, 2])
    expect((await get('/api/products/1/variants')).body).toMatchObject({ count: 1, variants: [{ id: 1 }] })
    expect(await get('/api/products/nothing-of-the-kind')).toEqual({ status: 404, body: notFound })
  })

  it('lists variants: GET /api/variants, GET /api/variants/:id', async () => {
    const found = await get('/api/variants?q[product_name_or_sku_cont]=ROR-1')
    expect(found.body).toMatchObject({
      count: 1,
      total_count: 1,
      variants: [{ id: 2, sku: 'ROR-10012', in_stock: true, stock_items: [{ count_on_hand: expect.any(Number) }] }],
    })
    expect(Object.keys((await get('/api/variants/2')).body).slice(0, 8)).toEqual([
      'id',
      'name',
      'sku',
      'price',
      'weight',
      'height',
      'width',
      'depth',
    ])
    expect(await get('/api/variants/424242')).toEqual({ status: 404, body: notFound })
  })

  it('knows people: POST /api/users, GET /api/users/:id, PUT and PATCH /api/users/:id, GET /api/users/:id/credit_cards', async () => {
    const email = `ada-${shop.server().baseUrl.split(':').at(-1)}@example.com`
    const post = (user: object) => shop.send('POST', '/api/users', { body: { user } })
    const made = await post({ email, password: 'secret123', password_confirmation: 'secret123' })
    expect([made.status, Object.keys(made.json)]).toEqual([
      201,
      ['id', 'email', 'created_at', 'updated_at', 'bill_address', 'ship_address'],
    ])
    const taken = await post({ email, password: 'secret123' })
    expect([taken.status, taken.json.errors]).toEqual([422, { email: ['has already been taken'] }])
    const wrong = await post({ email: 'x', password: 'a', password_confirmation: 'b' })
    expect(wrong.json.errors).toEqual({
      email: ['is invalid'],
      password: ['is too short (minimum is 6 characters)'],
      password_confirmation: ["doesn't match Password"],
    })
    const login = await shop.send('POST', '/login.json', { body: { spree_user: { email, password: 'secret123' } } })
    expect(login.json).toMatchObject({ user: { id: made.json.id, email }, ship_address: null, bill_address: null })
    const key = login.json.user.spree_api_key
    const path = `/api/users/${made.json.id}`
    expect((await get(path, { key })).body.email).toBe(email)
    expect(await get(path, { key: secondKey })).toEqual({ status: 404, body: notFound })
    expect(await get(path)).toEqual({ status: 404, body: notFound })
    // PUT /api/users/:id, PATCH /api/users/:id
    const changed = await shop.send('PUT', path, { key, body: { user: { ship_address_attributes: address } } })
    expect([changed.status, changed.json.ship_address.city]).toEqual([200, 'Albany'])
    const half = await shop.send('PATCH', path, {
      key,
      body: { user: { bill_address_attributes: { city: 'Albany' } } },
    })
    expect([half.status, Object.keys(half.json.errors)]).toContain(422)
    expect((await get(`${path}/credit_cards`, { key })).body).toEqual({
      credit_cards: [],
      count: 0,
      current_page: 1,
      pages: 0,
    })
  })

  it('logs in and out: POST /login, GET /logout', async () => {
    for (const path of ['/login', '/login.js', '/login.json']) {
      const refused = await shop.send('POST', path, {
        body: { spree_user: { email: 'customer@polytill.test', password: 'wrong' } },
      })
      expect([refused.status, refused.json]).toEqual([422, { error: 'Invalid email or password.' }])
    }
    expect((await shop.send('GET', '/logout.json')).status).toBe(204)
  })

  it('shows and changes addresses of an order: GET, PUT and PATCH /api/orders/:number/addresses/:id', async () => {
    // GET /api/orders/:number/addresses/:id, PUT /api/orders/:number/addresses/:id, PATCH /api/orders/:number/addresses/:id
    const shopper = await shop.walkTo('delivery')
    const { number, token } = shopper
    const order = await shop.read(shopper)
    const path = `/api/orders/${number}/addresses/${order.bill_address.id}`
    expect((await get(path, { token })).body).toEqual(order.bill_address)
    const changed = await shop.send('PUT', `${path}?address[city]=Troy`, { token, body: {} })
    expect([changed.status, changed.json]).toMatchObject([
      200,
      { city: 'Troy', firstname: 'Ann', id: order.bill_address.id },
    ])
    expect(await shop.read(shopper)).toMatchObject({ state: 'delivery', bill_address: { city: 'Troy' } })
    const blank = await shop.send('PATCH', path, { token, body: { address: { address1: '' } } })
    expect([blank.status, blank.json.errors]).toEqual([422, { address1: ["can't be blank"] }])
    expect(await get(`/api/orders/${number}/addresses/1`, { token })).toEqual({ status: 401, body: unauthorized })
    const moved = await shop.send('PUT', `/api/orders/${number}/addresses/${order.ship_address.id}`, {
      token,
      body: { address: { city: 'Utica' } },
    })
    expect(moved.status).toBe(200)
    expect(await shop.read(shopper)).toMatchObject({ state: 'address', shipments: [], ship_address: { city: 'Utica' } })
  })

  it('knows keys: an unknown one is refused, and a needed one asked for', async () => {
    const refused = await get('/api/orders/current', { key: 'nobody' })
    expect(refused).toEqual({ status: 401, body: { error: 'Invalid API key (nobody) specified.' } })
    const beside = await shop.newOrder(threeTotes)
    expect((await get(`/api/orders/${beside.number}`, { key: 'nobody', token: beside.token })).status).toBe(200)
    expect((await get(`/api/orders/${beside.number}`, { key: admin, token: 'wrong' })).status).toBe(200)
    expect((await get(`/api/orders/${beside.number}`, { key: customerKey, token: 'wrong' })).status).toBe(401)
    expect((await get('/api/orders/mine', { headers: { authorization: `Bearer ${customerKey}` } })).status).toBe(200)
  })
})
