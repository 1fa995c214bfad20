import { strict as assert } from 'node:assert'
import { parseArgs } from 'node:util'
import { loadOryxAdapters, type OryxAdapters, type OryxCheckout, type OryxCheckoutData } from './oryx-adapters.js'

/**
 * Buys once as a guest and once as a customer with the adapters of the Oryx storefront against a running server that
 * holds the demo store: `tsx test/clients/spryker/oryx-checkout.ts --packages FOLDER --base-url URL`.
 * Ends with 1 and the failed comparison when a figure is wrong. How to get the packages: docs/dialects/spryker.md.
 */
const address = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Client',
  address1: 'Example street',
  address2: '7',
  address3: '',
  zipCode: '10115',
  city: 'Berlin',
  iso2Code: 'DE',
  phone: '030123456',
  company: '',
}

/** Two Canon IXUS 175 at 70.00: 10 % off above 100.00, standard delivery free above 30.00. */
const camera = { sku: '005_30663301', twoCost: 12_600 }
/** Two Chromebooks at 332.65 without options: 665.30 less 66.53. */
const laptop = { sku: '136_24425591', twoCost: 59_877 }

async function buyAsGuest(oryx: OryxAdapters): Promise<void> {
  await oryx.stores.get()
  const begun = await oryx.carts.addEntry({ sku: camera.sku, quantity: 1 })
  const line = begun.products?.[0]
  assert.equal(line?.sku, camera.sku, 'the guest cart shows its line')
  const cart = await oryx.carts.updateEntry({ cartId: begun.id, groupKey: line.groupKey, quantity: 2 })
  assert.equal(cart.products?.[0]?.quantity, 2)
  assert.equal(
    (await oryx.carts.update({ cartId: cart.id, currency: 'EUR' })).id,
    cart.id,
    'a wildcard If-Match is taken',
  )
  const choices = await oryx.checkout.get({ cartId: cart.id })
  const customer = { salutation: 'Ms', firstName: 'Ada', lastName: 'Client', email: 'oryx-guest@polytill.test' }
  const data = { ...chosen(cart.id, choices), customer }
  await oryx.checkout.get(data)
  const placed = await oryx.checkout.placeOrder(data)
  assert.match(placed.orderReference, /^DE--\d+$/)
  assert.equal(placed.orders?.[0]?.totals.grandTotal, camera.twoCost, 'the guest pays to the cent')
  process.stdout.write(`Guest: ${placed.orderReference}, ${camera.twoCost} cents\n`)
}

async function buyAsCustomer(oryx: OryxAdapters): Promise<void> {
  const left = await oryx.carts.getAll()
  assert.deepEqual(left, [], 'the guest cart is gone after the order')
  await oryx.login.login({ email: 'customer@polytill.test', password: 'change123' })
  assert.equal((await oryx.users.get()).email, 'customer@polytill.test')
  assert.ok((await oryx.addresses.getList()).length > 0, 'the customer has addresses')
  const cart = (await oryx.carts.getAll())[0] ?? (await oryx.carts.create())
  await oryx.carts.addEntry({ cartId: cart.id, sku: laptop.sku, quantity: 1 })
  await oryx.carts.addEntry({ cartId: cart.id, sku: laptop.sku, quantity: 1 })
  const choices = await oryx.checkout.get({ cartId: cart.id })
  const { orderReference } = await oryx.checkout.placeOrder(chosen(cart.id, choices))
  const order = await oryx.orders.get({ id: orderReference })
  assert.equal(order?.totals.grandTotal, laptop.twoCost, 'the customer pays to the cent')
  process.stdout.write(`Customer: ${orderReference}, ${laptop.twoCost} cents\n`)
}

function chosen(cartId: string, choices: OryxCheckoutData): OryxCheckout {
  const methods = choices.shipments.flatMap(({ carriers }) => carriers.flatMap(carrier => carrier.shipmentMethods))
  const standard = methods.find(method => method.name === 'Standard')
  const invoice = choices.paymentMethods.find(method => /invoice/i.test(method.name))
  assert.ok(standard, 'standard delivery is offered')
  assert.ok(invoice, 'invoice is offered')
  return {
    cartId,
    billingAddress: address,
    shippingAddress: address,
    shipment: { idShipmentMethod: Number(standard.id) },
    payments: [invoice],
  }
}

const { values } = parseArgs({
  options: { packages: { type: 'string' }, 'base-url': { type: 'string', default: 'http://localhost:8080' } },
})
if (values.packages === undefined) throw new Error('Name the folder with the Oryx packages: --packages FOLDER')
const oryx = await loadOryxAdapters(values.packages, values['base-url'])
await buyAsGuest(oryx)
await buyAsCustomer(oryx)
// The packages keep timers running.
process.exit(0)
