/**
 * Takes pictures of the hosted checkout page in a Chromium, from a server with the demo store, into the folder given
 * (`docs/pictures` keeps some of them). Run it by `npx tsx scripts/page-pictures.ts FOLDER [NAME]`.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { NewLine } from '../src/operations/operations.js'
import { startTestServer, type TestServer } from '../test/support/test-server.js'

interface Shot extends BrowserContextOptions {
  readonly name: string
}

const desktop = { viewport: { width: 1280, height: 900 }, locale: 'en-US' }
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US' }
const shots: readonly Shot[] = [
  { name: 'desktop', ...desktop },
  { name: 'desktop-dark', ...desktop, colorScheme: 'dark' },
  { name: 'desktop-german', ...desktop, locale: 'de-DE' },
  { name: 'phone', ...phone },
  { name: 'phone-dark', ...phone, colorScheme: 'dark' },
  { name: 'narrow', viewport: { width: 320, height: 640 }, locale: 'pt-BR' },
]
const goods: readonly NewLine[] = [
  { sku: 'BREWER', quantity: 1 },
  { sku: 'MUG-1', quantity: 2 },
]

async function main(): Promise<void> {
  const [folder, only] = process.argv.slice(2)
  if (folder === undefined) throw new Error('name the folder where the pictures go')
  mkdirSync(folder, { recursive: true })
  const server = await startTestServer({})
  const executablePath = process.env.POLYTILL_CHROMIUM ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking']
  const browser = await chromium.launch({ executablePath, args })
  try {
    for (const { name, ...options } of shots.filter(shot => only === undefined || shot.name === only)) {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      await walk(server, page, step => page.screenshot({ path: join(folder, `${name}-${step}.png`), fullPage: true }))
      await context.close()
    }
  } finally {
    await browser.close()
    await server.close()
  }
}

async function linkTo(server: TestServer, channel: string, lines: readonly NewLine[]): Promise<string> {
  const made = await server.operations.createCart({ kind: 'anonymous' }, { channel, lines })
  if (!made.ok) throw new Error(made.error.code)
  return server.operations.linkCheckout({ cartId: made.value.cart.cart.id })
}

async function walk(server: TestServer, page: Page, shoot: (step: string) => Promise<unknown>): Promise<void> {
  const go = () => page.click('.actions .go')
  await page.goto(await linkTo(server, 'us', goods))
  await shoot('1-details')
  await go()
  await page.waitForSelector('#errors')
  await shoot('2-errors')
  const fields = {
    email: 'ana@example.test',
    firstName: 'Ana',
    lastName: 'Ruiz',
    line1: '9 Elm St',
    city: 'Austin',
    postalCode: '78701',
  }
  for (const [name, value] of Object.entries(fields))
    await page.fill(name === 'email' ? '#email' : `#s0-${name}`, value)
  await page.selectOption('#s0-subdivision', 'TX')
  await go()
  await page.waitForURL(/\/delivery/)
  await page.check('input[value=ship-by-weight]')
  await shoot('3-delivery')
  await go()
  await page.waitForURL(/\/payment/)
  await page.click('.more summary')
  await page.fill('#code', 'SAVE20')
  await page.click('button[value=apply]')
  await page.waitForURL(/added=/)
  await page.check('input[value=bigpaypay]')
  await shoot('4-payment')
  await go()
  await page.waitForURL(/\/review/)
  await shoot('5-review')
  await go()
  await page.waitForURL(/\/sandbox\//)
  await shoot('6-sandbox')
  await page.click('button[value=approved]')
  await page.waitForURL(/\/order/)
  await shoot('7-order')
  await page.goto(`${server.baseUrl}/pay/nothing`)
  await shoot('8-gone')
}

await main()
