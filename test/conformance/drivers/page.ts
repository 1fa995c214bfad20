import { expect } from 'vitest'
import { austin, linkedCart, type PageShopper, pageShopper, plain, type SeenPage } from '../../pages/page-shopper.js'
import type { TestServer } from '../../support/test-server.js'
import type { Driver, Goods, SeenCart, Shopper } from '../driver.js'

/** Somebody with a browser without script, who was given a link to the hosted checkout page of their cart. */
export const page: Driver = { dialect: 'page', channel: 'us', arrive }

/** The page names goods, and counts in the signs of the channel's currency. */
const skusByName: Readonly<Record<string, string>> = { Mug: 'MUG-1', 'T-shirt': 'TEE-1' }

async function arrive(server: TestServer): Promise<Shopper> {
  const browser = pageShopper(() => server)
  const cartsByOrder = new Map<string, string>()
  return {
    async begin(goods) {
      const { id, link } = await linkedCart(server, 'us', goods)
      expect((await browser.open(link)).status).toBe(200)
      return { cartId: id }
    },
    async readCart(cartId) {
      const seen = await browser.open(`/pay/${cartId}`)
      if (seen.status === 404) return undefined
      expect(seen.status).toBe(200)
      return seenCart(seen)
    },
    async place(cartId) {
      const number = orderNumber(await walk(browser, cartId))
      if (number !== undefined) cartsByOrder.set(number, cartId)
      return number
    },
    async readOrder(number) {
      const cartId = cartsByOrder.get(number)
      if (cartId === undefined) return undefined
      const seen = await browser.open(`/pay/${cartId}/order`)
      expect([seen.status, orderNumber(seen)]).toEqual([200, number])
      return { number, ...seenCart(seen) }
    },
  }
}

/** From wherever the cart stands to the page behind the last button. */
async function walk(browser: PageShopper, cartId: string): Promise<SeenPage> {
  const typed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    details: austin,
    delivery: { d0: 'ship-by-weight' },
    payment: { method: 'cod' },
    review: {},
  }
  let seen = await browser.open(`/pay/${cartId}`)
  for (const [step, fields] of Object.entries(typed)) {
    if (!seen.path.startsWith(`/pay/${cartId}/${step}`)) continue
    seen = await browser.send(seen, fields)
  }
  return seen
}

function orderNumber({ text }: SeenPage): string | undefined {
  return /<dt>Order number<\/dt><dd><b>([^<]+)<\/b>/.exec(text)?.[1]
}

function seenCart({ text }: SeenPage): SeenCart {
  const aside = /<aside[\s\S]*<\/aside>/.exec(text)?.[0] ?? ''
  const names = [...aside.matchAll(/class="name">([^<]*)</g)].map(match => plain(match[1] ?? ''))
  const quantities = [...aside.matchAll(/Quantity: (\d+)/g)].map(match => Number(match[1]))
  const goods = names.map((name, index): Goods => ({ sku: skusByName[name] ?? name, quantity: quantities[index] ?? 0 }))
  const [, total = ''] = /<dt>Total<\/dt>\s*<dd[^>]*>\$([\d,.]+)</.exec(aside) ?? []
  return { goods, currency: 'USD', grandTotal: BigInt(total.replace(/[,.]/g, '')) }
}
