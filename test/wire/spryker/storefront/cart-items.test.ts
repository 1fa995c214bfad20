import { describe, expect, it } from 'vitest'
import { customerBasket, included, type Line, notebook, plainTotals, warranty } from '../basket.js'
import { describeGlue, expectCustomerOnly, expectError, expectFieldErrors, expectNothing } from '../glue.js'

const unknown = '00000000-0000-4000-8000-000000000000'
const tenPercent = '10% Discount for all orders above'

describeGlue('cart items', glue => {
  describe('POST /carts/:cartId/items', () => {
    const post = (token: string, cartId: string, attributes: object, query = '') =>
      glue.send('POST', `/carts/${cartId}/items${query}`, { token, data: { type: 'items', attributes } })

    // spryker/robotframework-suite-tests tests/api/b2c/glue/cart_endpoints/items/positive.robot
    it('answers with the items, whatever else is asked for, and so does a change', async () => {
      const { token, cartId } = await customerBasket(glue)
      const added = await post(token, cartId, { sku: notebook, quantity: 10 }, '?include=cart-rules,promotional-items')
      expect(included(added, 'items')).toMatchObject([{ id: notebook, attributes: { quantity: 10 } }])
      expect(included(added, 'cart-rules')).toHaveLength(1)
      const changed = await glue.send('PATCH', `/carts/${cartId}/items/${notebook}?include=vouchers`, {
        token,
        data: { type: 'items', attributes: { quantity: 2 } },
      })
      expect(included(changed, 'items')).toMatchObject([{ id: notebook, attributes: { quantity: 2 } }])
    })

    it('answers the whole cart with the published figures of one line with options', async () => {
      const { token, cartId } = await customerBasket(glue)
      const attributes = { sku: notebook, quantity: 2, productOptions: [{ sku: warranty }] }
      const answer = await post(token, cartId, attributes, '?include=items')
      expect(answer.status).toBe(201)
      const groupKey = included(answer, 'items')[0]?.id ?? ''
      expect(groupKey.startsWith(`${notebook}-`)).toBe(true)
      expect(answer.json).toEqual({
        data: {
          type: 'carts',
          id: cartId,
          attributes: {
            priceMode: 'GROSS_MODE',
            currency: 'EUR',
            store: 'DE',
            totals: plainTotals(68530, 9880, 6653),
            discounts: [{ displayName: tenPercent, amount: 6653, code: null }],
            thresholds: [],
          },
          links: { self: `${glue.baseUrl()}/carts/${cartId}` },
          relationships: { items: { data: [{ type: 'items', id: groupKey }] } },
        },
        included: [
          {
            type: 'items',
            id: groupKey,
            attributes: {
              sku: notebook,
              quantity: 2,
              groupKey,
              abstractSku: '136',
              amount: null,
              configuredBundle: null,
              configuredBundleItem: null,
              productConfigurationInstance: null,
              calculations: {
                unitPrice: 33265,
                sumPrice: 66530,
                taxRate: 19,
                unitNetPrice: 0,
                sumNetPrice: 0,
                unitGrossPrice: 33265,
                sumGrossPrice: 66530,
                unitTaxAmountFullAggregation: 4940,
                sumTaxAmountFullAggregation: 9880,
                sumSubtotalAggregation: 68530,
                unitSubtotalAggregation: 34265,
                unitProductOptionPriceAggregation: 1000,
                sumProductOptionPriceAggregation: 2000,
                unitDiscountAmountAggregation: 3327,
                sumDiscountAmountAggregation: 6653,
                unitDiscountAmountFullAggregation: 3327,
                sumDiscountAmountFullAggregation: 6653,
                unitPriceToPayAggregation: 30938,
                sumPriceToPayAggregation: 61877,
              },
              selectedProductOptions: [
                { optionGroupName: 'Warranty', sku: warranty, optionName: expect.any(String), price: 2000 },
              ],
            },
            links: { self: `${glue.baseUrl()}/carts/${cartId}/items/${groupKey}` },
          },
        ],
      })
    })

    it('adds up the same thing on its line, and puts other options on another', async () => {
      const plain = { sku: notebook, quantity: 1 }
      const { token, cartId } = await customerBasket(glue, plain)
      const withOption = { ...plain, productOptions: [{ sku: warranty }] }
      await post(token, cartId, { ...plain, quantity: '2' })
      await post(token, cartId, withOption)
      const answer = await post(token, cartId, {
        ...withOption,
        productOptions: [{ sku: warranty }, { sku: warranty }],
      })
      const items = included(answer, 'items').map(({ id, attributes }) => [id, attributes.quantity])
      expect(items).toEqual([
        [notebook, 3],
        [expect.stringMatching(`^${notebook}-`), 2],
      ])
    })

    it('keeps a configuration as it is, and apart', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const configuration = { displayData: '{"color":"red"}', isComplete: true }
      const answer = await post(token, cartId, {
        sku: notebook,
        quantity: 1,
        productConfigurationInstance: configuration,
      })
      expect(included(answer, 'items').map(({ attributes }) => attributes.productConfigurationInstance)).toEqual([
        null,
        configuration,
      ])
    })

    it('loses none of 20 at the same moment', async () => {
      const { token, cartId } = await customerBasket(glue)
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => post(token, cartId, { sku: notebook, quantity: 1 })),
      )
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201))
      const after = await glue.send('GET', `/carts/${cartId}`, { token })
      expect(included(after, 'items')).toMatchObject([{ attributes: { quantity: 20 } }])
    })

    it.each([
      [{}, ['sku => This field is missing.', 'quantity => This field is missing.']],
      [
        { sku: '', quantity: '' },
        [
          'sku => This value should not be blank.',
          'quantity => This value should not be blank.',
          'quantity => This value should be of type numeric.',
          'quantity => This value should be greater than 0.',
        ],
      ],
      [{ sku: notebook, quantity: 0 }, ['quantity => This value should be greater than 0.']],
      [{ sku: notebook, quantity: -1 }, ['quantity => This value should be greater than 0.']],
    ])('tells of what is wrong with %j', async (attributes, details) => {
      const { token, cartId } = await customerBasket(glue)
      expectFieldErrors(await post(token, cartId, attributes), details)
    })

    it.each<[Line, string]>([
      [{ sku: 'fake', quantity: 1 }, 'Product "fake" not found'],
      [{ sku: 'ROR-00011', quantity: 1 }, 'Product "ROR-00011" has no price in this currency and price mode'],
      [{ sku: 'TWENTY', quantity: 21 }, 'Item TWENTY only has availability of 20.'],
      [{ sku: notebook, quantity: 1, productOptions: [{ sku: 'fake' }] }, 'Product option "fake" not found'],
    ])('does not add %j', async (attributes, detail) => {
      const { token, cartId } = await customerBasket(glue)
      expectError(await post(token, cartId, attributes), 422, '102', detail)
      expect((await glue.send('GET', `/carts/${cartId}`, { token })).json).not.toHaveProperty('included')
    })

    it('counts what is in the cart already against the stock', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: 'TWENTY', quantity: 15 })
      const answer = await post(token, cartId, { sku: 'TWENTY', quantity: 6 })
      expectError(answer, 422, '102', 'Item TWENTY only has availability of 20.')
    })

    it('refuses configurations that are too large together, and adds up the same one', async () => {
      const { token, cartId } = await customerBasket(glue)
      const configured = (text: string) => ({
        sku: notebook,
        quantity: 1,
        productConfigurationInstance: { configuration: text.repeat(40_000) },
      })
      for (const quantity of [1, 2]) {
        const answer = await post(token, cartId, configured('a'))
        expect(answer.status).toBe(201)
        expect(included(answer, 'items')).toMatchObject([{ attributes: { quantity } }])
      }
      const answer = await post(token, cartId, configured('b'))
      expectError(answer, 422, '113', 'Cart item could not be added.')
    })

    it('tells of a missing cart id, and finds neither unknown carts nor those of others', async () => {
      const { cartId } = await customerBasket(glue)
      const { token } = await glue.newCustomer()
      const attributes = { sku: notebook, quantity: 1 }
      expectError(await post(token, '', attributes), 400, '104', 'Cart uuid is missing.')
      for (const id of [unknown, 'fake', cartId]) {
        expectError(await post(token, id, attributes), 404, '101', 'Cart with given uuid not found.')
      }
      await expectCustomerOnly(glue, 'POST', `/carts/${cartId}/items`, { data: { type: 'items', attributes } })
    })
  })

  describe('PATCH /carts/:cartId/items/:groupKey', () => {
    const patch = (token: string, cartId: string, groupKey: string, attributes: object) =>
      glue.send('PATCH', `/carts/${cartId}/items/${groupKey}`, { token, data: { type: 'items', attributes } })

    it('sets the quantity', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const answer = await patch(token, cartId, notebook, { quantity: 3 })
      expect(answer.status).toBe(200)
      expect(included(answer, 'items')).toMatchObject([{ id: notebook, attributes: { quantity: 3 } }])
      expect(answer.json.data.attributes.totals).toEqual(plainTotals(99795, 14340, 9980))
    })

    it('takes the line out at 0', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const answer = await patch(token, cartId, notebook, { quantity: 0 })
      expect(answer.status).toBe(200)
      expect(answer.json).not.toHaveProperty('included')
      expect(answer.json.data.attributes.totals).toEqual(plainTotals(0, 0))
    })

    it('refuses what changes nothing, negative and missing quantities, and more than there are', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: 'TWENTY', quantity: 2 })
      const tag = async () => (await glue.send('GET', `/carts/${cartId}`, { token })).headers.etag
      const before = await tag()
      const same = await patch(token, cartId, 'TWENTY', { quantity: 2 })
      expectError(same, 422, '114', 'Cart item could not be updated.')
      // What was refused is not written: a client that holds the tag of the cart may still use it.
      expect(await tag()).toBe(before)
      const below = 'quantity => This value should be greater than 0.'
      expectFieldErrors(await patch(token, cartId, 'TWENTY', { quantity: -1 }), [below])
      expectFieldErrors(await patch(token, cartId, 'TWENTY', {}), ['quantity => This field is missing.'])
      const many = await patch(token, cartId, 'TWENTY', { quantity: 21 })
      expectError(many, 422, '102', 'Item TWENTY only has availability of 20.')
    })

    it('finds the line by its whole key only', async () => {
      const line = { sku: notebook, quantity: 1, productOptions: [{ sku: warranty }] }
      const { token, cartId } = await customerBasket(glue, line)
      const detail = 'Item with the given group key not found in the cart.'
      for (const key of [notebook, 'fake']) {
        expectError(await patch(token, cartId, key, { quantity: 2 }), 404, '103', detail)
        expectError(await glue.send('DELETE', `/carts/${cartId}/items/${key}`, { token }), 404, '103', detail)
      }
    })

    it('needs both ids, and a cart of the caller', async () => {
      const { token, cartId } = await customerBasket(glue, { sku: notebook, quantity: 1 })
      const other = await glue.newCustomer()
      const missing = 'Resource id is not specified.'
      expectError(await patch(token, '', notebook, { quantity: 2 }), 400, undefined, missing)
      expectError(await patch(token, cartId, '', { quantity: 2 }), 400, undefined, missing)
      const foreign = await patch(other.token, cartId, notebook, { quantity: 2 })
      expectError(foreign, 404, '101', 'Cart with given uuid not found.')
    })
  })

  describe('DELETE /carts/:cartId/items/:groupKey', () => {
    it('takes the line out and leaves the others', async () => {
      const { token, cartId } = await customerBasket(
        glue,
        { sku: notebook, quantity: 1 },
        { sku: notebook, quantity: 1, productOptions: [{ sku: warranty }] },
      )
      expectNothing(await glue.send('DELETE', `/carts/${cartId}/items/${notebook}`, { token }))
      const after = await glue.send('GET', `/carts/${cartId}`, { token })
      expect(included(after, 'items')).toMatchObject([{ attributes: { sku: notebook } }])
      expect(included(after, 'items')[0]?.attributes.selectedProductOptions).toHaveLength(1)
    })

    it('needs both ids', async () => {
      const { token, cartId } = await customerBasket(glue)
      const missing = 'Resource id is not specified.'
      expectError(await glue.send('DELETE', `/carts/${cartId}/items/`, { token }), 400, undefined, missing)
      expectError(await glue.send('DELETE', `/carts/${cartId}/items`, { token }), 400, undefined, missing)
    })
  })
})
