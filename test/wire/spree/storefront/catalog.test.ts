import { expect, it } from 'vitest'
import { sellBy } from '../golden-store.js'
import { describeShop } from '../shop.js'

const shade = (id: number, color: string) => ({
  id,
  sku: `LAMP-${color}`,
  name: 'Desk lamp',
  price: '30.00',
  more: { productId: 7300, productSku: 'LAMP', attributes: color === '' ? {} : { Color: color } },
})

describeShop('products with variants', shop => {
  const get = async (path: string) => (await shop.send('GET', path)).json

  it('are listed once, counted as products, with their variants: GET /api/products, GET /api/products/:id/variants', async () => {
    await sellBy(shop.server(), { variants: [shade(7301, ''), shade(7302, 'Red'), shade(7303, 'Blue')] })
    const found = await get('/api/products?q[name_cont]=desk%20lamp&per_page=1')
    expect(found).toMatchObject({ count: 1, total_count: 1, current_page: 1, per_page: 1, pages: 1 })
    const [lamp] = found.products
    expect(lamp).toMatchObject({
      id: 7300,
      name: 'Desk lamp',
      slug: 'desk-lamp',
      has_variants: true,
      total_on_hand: 30,
      master: { id: 7301, is_master: true, options_text: '' },
      option_types: [{ name: 'color', presentation: 'Color' }],
    })
    const colors = lamp.variants.map((one: { id: number; options_text: string }) => [one.id, one.options_text])
    expect(colors).toEqual([
      [7302, 'Color: Red'],
      [7303, 'Color: Blue'],
    ])
    const { variants } = await get('/api/products/desk-lamp/variants?per_page=2&page=2')
    expect(variants.map(({ id }: { id: number }) => id)).toEqual([7303])
    const all = await get('/api/products?per_page=500')
    expect(all.count).toBe(all.total_count)
    expect(new Set(all.products.map(({ id }: { id: number }) => id)).size).toBe(all.count)
    const pages = []
    for (let page = 1; page <= all.count; page += 1) {
      pages.push((await get(`/api/products?per_page=1&page=${page}`)).products[0])
    }
    expect(pages).toEqual(all.products)
    expect(await get(`/api/products?per_page=1&page=${all.count + 1}`)).toMatchObject({
      count: 0,
      total_count: all.count,
      pages: all.count,
      products: [],
    })
    expect(await get('/api/products?ids=1,2,7300&per_page=2&page=2')).toMatchObject({
      count: 1,
      total_count: 3,
      pages: 2,
      products: [{ id: 7300 }],
    })
    expect((await get('/api/variants?q[product_name_or_sku_cont]=lamp')).total_count).toBe(3)
  })
})
