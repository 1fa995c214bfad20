import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'

/** Releases of the SDK, and where `test/browser/sdk` has their part for embedding. */
export const embeddingReleases = [
  { version: '1.983.2', module: './node_modules/@bigcommerce/checkout-sdk/dist/esm/embedded-checkout.js' },
  { version: '1.234.0', module: 'checkout-sdk-1-234/dist/embedded-checkout.umd.js' },
] as const

/** Ports at which the demo channel names a site; another site than our server's, whose name is an address. */
export const allowedPorts = [3000, 5173, 8080] as const

/** A site with nothing but the SDK. */
export interface HostSite {
  readonly origin: string
  close(): Promise<void>
}

/** What a page around the checkout hears: events by their names, errors with what they say. */
export interface Heard {
  readonly type: string
  readonly payload?: { readonly message: string; readonly type: string; readonly subtype: string }
}

/** A page of another site, with the SDK on it. */
export interface HostPage {
  readonly page: Page
  readonly frame: FrameLocator
  /** Puts the checkout into the page, as a shop's script would; how that ended. */
  embed(
    url: string,
    styles?: object,
  ): Promise<{ readonly ok: boolean; readonly name?: string; readonly subtype?: string }>
  /** As if the window had been at our origin already, where sites that are not named do not come back from. */
  remember(): Promise<void>
  /** What the SDK's own callbacks were told. */
  heard(): Promise<readonly Heard[]>
  /** Every message that came from elsewhere, whatever the SDK made of it. */
  messages(): Promise<readonly { readonly origin: string; readonly data: unknown }[]>
  close(): Promise<void>
}

/** The SDK as one script for a page. */
export async function embeddingScript(module: string): Promise<string> {
  const built = await build({
    stdin: { contents: `export { embedCheckout } from '${module}'`, resolveDir: 'test/browser/sdk' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'embedKit',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  return built.outputFiles[0]?.text ?? ''
}

/** Runs in every page before its own scripts: keeps what comes from elsewhere. */
const listen = `window.heard = []; window.messages = [];
if (window.parent === window) addEventListener('message', ({ origin, data }) => messages.push({ origin, data }))`

/** What the SDK remembers of having sent the window to our origin. */
const isKnownKey = 'BigCommerce.EmbeddedCheckout.isCookieAllowed'

interface HostWindow {
  readonly embedKit: { embedCheckout(options: object): Promise<unknown> }
  heard: Heard[]
  messages: { origin: string; data: unknown }[]
}

/**
 * Opens a site at the first of these ports that is free.
 *
 * @param ports  0: any, which no channel names
 */
export async function openHostSite(script: string, ports: readonly number[]): Promise<HostSite> {
  const html = `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><script src="/sdk.js"></script><h1>Shop</h1><div id="checkout"></div>`
  const desk = createServer((request, response) => {
    const isScript = request.url === '/sdk.js'
    response.writeHead(200, { 'content-type': `${isScript ? 'text/javascript' : 'text/html'}; charset=utf-8` })
    response.end(isScript ? script : html)
  })
  for (const port of ports) {
    const isOpen = await new Promise<boolean>(resolve => {
      desk.once('error', () => resolve(false))
      desk.listen(port, 'localhost', () => resolve(true))
    })
    if (!isOpen) continue
    const { port: given } = desk.address() as AddressInfo
    const close = async () => {
      desk.closeAllConnections()
      await new Promise(resolve => desk.close(resolve))
    }
    return { origin: `http://localhost:${given}`, close }
  }
  throw new Error(`none of the ports ${ports.join(', ')} is free`)
}

/** As a browser that is set to keep no cookies of other sites. */
export async function blockForeignCookies(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true })
}

/** A shopper's window at a site around the checkout. */
export async function openHostPage(
  browser: Browser,
  { origin: site }: HostSite,
  blocksCookies: boolean,
): Promise<HostPage> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 900, height: 700 } })
  const page = await context.newPage()
  if (blocksCookies) await blockForeignCookies(page)
  await page.addInitScript(listen)
  await page.goto(`${site}/shop`)
  return {
    page,
    frame: page.frameLocator('#checkout iframe'),
    embed: async (url, styles) => {
      // The SDK first sends the window to our origin, once per browser; then the shop's script runs again.
      const isKnown = await page.evaluate(`localStorage.getItem('${isKnownKey}')`)
      if (isKnown === null) {
        const back = page.waitForEvent('load')
        await begin(page, url, styles).catch(() => undefined)
        await back
      }
      return begin(page, url, styles)
    },
    remember: async () => {
      await page.evaluate(`localStorage.setItem('${isKnownKey}', 'true');
localStorage.setItem('BigCommerce.EmbeddedCheckout.lastAllowCookieAttempt', String(Date.now()))`)
    },
    heard: () => page.evaluate(() => (globalThis as unknown as HostWindow).heard),
    messages: () => page.evaluate(() => (globalThis as unknown as HostWindow).messages),
    close: () => context.close(),
  }
}

function begin(page: Page, url: string, styles: object | undefined) {
  return page.evaluate(
    async ([url, styles]) => {
      const window = globalThis as unknown as HostWindow
      const hear = (event: Heard) => window.heard.push(JSON.parse(JSON.stringify(event)))
      try {
        await window.embedKit.embedCheckout({
          url,
          containerId: 'checkout',
          ...(styles === undefined ? {} : { styles }),
          onComplete: hear,
          onError: hear,
          onFrameLoad: hear,
          onLoad: hear,
          onSignOut: hear,
        })
        return { ok: true }
      } catch (caught) {
        const { name, subtype } = Object(caught)
        return { ok: false, name: String(name), subtype: String(subtype) }
      }
    },
    [url, styles] as const,
  )
}
