import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../src/core/assert.js'
import { startTaxService, type TestTaxService, taxesOf, tenPercent } from '../support/tax-service.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { checkout } from '../wire/spryker/basket.js'
import { glueOver } from '../wire/spryker/glue.js'
import { configure } from '../wire/vtex/more-goods.js'
import { place, rio } from '../wire/vtex/purchase.js'
import { clientOf } from '../wire/vtex/shop.js'
import { drivers } from './drivers.js'
import { giveToCustomer, keepers, spryker } from './keepers.js'

const mugAndShirt = [
  { sku: 'MUG-1', quantity: 1 },
  { sku: 'TEE-1', quantity: 1 },
]
const coreId = (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

describeOnEachDatabase(
  'a cart whose taxes somebody outside says',
  getServer => {
    let service: TestTaxService
    beforeAll(async () => {
      service = await startTaxService()
      await configure(getServer(), { taxConfiguration: { url: service.url } })
    })
    afterAll(() => service.close())
    const asked = () => service.requests.length

    describe.each([...keepers, spryker])('in $dialect', reader => {
      it('costs the same as where it was begun, and nobody is asked for that', async () => {
        const server = getServer()
        const client = clientOf(getServer)
        const id = await client.begin([{ id: '18', quantity: 2 }])
        const shipped = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
        expect(shipped.json.value).toBe(3520)
        const before = asked()
        const cart = present((await server.storage.carts.read({ id: coreId(id) })).cart, 'it is stored')
        expect((await reader.cart(server, cart)).grandTotal).toBe(3_520n)
        // To be read by a Spryker customer it is given to one: somebody else buys, which is another question.
        expect(asked() - before).toBe(reader.dialect === spryker.dialect ? 1 : 0)
      })
    })

    it('is an order at the same total in all of them', async () => {
      const server = getServer()
      const { orderGroup } = await place(clientOf(getServer))
      const kept = await server.operations.readOrder({ kind: 'system' }, { number: orderGroup })
      if (!kept.ok) throw new Error(kept.error.code)
      const { order } = kept.value
      const seen = await Promise.all(keepers.map(keeper => keeper.order(server, order)))
      expect(seen.map(one => one?.grandTotal)).toEqual(keepers.map(() => 3_520n))
    })

    it('is asked for by whoever finishes it elsewhere, for the address that comes with the order; refused without an answer', async () => {
      const server = getServer()
      const driver = present(
        drivers.find(known => known.dialect === 'vtex'),
        'VTEX is mounted',
      )
      const { cartId } = await (await driver.arrive(server)).begin(mugAndShirt)
      const who = await giveToCustomer(server, cartId)
      const address = {
        ...{ salutation: 'Ms', firstName: 'Ana', lastName: 'Souza', address1: 'Praia de Botafogo', address2: '300' },
        ...{ zipCode: '22250040', city: 'Rio de Janeiro', iso2Code: 'BR' },
      }
      const purchase = {
        idCart: cartId,
        customer: { salutation: 'Ms', email: 'ana@shop.example', firstName: 'Ana', lastName: 'Souza' },
        billingAddress: address,
        shippingAddress: address,
        payments: [{ paymentMethodName: 'Promissory', paymentProviderName: 'promissoryPaymentGroup' }],
        shipment: { idShipmentMethod: 11 },
      }
      service.reply(() => taxesOf([], { status: 500 }))
      const refused = await checkout(glueOver(getServer), who, purchase)
      expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('Taxes cannot be calculated now')])
      expect(await server.storage.orders.ofCart(cartId)).toEqual([])
      service.reply(tenPercent)
      server.advance(6_000)
      const placed = await checkout(glueOver(getServer), who, purchase)
      expect([placed.status, placed.text]).toEqual([201, placed.text])
      const [order] = await server.storage.orders.ofCart(cartId)
      expect(order).toMatchObject({ status: 'confirmed', currency: 'BRL', grandTotal: 5_950n + 595n, channel: 'br' })
    })
  },
  { environment: { POLYTILL_TAX_HOSTS: '127.0.0.1' } },
)
