import { describe, expect, it } from 'vitest'
import { exportStoreFile } from '../../../src/operations/export-store-file.js'
import { type TaxReply, taxesOf, tenPercent } from '../../support/tax-service.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { ana, fillIn, rio, transact } from './purchase.js'
import { clientOf, expectError } from './shop.js'
import { configuration, secret, taxedShop } from './taxed-shop.js'

describeOnEachDatabase(
  'an outside tax service',
  getServer => {
    const shop = taxedShop(getServer)
    const { send, configure, asked, shipped, taxOf, codes, wait, reply } = shop

    it('is told the cart by the protocol, and its taxes stand on top of the prices', async () => {
      const client = clientOf(getServer)
      const before = asked()
      const id = await client.begin([{ id: '18', quantity: 2 }])
      // Nobody knows yet where the goods go.
      expect(asked()).toBe(before)
      await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      const { json } = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
      expect(asked()).toBe(before + 1)
      const told = shop.requests().at(-1)
      expect(told?.headers).toMatchObject({ authorization: secret, 'content-type': 'application/json' })
      const destination = { country: 'BRA', state: 'RJ', city: 'Rio de Janeiro', neighborhood: 'Botafogo' }
      const place = { ...destination, postalCode: '22250040', street: 'Praia de Botafogo' }
      expect(told?.body).toEqual({
        orderFormId: id,
        salesChannel: '1',
        items: [
          {
            ...{ id: '0', sku: '18', productId: expect.any(String), ean: expect.toBeOneOf([null, expect.any(String)]) },
            ...{ refId: expect.any(String), categoryId: expect.any(String), unitMultiplier: 1, measurementUnit: 'un' },
            ...{ targetPrice: 12.5, itemPrice: 25, quantity: 2, discountPrice: 0, dockId: '1', freightPrice: 7 },
            ...{ brandId: expect.any(String), taxCode: expect.any(String), sellerId: '1', shippingDestinationId: 1 },
          },
        ],
        totals: [
          { id: 'Items', name: 'Items Total', value: 2500 },
          { id: 'Discounts', name: 'Discounts Total', value: 0 },
          { id: 'Shipping', name: 'Shipping Total', value: 700 },
          { id: 'Tax', name: 'Tax Total', value: 0 },
        ],
        clientEmail: ana.email,
        shippingDestination: place,
        shippingDestinations: [{ id: 1, ...place }],
        clientData: {
          ...{ email: ana.email, document: ana.document, documentType: 'cpf' },
          ...{ corporateDocument: null, stateInscription: null },
        },
        paymentData: { payments: [] },
        taxApp: { id: 'trade', major: 1, fields: {} },
      })
      expect([json.value, taxOf(json)]).toEqual([3520, 320])
      expect(json.items[0]).toMatchObject({ tax: 0, sellingPrice: 1250, priceDefinition: { total: 2500 } })
      const tag = { name: 'TAXHUB@VAT', identifier: null, isPercentual: false, value: 320, rawValue: 3.2 }
      expect(json.items[0].priceTags).toEqual([tag])
      expect(json.totalizers.map(({ value }: { value: number }) => value).reduce((a: number, b: number) => a + b)).toBe(
        json.value,
      )
    })

    it('is asked once per question: not by reads, not by what is no part of it, again by what is', async () => {
      const client = clientOf(getServer)
      const { id } = await shipped(client)
      const before = asked()
      const { sql } = getServer().storage
      await client.form(id, 'GET', '')
      const statements = sql.statementCount()
      const read = await client.form(id, 'GET', '')
      expect(sql.statementCount() - statements).toBe(1)
      expect(taxOf(read.json)).toBe(320)
      expect(taxOf((await client.form(id, 'POST', '?refreshOutdatedData=true')).json)).toBe(320)
      await client.form(id, 'PUT', '/customData/faststore/cartEtag', { value: 'x' })
      await client.form(id, 'POST', '/attachments/openTextField', { value: 'thanks' })
      expect(asked()).toBe(before)
      const more = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 4 }] })
      expect([asked(), taxOf(more.json)]).toEqual([before + 1, 570])
      const less = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 2 }] })
      expect([asked(), taxOf(less.json)]).toEqual([before + 2, 320])
    })

    it('taxes several lines each by itself, in several taxes, with their jurisdictions, to the cent', async () => {
      reply(() =>
        taxesOf({
          hooks: [{ major: 1, url: 'https://taxes.example/invoice' }],
          itemTaxResponse: [
            { id: '1', taxes: [{ name: 'STATE', value: 0.1 }] },
            {
              Id: '0',
              taxes: [
                { name: 'STATE', value: 0.29, jurisType: 'State', jurisCode: '36', jurisName: 'NEW YORK' },
                { name: 'CITY', value: 1.005 },
                { name: 'CITY', value: 1e-2 },
                { name: 'NOTHING', value: 0 },
              ],
            },
          ],
        }),
      )
      const items = [
        { id: '18', quantity: 3 },
        { id: '19', quantity: 1 },
      ]
      const { form } = await shipped(clientOf(getServer), items)
      expect(taxOf(form)).toBe(29 + 102 + 10)
      const tags = form.items.map((item: { priceTags: readonly { name: string; value: number }[] }) =>
        item.priceTags.map(({ name, value }) => [name, value]),
      )
      expect(tags).toEqual([
        [
          ['TAXHUB@STATE', 29],
          ['TAXHUB@CITY', 102],
          ['TAXHUB@NOTHING', 0],
        ],
        [['TAXHUB@STATE', 10]],
      ])
      expect(form.items[0].priceTags[0]).toMatchObject({ jurisType: 'State', jurisCode: '36', jurisName: 'NEW YORK' })
      expect(form.value).toBe(form.totalizers.reduce((sum: number, { value }: { value: number }) => sum + value, 0))
    })

    it('says that nothing is taxed by an empty list', async () => {
      reply(() => taxesOf([]))
      const { id, form } = await shipped(clientOf(getServer))
      expect([taxOf(form), form.value, codes(form)]).toEqual([undefined, 3200, []])
      const client = clientOf(getServer)
      const value = await fillIn(client, id)
      expect((await transact(client, id, value)).status).toBe(200)
    })

    describe('that fails', () => {
      const broken: readonly (readonly [string, () => TaxReply])[] = [
        ['with 500', () => taxesOf([], { status: 500 })],
        ['with a redirect', () => taxesOf([], { status: 302, headers: { location: `${shop.url()}/elsewhere` } })],
        ['in another media type', () => taxesOf([], { type: 'application/json' })],
        ['with what is no JSON', () => taxesOf(0, { body: '[{"id":' })],
        ['with another form', () => taxesOf({ taxes: [] })],
        ['with an item that was not asked for', () => taxesOf([{ id: '7', taxes: [{ name: 'VAT', value: 1 }] }])],
        ['with an item without an id', () => taxesOf([{ taxes: [] }])],
        [
          'with one item twice',
          () =>
            taxesOf([
              { id: '0', taxes: [] },
              { id: '0', taxes: [] },
            ]),
        ],
        ['with a tax below zero', () => taxesOf([{ id: '0', taxes: [{ name: 'VAT', value: -0.01 }] }])],
        ['with a value that is no decimal', () => taxesOf([{ id: '0', taxes: [{ name: 'VAT', value: 'NaN' }] }])],
        [
          'with a value beyond all orders',
          () => taxesOf([{ id: '0', taxes: [{ name: 'VAT', value: 99999999999999 }] }]),
        ],
        ['with a tax without a name', () => taxesOf([{ id: '0', taxes: [{ value: 1 }] }])],
        ['with an answer without end', () => taxesOf(0, { body: `[${' '.repeat(600_000)}`, neverEnds: true })],
      ]

      it.each(broken)('%s leaves the cart without a tax, and nothing is ordered', async (_, reply) => {
        const client = clientOf(getServer)
        const { id } = await shipped(client)
        shop.reply(reply)
        const value = await fillIn(client, id, { profile: { ...ana, email: 'other@shop.example' } })
        const before = asked()
        const { json } = await client.form(id, 'GET', '')
        expect([taxOf(json), json.value, codes(json), asked()]).toEqual([undefined, 3200, ['CHK0219'], before])
        expectError(await transact(client, id, value), 'CHK0219')
        expect((await client.form(id, 'GET', '')).json.items).toHaveLength(1)
      })

      it('is asked again once it may work again: the order is refused for its old value, then placed', async () => {
        const client = clientOf(getServer)
        reply(() => taxesOf([], { status: 503 }))
        const { id } = await shipped(client)
        const old = await fillIn(client, id)
        const failures = asked()
        // What failed a moment ago is not asked again.
        expectError(await transact(client, id, old), 'CHK0219')
        expect(asked()).toBe(failures)
        const cleared = await client.form(id, 'POST', '/messages/clear', {})
        expect(codes(cleared.json)).toEqual([])
        wait()
        reply(tenPercent)
        expectError(await transact(client, id, old), 'CHK0210')
        const { json } = await client.form(id, 'GET', '')
        expect([asked(), taxOf(json), codes(json)]).toEqual([failures + 1, 320, []])
        const placed = await transact(client, id, old + 320)
        expect([placed.status, asked()]).toEqual([200, failures + 1])
      })

      it('is asked anew by whoever refreshes the cart, and its message goes', async () => {
        const client = clientOf(getServer)
        reply(() => taxesOf([], { status: 500 }))
        const { id, form } = await shipped(client)
        expect(form.messages).toEqual([
          { code: 'CHK0219', text: 'Não foi possível consultar o serviço de impostos', status: 'error', fields: {} },
        ])
        reply(tenPercent)
        wait()
        const read = await client.form(id, 'GET', '')
        expect([taxOf(read.json), codes(read.json)]).toEqual([undefined, ['CHK0219']])
        const refreshed = await client.form(id, 'POST', '?refreshOutdatedData=true')
        expect([taxOf(refreshed.json), codes(refreshed.json)]).toEqual([320, []])
      })
    })

    describe('while it is being asked', () => {
      it('the cart may be changed: nothing is lost, and the taxes are those of the whole', async () => {
        const client = clientOf(getServer)
        const { id } = await shipped(client)
        let release: () => void = () => undefined
        const hold = new Promise<void>(resolve => {
          release = resolve
        })
        reply(request => tenPercent(request, { hold }))
        const adding = client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 4 }] })
        await expect.poll(asked).toBeGreaterThan(0)
        // Somebody else, in another process: straight at the storage.
        const { carts } = getServer().storage
        const key = { id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') }
        const { cart } = await carts.read(key)
        if (cart === undefined) throw new Error('the cart is there')
        const other = { ...cart, version: cart.version + 1, customerNote: 'from elsewhere' }
        expect(await carts.save(other, cart.version, [])).toBe('saved')
        release()
        const { json } = await adding
        expect(json.openTextField).toEqual({ value: 'from elsewhere' })
        expect([json.items[0].quantity, taxOf(json)]).toEqual([4, 570])
      })

      it('parallel writes are all kept, and their taxes add up', async () => {
        const client = clientOf(getServer)
        const { id } = await shipped(client)
        const ids = [4601, 4602, 4603, 4604, 4605, 4606].map(String)
        await importEntries(
          getServer(),
          ids.map(one => goods(Number(one), '9.00')),
        )
        const answers = await Promise.all(
          ids.map(one => client.form(id, 'POST', '/items', { orderItems: [{ id: one, quantity: 1, seller: '1' }] })),
        )
        expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200))
        const { json } = await client.form(id, 'GET', '')
        expect(json.items.map((item: { id: string }) => item.id).sort()).toEqual(['18', ...ids])
        expect(codes(json)).toEqual([])
        const tagged = json.items.flatMap(({ priceTags }: { priceTags: readonly { value: number }[] }) => priceTags)
        const sum = tagged.reduce((total: number, { value }: { value: number }) => total + value, 0)
        expect([taxOf(json), json.value]).toEqual([sum, 2500 + 6 * 900 + 700 + sum])
        expect(Math.abs(sum - (json.value - sum) / 10)).toBeLessThanOrEqual(ids.length + 1)
      })
    })

    it('is forgotten with its configuration: the taxes of the store count again', async () => {
      const client = clientOf(getServer)
      const { id, form } = await shipped(client)
      expect(taxOf(form)).toBe(320)
      await configure({ url: null })
      expect(taxOf((await client.form(id, 'GET', '')).json)).toBeUndefined()
      await configure(null)
      const before = asked()
      const read = await client.form(id, 'GET', '')
      expect([taxOf(read.json), read.json.items[0].priceTags, read.json.value]).toEqual([undefined, [], 3200])
      const value = await fillIn(client, id)
      expect((await transact(client, id, value)).status).toBe(200)
      expect(asked()).toBe(before)
    })

    it('keeps its secret: not in the log, not in what is exported, not for strangers', async () => {
      await shipped(clientOf(getServer))
      reply(() => taxesOf([], { status: 500 }))
      await shipped(clientOf(getServer))
      let exported = ''
      for await (const piece of exportStoreFile({ store: getServer().storage.imports }, 'json')) exported += piece
      expect(exported).toContain('"channels"')
      expect(exported).not.toContain('tax-secret-4711')
      const told = await send('GET', configuration)
      expect(told.json.taxConfiguration.authorizationHeader).toBe(secret)
      expectError(await clientOf(getServer).send('GET', configuration), 'ORD062')
      expect(getServer().log.some(line => line.includes('no taxes from outside'))).toBe(true)
      expect(getServer().log.join('')).not.toContain('tax-secret-4711')
    })

    it.each(['gopher://taxes.example', 'no address', 'https://user:word@taxes.example/'])(
      'is not configured by the address %s',
      async url => {
        expectError(await send('PATCH', configuration, { taxConfiguration: { url } }), 'CHK0288')
      },
    )

    it.each([
      'http://localhost:1/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://localhost/',
      'http://taxes.example/',
    ])('is never looked for inside, or without TLS: %s', async url => {
      await configure({ url })
      const { form } = await shipped(clientOf(getServer))
      expect(codes(form)).toEqual(['CHK0219'])
    })
  },
  { environment: { POLYTILL_TAX_HOSTS: '127.0.0.1' } },
)
