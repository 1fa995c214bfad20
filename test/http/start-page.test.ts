import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPlainDialect } from '../../src/http/plain-dialect.js'
import { demoImageRoute } from '../../src/pages/demo-images.js'
import { policyHash } from '../../src/pages/html.js'
import { type StartPageFacts, startPageRoute } from '../../src/pages/start/start-page.js'
import { createTestServer, mounted, type TestServer } from './test-server.js'

const facts: StartPageFacts = {
  version: '9.8.7',
  database: 'PostgreSQL at db.test/shop',
  dialects: origin => [
    {
      name: 'shop',
      title: 'Shop <API>',
      baseUrls: [origin],
      sampleTitle: 'Add "a thing"',
      curl: `curl '${origin}/x' -d '{"a":1}' && echo <done>`,
    },
  ],
}

const channel = {
  id: 'de',
  name: 'Germany & <friends>',
  currencies: ['EUR', 'CHF'],
  priceMode: 'gross',
  locales: ['en_US'],
  allowedOrigins: [],
  settings: {},
} as const

let directory = ''
let server: TestServer
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'polytill-images-'))
  await writeFile(join(directory, 'mug.svg'), '<svg/>')
  await writeFile(join(directory, 'secret.txt'), 'secret')
  const pages = createPlainDialect('pages', [startPageRoute(facts), demoImageRoute(directory)])
  server = createTestServer([mounted(pages, { house: 'pages' })], { channels: [channel] })
})
afterAll(async () => {
  await server.close()
  await rm(directory, { recursive: true })
})

const get = (url: string) => server.inject({ method: 'GET', url, headers: { host: 'till.test:8080' } })

describe('the start page', () => {
  test('tells version, database, channels, and a request to try with the address that the reader used', async () => {
    const { status, body } = await get('/')
    expect(status).toBe(200)
    expect(body).toContain('9.8.7')
    expect(body).toContain('PostgreSQL at db.test/shop')
    expect(body).toContain('EUR, CHF')
    expect(body).toContain('curl &#39;http://till.test:8080/x&#39; -d &#39;{&quot;a&quot;:1}&#39;')
  })

  test('escapes what a shop wrote', async () => {
    const { body } = await get('/')
    expect(body).toContain('Germany &amp; &lt;friends&gt;')
    expect(body).toContain('Shop &lt;API&gt;')
    expect(body).not.toContain('<friends>')
  })

  test('runs and loads nothing that its policy does not name', async () => {
    const { body, headers } = await get('/')
    const policy = String(headers['content-security-policy'])
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? ''
    const script = /<script>([\s\S]*?)<\/script>/.exec(body)?.[1] ?? ''
    expect(policy).toContain(`style-src ${policyHash(style)}`)
    expect(policy).toContain(`script-src ${policyHash(script)}`)
    expect(policy).toMatch(/^default-src 'none'/)
    expect(policy).not.toContain('unsafe')
    expect(body).not.toMatch(/\s(style|on\w+)=/)
  })

  test('names its language, its headings in order, and its scrolling parts', async () => {
    const { body } = await get('/')
    expect(body).toContain('<html lang="en">')
    const levels = [...body.matchAll(/<h([1-6])/g)].map(match => Number(match[1]))
    expect(levels[0]).toBe(1)
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
    for (const [tag] of body.matchAll(/<pre[^>]*>/g)) expect(tag).toMatch(/tabindex="0" role="region" aria-label="/)
  })
})

describe('the pictures of the demo store', () => {
  test('are served as pictures', async () => {
    expect(await get('/demo/images/mug.svg')).toMatchObject({
      status: 200,
      body: '<svg/>',
      headers: { 'content-type': 'image/svg+xml' },
    })
  })

  test.each(['/demo/images/none.svg', '/demo/images/secret.txt', '/demo/images/..%2Fmug.svg', '/demo/images/%2e%2e'])(
    '%s is not there',
    async url => {
      expect((await get(url)).status).toBe(404)
    },
  )
})
