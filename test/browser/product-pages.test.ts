import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { liveCheckouts } from '../../src/pages/start/live-checkouts.js'
import { describeInChromium } from '../support/chromium.js'
import { requestTemplate } from '../support/databases.js'
import { startTestServer, type TestServer } from '../support/test-server.js'

/** The start page and the API reference, as people see them. */
describeInChromium('pages about the product, in Chromium', browser => {
  let server: TestServer | undefined
  beforeAll(async () => {
    await requestTemplate()
    server = await startTestServer({})
  })
  afterAll(() => server?.close())
  const base = () => server?.baseUrl ?? ''

  describe.each([
    { width: 320, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const)('at $width pixels, $colorScheme', look => {
    it.each(['/', '/docs', '/docs/admin', '/docs/spree#postApiOrders'])('%s can be used by everybody', async path => {
      await withPage(browser(), look, async page => {
        await page.goto(base() + path)
        expect(await faultsOf(page)).toEqual([])
      })
    })

    it('a purchase that was run can be read by everybody', async () => {
      await withPage(browser(), look, async page => {
        await page.goto(base())
        await page.locator('button[data-product]').first().click()
        await page.locator('#cart-total').waitFor()
        await run(page, 'spryker')
        for (const summary of await page.locator('#steps-spryker summary').all()) await summary.click()
        expect(await faultsOf(page)).toEqual([])
      })
    })
  })

  it.each(liveCheckouts.map(each => each.dialect))('the start page runs a purchase by %s', async dialect => {
    await withPage(browser(), {}, async page => {
      await page.goto(base())
      expect(await run(page, dialect)).toMatch(/^Order \S+: \d requests in \d+ ms\.$/)
      const plan = liveCheckouts.find(each => each.dialect === dialect)
      expect(await page.locator(`#steps-${dialect} > li`).count()).toBe(plan?.steps.length)
    })
  })

  it('the demo cart keeps its goods when the page is loaded again', async () => {
    await withPage(browser(), {}, async page => {
      await page.goto(base())
      await page.getByRole('button', { name: 'Add to cart: Mug' }).click()
      await page.getByText('Mug is in the cart.').waitFor()
      await page.getByRole('button', { name: 'Add to cart: T-shirt' }).click()
      await page.getByText('T-shirt is in the cart.').waitFor()
      await page.reload()
      await page.locator('#cart-total').waitFor()
      expect(await page.locator('#cart-lines li').allTextContents()).toEqual(['1 × Mug$12.50', '1 × T-shirt$40.00'])
      expect(await page.locator('#cart-total').textContent()).toBe('$52.50')
    })
  })

  it('the reference narrows to what is typed', async () => {
    await withPage(browser(), {}, async page => {
      await page.goto(`${base()}/docs/vtex`)
      await page.getByLabel('Find an endpoint').fill('put price')
      await page.getByText(/^\d+ of \d+$/).waitFor()
      const shown = await page.locator('section .endpoint:visible > summary').allTextContents()
      expect(shown.length).toBeGreaterThan(0)
      for (const text of shown) expect(text.toLowerCase()).toMatch(/put.*price|price.*put/s)
    })
  })
})

async function run(page: Page, dialect: string): Promise<string> {
  await page.locator(`button[data-runs=${dialect}]`).click()
  const said = page.locator(`#ran-${dialect}`)
  await said.filter({ hasText: /^(Order|Stopped|The server)/ }).waitFor()
  return (await said.textContent()) ?? ''
}

/** What axe finds, and whether the page is wider than the window. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')}`))
  const excess = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  return excess === 0 ? found : [...found, `${excess} pixels too wide`]
}

async function withPage(
  browser: Browser,
  look: { readonly width?: number; readonly colorScheme?: 'light' | 'dark' },
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const { width = 1280, colorScheme = 'light' } = look
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
  const complaints: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', message => void (message.type() === 'error' && complaints.push(message.text())))
    page.on('pageerror', error => void complaints.push(error.message))
    await use(page)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
  }
}
