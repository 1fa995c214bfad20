import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './server-process.js'

/** Goods of the runs beside the demo store: enough for the largest cart, spread so that no single stock row is the queue. */
export const benchSkus: readonly string[] = Array.from(
  { length: 1_000 },
  (_, index) => `BENCH-${String(index + 1).padStart(4, '0')}`,
)

/** Imports the goods, priced in every demo channel, with stock that no run uses up. */
export async function loadGoods(environment: Readonly<Record<string, string>>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'polytill-goods-'))
  const file = join(directory, 'goods.jsonl')
  try {
    await writeFile(file, benchSkus.map(goodsLine).join('\n'))
    await runCommand(['import', file], environment)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
