import { beforeAll, expect, it } from 'vitest'
import { present } from '../../../../src/core/assert.js'
import { goods, importEntries } from '../../vtex/more-goods.js'
import { clientOf, demoKey } from '../../vtex/shop.js'
import { addresses, describeShop } from '../shop.js'

/** Services (a warranty, a wrapping) are chosen through other APIs; this one has no word for them. */
describeShop('a line with a service', shop => {
  const priced = (amount: string) => ({ prices: { 'us-spree': amount } })
  beforeAll(() =>
    importEntries(shop.server(), [
      goods(2101, '0.00', {
        ...priced('50.05'),
        optionGroups: [{ name: 'Warranty', options: [{ sku: 'W1', name: 'One year', ...priced('3.33') }] }],
      }),
      goods(2102, '0.00', {
        ...{ ...priced('20.00'), taxClass: 'Clothing' },
        optionGroups: [
          { name: 'Care', options: [{ sku: 'C1', name: 'Care', taxClass: 'Clothing', ...priced('10.00') }] },
        ],
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

  it('shows what its service is taxed, and has off by a coupon, in one entry each, so that they add up', async () => {
    const shopper = await shop.newOrder([{ variant_id: 2102, quantity: 1 }])
    await shop.put(shopper)
    await shop.put(shopper, addresses)
    const { cart } = await shop.server().storage.carts.read({ number: shopper.number })
    const id = present(cart, 'an order that was begun is a cart').id.replaceAll('-', '')
    await clientOf(shop.server).form(id, 'POST', '/items/0/offerings', { id: 'C1' }, demoKey)
    await clientOf(shop.server).form(id, 'POST', '/coupons', { text: '10off' }, demoKey)
    const order = await shop.read(shopper)
    const entries: readonly { readonly source_type: string; readonly amount: string }[] =
      order.line_items[0].adjustments
    expect(entries.map(({ source_type, amount }) => [source_type, amount])).toEqual([
      ['Spree::PromotionAction', '-3.0'],
      ['Spree::TaxRate', '1.35'],
    ])
    expect([order.item_total, order.adjustment_total, order.line_items[0].total]).toEqual(['30.0', '-1.65', '28.35'])
  })
})
