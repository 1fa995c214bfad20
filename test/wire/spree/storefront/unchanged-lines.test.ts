import { expect, it } from 'vitest'
import { describeShop, threeTotes, tote } from '../shop.js'

describeShop('lines that are sent as they are', shop => {
  // dialects/spree.md 5.5: "we rewind only when lines or the shipping address changed"
  it('leave the order where it is: PUT /api/orders/:number, PUT /api/orders/:number/line_items/:id', async () => {
    const shopper = await shop.walkTo('payment', threeTotes)
    const { token, number } = shopper
    const before = await shop.read(shopper)
    expect([before.state, before.total, before.shipments.length]).toEqual(['payment', '55.37', 1])
    const order = `/api/orders/${number}`
    const same = { id: 1, quantity: 3 }
    const sent: readonly (readonly [string, object])[] = [
      [`${order}/line_items/1`, { line_item: same }],
      [order, { order: { line_items: [same], special_instructions: 'Ring' } }],
      [order, { order: { line_items_attributes: { 0: { id: '1', quantity: '3' } } } }],
      [order, { order: { line_items: [{ variant_id: tote, quantity: 3 }] } }],
    ]
    for (const [path, body] of sent) {
      expect([path, (await shop.send('PUT', path, { token, body })).status]).toEqual([path, 200])
      const { updated_at: _now, special_instructions: _note, ...after } = await shop.read(shopper)
      const { updated_at: _then, special_instructions: _none, ...whole } = before
      expect(withoutTimes(after)).toEqual(withoutTimes(whole))
    }
    const fewer = { line_items: [{ id: 1, quantity: 2 }] }
    const rewound = await shop.send('PUT', order, { token, body: { order: fewer } })
    expect([rewound.json.state, rewound.json.shipments, rewound.json.ship_total]).toEqual(['address', [], '0.0'])
  })

  it('let a checkout take its next step: PUT /api/checkouts/:number', async () => {
    const shopper = await shop.walkTo('delivery', threeTotes)
    const order = { line_items: [{ id: 1, quantity: 3 }] }
    expect((await shop.put(shopper, { order })).state).toBe('payment')
  })
})

/** Adjustments say when the order was changed last. */
function withoutTimes(order: object): unknown {
  return JSON.parse(JSON.stringify(order, (name, value) => (name === 'updated_at' ? undefined : value)))
}
