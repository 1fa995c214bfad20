/** So many goods with price and stock as lines of a store file. */
export function killedGoods(products: number): string {
  return Array.from({ length: products }, (_, index) => JSON.stringify(product(index))).join('\n')
}

function product(index: number): object {
  const id = 7_000_000 + index
  const sku = `KILLED-${index}`
  return { kind: 'variant', sku, variantId: id, productId: id, name: sku, prices: { de: '10.00' }, stock: 5 }
}
