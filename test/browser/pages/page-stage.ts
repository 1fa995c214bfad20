import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { NewLine } from '../../../src/operations/operations.js'
import { startTestServer, type TestServer } from '../../support/test-server.js'

/** What every page has to keep: WCAG 2.2, levels A and AA. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** A shop, and shoppers in a real browser. */
export interface PageStage {
  server(): TestServer
  /** A shopper at the page of a new cart in the channel `us`; complaints of the browser fail the test. */
  open(lines: readonly NewLine[], options?: BrowserContextOptions & { readonly channel?: string }): Promise<Shopper>
}

export interface Shopper {
  readonly page: Page
  readonly context: BrowserContext
  readonly cartId: string
}

/** Hooks that start a server of its own with the demo store, and close what a test opened. */
export function usePageStage(browser: () => Browser): PageStage {
  let running: TestServer | undefined
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  const server = () => {
    if (running === undefined) throw new Error('the shop opens before the first test')
    return running
  }
  beforeAll(async () => {
    running = await startTestServer({})
  })
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map(context => context.close()))
    expect(complaints.splice(0)).toEqual([])
  })
  afterAll(() => running?.close())
  return {
    server,
    open: async (lines, { channel = 'us', ...options } = {}) => {
      const context = await browser().newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options })
      contexts.push(context)
      const page = await context.newPage()
      page.on('console', message => {
        // A refused form is told by its status, which the browser notes.
        const isExpected = /status of (404|409|410|422)/.test(message.text())
        if (message.type() === 'error' && !isExpected) complaints.push(message.text())
      })
      page.on('pageerror', error => complaints.push(String(error)))
      page.on('request', request => {
        const { origin, protocol } = new URL(request.url())
        if (protocol.startsWith('http') && origin !== server().baseUrl) complaints.push(`asked ${request.url()}`)
      })
      const { operations } = server()
      const made = await operations.createCart({ kind: 'anonymous' }, { channel, lines })
      if (!made.ok) throw new Error(made.error.code)
      const cartId = made.value.cart.cart.id
      await page.goto(await operations.linkCheckout({ cartId }))
      return { page, context, cartId }
    },
  }
}

/** Ana in Austin, by the ids of the fields. */
export const ana = {
  email: 'ana@example.test',
  's0-firstName': 'Ana',
  's0-lastName': 'Ruiz',
  's0-line1': '9 Elm St',
  's0-city': 'Austin',
  's0-postalCode': '78701',
} as const

/** Types the details and goes on. */
export async function fillDetails(page: Page, more: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const [id, value] of Object.entries({ ...ana, ...more })) await page.fill(`#${id}`, value)
  await page.selectOption('#s0-subdivision', 'TX')
  await goOn(page, 'delivery')
}

/** Presses the button that goes on, and waits for the page that it leads to. */
export async function goOn(page: Page, to: string): Promise<void> {
  await page.click('.actions .go')
  await page.waitForURL(url => url.pathname.includes(`/${to}`))
}

/** Chooses a way of delivery and goes on. */
export async function chooseDelivery(page: Page, option = 'ship-by-weight'): Promise<void> {
  await page.check(`input[value=${option}]`)
  await goOn(page, 'payment')
}

/** Chooses a way to pay and goes on. */
export async function choosePayment(page: Page, method: string): Promise<void> {
  await page.check(`input[value=${method}]`)
  await goOn(page, 'review')
}

/** Nothing that axe knows of is wrong with the page as it is, and nothing stands beyond its edge. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  const found = violations.map(({ id, nodes }) => `${state}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect(found).toEqual([])
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect([state, overflow]).toEqual([state, 0])
}
