/**
 * Takes pictures of the hosted checkout page in a Chromium, from a server with the demo store, into the folder given, and
 * puts those that the documents show into `docs/pictures`. Run it by `npx tsx scripts/page-pictures.ts FOLDER`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
/** What `docs` shows: pictures beside each other, by their names without ending. */
const kept: Readonly<Record<string, readonly string[]>> = {
  'checkout-details': ['desktop-1-details'],
  'checkout-payment-dark': ['desktop-dark-4-payment'],
  'checkout-review-german': ['desktop-german-5-review'],
  'checkout-phone': ['phone-3-delivery', 'phone-dark-4-payment', 'phone-5-review'],
  'checkout-order': ['desktop-7-order'],
}
const goods: readonly NewLine[] = [
  { sku: 'BREWER', quantity: 1 },
  { sku: 'MUG-1', quantity: 2 },
]

async function main(): Promise<void> {
  const [folder] = process.argv.slice(2)
  if (folder === undefined) throw new Error('name the folder where the pictures go')
  mkdirSync(folder, { recursive: true })
  const server = await startTestServer({})
  const executablePath = process.env.POLYTILL_CHROMIUM ?? '/usr/bin/chromium'
  const args = ['--no-sandbox', '--disable-quic', '--disable-background-networking']
  const browser = await chromium.launch({ executablePath, args })
  try {
    for (const { name, ...options } of shots) {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      await walk(server, page, step => page.screenshot({ path: join(folder, `${name}-${step}.png`), fullPage: true }))
      await context.close()
    }
    const page = await browser.newPage()
    for (const [name, parts] of Object.entries(kept)) {
      const pictures = parts.map(part => readFileSync(join(folder, `${part}.png`)).toString('base64'))
      writeFileSync(join('docs/pictures', `${name}.webp`), await joined(page, pictures))
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

/** Pictures beside each other as one WebP, made by the browser. */
async function joined(page: Page, pictures: readonly string[]): Promise<Buffer> {
  const url = await page.evaluate<string>(`(async () => {
    const images = await Promise.all(${JSON.stringify(pictures)}.map(async data => {
      const image = new Image()
      image.src = 'data:image/png;base64,' + data
      await image.decode()
      return image
    }))
    const gap = images.length > 1 ? 24 : 0
    const canvas = document.createElement('canvas')
    canvas.width = images.reduce((sum, { width }) => sum + width + gap, -gap)
    canvas.height = Math.max(...images.map(({ height }) => height))
    const brush = canvas.getContext('2d')
    let left = 0
    for (const image of images) {
      brush.drawImage(image, left, 0)
      left += image.width + gap
    }
    return canvas.toDataURL('image/webp', 0.6)
  })()`)
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

await main()
