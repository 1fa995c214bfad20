import { expect, it } from 'vitest'
import { address, admin, bag, customerKey, describeShop, type Shop, type Shopper, tote } from '../shop.js'

const notFound = { error: 'The resource you were looking for could not be found.' }

async function paidOrder(shop: Shop): Promise<Shopper & { readonly shipment: string }> {
  const shopper = await shop.walkTo('complete')
  const order = await shop.read(shopper)
  await shop.send('PUT', `/api/orders/${shopper.number}/payments/${order.payments[0].number}/capture`, { key: admin })
  return { ...shopper, shipment: order.shipments[0].number }
}

describeShop('shipments', shop => {
  it('have another rate: PUT and PATCH /api/shipments/:shipment', async () => {
    const shopper = await shop.walkTo('delivery')
    const [shipment] = (await shop.read(shopper)).shipments
    expect(shipment.number).toMatch(/^H\d{11}$/)
    const rate = shipment.shipping_rates[1].id
    // PUT /api/shipments/:shipment and PATCH /api/shipments/:shipment are the same.
    const chosen = await shop.send('PUT', `/api/shipments/${shipment.number}`, {
      key: admin,
      body: { shipment: { selected_shipping_rate_id: rate, tracking: 'T1' }, unlock: 'yes' },
    })
    expect([chosen.status, chosen.json]).toMatchObject([
      200,
      {
        cost: '10.0',
        tracking: 'T1',
        manifest: [
          {
            variant_id: tote,
            variant: { sku: 'ROR-00011', track_inventory: true, in_stock: true, total_on_hand: 1000 },
            quantity: 3,
            states: { on_hand: 3 },
          },
        ],
      },
    ])
    expect(await shop.read(shopper)).toMatchObject({ ship_total: '10.0', total: '60.37' })
    const byId = await shop.send('PATCH', `/api/orders/${shopper.number}/shipments/${shipment.id}`, {
      key: admin,
      body: {},
    })
    expect([byId.status, byId.json.cost]).toEqual([200, '10.0'])
    const wrong = await shop.send('PUT', `/api/shipments/${shipment.number}`, {
      key: admin,
      body: { shipment: { selected_shipping_rate_id: 1 } },
    })
    expect([wrong.status, wrong.json]).toEqual([404, notFound])
  })

  it('become ready when they are paid for, and are sent once: PUT /api/shipments/:shipment/ready, PUT /api/shipments/:shipment/ship', async () => {
    const unpaid = await shop.walkTo('complete')
    const [waiting] = (await shop.read(unpaid)).shipments
    const early = await shop.send('PUT', `/api/shipments/${waiting.number}/ready`, { key: admin })
    expect([early.status, early.json]).toEqual([422, { error: 'Cannot ready shipment.' }])
    expect((await shop.send('PUT', `/api/shipments/${waiting.number}/ship`, { key: admin })).status).toBe(422)
    const { shipment, ...shopper } = await paidOrder(shop)
    const ready = await shop.send('PUT', `/api/orders/${shopper.number}/shipments/${shipment}/ready`, { key: admin })
    expect([ready.status, ready.json.state]).toEqual([200, 'ready'])
    const sent = await shop.send('PUT', `/api/shipments/${shipment}/ship`, {
      key: admin,
      body: { shipment: { tracking: 'Z9' } },
    })
    expect([sent.status, sent.json]).toMatchObject([
      200,
      { state: 'shipped', tracking: 'Z9', shipped_at: expect.any(String) },
    ])
    const again = await shop.send('PUT', `/api/orders/${shopper.number}/shipments/${shipment}/ship`, { key: admin })
    expect(again.json).toEqual(sent.json)
    expect(await shop.read(shopper)).toMatchObject({ shipment_state: 'shipped' })
    const late = await shop.send('PUT', `/api/orders/${shopper.number}/cancel`, { key: admin })
    expect(late.status).toBe(422)
  })

  it('are not there for those who may not change them', async () => {
    const shopper = await shop.walkTo('delivery')
    const [shipment] = (await shop.read(shopper)).shipments
    for (const action of ['', '/ready', '/ship', '/add', '/remove']) {
      const answer = await shop.send('PUT', `/api/shipments/${shipment.number}${action}`, {
        key: customerKey,
        body: {},
      })
      expect([answer.status, answer.json]).toEqual([404, notFound])
    }
    const unknown = await shop.send('PUT', '/api/shipments/H00000000000/ready', { key: admin })
    expect([unknown.status, unknown.json]).toEqual([404, notFound])
  })

  it('get and lose pieces: POST /api/shipments, PUT /api/shipments/:shipment/add, PUT /api/shipments/:shipment/remove', async () => {
    const shopper = await shop.walkTo('delivery')
    const body = { shipment: { order_id: shopper.number }, stock_location_id: 1, variant_id: bag, quantity: 2 }
    const made = await shop.send('POST', '/api/shipments', { key: admin, body })
    expect([made.status, made.json.manifest.map((one: { quantity: number }) => one.quantity)]).toEqual([200, [3, 2]])
    const more = await shop.send('PUT', `/api/shipments/${made.json.number}/add`, {
      key: admin,
      body: { variant_id: bag, quantity: 1 },
    })
    expect(more.json.manifest[1]).toMatchObject({ variant_id: bag, quantity: 3 })
    const fewer = await shop.send('PUT', `/api/shipments/${more.json.number}/remove?variant_id=${bag}&quantity=3`, {
      key: admin,
    })
    expect([fewer.status, fewer.json.manifest.length]).toEqual([200, 1])
    const bare = await shop.send('POST', '/api/shipments', {
      key: admin,
      body: { shipment: { order_id: shopper.number } },
    })
    expect([bare.status, bare.json]).toEqual([
      422,
      { exception: 'param is missing or the value is empty: stock_location_id' },
    ])
    expect((await shop.send('POST', '/api/shipments', { token: shopper.token, body })).status).toBe(401)
  })

  it('have nested forms: POST /api/orders/:number/shipments and below', async () => {
    // PUT /api/orders/:number/shipments/:shipment, PATCH /api/orders/:number/shipments/:shipment
    // PUT /api/orders/:number/shipments/:shipment/ready, PUT /api/orders/:number/shipments/:shipment/ship
    // PUT /api/orders/:number/shipments/:shipment/add, PUT /api/orders/:number/shipments/:shipment/remove
    const shopper = await shop.walkTo('delivery')
    const path = `/api/orders/${shopper.number}/shipments`
    const made = await shop.send('POST', path, {
      key: admin,
      body: { stock_location_id: 1, variant_id: bag, quantity: 1 },
    })
    expect(made.status).toBe(200)
    const added = await shop.send('PUT', `${path}/${made.json.number}/add`, {
      key: admin,
      body: { variant_id: bag, quantity: 1 },
    })
    expect(added.json.manifest[1].quantity).toBe(2)
    const removed = await shop.send('PUT', `${path}/${added.json.number}/remove`, {
      key: admin,
      body: { variant_id: bag, quantity: 1 },
    })
    expect(removed.json.manifest[1].quantity).toBe(1)
    const noted = await shop.send('PUT', `${path}/${removed.json.number}`, {
      key: admin,
      body: { shipment: { tracking: 'T' } },
    })
    expect(noted.json.tracking).toBe('T')
  })

  it('have their tracking number put right once they are sent, and are sent with the one that was noted before', async () => {
    const { shipment, ...shopper } = await paidOrder(shop)
    const put = async (path: string, tracking?: string) => {
      const body = tracking === undefined ? {} : { shipment: { tracking } }
      const answer = await shop.send('PUT', `/api/shipments/${shipment}${path}`, { key: admin, body })
      return [answer.status, answer.json.state, answer.json.tracking]
    }
    expect(await put('', 'NOTED')).toEqual([200, 'ready', 'NOTED'])
    expect(await put('/ship')).toEqual([200, 'shipped', 'NOTED'])
    const numberEverywhere = async () => {
      const order = await shop.server().storage.orders.read({ number: shopper.number })
      return order?.fulfillments.map(({ trackingNumber }) => trackingNumber)
    }
    expect(await numberEverywhere()).toEqual(['NOTED'])
    expect(await put('', 'RIGHT')).toEqual([200, 'shipped', 'RIGHT'])
    expect((await shop.read(shopper)).shipments).toMatchObject([{ state: 'shipped', tracking: 'RIGHT' }])
    expect(await put('/ship')).toEqual([200, 'shipped', 'RIGHT'])
    // Parameters of `ship` are written before it asks whether there is anything to send.
    expect(await put('/ship', 'AGAIN')).toEqual([200, 'shipped', 'AGAIN'])
    expect(await numberEverywhere()).toEqual(['AGAIN'])
  })

  it('do not move where there is one place: POST /api/shipments/transfer_to_location, POST /api/shipments/transfer_to_shipment', async () => {
    const { shipment } = await paidOrder(shop)
    const send = (where: string, body: object) =>
      shop.send('POST', `/api/shipments/transfer_to_${where}`, {
        key: admin,
        body: { original_shipment_number: shipment, variant_id: tote, quantity: 1, ...body },
      })
    const same = await send('location', { stock_location_id: 1 })
    expect([same.status, Object.keys(same.json)]).toEqual([422, ['exception']])
    const self = await send('shipment', { target_shipment_number: shipment })
    expect([self.status, Object.keys(self.json)]).toEqual([422, ['exception']])
    expect((await send('shipment', { target_shipment_number: 'H00000000000' })).status).toBe(404)
    expect((await send('location', { stock_location_id: 1, quantity: -1 })).status).toBe(422)
  })

  it('of a user are listed: GET /api/shipments/mine', async () => {
    const { number } = await shop.newOrder([{ variant_id: tote, quantity: 1 }], { key: customerKey })
    const put = (body: object) => shop.send('PUT', `/api/checkouts/${number}`, { key: customerKey, body })
    for (const body of [{}, { order: { ship_address_attributes: address } }, {}]) await put(body)
    const paid = await shop.send('PUT', `/api/checkouts/${number}`, {
      key: customerKey,
      body: { order: { payments_attributes: [{ payment_method_id: 3 }] } },
    })
    expect(paid.json.state).toBe('complete')
    const mine = await shop.send('GET', '/api/shipments/mine', { key: customerKey })
    expect([mine.status, mine.json]).toMatchObject([
      200,
      {
        count: 1,
        shipments: [
          { order_id: number, inventory_units: [{ variant_id: tote }], order: { number, state: 'complete' } },
        ],
      },
    ])
    expect((await shop.send('GET', '/api/shipments/mine')).status).toBe(401)
  })
})
