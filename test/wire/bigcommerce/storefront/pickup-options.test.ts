import { beforeAll, expect, it } from 'vitest'
import { austin, cartOf, describeStorefront, expectProblem, goods, submit } from '../browser.js'
import { importBeside } from '../golden-store.js'
import { demoToken } from '../management.js'

const atCapitol = { latitude: 30.2747, longitude: -97.7404 }

/** Two places in Texas, and one that is closed; goods can be collected at the first for nothing. */
const store = {
  version: 1,
  pickupPoints: [
    {
      ...{ channel: 'us', id: 'austin', name: 'Austin, Congress Avenue', instructions: 'Bring your ID.' },
      address: { line1: '500 Congress Ave', city: 'Austin', postalCode: '78701', country: 'US', ...atCapitol },
      hours: [
        { day: 1, opens: '09:00', closes: '17:00' },
        { day: 6, opens: '10:00', closes: '14:00' },
      ],
    },
    {
      ...{ channel: 'us', id: 'round-rock', name: 'Round Rock' },
      address: { city: 'Round Rock', country: 'US', latitude: 30.5083, longitude: -97.6789 },
    },
    {
      ...{ channel: 'us', id: 'closed', name: 'Closed', isActive: false },
      address: { city: 'Austin', country: 'US', ...atCapitol },
    },
  ],
  shippingMethods: [
    method(901, 'austin', 'Collect in Austin', '0.00'),
    method(902, 'round-rock', 'Collect in Round Rock', '1.00'),
    method(903, 'closed', 'Collect nowhere', '0.00'),
  ],
}

function method(integerId: number, point: string, name: string, price: string) {
  const prices = { USD: price }
  return {
    ...{ channel: 'us', id: `collect-${point}`, integerId, name, carrier: 'Nobody', position: integerId },
    ...{ zones: ['US'], pickupPointIds: [point], prices },
  }
}

describeStorefront('POST /api/storefront/pickup-options', (open, server) => {
  const path = '/api/storefront/pickup-options'
  const area = (value: number, unit: string, coordinates: object = atCapitol) => ({
    searchArea: { radius: { value, unit }, coordinates },
  })
  const search = (body: object) => open().send('POST', path, { body })
  const idsOf = (answer: { json: { results: { pickupOptions: { pickupMethod: { id: number } }[] }[] } }) =>
    answer.json.results.flatMap(({ pickupOptions }) => pickupOptions.map(({ pickupMethod }) => pickupMethod.id))
  beforeAll(() => importBeside(server(), store))

  it('names the places within the radius, nearest first, with what is there', async () => {
    const items = [{ variantId: goods.mug.variantId, quantity: 2 }]
    const answer = await search({ ...area(50, 'KM'), items })
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      results: [
        {
          pickupOptions: [
            {
              pickupMethod: {
                id: 901,
                locationId: expect.any(Number),
                displayName: 'Collect in Austin',
                collectionInstructions: 'Bring your ID.',
                collectionTimeDescription: 'Monday 09:00-17:00, Saturday 10:00-14:00',
              },
              availableItems: items,
            },
            expect.objectContaining({ pickupMethod: expect.objectContaining({ id: 902, collectionInstructions: '' }) }),
          ],
        },
      ],
    })
  })

  it('looks as far as it is told, in kilometers and miles', async () => {
    expect(idsOf(await search(area(26, 'KM')))).toEqual([901])
    expect(idsOf(await search(area(27, 'KM')))).toEqual([901, 902])
    expect(idsOf(await search(area(16, 'MI')))).toEqual([901])
    expect(idsOf(await search(area(17, 'MI')))).toEqual([901, 902])
    expect(idsOf(await search(area(200, 'MI', { latitude: 32.7767, longitude: -96.797 })))).toEqual([902, 901])
    expect((await search(area(10, 'KM', { latitude: 0, longitude: 0 }))).json).toEqual({ results: [] })
  })

  it('offers nothing where not all items are there', async () => {
    const one = (variantId: number, quantity: number) => ({ variantId, quantity })
    const asked = (...items: object[]) => search({ ...area(50, 'KM'), items })
    expect(idsOf(await asked(one(900, 1)))).toEqual([901, 902])
    expect((await asked(one(900, 2))).json).toEqual({ results: [] })
    expect((await asked(one(900, 1), one(900, 1))).json).toEqual({ results: [] })
    expect((await asked(one(18, 1), one(424_242, 1))).json).toEqual({ results: [] })
  })

  it.each([
    [{}, 'searchArea required'],
    [area(0, 'KM'), 'searchArea.radius.value'],
    [area(5, 'LY'), 'searchArea.radius.unit'],
    [{ ...area(5, 'KM'), items: [{ variantId: 18, quantity: 0 }] }, 'items.0.quantity'],
    [area(5, 'KM', { latitude: 91, longitude: 0 }), 'coordinates'],
  ])('refuses %j', async (body, detail) => {
    const answer = await search(body)
    expect(answer.json.detail).toContain(detail)
    expectProblem(answer, { ...answer.json, status: answer.status })
    expect([400, 422]).toContain(answer.status)
  })

  /** What a backend reads of it: GET /stores/:storeHash/v2/orders/:orderId/consignments and products. */
  const expectFetched = async (order: number) => {
    const headers = { 'x-auth-token': demoToken }
    const read = (part: string) => server().request('GET', `/stores/demo/v2/orders/${order}${part}`, { headers })
    const include = '?include=consignments,consignments.line_items'
    const whole = (await read(include)).json
    const [product] = (await read('/products')).json
    expect(product).toMatchObject({ sku: 'MUG-1', order_address_id: 0 })
    const pickup = {
      ...{ id: product.order_pickup_method_id, pickup_method_id: 901, pickup_method_display_name: 'Collect in Austin' },
      collection_instructions: 'Bring your ID.',
      collection_time_description: 'Monday 09:00-17:00, Saturday 10:00-14:00',
      location: {
        ...{ id: expect.any(Number), code: 'austin', name: 'Austin, Congress Avenue' },
        ...{ address_line_1: '500 Congress Ave', address_line_2: '', city: 'Austin', state: '' },
        ...{ postal_code: '78701', country_alpha2: 'US', email: '', phone: '' },
      },
      line_items: [product],
    }
    const none = { shipping: [], downloads: [], email: { gift_certificates: [] } }
    expect(whole).toMatchObject({ shipping_address_count: 0, consignments: { pickups: [pickup], ...none } })
    expect(whole.consignments.pickups).toEqual([pickup])
    expect(pickup.id).toBeGreaterThan(0)
    const { line_items: _lines, ...facts } = pickup
    expect((await read('/consignments')).json.pickups).toEqual([
      { ...facts, line_items: [expect.objectContaining({ resource: `/orders/${order}/products/${product.id}` })] },
    ])
    const query = `?min_id=${order}&max_id=${order}&include=consignments,consignments.line_items`
    const listed = await server().request('GET', `/stores/demo/v2/orders${query}`, { headers })
    expect(listed.json[0].consignments.pickups).toEqual([pickup])
    expect((await read('/shipping_addresses')).status).toBe(204)
  }

  it('leads to a purchase that is collected there', async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 2 }])
    const checkout = `/api/storefront/checkouts/${id}`
    const billed = await browser.send('POST', `${checkout}/billing-address`, { body: austin })
    const [line] = billed.json.cart.lineItems.physicalItems
    const [pickupMethodId] = idsOf(await search(area(5, 'KM')))
    const sent = await browser.send('POST', `${checkout}/consignments`, {
      body: [{ pickupOption: { pickupMethodId }, lineItems: [{ itemId: line.id, quantity: 2 }] }],
    })
    expect(sent.status, sent.text).toBe(200)
    expect(sent.json.consignments).toMatchObject([{ selectedPickupOption: { pickupMethodId: 901 }, shippingCost: 0 }])
    expect(sent.json.grandTotal).toBe(25)
    const placed = await submit(browser, id, 'cod')
    expect(placed.status, placed.text).toBe(201)
    await expectFetched(placed.json.data.order.orderId)
  })
})
