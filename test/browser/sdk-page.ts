import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import type { ShopOrigin, StaticFile } from '../support/shop-origin.js'
import type { TestAnswer } from '../support/test-server.js'

/** Releases of the Checkout SDK that are driven, and where `test/browser/sdk` has them. */
export const releases = [
  {
    version: '1.983.2',
    module: '@bigcommerce/checkout-sdk',
    /** Class of the error for a missing shipping option. */
    missingShipping: 'MissingShippingMethodError',
  },
  // Its module build asks for a module of Node, which today's bundlers leave out; the browser build is whole.
  {
    version: '1.234.0',
    module: 'checkout-sdk-1-234/dist/checkout-sdk.umd.js',
    missingShipping: 'UnrecoverableError',
  },
] as const

export type Release = (typeof releases)[number]

const pagePath = '/checkout-sdk-test'

/**
 * A page with nothing but the SDK on it, bundled as a shop's own script would be.
 *
 * @throws Error when the release is not installed: `npm ci --prefix test/browser/sdk`
 */
export async function sdkFiles({ module }: Release): Promise<ReadonlyMap<string, StaticFile>> {
  const built = await build({
    stdin: {
      contents: `export { createCheckoutService } from '${module}'`,
      resolveDir: 'test/browser/sdk',
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'checkoutKit',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  const [script] = built.outputFiles
  if (script === undefined) throw new Error('the bundler wrote nothing')
  // Browsers ask for an icon otherwise.
  const head = `<title>Checkout</title><link rel="icon" href="data:,"><script src="${pagePath}.js"></script>`
  const html = `<!doctype html><html lang="en">${head}<main id="checkout"></main></html>`
  return new Map<string, StaticFile>([
    [pagePath, { type: 'text/html', content: html }],
    [`${pagePath}.js`, { type: 'text/javascript', content: script.contents }],
  ])
}

/** What the SDK holds; of any shape, as the bodies of answers are. */
type Held = TestAnswer['json']

/** What came of one call: what the SDK holds then, or the error that it threw. */
export interface Outcome {
  readonly checkout: Held
  readonly order: Held
  readonly customer: Held
  readonly methods: Held
  readonly instruments: Held
  readonly error?: SdkError
}

/** An error of the SDK, by its class's own names. */
export interface SdkError {
  readonly name: string
  readonly type: string
  readonly message: string
  /** Of the answer behind it, where there was one. */
  readonly status?: number
  readonly errors?: readonly { readonly code: string; readonly message: string }[]
}

interface KitService {
  getState(): { readonly data: Readonly<Record<string, () => unknown>> }
  readonly [action: string]: (...args: readonly unknown[]) => unknown
}

interface KitWindow {
  readonly checkoutKit: { createCheckoutService(): KitService }
  service?: KitService
}

/** A shopper's browser window with the SDK in it. */
export interface SdkPage {
  /** Puts goods into the session's cart as a shop's theme does, by `fetch`; the cart's id. */
  addToCart(goods: readonly Goods[]): Promise<string>
  /** Calls the SDK's checkout service; fails when the call does. */
  call(action: string, ...args: readonly unknown[]): Promise<Outcome>
  /** Calls the SDK's checkout service; the error that it threw. Fails when the call does not. */
  refusal(action: string, ...args: readonly unknown[]): Promise<SdkError>
  /** Loads the page anew: another checkout service, the same session. */
  reload(): Promise<void>
  /** What went wrong in the window besides: script errors, requests to other origins. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

interface Goods {
  readonly productId: number
  readonly variantId: number
  readonly quantity: number
}

/** A window of a browser that has been nowhere yet. */
export async function openSdkPage(browser: Browser, shop: ShopOrigin): Promise<SdkPage> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const complaints = watch(page, shop.origin)
  const open = async () => {
    await page.goto(`${shop.origin}${pagePath}`)
    await page.evaluate(() => {
      const window = globalThis as unknown as KitWindow
      window.service = window.checkoutKit.createCheckoutService()
    })
  }
  await open()
  const run = (action: string, args: readonly unknown[]) => callInPage(page, action, args)
  return {
    addToCart: goods => addInPage(page, goods),
    call: async (action, ...args) => {
      const outcome = await run(action, args)
      if (outcome.error !== undefined) throw new Error(`${action}: ${JSON.stringify(outcome.error)}`)
      return outcome
    },
    refusal: async (action, ...args) => {
      const { error } = await run(action, args)
      if (error === undefined) throw new Error(`${action} was not refused`)
      return error
    },
    reload: open,
    complaints,
    close: () => context.close(),
  }
}

function watch(page: Page, origin: string): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(String(error)))
  page.on('request', request => {
    if (!request.url().startsWith(`${origin}/`)) complaints.push(`request to ${request.url()}`)
  })
  return complaints
}

/** Runs in the page; nothing from outside may be used in it. */
function callInPage(page: Page, action: string, args: readonly unknown[]): Promise<Outcome> {
  return page.evaluate(
    async ([action, args]) => {
      const { service } = globalThis as unknown as KitWindow
      if (typeof service?.[action] !== 'function') throw new Error(`the SDK has no ${action}`)
      const plain = (value: unknown) => (value === undefined ? null : JSON.parse(JSON.stringify(value)))
      let thrown: object = {}
      try {
        await service[action]?.(...args)
      } catch (caught) {
        const { name, type, message, status, errors } = Object(caught)
        thrown = { error: plain({ name, type, message, status, errors }) }
      }
      const { data } = service.getState()
      return {
        checkout: plain(data.getCheckout?.()),
        order: plain(data.getOrder?.()),
        customer: plain(data.getCustomer?.()),
        methods: plain(data.getPaymentMethods?.()),
        instruments: plain(data.getInstruments?.()),
        ...thrown,
      }
    },
    [action, args] as const,
  )
}

function addInPage(page: Page, goods: readonly Goods[]): Promise<string> {
  return page.evaluate(async lineItems => {
    const answer = await fetch('/api/storefront/carts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lineItems }),
    })
    if (!answer.ok) throw new Error(await answer.text())
    const cart: { readonly id: string } = Object(await answer.json())
    return cart.id
  }, goods)
}
