import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.js'
import { startTestServer, type TestServer } from '../support/test-server.js'
import { loginToken } from '../wire/bigcommerce/login-tokens.js'
import { managementOver, mug } from '../wire/bigcommerce/management.js'
import {
  allowedPorts,
  blockForeignCookies,
  embeddingReleases,
  embeddingScript,
  type HostPage,
  type HostSite,
  openHostPage,
  openHostSite,
} from './embed-page.js'

/**
 * `embedCheckout` of the platform's own SDK, unchanged, on a page of one site; our page in a frame of another.
 * Source: dialects/bigcommerce.md 3.10.
 */
describeInChromium('embedded checkout in Chromium', browser => {
  describe.each(embeddingReleases)('with the SDK $version', ({ module }) => describeEmbedding(module, browser))

  describe('where third-party cookies are blocked', () => {
    it('they are', async () => {
      expect(await keepsCookie(browser(), 'own')).toBe(true)
      expect(await keepsCookie(browser(), 'foreign')).toBe(false)
    })
    describeEmbedding(embeddingReleases[0].module, browser, true)
  })
})

function describeEmbedding(module: string, browser: () => Browser, blocksCookies = false): void {
  let server: TestServer
  let shop: HostSite
  let hostile: HostSite
  const open: HostPage[] = []
  const api = managementOver(() => server)
  beforeAll(async () => {
    server = await startTestServer({})
    const script = await embeddingScript(module)
    shop = await openHostSite(script, allowedPorts)
    hostile = await openHostSite(script, [0])
  })
  afterEach(() => Promise.all(open.splice(0).map(host => host.close())))
  afterAll(async () => {
    await shop?.close()
    await hostile?.close()
    await server?.close()
  })
  const at = async (site: HostSite) => {
    const host = await openHostPage(browser(), site, blocksCookies)
    open.push(host)
    return host
  }
  const embeddedLink = async (more: object = {}): Promise<{ readonly id: string; readonly url: string }> => {
    const { id } = await api.newCart([mug], more)
    const { json } = await api.send('POST', `/v3/carts/${id}/redirect_urls`, { body: {} })
    return { id, url: json.data.embedded_checkout_url }
  }
  const types = async (host: HostPage) => (await host.heard()).map(({ type }) => type)

  it('takes a guest to an order inside the frame, and tells the page around it', async () => {
    const host = await at(shop)
    const { id, url } = await embeddedLink()
    expect(await host.embed(url)).toEqual({ ok: true })
    const first = await host.page.locator('#checkout iframe').boundingBox()
    await typeDetails(host)
    await host.frame.getByRole('heading', { name: 'Delivery', level: 1 }).waitFor()
    const second = await host.page.locator('#checkout iframe').boundingBox()
    expect(second?.height).not.toBe(first?.height)
    await payOnDelivery(host)
    await host.frame.getByRole('heading', { name: 'Thank you, Ana' }).waitFor()
    await expect.poll(() => types(host)).toContain('CHECKOUT_COMPLETE')
    const heard = await types(host)
    expect(heard.filter(type => type !== 'FRAME_LOADED')).toEqual(['CHECKOUT_LOADED', 'CHECKOUT_COMPLETE'])
    const senders = new Set((await host.messages()).map(({ origin }) => origin))
    senders.delete(shop.origin)
    expect([...senders]).toEqual([server.baseUrl])
    const placed = await server.operations.readPurchase({ kind: 'system' }, { id })
    expect(placed.ok && placed.value.order).toMatchObject({ status: 'confirmed', email: 'ana@example.test' })
  })

  it('signs a customer in by a token, and tells when the customer signs out', async () => {
    const host = await at(shop)
    const { url } = await embeddedLink({ customer_id: 1 })
    expect(await host.embed(await loginUrl(server, url))).toEqual({ ok: true })
    await host.frame.getByText('Signed in as').waitFor()
    await host.frame.getByRole('button', { name: 'Sign out' }).click()
    await expect.poll(() => types(host)).toContain('SIGNED_OUT')
    await host.frame.getByRole('link', { name: 'Sign in' }).waitFor()
  })

  it('a token that is no good is the SDK’s own error', async () => {
    const host = await at(shop)
    expect(await host.embed(`${server.baseUrl}/login/token/nonsense`)).toMatchObject({ name: 'InvalidLoginTokenError' })
  })

  it('wears the colors of the page around it, and nothing else of what that sends', async () => {
    const host = await at(shop)
    const { url } = await embeddedLink()
    await host.embed(url, {
      heading: { color: 'rgb(1, 2, 3)', backgroundColor: 'url(/spy)' },
      body: { backgroundColor: 'red;} * {display: none' },
    })
    const frame = host.page.frames()[1]
    const styled = (name: string) => frame?.evaluate(`getComputedStyle(document.querySelector('h1')).${name}`)
    await expect.poll(() => styled('color')).toBe('rgb(1, 2, 3)')
    expect([await styled('backgroundImage'), await styled('display')]).toEqual(['none', 'block'])
  })

  it('tells of what is refused after it was shown', async () => {
    const host = await at(shop)
    const { url } = await embeddedLink()
    await host.embed(url)
    await host.frame.getByLabel('E-mail address').fill('nothing')
    await host.frame.getByRole('button', { name: 'Continue' }).click()
    await expect.poll(() => types(host)).toContain('CHECKOUT_ERROR')
    const error = (await host.heard()).find(({ type }) => type === 'CHECKOUT_ERROR')
    expect(error?.payload).toMatchObject({ type: 'checkout', subtype: 'refused' })
  })

  it('a link that was used already cannot be embedded, and says so at once', async () => {
    const host = await at(shop)
    const { url } = await embeddedLink()
    await server.request('GET', url.slice(server.baseUrl.length))
    expect(await host.embed(url)).toEqual({ ok: false, name: 'NotEmbeddableError', subtype: 'missing_content' })
  })

  it('a page of another site gets no checkout, and no message', async () => {
    const host = await at(hostile)
    const { url } = await embeddedLink()
    // The SDK waits a minute for a frame that says nothing.
    await host.remember()
    await host.page.clock.install()
    const ended = host.embed(url)
    await host.page.locator('#checkout iframe').waitFor({ state: 'attached' })
    await host.page.waitForTimeout(1_500)
    await host.page.clock.fastForward(61_000)
    expect(await ended).toMatchObject({ ok: false, name: 'NotEmbeddableError' })
    expect(await host.messages()).toEqual([])
  })
}

async function typeDetails({ frame }: HostPage): Promise<void> {
  const fields = {
    'E-mail address': 'ana@example.test',
    'First name': 'Ana',
    'Last name': 'Ruiz',
    'Street address': '9 Elm St',
    City: 'Austin',
    'ZIP code': '78701',
  }
  for (const [label, value] of Object.entries(fields)) await frame.getByLabel(label).first().fill(value)
  await frame.getByLabel('State').first().selectOption('TX')
  await frame.getByRole('button', { name: 'Continue' }).click()
}

async function payOnDelivery({ frame }: HostPage): Promise<void> {
  await frame.getByRole('radio').first().check()
  await frame.getByRole('button', { name: 'Continue' }).click()
  await frame.locator('input[name=method][value=cod]').check()
  await frame.getByRole('button', { name: /Continue|Review/ }).click()
  await frame.getByRole('button', { name: /^Buy now/ }).click()
}

async function loginUrl(server: TestServer, redirectTo: string): Promise<string> {
  return `${server.baseUrl}/login/token/${await loginToken({ redirect_to: redirectTo })}`
}

/** Whether a page, by itself or in a frame of another site, gets its own cookie back. */
async function keepsCookie(browser: Browser, whose: 'own' | 'foreign'): Promise<boolean> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await blockForeignCookies(page)
  const sent: string[] = []
  const desk = createServer((request, response) => {
    if (request.url === '/frame') sent.push(request.headers.cookie ?? '')
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'probe=1; Path=/; Secure; SameSite=None' })
    response.end(request.url === '/frame' ? 'frame' : '<link rel="icon" href="data:,">')
  })
  await new Promise<void>(resolve => desk.listen(0, '127.0.0.1', resolve))
  const { port } = desk.address() as AddressInfo
  const shop = await openHostSite('', [0])
  try {
    for (let visit = 0; visit < 2; visit += 1) {
      const probe = `http://127.0.0.1:${port}/frame`
      await page.goto(whose === 'own' ? probe : shop.origin)
      if (whose === 'foreign') await page.setContent(`<iframe src="${probe}"></iframe>`, { waitUntil: 'load' })
    }
    return sent.at(-1)?.includes('probe=1') === true
  } finally {
    await context.close()
    await shop.close()
    desk.close()
  }
}
