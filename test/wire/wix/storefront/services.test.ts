import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { clientOf, demoKey as vtexKey } from '../../vtex/shop.js'
import { counterOf } from '../counter.js'
import { importEntries } from '../extra-goods.js'
import { demoKey, filledIn, item, wixOver } from '../wix.js'

const caredFor = '7d3c0c3e-0001-4a6b-9b61-000000000960'

/** Goods with a service, both taxed, in the channel of the demo store; services are chosen through other APIs. */
function entries(): readonly object[] {
  const { channels } = JSON.parse(readFileSync('demo/store.json', 'utf8'))
  const channel = channels.find(({ id }: { readonly id: string }) => id === 'us-wix')
  const rates = [{ id: 'us-10', integerId: 960, name: 'Sales tax', rate: '10', taxClasses: ['standard'] }]
  const priced = (amount: string) => ({ taxClass: 'standard', prices: { 'us-wix': amount } })
  return [
    { kind: 'channel', ...channel, taxZones: [{ id: 'us-tax', name: 'United States', areas: ['US'], rates }] },
    {
      ...{ kind: 'variant', sku: 'CARED', productId: 960, variantId: 960, name: 'Cared for', stock: 100 },
      ...{ ...priced('20.00'), externalIds: { wixCatalogItemId: caredFor } },
      optionGroups: [{ name: 'Care', options: [{ sku: 'C1', name: 'Care', ...priced('10.00') }] }],
    },
    {
      ...{ kind: 'promotion', id: 'care', integerId: 960, name: 'Care', channels: ['us-wix'] },
      benefits: [{ kind: 'percent_off_lines', rate: '10' }],
      coupons: [{ code: 'CARE10', integerId: 960 }],
    },
  ]
}

describeOnEachDatabase('a line with a service', getServer => {
  const wix = wixOver(getServer)
  beforeAll(() => importEntries(getServer(), entries()))

  it('tells taxes and discounts of both, so that the parts of each add up, until it is an order', async () => {
    const body = { lineItems: [item(caredFor)], couponCode: 'CARE10', checkoutInfo: filledIn }
    const { checkout, send } = await counterOf(wix).begin(body)
    const id: string = checkout.id.replaceAll('-', '')
    const service = await clientOf(getServer).form(id, 'POST', '/items/0/offerings', { id: 'C1' }, vtexKey)
    expect(service.status).toBe(200)
    const { checkout: shown } = (await send('GET', '')).json
    const breakdown = [{ taxAmount: { amount: '2.7' }, taxableAmount: { amount: '27' } }]
    expect(shown.lineItems[0]).toMatchObject({
      discount: { amount: '3' },
      taxDetails: { totalTax: { amount: '2.7' }, taxBreakdown: breakdown },
    })
    const placed = await send('POST', '/create-order-and-charge', { paymentToken: 'sandbox_approve' })
    expect(placed.status).toBe(200)
    const { order } = (await wix.send('GET', `/ecom/v1/orders/${placed.json.orderId}`, { auth: demoKey })).json
    const [line] = order.lineItems
    expect(order.appliedDiscounts).toMatchObject([
      {
        coupon: { amount: { amount: '3.00' } },
        lineItemIds: [line.id],
        lineItemDiscounts: [{ id: line.id, totalDiscount: { amount: '3.00' } }],
      },
    ])
    expect(line.taxInfo).toMatchObject({
      taxAmount: { amount: '2.7' },
      taxBreakdown: [{ taxAmount: { amount: '2.7' } }],
    })
  })
})
