import { expect, it } from 'vitest'
import { describeGlue, expectError } from '../glue.js'

const sku = '136_24425591'

describeGlue('GET /concrete-products/:sku', glue => {
  it('shows a product with its price, availability and image', async () => {
    const types = ['concrete-product-prices', 'concrete-product-availabilities', 'concrete-product-image-sets']
    const answer = await glue.send('GET', `/concrete-products/${sku}?include=${types.join(',')}`)
    expect(answer.status).toBe(200)
    expect(answer.json.data).toMatchObject({
      type: 'concrete-products',
      id: sku,
      attributes: { sku, name: 'Acer Chromebook C730-C8T7' },
      links: { self: `${glue.baseUrl()}/concrete-products/${sku}?include=${types.join(',')}` },
    })
    expect(answer.json.included.map(({ type }: { readonly type: string }) => type)).toEqual(types)
    expect(answer.json.included[0].attributes).toEqual({
      price: 33_265,
      prices: [
        {
          priceTypeName: 'DEFAULT',
          netAmount: null,
          grossAmount: 33_265,
          currency: { code: 'EUR', name: 'Euro', symbol: '€' },
          volumePrices: [],
        },
      ],
    })
    expect(answer.json.included[1].attributes).toMatchObject({ isNeverOutOfStock: false, availability: true })
  })

  it('shows prices in another currency of the store', async () => {
    const path = `/concrete-products/${sku}?include=concrete-product-prices&currency=CHF`
    expect((await glue.send('GET', path)).json.included[0].attributes.price).toBe(38_255)
  })

  it('does not know what is not sold here', async () => {
    expectError(await glue.send('GET', '/concrete-products/fake'), 404, '302', 'Concrete product is not found.')
    expectError(await glue.send('GET', '/concrete-products/ROR-MUG'), 404, '302', 'Concrete product is not found.')
    const none = await glue.send('GET', '/concrete-products/')
    expectError(none, 400, '312', 'Concrete product sku is not specified.')
  })
})

describeGlue('GET /catalog-search', glue => {
  const search = (query: string) => glue.send('GET', `/catalog-search?${query}`)

  it('finds by name, in an array of one result', async () => {
    const answer = await search('q=chromebook&include=abstract-products,concrete-products')
    expect(answer.status).toBe(200)
    expect(answer.json.data).toHaveLength(1)
    const [{ type, id, attributes }] = answer.json.data
    expect({ type, id }).toEqual({ type: 'catalog-search', id: null })
    expect(attributes.abstractProducts).toMatchObject([{ abstractName: 'Acer Chromebook C730-C8T7', price: 33_265 }])
    expect(attributes.pagination).toMatchObject({ numFound: 1, currentPage: 1, maxPage: 1 })
    expect(answer.json.included.map((each: { readonly type: string }) => each.type)).toEqual([
      'concrete-products',
      'abstract-products',
    ])
  })

  it('finds nothing without a fault, and pages', async () => {
    const [nothing] = (await search('q=no-such-thing')).json.data
    expect(nothing.attributes).toMatchObject({ abstractProducts: [], pagination: { numFound: 0, maxPage: 0 } })
    const [page] = (await search('page[offset]=2&page[limit]=2')).json.data
    expect(page.attributes.pagination).toMatchObject({ currentPage: 2, currentItemsPerPage: 2 })
  })

  it.each(['ipp=-5', 'ipp=x', 'ipp=1e9', 'q=%25_'])('survives %s', async query => {
    expect((await search(query)).status).toBe(200)
  })

  it('refuses a text that no database can hold', async () => {
    expectError(await search('q=%00'), 400, undefined, 'Bad Request')
  })
})
