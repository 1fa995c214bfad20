import { expect, it } from 'vitest'
import { address, checkout, customerBasket, guestBasket, notebook, purchase } from '../basket.js'
import { describeGlue, expectError } from '../glue.js'

const item = { sku: notebook, quantity: 1 }
const notValid = 'Provided address is not valid. You can either provide address ID or address fields.'

function shippedTo(cartId: string, shippingAddress: object): object {
  const { shipment: _shipment, shippingAddress: _address, ...rest } = purchase(cartId)
  return { ...rest, shipments: [{ items: [notebook], shippingAddress, idShipmentMethod: 1 }] }
}

/** Parts that are there and yet say nothing, or more than is kept. Source: dialects/spryker.md 3.8, code 4302. */
const noAddresses: readonly (readonly [string, object])[] = [
  ['an id that is true', { id: true }],
  ['an id that is a list', { id: ['x'] }],
  ['an id that is an object', { id: { x: 1 } }],
  ['an id of spaces', { id: '  ' }],
  ['a name that is an object', { ...address, firstName: { first: 'Ada' } }],
  ['a postal code that is a list', { ...address, zipCode: ['10115'] }],
  ['a city that is true', { ...address, city: true }],
  ['a name without end', { ...address, lastName: 'x'.repeat(256) }],
  ['a company without end', { ...address, company: 'x'.repeat(256) }],
]

// POST /checkout
describeGlue('the address of a split delivery', glue => {
  it.each(noAddresses)('is none by %s', async (_what, shippingAddress) => {
    const baskets = [await guestBasket(glue, item), await customerBasket(glue, item)]
    for (const { who, cartId } of baskets) {
      expectError(await checkout(glue, who, shippedTo(cartId, shippingAddress)), 422, '4302', notValid)
    }
  })

  it('may have a postal code that is a number, and null for what nobody asks for', async () => {
    const { who, cartId } = await guestBasket(glue, item)
    const sent = { ...address, id: null, zipCode: 10115, address3: null, company: null }
    const answer = await checkout(glue, who, shippedTo(cartId, sent), '?include=orders,order-shipments')
    expect(answer.status).toBe(201)
    const [shipment] = answer.json.included
    expect(shipment.attributes.shippingAddress).toMatchObject({ zipCode: '10115', address3: '', company: null })
  })
})
