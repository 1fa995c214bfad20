import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeInChromium } from '../../support/chromium.js'
import { startTestServer, type TestServer } from '../../support/test-server.js'
import { chooseDelivery, choosePayment, fillDetails } from './page-stage.js'

/** A `Refresh` is no redirect, so that `form-action 'self'` lets a browser follow it to the site of the shop. */
describeInChromium("the way on to the shop's own thank-you page in Chromium", browser => {
  let server: TestServer
  let shop: Server
  beforeAll(async () => {
    server = await startTestServer({})
    shop = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<title>Thanks</title><h1>Thanks from the shop</h1>')
    })
    await new Promise<void>(listening => shop.listen(0, '127.0.0.1', listening))
  })
  afterAll(async () => {
    await server.close()
    shop.close()
  })

  it('is taken by itself after the last button, told which order it was', async () => {
    const { operations } = server
    const { port } = shop.address() as AddressInfo
    const origin = `http://127.0.0.1:${port}`
    const made = await operations.createCart(
      { kind: 'anonymous' },
      { channel: 'us', lines: [{ sku: 'MUG-1', quantity: 1 }] },
    )
    if (!made.ok) throw new Error(made.error.code)
    const { id } = made.value.cart.cart
    const context = await browser().newContext({ locale: 'en-US' })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', message => {
      // The shop of this test has no icon.
      if (message.type() === 'error' && !message.text().includes('status of 404')) complaints.push(message.text())
    })
    await page.goto(await operations.linkCheckout({ cartId: id, doneUrl: `${origin}/thanks?lang=en&a=1;b='2'#top` }))
    await fillDetails(page)
    await chooseDelivery(page)
    await choosePayment(page, 'cod')
    await page.click('.actions .go')
    await page.waitForURL(url => url.origin === origin)
    const { pathname, searchParams, hash } = new URL(page.url())
    expect([pathname, searchParams.get('lang'), searchParams.get('a'), hash]).toEqual([
      '/thanks',
      'en',
      "1;b='2'",
      '#top',
    ])
    expect(searchParams.get('orderId')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await page.textContent('h1')).toBe('Thanks from the shop')
    expect(await page.evaluate('document.referrer')).toBe('')
    expect(complaints).toEqual([])
    await context.close()
  })
})
