import { describe, expect, it } from 'vitest'
import {
  address,
  card,
  checkout,
  checkoutData,
  customerBasket,
  guestBasket,
  included,
  invoice,
  newCart,
  notebook,
  purchase,
} from '../basket.js'
import { describeGlue, expectError, expectNothing, type Glue } from '../glue.js'

/** Sets what the channel's store file would say, and lets the server's cache of channels run out. */
async function set(glue: Glue, settings: object): Promise<void> {
  const { storage, advance } = glue.server()
  await storage.sql.query(
    `update channels set body = jsonb_set(body::jsonb, '{settings,spryker}', $1::jsonb)::json where id = 'de'`,
    [JSON.stringify({ store: 'DE', ...settings })],
  )
  await storage.sql.query('update catalog_epoch set epoch = epoch + 1')
  advance(10_000)
}

// The forms of other releases. Source: dialects/spryker.md 5.14.
describeGlue('settings of the store', glue => {
  describe('several carts', () => {
    it('have names; the first is the default, and the last one stays', async () => {
      await set(glue, { singleCart: false })
      const { token } = await glue.newCustomer()
      const first = await newCart(glue, token, { name: 'First' })
      const second = await newCart(glue, token, { name: 'Second' })
      expect(first.json.data.attributes).toMatchObject({ name: 'First', isDefault: true })
      expect(second.json.data.attributes).toMatchObject({ name: 'Second', isDefault: false })
      const list = await glue.send('GET', '/carts', { token })
      expect(list.json.data).toHaveLength(2)
      const renamed = await glue.send('PATCH', `/carts/${second.json.data.id}`, {
        token,
        data: { type: 'carts', attributes: { name: 'Renamed' } },
        headers: { 'if-match': '*' },
      })
      expect(renamed.json.data.attributes).toMatchObject({ name: 'Renamed', isDefault: false })
      expectNothing(await glue.send('DELETE', `/carts/${second.json.data.id}`, { token }))
      const last = await glue.send('DELETE', `/carts/${first.json.data.id}`, { token })
      expectError(last, 422, '105', 'Cart could not be deleted.')
    })
  })

  describe('what carts and checkout data show unasked', () => {
    it('no items', async () => {
      await set(glue, { eagerItems: false })
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const bare = await glue.send('GET', `/guest-carts/${cartId}`, { ...who })
      expect(bare.json).not.toHaveProperty('included')
      const asked = await glue.send('GET', `/guest-carts/${cartId}?include=guest-cart-items`, { ...who })
      expect(included(asked, 'guest-cart-items')).toHaveLength(1)
    })

    it('no lists, only what is asked for by include', async () => {
      await set(glue, { checkoutData: { inline: false } })
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const answer = await checkoutData(glue, who, { idCart: cartId }, '?include=shipment-methods,payment-methods')
      expect(answer.json.data.attributes).toEqual({
        addresses: [],
        paymentProviders: [],
        shipmentMethods: [],
        selectedShipmentMethods: [],
        selectedPaymentMethods: [],
      })
      expect(included(answer, 'shipment-methods')).toHaveLength(5)
      expect(included(answer, 'payment-methods')).toHaveLength(2)
    })
  })

  describe('payments', () => {
    it('are mapped strictly: an unknown method is refused by name at both endpoints', async () => {
      await set(glue, { strictPaymentMapping: true })
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const payments = [{ paymentMethodName: 'fake', paymentProviderName: 'DummyPayment' }]
      const detail = 'Payment method "fake" of payment provider "DummyPayment" is invalid'
      expectError(await checkoutData(glue, who, { idCart: cartId, payments }), 422, '1108', detail)
      expectError(await checkout(glue, who, purchase(cartId, { payments })), 422, '1108', detail)
    })

    it('may be several, each with its amount; together they must be enough', async () => {
      await set(glue, { multiplePayments: true })
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      const short = [
        { ...invoice, amount: 100 },
        { ...card('4111111111111111'), amount: 200 },
      ]
      const refused = await checkout(glue, who, purchase(cartId, { payments: short }))
      expectError(refused, 422, '1102', 'Checkout payment is not valid')
      const payments = [{ ...invoice, amount: 10_000 }, card('4111111111111111')]
      const answer = await checkout(glue, who, purchase(cartId, { payments }), '?include=orders')
      expect(answer.status).toBe(201)
      expect(included(answer, 'orders')[0]?.attributes.payments).toEqual([
        { amount: 10_000, paymentProvider: 'DummyPayment', paymentMethod: 'invoice' },
        { amount: 19_938, paymentProvider: 'DummyPayment', paymentMethod: 'credit card' },
      ])
    })
  })

  it('an address id does without the parts, unless the store asks for them', async () => {
    await set(glue, { addressIdNeedsParts: true })
    const { token, reference, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
    const attributes = { ...address, isDefaultBilling: true, isDefaultShipping: true }
    const stored = await glue.send('POST', `/customers/${reference}/addresses`, {
      token,
      data: { type: 'addresses', attributes },
    })
    const { id } = stored.json.data
    const bare = await checkout(glue, { token }, purchase(cartId, { billingAddress: { id } }))
    expect(bare.json.errors).toHaveLength(8)
    const names = ['salutation', 'firstName', 'lastName', 'address1', 'address2', 'zipCode', 'city', 'iso2Code']
    // As the document's own sample names them: seed 004, "Submitting Checkout Data".
    const dummies = { ...Object.fromEntries(names.map(name => [name, 'dummyValue'])), id }
    const looked = await checkoutData(glue, { token }, { idCart: cartId, billingAddress: dummies })
    expect(looked.status).toBe(200)
    const lost = { ...dummies, id: 'unknown' }
    expectError(
      await checkout(glue, { token }, purchase(cartId, { billingAddress: lost })),
      422,
      '901',
      'billingAddress.iso2Code => This value is too long. It should have 2 characters or less.',
    )
    const answer = await checkout(glue, { token }, purchase(cartId, { billingAddress: dummies }), '?include=orders')
    expect(included(answer, 'orders')[0]?.attributes.billingAddress).toMatchObject({
      firstName: 'First',
      city: 'Berlin',
    })
  })
})
