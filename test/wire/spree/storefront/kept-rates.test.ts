import { expect, it } from 'vitest'
import { address, bag, describeShop, type Shopper } from '../shop.js'

describeShop('a rate that was chosen', shop => {
  /** A shopper before `payment`, by the dearest rate. */
  const byOneDay = async (): Promise<Shopper> => {
    const shopper = await shop.walkTo('delivery')
    const [{ id, shipping_rates: rates }] = (await shop.read(shopper)).shipments
    const chosen = { id, selected_shipping_rate_id: rates[2].id }
    const order = await shop.put(shopper, { order: { shipments_attributes: [chosen] } })
    expect([order.state, order.ship_total, order.total]).toEqual(['payment', '15.0', '65.37'])
    return shopper
  }
  const shown = ({ state, ship_total, total, shipments }: Awaited<ReturnType<typeof shop.put>>) => [
    state,
    ship_total,
    total,
    shipments.map((shipment: { selected_shipping_rate: { name: string } }) => shipment.selected_shipping_rate.name),
  ]

  // dialects/spree.md 5.2, 8 ("shipping rates go stale after an address change") and 10
  it('is kept when the address is put right and the rate costs the same: PUT /api/checkouts/:number', async () => {
    const shopper = await byOneDay()
    const former = (await shop.read(shopper)).shipments[0].id
    const moved = { ...address, address1: '2 Road', city: 'Troy' }
    const again = await shop.put(shopper, { state: 'address', order: { ship_address_attributes: moved } })
    expect(shown(again)).toEqual(['delivery', '15.0', '65.37', ['UPS One Day']])
    expect(again.shipments[0].id).not.toBe(former)
    expect(shown(await shop.put(shopper))).toEqual(['payment', '15.0', '65.37', ['UPS One Day']])
  })

  it('is kept when lines come along: PUT /api/checkouts/:number', async () => {
    const shopper = await byOneDay()
    const order = { line_items_attributes: [{ variant_id: bag, quantity: 1 }] }
    const again = await shop.put(shopper, { order })
    expect(shown(again)).toEqual(['delivery', '15.0', '89.51', ['UPS One Day']])
  })

  it('gives way to the default one where it was given up before: PUT /api/orders/:number/line_items/:id', async () => {
    const shopper = await byOneDay()
    const path = `/api/orders/${shopper.number}/line_items/1`
    await shop.send('PUT', path, { token: shopper.token, body: { line_item: { quantity: 2 } } })
    expect((await shop.read(shopper)).shipments).toEqual([])
    expect(shown(await shop.put(shopper))).toEqual(['delivery', '5.0', '38.58', ['UPS Ground']])
  })

  it('gives way where nothing goes to the other address: PUT /api/checkouts/:number', async () => {
    const shopper = await byOneDay()
    const berlin = { ...address, city: 'Berlin', zipcode: '10115', country_id: 60, state_name: null }
    const refused = await shop.put(shopper, { state: 'address', order: { ship_address_attributes: berlin } }, 422)
    expect(refused.errors).toEqual({
      base: ['We are unable to calculate shipping rates for the selected items.'],
    })
    expect((await shop.read(shopper)).state).toBe('address')
  })
})
