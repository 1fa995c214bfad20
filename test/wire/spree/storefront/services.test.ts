import { beforeAll, expect, it } from 'vitest'
import { present } from '../../../../src/core/assert.js'
import { goods, importEntries } from '../../vtex/more-goods.js'
import { clientOf, demoKey } from '../../vtex/shop.js'
import { describeShop } from '../shop.js'

/** Services (a warranty, a wrapping) are chosen through other APIs; this one has no word for them. */
describeShop('a line with a service', shop => {
  const priced = (amount: string) => ({ prices: { 'us-spree': amount } })
  beforeAll(() =>
    importEntries(shop.server(), [
      goods(2101, '0.00', {
        ...priced('50.05'),
        optionGroups: [{ name: 'Warranty', options: [{ sku: 'W1', name: 'One year', ...priced('3.33') }] }],
      }),
    ]),
  )

  it('costs per piece what both cost, so that lines add up to the item total (GET /api/orders/:number)', async () => {
    const shopper = await shop.newOrder([{ variant_id: 2101, quantity: 3 }])
    const { cart } = await shop.server().storage.carts.read({ number: shopper.number })
    const id = present(cart, 'an order that was begun is a cart').id.replaceAll('-', '')
    const service = { id: 'W1' }
    const chosen = await clientOf(shop.server).form(id, 'POST', '/items/0/offerings', service, demoKey)
    expect([chosen.status, chosen.json.value]).toEqual([200, 16_014])
    expect(await shop.read(shopper)).toMatchObject({
      ...{ item_total: '160.14', total: '160.14', adjustment_total: '0.0' },
      line_items: [
        {
          ...{
            quantity: 3,
            price: '53.38',
            single_display_amount: '$53.38',
            display_amount: '$160.14',
            total: '160.14',
          },
          variant: { price: '50.05' },
        },
      ],
    })
  })
})
