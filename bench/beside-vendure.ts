import { warmUp } from './compare.js'
import type { Floor } from './floor.js'
import type { Checkout } from './flow.js'
import type { RunnableFlow } from './flows/index.js'
import { benchSkus } from './goods.js'
import { type Measured, measured, recorderOf, runSlice } from './measure.js'
import type { BenchOptions } from './options.js'
import { table } from './report.js'
import { openVendure } from './vendure.js'

/** Whole checkouts of one side. */
export interface Side {
  readonly name: string
  readonly shoppers: number
  readonly figures: Measured
}

/**
 * Lets shoppers buy from a Vendure, by each of our flows and by hand-written SQL, slice by slice in turns, so that noise hits
 * all of them.
 *
 * @param url  of the Vendure; see `openVendure` for what it must offer
 */
export async function measureBesideVendure(
  url: string,
  baseUrl: string,
  flows: readonly RunnableFlow[],
  floor: Floor,
  options: BenchOptions,
): Promise<readonly Side[]> {
  const most = Math.max(...options.shoppers)
  const vendure = await openVendure(url, most)
  const ours = flows.map(flow => ({ name: flow.dialect, ...flow.open(baseUrl, benchSkus, most) }))
  const all = [{ name: 'vendure', ...vendure }, ...ours]
  try {
    for (const { name, checkout } of all) {
      console.log(`Warming up ${name} ...`)
      await warmUp(checkout, Math.min(8, most), options.processes)
    }
    const checkouts = [...all, { name: 'floor', checkout: floor.checkout }]
    const sides: Side[] = []
    for (const shoppers of options.shoppers) sides.push(...(await takeTurns(checkouts, shoppers, options)))
    return sides
  } finally {
    for (const side of all) side.close()
  }
}

async function takeTurns(
  checkouts: readonly { readonly name: string; readonly checkout: Checkout }[],
  shoppers: number,
  options: BenchOptions,
): Promise<readonly Side[]> {
  const recorders = checkouts.map(({ name, checkout }) => ({ name, recorder: recorderOf(checkout) }))
  for (let slice = 0; slice < Math.max(2, Math.round(options.seconds / options.sliceSeconds)); slice += 1) {
    for (const { recorder } of recorders) await runSlice(recorder, shoppers, options.sliceSeconds)
  }
  return recorders.map(({ name, recorder }) => ({ name, shoppers, figures: measured(recorder) }))
}

/** A Markdown table, each row against the first of its number of shoppers, which is Vendure's. */
export function besideVendureAsText(sides: readonly Side[]): string {
  const columns = ['side', 'shoppers', 'checkouts/s', 'against Vendure', 'p50 ms', 'p95 ms']
  const rows = sides.map(side => {
    const { name, shoppers, figures } = side
    const first = sides.find(each => each.shoppers === shoppers) ?? side
    return [
      name,
      shoppers,
      figures.perSecond.toFixed(1),
      `${(figures.perSecond / first.figures.perSecond).toFixed(1)} x`,
      figures.whole.p50.toFixed(1),
      figures.whole.p95.toFixed(1),
    ].map(String)
  })
  return ['### Beside Vendure', '', ...table(columns, rows)].join('\n')
}
