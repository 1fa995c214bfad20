import { expect, it } from 'vitest'
import { describeInChromium } from '../../support/chromium.js'
import { openBrowser } from '../../wire/bigcommerce/browser.js'
import { atIssuer, boughtOffline, noOrder } from '../../wire/bigcommerce/confirmations.js'
import { expectAccessible, usePageStage } from './page-stage.js'

const screens = [
  ['a desktop', { width: 1_280, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const

/** BigCommerce's confirmation pages as people come to them. */
describeInChromium('the confirmation of an order in Chromium', browser => {
  const stage = usePageStage(browser)

  it.each(screens)(
    "%s comes back from the issuer's page to the confirmation, and may reload it",
    async (_on, viewport) => {
      const server = stage.server()
      const shop = openBrowser(server)
      const { id, orderId, issuer } = await atIssuer(server, shop)
      const { page, context } = await stage.open([{ sku: 'MUG-1', quantity: 1 }], { viewport })
      const value = shop.cookies.get('SHOP_SESSION_TOKEN') ?? ''
      await context.addCookies([{ name: 'SHOP_SESSION_TOKEN', value, url: server.baseUrl, sameSite: 'Lax' }])
      await page.goto(`${server.baseUrl}/checkout/order-confirmation/${orderId}`)
      expect(await page.textContent('h1')).toBe('Your payment is not finished yet')
      await expectAccessible(page, 'waiting')
      await page.goto(server.baseUrl + issuer)
      await page.click('button[value=approved]')
      await page.waitForURL(`${server.baseUrl}/pay/${id}/order`)
      expect(await page.textContent('h1')).toBe('Thank you for your order')
      expect(await page.textContent('main')).toContain(String(orderId))
      await expectAccessible(page, 'confirmed')
      await page.reload()
      expect(await page.textContent('h1')).toBe('Thank you for your order')
    },
  )

  it.each(screens)('%s reads why no order is shown', async (_on, viewport) => {
    const server = stage.server()
    const { orderId } = await boughtOffline(openBrowser(server))
    const { page } = await stage.open([{ sku: 'MUG-1', quantity: 1 }], { viewport })
    const answer = await page.goto(`${server.baseUrl}/checkout/order-confirmation/${orderId}`)
    expect(answer?.status()).toBe(404)
    expect(await page.textContent('h1')).toBe('No order to show')
    expect(await page.textContent('main p')).toBe(noOrder)
    await expectAccessible(page, 'no order')
  })
})
