import { strict as assert } from 'node:assert'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Validates carts with the storefront server package of the platform against a running server that holds the demo store:
 * `tsx test/clients/vtex/faststore-cart.ts --packages FOLDER --base-url URL`. Ends with 1 and the failed comparison when
 * something is wrong. The package builds the platform's host names, so its fetch is sent to the server instead; the search
 * for products, which is no part of checkout, is answered here. How to get the packages: docs/dialects/vtex.md.
 */
interface Packages {
  readonly GraphqlVtexContextFactory: (options: object) => Promise<(context: object) => object>
  readonly GraphqlVtexSchema: () => object
  readonly graphql: (
    request: object,
  ) => Promise<{ readonly data?: CartAnswer | null; readonly errors?: readonly Error[] }>
}

interface CartAnswer {
  readonly validateCart: {
    readonly order: {
      readonly orderNumber: string
      readonly acceptedOffer: readonly {
        readonly quantity: number
        readonly price: number
        readonly listPrice: number
        readonly seller: { readonly identifier: string }
      }[]
    }
    readonly messages: readonly { readonly text: string; readonly status: string }[]
  } | null
}

const { values } = parseArgs({ options: { packages: { type: 'string' }, 'base-url': { type: 'string' } } })
const folder = resolve(values.packages ?? '.')
const baseUrl = values['base-url'] ?? 'http://localhost:8080'
const account = 'polytill'

const mutation = `mutation ($cart: IStoreCart!, $session: IStoreSession) {
  validateCart(cart: $cart, session: $session) {
    order { orderNumber acceptedOffer { quantity price listPrice seller { identifier } } }
    messages { text status }
  }
}`

/** Requests that went to the server, for whoever wonders what was sent. */
const sent: string[] = []

function redirectFetch(): void {
  const direct = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input))
    if (!url.hostname.startsWith(`${account}.`)) return direct(input, init)
    if (url.pathname.includes('search')) return Response.json(productOf(url))
    const answer = await direct(`${baseUrl}${url.pathname}${url.search}`, init)
    sent.push(`${init?.method ?? 'GET'} ${url.pathname}${url.search} ${answer.status}`)
    return answer
  }
}

/** The product of the SKU asked for, as far as a cart needs it. */
function productOf({ searchParams }: URL): object {
  const id = searchParams.get('value') ?? searchParams.get('sku') ?? ''
  const items = [{ itemId: id, name: `Product ${id}`, images: [], sellers: [], variations: [] }]
  return { productId: id, productName: `Product ${id}`, linkText: `product-${id}`, items }
}

function load(): Packages {
  const fromFolder = createRequire(resolve(folder, 'package.json'))
  return { ...fromFolder('@faststore/api'), graphql: fromFolder('graphql').graphql }
}

function offer(sku: string, quantity: number, price: number, listPrice = price): object {
  const itemOffered = { sku, name: `Product ${sku}`, image: [] }
  return { price, listPrice, quantity, seller: { identifier: '1' }, itemOffered }
}

async function main(): Promise<void> {
  redirectFetch()
  const { GraphqlVtexContextFactory, GraphqlVtexSchema, graphql } = load()
  const channel = JSON.stringify({ salesChannel: '1', regionId: '' })
  const options = { platform: 'vtex', account, environment: 'vtexcommercestable', channel, locale: 'pt-BR', flags: {} }
  const contextOf = await GraphqlVtexContextFactory(options)
  const schema = GraphqlVtexSchema()
  const session = {
    locale: 'pt-BR',
    currency: { code: 'BRL', symbol: 'R$' },
    country: 'BRA',
    channel,
    postalCode: '22250040',
  }
  const validate = async (orderNumber: string, acceptedOffer: readonly object[]) => {
    const cookie = orderNumber === '' ? '' : `checkout.vtex.com=__ofid=${orderNumber}`
    const contextValue = contextOf({ headers: { cookie, host: 'shop.example' } })
    const variableValues = { cart: { order: { orderNumber, acceptedOffer } }, session }
    const { data, errors } = await graphql({ schema, source: mutation, contextValue, variableValues })
    if (errors !== undefined) throw errors[0]?.cause ?? errors[0]
    return data?.validateCart ?? null
  }
  const begun = await validate('', [])
  assert.ok(begun, 'a browser without a cart gets one')
  const { orderNumber } = begun.order
  assert.match(orderNumber, /^[0-9a-f]{32}$/)
  const mugs = offer('18', 2, 12.5, 15)
  const changed = await validate(orderNumber, [offer('18', 2, 10)])
  const wanted = { quantity: 2, price: 12.5, listPrice: 15, seller: { identifier: '1' } }
  assert.deepEqual(JSON.parse(JSON.stringify(changed?.order.acceptedOffer)), [wanted], 'the store names the price')
  const again = await validate(orderNumber, [mugs])
  assert.deepEqual(again?.messages ?? [], [], 'the same cart again has nothing to tell')
  const more = await validate(orderNumber, [mugs, offer('901', 25, 5)])
  const quantities = more?.order.acceptedOffer.map(({ quantity }) => quantity)
  assert.deepEqual(quantities, [2, 20], 'what there is of it')
  assert.deepEqual(
    more?.messages.map(({ status }) => status),
    ['WARNING'],
  )
  const emptied = await validate(orderNumber, [])
  assert.deepEqual(emptied?.order.acceptedOffer ?? [], [])
  process.stdout.write(`${sent.length} requests, all as expected\n`)
}

main().catch((error: unknown) => {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${sent.join('\n')}\n${why}\n`)
  process.exitCode = 1
})
