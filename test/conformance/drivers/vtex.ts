import { expect } from 'vitest'
import type { TestServer } from '../../support/test-server.js'
import { checkoutPath, clientOf, type VtexClient } from '../../wire/vtex/shop.js'
import type { Driver, Goods, SeenCart, SeenOrder, Shopper } from '../driver.js'

/** A guest; the id of the orderForm is what gives access to it. */
export const vtex: Driver = { dialect: 'vtex', channel: 'br', arrive }

/** What this API shows of a cart and of an order alike. */
interface Bought {
  readonly value: number
  readonly items: readonly { readonly refId: string; readonly quantity: number }[]
  readonly storePreferencesData: { readonly currencyCode: string }
}

async function arrive(server: TestServer): Promise<Shopper> {
  const client = clientOf(() => server)
  return {
    async begin(goods) {
      const id = await client.begin(await wireItems(server, goods))
      return { cartId: uuidOf(id) }
    },
    async readCart(cartId) {
      const answer = await client.form(cartId.replaceAll('-', ''), 'GET', '')
      expect(answer.status).toBe(200)
      // An id that nobody knows reads as an empty cart: this API has no other word for "none".
      return answer.json.items.length === 0 ? undefined : seen(answer.json)
    },
    place: cartId => place(client, cartId.replaceAll('-', '')),
    async readOrder(number) {
      const answer = await client.send('GET', `${checkoutPath}/orders/order-group/${number}`)
      // Whoever has no cookie of any order is told to prove something first.
      if (answer.status === 404 || answer.status === 401) return undefined
      expect(answer.status).toBe(200)
      return seenOrder(number, answer.json)
    },
  }
}

async function wireItems(server: TestServer, goods: readonly Goods[]) {
  const found = await server.operations.findVariants({
    channel: vtex.channel,
    key: { skus: goods.map(({ sku }) => sku) },
  })
  return goods.map(({ sku, quantity }) => {
    const known = found.find(({ variant }) => variant.sku === sku)
    return { id: String(known?.variant.variantId), quantity }
  })
}

function seen({ value, items, storePreferencesData }: Bought): SeenCart {
  const goods = items.map(({ refId, quantity }) => ({ sku: refId, quantity }))
  return { goods, currency: storePreferencesData.currencyCode, grandTotal: BigInt(value) }
}

function seenOrder(number: string, orders: readonly Bought[]): SeenOrder {
  const [first] = orders
  if (first === undefined) throw new Error('a group has an order')
  const grandTotal = orders.reduce((sum, order) => sum + BigInt(order.value), 0n)
  return { ...seen(first), grandTotal, goods: orders.flatMap(order => seen(order).goods), number }
}

function uuidOf(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const profile = {
  email: 'ana@shop.example',
  firstName: 'Ana',
  lastName: 'Souza',
  documentType: 'cpf',
  document: '52998224725',
  phone: '+5521999990000',
}

const address = {
  addressType: 'residential',
  receiverName: 'Ana Souza',
  postalCode: '22250040',
  country: 'BRA',
  state: 'RJ',
  city: 'Rio de Janeiro',
  street: 'Praia de Botafogo',
  number: '300',
  neighborhood: 'Botafogo',
}

async function place(client: VtexClient, id: string): Promise<string | undefined> {
  await client.form(id, 'POST', '/attachments/clientProfileData', profile)
  const form = await client.form(id, 'GET', '')
  const items: readonly unknown[] = form.json.items
  await client.form(id, 'POST', '/attachments/shippingData', {
    selectedAddresses: [address],
    logisticsInfo: items.map((_, itemIndex) => ({
      itemIndex,
      selectedSla: 'Normal',
      selectedDeliveryChannel: 'delivery',
    })),
  })
  const value = (await client.form(id, 'GET', '')).json.value
  const payment = { paymentSystem: 17, referenceValue: value, value, installments: 1 }
  await client.form(id, 'POST', '/attachments/paymentData', { payments: [payment] })
  const placed = await client.form(id, 'POST', '/transaction', {
    referenceId: id,
    value,
    referenceValue: value,
    interestValue: 0,
  })
  if (placed.status !== 200) return undefined
  const { orderGroup, merchantTransactions } = placed.json
  const [{ id: merchantName, transactionId }] = merchantTransactions
  const payments = [{ ...payment, currencyCode: 'BRL', fields: {}, transaction: { id: transactionId, merchantName } }]
  const paid = await client.send(
    'POST',
    `/api/pub/transactions/${transactionId}/payments?orderId=${orderGroup}`,
    payments,
  )
  expect(paid.status).toBe(201)
  const done = await client.send('POST', `${checkoutPath}/gatewayCallback/${orderGroup}`, {})
  expect(done.status).toBe(204)
  return orderGroup
}
