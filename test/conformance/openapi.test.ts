import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dialects } from '../../src/dialects/index.js'
import { requestTemplate } from '../support/databases.js'
import { type RecordedExchange, recordInto } from '../support/record-exchanges.js'
import { startTestServer, type TestServer } from '../support/test-server.js'
import { drivers } from './drivers.js'

/** The hosted page is driven too, and is no API. */
const apis = drivers.filter(driver => dialects.some(({ name }) => name === driver.dialect))

/** Answers of a whole purchase are what docs/openapi says that they are. */
describe('docs/openapi tells the truth', () => {
  const exchanges: RecordedExchange[] = []
  let server: TestServer | undefined
  beforeAll(async () => {
    await requestTemplate()
    server = await startTestServer({ wrap: recordInto(exchange => void exchanges.push(exchange)) })
  })
  afterAll(() => server?.close())

  it.each(apis.map(driver => ({ name: driver.dialect, driver })))('of a purchase by $name', async ({ driver }) => {
    if (server === undefined) throw new Error('the server starts before the first test')
    exchanges.length = 0
    const shopper = await driver.arrive(server)
    const { cartId } = await shopper.begin([
      { sku: 'MUG-1', quantity: 1 },
      { sku: 'TEE-1', quantity: 2 },
    ])
    await shopper.readCart(cartId)
    const number = await shopper.place(cartId)
    if (number !== undefined) await shopper.readOrder(number)
    expect(exchanges.length).toBeGreaterThan(4)
    const document = readDocument(driver.dialect)
    expect(exchanges.flatMap(exchange => faultsOf(document, exchange))).toEqual([])
  })

  it('and a check of answers can fail', () => {
    const document = readDocument('vtex')
    const exchange: RecordedExchange = {
      dialect: 'vtex',
      method: 'GET',
      path: '/api/checkout/pub/orderForm/:orderFormId',
      query: [],
      request: {},
      status: 200,
      response: { type: 'application/json', json: { orderFormId: 7 } },
    }
    expect(faultsOf(document, exchange)).not.toEqual([])
    expect(faultsOf(document, { ...exchange, status: 299 })).not.toEqual([])
  })
})

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly ajv: Ajv2020
}

function readDocument(name: string): Document {
  const file = fileURLToPath(new URL(`../../docs/openapi/${name}.json`, import.meta.url))
  const document = JSON.parse(readFileSync(file, 'utf8'))
  const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false, allErrors: true })
  ajv.addSchema(document, 'document')
  return { paths: document.paths, ajv }
}

function faultsOf({ paths, ajv }: Document, { method, path, status, response }: RecordedExchange): readonly string[] {
  const bare = (each: string) => each.replaceAll(/:\w+|\{\w+\}/g, '{}')
  const key = Object.keys(paths).find(each => bare(each) === bare(path))
  const where = `${method} ${path} ${status}`
  if (key === undefined) return [`${where}: no such path`]
  const pointer = ['paths', key, method.toLowerCase(), 'responses', String(status)]
  const asPointer = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
  if (!isThere(paths[key], pointer.slice(2))) return [`${where}: no such answer`]
  if (!('json' in response) || response.type === undefined) return []
  const schema = [...pointer, 'content', response.type, 'schema']
  if (!isThere(paths[key], schema.slice(2))) return [`${where}: no body of ${response.type}`]
  const check = ajv.compile({ $ref: `document#/${schema.map(asPointer).join('/')}` })
  check(response.json)
  return (check.errors ?? []).map(error => `${where}: ${error.instancePath} ${error.message}`)
}

function isThere(value: unknown, path: readonly string[]): boolean {
  const [first, ...rest] = path
  if (first === undefined) return value !== undefined
  if (typeof value !== 'object' || value === null) return false
  return isThere(Object.getOwnPropertyDescriptor(value, first)?.value, rest)
}
