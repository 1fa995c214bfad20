import type { AroundStep, Checkout } from './flow.js'
import { expectStatus, type HttpConnection, openConnection } from './http-connection.js'

/** Shoppers of a Vendure shop. */
export interface Vendure {
  readonly checkout: Checkout
  close(): void
}

/** What shoppers choose from and choose, looked up once. */
interface Offer {
  readonly variants: readonly string[]
  readonly shippingMethod: string
  readonly paymentMethod: string
}

const path = '/shop-api'
/** As much as a storefront shows of a cart. */
const order = `__typename
  ... on Order { id code state totalWithTax lines { id quantity linePriceWithTax productVariant { sku name } } }
  ... on ErrorResult { errorCode message }`
const address =
  '{ fullName: "Ada Bench", streetLine1: "Example street 7", city: "Berlin", postalCode: "10115", countryCode: "DE" }'

/**
 * Looks around in the shop at `baseUrl`. It must sell something, name its sessions by bearer tokens, ship to Germany, and
 * offer guests a way to pay that settles at once. Source: the shop API of Vendure 3.7, whose answers were tried.
 *
 * @throws Error that says what the shop lacks
 */
export async function openVendure(baseUrl: string, shoppers: number): Promise<Vendure> {
  const scout = openConnection(baseUrl)
  const offer = await lookAround(scout).finally(() => scout.close())
  const lanes = Array.from({ length: shoppers }, () => openConnection(baseUrl))
  let checkouts = 0
  return {
    checkout: {
      steps: ['add item 1', 'add item 2', 'addresses', 'shipping', 'pay'],
      async run(lane, around) {
        const connection = lanes[lane]
        if (connection === undefined) throw new Error(`No connection for shopper ${lane}`)
        checkouts += 1
        await buy(connection, offer, `bench-${process.pid}-${checkouts}@polytill.test`, around)
      },
    },
    close: () => {
      for (const connection of lanes) connection.close()
    },
  }
}

/** Several mutations travel in one request where a storefront could send them together. */
async function buy(connection: HttpConnection, offer: Offer, email: string, around: AroundStep): Promise<void> {
  const item = () => offer.variants[Math.floor(Math.random() * offer.variants.length)]
  const requests = [
    `mutation { addItemToOrder(productVariantId: "${item()}", quantity: 1) { ${order} } }`,
    `mutation { addItemToOrder(productVariantId: "${item()}", quantity: 1) { ${order} } }`,
    `mutation {
      setCustomerForOrder(input: { firstName: "Ada", lastName: "Bench", emailAddress: "${email}" }) { __typename }
      setOrderShippingAddress(input: ${address}) { __typename }
      setOrderBillingAddress(input: ${address}) { ${order} } }`,
    `mutation { setOrderShippingMethod(shippingMethodId: ["${offer.shippingMethod}"]) { ${order} } }`,
    `mutation {
      transitionOrderToState(state: "ArrangingPayment") { __typename }
      addPaymentToOrder(input: { method: "${offer.paymentMethod}", metadata: {} }) { ${order} } }`,
  ]
  let token: string | undefined
  let last = ''
  for (const [step, query] of requests.entries()) {
    await around(step, async () => {
      const answer = await ask(connection, query, token)
      token ??= answer.token
      last = answer.text
    })
  }
  if (!last.includes('"state":"PaymentSettled"'))
    throw new Error(`Vendure did not settle the payment: ${last.slice(0, 500)}`)
}

async function lookAround(connection: HttpConnection): Promise<Offer> {
  const query = async (text: string, token?: string) => {
    const answer = await ask(connection, text, token)
    return { token: answer.token, data: JSON.parse(answer.text).data }
  }
  const { data } = await query('{ products(options: { take: 100 }) { items { variants { id } } } }')
  const variants: readonly string[] = data.products.items.flatMap((product: { variants: readonly { id: string }[] }) =>
    product.variants.map(({ id }) => id),
  )
  if (variants.length === 0) throw new Error('Vendure sells nothing')
  const first = `mutation { addItemToOrder(productVariantId: "${variants[0]}", quantity: 1) { ${order} } }`
  const { token } = await query(first)
  if (token === undefined)
    throw new Error('Vendure answered no vendure-auth-token: set authOptions.tokenMethod to bearer')
  await query(`mutation { setOrderShippingAddress(input: ${address}) { ${order} } }`, token)
  const offers = await query('{ eligibleShippingMethods { id } eligiblePaymentMethods { code isEligible } }', token)
  const shippingMethod = offers.data.eligibleShippingMethods[0]?.id
  const paymentMethod = offers.data.eligiblePaymentMethods.find(
    (method: { isEligible: boolean }) => method.isEligible,
  )?.code
  if (shippingMethod === undefined || paymentMethod === undefined) {
    throw new Error(`Vendure offers no shipping or no payment: ${JSON.stringify(offers.data)}`)
  }
  return { variants, shippingMethod, paymentMethod }
}

async function ask(connection: HttpConnection, query: string, token?: string) {
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` }
  const headers = { 'content-type': 'application/json', ...authorization }
  const answer = await connection.send('POST', path, { headers, body: JSON.stringify({ query }) })
  const text = expectStatus(answer, 200)
  if (text.includes('"errors":') || text.includes('"errorCode":'))
    throw new Error(`Vendure refused: ${text.slice(0, 500)}`)
  return { text, token: /\r\nvendure-auth-token: *([^\r\n]+)/i.exec(answer.head)?.[1] }
}
