import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './server-process.js'

/** SKUs of that many goods beside the demo store. */
export function benchGoods(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `BENCH-${String(index + 1).padStart(4, '0')}`)
}

/** Enough for the largest cart, spread so that no single stock row is the queue. */
export const benchSkus = benchGoods(1_000)

const demoChannels = ['de', 'br', 'us', 'us-spree', 'us-wix']

/** Imports the goods, priced in every demo channel, with stock that no run uses up. */
export async function loadGoods(
  environment: Readonly<Record<string, string>>,
  skus: readonly string[] = benchSkus,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'polytill-goods-'))
  const file = join(directory, 'goods.jsonl')
  try {
    await writeFile(file, skus.map(goodsLine).join('\n'))
    await runCommand(['import', file], environment)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/** One entry of the JSON Lines form of a store file. */
function goodsLine(sku: string, index: number): string {
  const id = 5_000_000 + index
  const price = '10.00'
  return JSON.stringify({
    kind: 'variant',
    sku,
    variantId: id,
    productId: id,
    externalIds: { wixCatalogItemId: sku },
    name: `Bench goods ${index + 1}`,
    prices: Object.fromEntries(demoChannels.map(channel => [channel, price])),
    stock: 1_000_000_000,
  })
}
