import { expect } from 'vitest'
import type { TestServer } from '../../support/test-server.js'
import { managementOver } from '../../wire/bigcommerce/management.js'
import { cashOnDelivery, fillIn, pay } from '../../wire/bigcommerce/purchase.js'
import type { Driver, Goods, Shopper } from '../driver.js'

/** A backend that shops for a guest by the server-to-server API. */
export const bigcommerce: Driver = { dialect: 'bigcommerce', channel: 'us', arrive }

async function arrive(server: TestServer): Promise<Shopper> {
  const api = managementOver(() => server)
  return {
    async begin(goods) {
      const lines = await Promise.all(goods.map(one => lineOf(one, server)))
      const { id } = await api.newCart(lines)
      return { cartId: id }
    },
    async readCart(cartId) {
      const answer = await api.send('GET', `/v3/checkouts/${cartId}`)
      if (answer.status === 404) return undefined
      expect(answer.status).toBe(200)
      const { cart, grand_total } = answer.json.data
      return {
        goods: goodsOf(cart.line_items),
        currency: cart.currency.code,
        grandTotal: centsOf(String(grand_total)),
      }
    },
    async place(cartId) {
      if ((await api.send('GET', `/v3/checkouts/${cartId}`)).status === 404) return undefined
      await fillIn(api, cartId)
      const draft = await api.send('POST', `/v3/checkouts/${cartId}/orders`)
      if (draft.status !== 200) return undefined
      const paid = await pay(api, draft.json.data.id, cashOnDelivery)
      return paid.status === 201 ? String(draft.json.data.id) : undefined
    },
    async readOrder(number) {
      const answer = await api.send('GET', `/v2/orders/${number}`)
      if (answer.status === 404) return undefined
      const products = await api.send('GET', `/v2/orders/${number}/products`)
      return {
        number: String(answer.json.id),
        goods: goodsOf({ physical_items: products.json, digital_items: [] }),
        currency: answer.json.currency_code,
        grandTotal: centsOf(answer.json.total_inc_tax),
      }
    },
  }
}

/** This dialect names goods by the numbers of their product and variant. */
async function lineOf({ sku, quantity }: Goods, server: TestServer) {
  const [found] = await server.operations.findVariants({ channel: 'us', key: { skus: [sku] } })
  if (found === undefined) throw new Error(`the demo store has no ${sku}`)
  return { product_id: found.variant.productId, variant_id: found.variant.variantId, quantity }
}

function goodsOf(lists: { readonly physical_items: readonly Goods[]; readonly digital_items: readonly Goods[] }) {
  return [...lists.physical_items, ...lists.digital_items].map(({ sku, quantity }) => ({ sku, quantity }))
}

/** Cents of a decimal text: `"31.5"` and `"31.5000"` are 3150. */
function centsOf(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.')
  if (!/^\d+$/.test(whole) || !/^\d{0,2}0*$/.test(fraction)) throw new Error(`${text} is no amount in cents`)
  return BigInt(whole + fraction.slice(0, 2).padEnd(2, '0'))
}
