import { describe, expect, it } from 'vitest'
import {
  address,
  card,
  checkout,
  customerBasket,
  guestBasket,
  included,
  invoice,
  newGuest,
  notebook,
  orderAddress,
  purchase,
  warranty,
} from '../basket.js'
import { describeGlue, expectError, expectFieldErrors, type Glue, type GlueAnswer } from '../glue.js'

const unknown = '00000000-0000-4000-8000-000000000000'
const canon = '005_30663301'
const one = { sku: notebook, quantity: 1 }

function expectPlaced(answer: GlueAnswer): string {
  expect(answer.json.errors).toBeUndefined()
  expect(answer.status).toBe(201)
  return answer.json.data.attributes.orderReference
}

/** Several errors, in order. */
function expectErrors(answer: GlueAnswer, code: string, details: readonly string[]): void {
  expect(answer.status).toBe(422)
  expect(answer.json).toEqual({ errors: details.map(detail => ({ code, detail, status: 422 })) })
}

function itemsOf(order: Readonly<Record<string, unknown>> = {}): readonly { readonly uuid: string }[] {
  return (order.items ?? []) as readonly { readonly uuid: string }[]
}

async function storedAddress(glue: Glue, reference: string, token: string): Promise<string> {
  const attributes = { ...address, isDefaultBilling: true, isDefaultShipping: true }
  const answer = await glue.send('POST', `/customers/${reference}/addresses`, {
    token,
    data: { type: 'addresses', attributes },
  })
  return answer.json.data.id
}

function split(cartId: string, shipments: readonly object[]): object {
  const { shipment: _shipment, shippingAddress: _address, ...rest } = purchase(cartId)
  return { ...rest, shipments }
}

describeGlue('checkout', glue => {
  describe('a purchase, POST /checkout,', () => {
    it('of a customer needs no customer data, and is in the history', async () => {
      const { token, cartId } = await customerBasket(glue, one)
      const { customer: _, ...attributes } = purchase(cartId)
      const answer = await checkout(glue, { token }, attributes)
      const reference = expectPlaced(answer)
      expect(answer.json).toEqual({
        data: {
          type: 'checkout',
          id: null,
          attributes: { orderReference: reference, redirectUrl: null, isExternalRedirect: null },
          links: { self: `${glue.baseUrl()}/checkout` },
        },
      })
      expect((await glue.send('GET', `/orders/${reference}`, { token })).status).toBe(200)
      expect((await glue.send('GET', '/carts', { token })).json.data).toEqual([])
    })

    it('shows shipments before the order that they belong to', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const answer = await checkout(glue, who, purchase(cartId), '?include=orders,order-shipments')
      const reference = expectPlaced(answer)
      const [order] = included(answer, 'orders')
      const uuids = itemsOf(order?.attributes).map(({ uuid }) => uuid)
      expect(answer.json.included.map(({ type }: { type: string }) => type)).toEqual(['order-shipments', 'orders'])
      expect(answer.json.included[0].attributes).toEqual({
        itemUuids: uuids,
        methodName: 'Standard',
        carrierName: 'Spryker Dummy Shipment',
        requestedDeliveryDate: null,
        shippingAddress: orderAddress,
      })
      expect(order?.id).toBe(reference)
    })

    it('is sent to stored addresses named by id alone', async () => {
      const { token, reference, cartId } = await customerBasket(glue, one)
      const id = await storedAddress(glue, reference, token)
      const attributes = purchase(cartId, { billingAddress: { id }, shippingAddress: { id } })
      const answer = await checkout(glue, { token }, attributes, '?include=orders')
      expectPlaced(answer)
      const order = included(answer, 'orders')[0]?.attributes
      expect(order).toMatchObject({ billingAddress: orderAddress, shippingAddress: orderAddress })
    })

    it('falls back to the parts where an address id is unknown, and asks for them where they are not there', async () => {
      const { token, cartId } = await customerBasket(glue, one)
      const lost = purchase(cartId, { billingAddress: { id: unknown } })
      const refused = await checkout(glue, { token }, lost)
      expect(refused.status).toBe(422)
      expect(refused.json.errors).toHaveLength(8)
      expect(refused.json.errors[0]).toEqual({
        code: '901',
        detail: 'billingAddress.salutation => This field is missing.',
        status: 422,
      })
      const whole = purchase(cartId, { billingAddress: { ...address, id: unknown } })
      expectPlaced(await checkout(glue, { token }, whole))
    })

    it('ignores address ids of guests', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      expectFieldErrors(
        await checkout(glue, who, purchase(cartId, { billingAddress: { id: unknown, ...address, city: '' } })),
        [
          'billingAddress.city => This value should not be blank.',
          'billingAddress.city => This value is too short. It should have 3 characters or more.',
        ],
      )
      expectPlaced(await checkout(glue, who, purchase(cartId, { billingAddress: { ...address, id: unknown } })))
    })

    it('in net prices adds the tax: golden sample H', async () => {
      // The demo store has gross prices only, so a net cart can hold nothing.
      const { token } = await glue.newCustomer()
      const data = { type: 'carts', attributes: { priceMode: 'NET_MODE', currency: 'EUR', store: 'DE' } }
      const cart = await glue.send('POST', '/carts', { token, data })
      const item = await glue.send('POST', `/carts/${cart.json.data.id}/items`, {
        token,
        data: { type: 'items', attributes: one },
      })
      expectError(item, 422, '102', `Product "${notebook}" has no price in this currency and price mode`)
    })
  })

  describe('split shipments', () => {
    const first = { items: [notebook], shippingAddress: address, idShipmentMethod: 2 }
    const second = { ...first, items: [canon], idShipmentMethod: 4, requestedDeliveryDate: '2020-01-01' }

    it('cost one expense each, and leave the order without a shipping address', async () => {
      const { who, cartId } = await guestBasket(glue, one, { sku: canon, quantity: 1 })
      const answer = await checkout(glue, who, split(cartId, [first, second]), '?include=orders,order-shipments')
      expectPlaced(answer)
      const order = included(answer, 'orders')[0]?.attributes
      expect(order).toMatchObject({
        // 33265 + 7000, 10 % of both, 590 and 1000 for shipping
        totals: { expenseTotal: 1590, discountTotal: 4027, subtotal: 40265, grandTotal: 37828 },
        shippingAddress: null,
        shipments: [],
        expenses: [
          { name: 'Express', sumPrice: 590 },
          { name: 'Air Sonic', sumPrice: 1000 },
        ],
      })
      const [one_, two] = included(answer, 'order-shipments').map(({ attributes }) => attributes)
      const [item, other] = itemsOf(order)
      expect(one_).toMatchObject({ itemUuids: [item?.uuid], methodName: 'Express', requestedDeliveryDate: null })
      expect(two).toMatchObject({
        itemUuids: [other?.uuid],
        carrierName: 'Spryker Drone Shipment',
        requestedDeliveryDate: '2020-01-01',
      })
    })

    it('that are equal become one, with one expense', async () => {
      const { who, cartId } = await guestBasket(glue, one, { sku: canon, quantity: 1 })
      const shipments = [first, { ...first, items: [canon], idShipmentMethod: '2' }]
      const answer = await checkout(glue, who, split(cartId, shipments), '?include=orders')
      expectPlaced(answer)
      expect(included(answer, 'orders')[0]?.attributes).toMatchObject({
        totals: { expenseTotal: 590 },
        shippingAddress: null,
        shipments: [{ shipmentMethodName: 'Express' }],
        expenses: [{ name: 'Express' }],
      })
    })

    it('leave a line named twice with the last', async () => {
      const { who, cartId } = await guestBasket(glue, one, { sku: canon, quantity: 1 })
      const shipments = [first, { ...second, items: [canon, notebook] }]
      const answer = await checkout(glue, who, split(cartId, shipments), '?include=orders')
      expectPlaced(answer)
      expect(included(answer, 'orders')[0]?.attributes.expenses).toMatchObject([{ name: 'Air Sonic' }])
    })

    it('name lines with options by their group key', async () => {
      const { who, cartId } = await guestBasket(glue, { ...one, productOptions: [{ sku: warranty }] })
      const left = await checkout(glue, who, split(cartId, [first]))
      const cart = await glue.send('GET', `/guest-carts/${cartId}`, { ...who })
      const [line] = included(cart, 'guest-cart-items')
      expectErrors(left, '1102', [`No shipment selected for the cart item ${line?.id}.`])
      expectPlaced(await checkout(glue, who, split(cartId, [{ ...first, items: [line?.id] }])))
    })

    it('may be sent to a stored address of the customer, not to one of anybody else', async () => {
      const { token, reference, cartId } = await customerBasket(glue, one)
      const id = await storedAddress(glue, reference, token)
      const lost = split(cartId, [{ ...first, shippingAddress: { id: unknown } }])
      expectErrors(await checkout(glue, { token }, lost), '1102', [`Customer address with ID ${unknown} not found.`])
      const found = split(cartId, [{ ...first, shippingAddress: { id } }])
      const answer = await checkout(glue, { token }, found, '?include=orders,order-shipments')
      expectPlaced(answer)
      expect(included(answer, 'order-shipments')[0]?.attributes.shippingAddress).toEqual(orderAddress)
    })

    it('are not for address ids of guests', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const shipments = [{ ...first, shippingAddress: { id: unknown } }]
      const answer = await checkout(glue, who, split(cartId, shipments))
      expectErrors(answer, '1102', ['Customer addresses are applicable only for customers.'])
    })
  })

  describe('payments', () => {
    it('by an approved card go through, and the number is nowhere in the answer', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const attributes = purchase(cartId, { payments: [card('4111111111111111')] })
      const answer = await checkout(glue, who, attributes, '?include=orders')
      expectPlaced(answer)
      expect(included(answer, 'orders')[0]?.attributes.payments).toEqual([
        { amount: 30428 - 490, paymentProvider: 'DummyPayment', paymentMethod: 'credit card' },
      ])
      expect(answer.text).not.toContain('4111111111111111')
    })

    it('by a declined card leave the cart as it was', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const answer = await checkout(glue, who, purchase(cartId, { payments: [card('4000000000000002')] }))
      expectError(answer, 422, '1102', 'Something went wrong with your payment. Try again!')
      expectPlaced(await checkout(glue, who, purchase(cartId)))
    })

    it('are declined for the last name Invalid, by invoice too', async () => {
      for (const payments of [[invoice], [card('4111111111111111')]]) {
        const { who, cartId } = await guestBasket(glue, one)
        const billingAddress = { ...address, lastName: 'Invalid' }
        const answer = await checkout(glue, who, purchase(cartId, { billingAddress, payments }))
        expectError(answer, 422, '1102', 'Something went wrong with your payment. Try again!')
        expect((await glue.send('GET', '/guest-carts', { ...who })).json.data).toMatchObject([{ id: cartId }])
      }
    })

    it('of unknown name are not valid', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const payments = [{ paymentMethodName: 'fake', paymentProviderName: 'DummyPayment' }]
      expectErrors(await checkout(glue, who, purchase(cartId, { payments })), '1102', ['Checkout payment is not valid'])
    })

    it('are asked for nothing where a gift card pays for all of it', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: 'MUG-1', quantity: 2 })
      const data = { type: 'cart-codes', attributes: { code: 'GIFT50DEMO' } }
      await glue.send('POST', `/guest-carts/${cartId}/cart-codes`, { ...who, data })
      const payments = [{ paymentMethodName: 'paid', paymentProviderName: 'Nopayment' }]
      const answer = await checkout(glue, who, purchase(cartId, { payments }), '?include=orders')
      expectPlaced(answer)
      const order = included(answer, 'orders')[0]?.attributes
      // 2 mugs at 12.50 and 4.90 for shipping, free above 30.00
      expect(order).toMatchObject({ totals: { grandTotal: 2990 } })
      expect(order?.payments).toContainEqual({ amount: 2990, paymentProvider: 'GiftCard', paymentMethod: 'GiftCard' })
    })
  })

  describe('what is refused, in order', () => {
    it('nobody, a bad token and a wrong envelope', async () => {
      const data = { type: 'checkout', attributes: {} }
      const detail = 'One of Authorization or X-Anonymous-Customer-Unique-Id headers is required.'
      expectError(await glue.send('POST', '/checkout', { data }), 400, '1105', detail)
      expectError(await checkout(glue, { token: 'bad' }, {}), 401, '001', 'Invalid access token.')
      const wrong = await glue.send('POST', '/checkout', { data: { ...data, type: 'fake_type' } })
      expectError(wrong, 400, undefined, 'Invalid type.')
    })

    it('missing fields, before anything is looked up', async () => {
      expectFieldErrors(
        await checkout(glue, newGuest(), { idCart: unknown, customer: { salutation: 'Mr', email: 'x' } }),
        [
          'billingAddress => This field is missing.',
          'payments => This field is missing.',
          'customer.email => Email is invalid.',
        ],
      )
    })

    it('several payments', async () => {
      const attributes = purchase(unknown, { payments: [invoice, invoice] })
      expectError(await checkout(glue, newGuest(), attributes), 400, '1107', 'Multiple payments are not allowed.')
    })

    it('shipments that are mixed, incomplete or missing, before the cart is looked up', async () => {
      const guest = newGuest()
      const entry = { items: [notebook], shippingAddress: address, idShipmentMethod: 1 }
      const mixed = purchase(unknown, { shipments: [entry] })
      const text = 'Single and multiple shipments attributes are not allowed in the same request.'
      expectError(await checkout(glue, guest, mixed), 422, '4301', text)
      const noPhone = split(unknown, [{ ...entry, shippingAddress: { ...address, phone: undefined } }])
      const invalid = 'Provided address is not valid. You can either provide address ID or address fields.'
      expectError(await checkout(glue, guest, noPhone), 422, '4302', invalid)
      const { shipment: _, ...none } = purchase(unknown)
      expectError(await checkout(glue, guest, none), 422, '4303', 'Shipment attribute is not specified.')
      const { shippingAddress: _address, ...bare } = entry
      const missing = 'Shipments attributes are not specified.'
      expectError(await checkout(glue, guest, split(unknown, [bare])), 422, '4304', missing)
    })

    it('a guest without customer data', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const { customer: _, ...attributes } = purchase(cartId)
      const detail = 'Required customer information is missing from the request body.'
      expectError(await checkout(glue, who, attributes), 422, '1109', detail)
    })

    it('carts that are unknown, of others or empty', async () => {
      const { cartId } = await guestBasket(glue, one)
      for (const id of [unknown, 'fake', cartId]) {
        expectError(await checkout(glue, newGuest(), purchase(id)), 422, '1103', 'Cart not found.')
      }
      const empty = await customerBasket(glue)
      expectError(await checkout(glue, empty.who, purchase(empty.cartId)), 422, '1104', 'Cart is empty.')
    })

    it('everything that is wrong with the content together', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const attributes = purchase(cartId, {
        billingAddress: { ...address, iso2Code: 'XX' },
        shippingAddress: { ...address, iso2Code: 'YY' },
        shipment: { idShipmentMethod: 99 },
        payments: [{ paymentMethodName: 'fake', paymentProviderName: 'fake' }],
      })
      expectErrors(await checkout(glue, who, attributes), '1102', [
        'Shipment method not found.',
        'Billing address country not found for country code: XX',
        'Shipping address country not found for country code: YY',
        'Checkout payment is not valid',
      ])
      expectPlaced(await checkout(glue, who, purchase(cartId)))
    })

    it('shipment method 0', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const answer = await checkout(glue, who, purchase(cartId, { shipment: { idShipmentMethod: 0 } }))
      expectErrors(answer, '1102', ['Shipment method not found.'])
    })

    it('more than an order may be worth', async () => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 31 })
      const answer = await checkout(glue, who, purchase(cartId))
      expect(answer.json.errors).toMatchObject([{ code: '1102', status: 422 }])
      expect(answer.json.errors[0].detail).toContain('10')
    })

    it('what another buyer was faster to get', async () => {
      const mine = await guestBasket(glue, { sku: 'LAST-ONE', quantity: 1 })
      const theirs = await guestBasket(glue, { sku: 'LAST-ONE', quantity: 1 })
      expectPlaced(await checkout(glue, theirs.who, purchase(theirs.cartId)))
      const answer = await checkout(glue, mine.who, purchase(mine.cartId))
      expectErrors(answer, '1102', ['Item LAST-ONE no longer available.'])
      expect((await glue.send('GET', '/guest-carts', { ...mine.who })).json.data).toMatchObject([{ id: mine.cartId }])
    })
  })

  describe('a purchase made twice', () => {
    it('does not find the cart the second time', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      expectPlaced(await checkout(glue, who, purchase(cartId)))
      expectError(await checkout(glue, who, purchase(cartId)), 422, '1103', 'Cart not found.')
    })

    it('gets the first answer again with the same key, and nothing with another', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const keyed = (key: string, attributes: object) =>
        checkout(glue, who, attributes, '?include=orders', { headers: { 'idempotency-key': key } })
      const first = await keyed('key-1', purchase(cartId))
      const again = await keyed('key-1', purchase(cartId))
      expect(again.status).toBe(201)
      expect(again.json).toEqual(first.json)
      expectError(await keyed('key-2', purchase(cartId)), 422, '1103', 'Cart not found.')
      const other = await keyed('key-1', purchase(cartId, { shipment: { idShipmentMethod: 2 } }))
      expectError(other, 422, undefined, 'The Idempotency-Key was used with another request.')
    })

    it('gives one order when all come at the same moment', async () => {
      const { who, cartId } = await guestBasket(glue, one)
      const answers = await Promise.all(Array.from({ length: 10 }, () => checkout(glue, who, purchase(cartId))))
      const placed = answers.filter(({ status }) => status === 201)
      expect(placed).toHaveLength(1)
      for (const answer of answers) {
        if (answer !== placed[0]) expectError(answer, 422, '1103', 'Cart not found.')
      }
    })
  })

  it('GET /checkout is an empty collection', async () => {
    const answer = await glue.send('GET', '/checkout')
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ data: [], links: { self: `${glue.baseUrl()}/checkout` } })
  })
})
