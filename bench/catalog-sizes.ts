import type { BenchDatabase } from './database.js'
import type { RunnableFlow } from './flows/index.js'
import { benchGoods, loadGoods } from './goods.js'
import { type Measured, measured, type Recorder, recorderOf, runSlice } from './measure.js'
import type { BenchOptions } from './options.js'
import { table } from './report.js'
import { runCommand, type ServerProcess, startServer } from './server-process.js'

/** Whole checkouts of one dialect with one catalog. */
export interface CatalogSize {
  readonly dialect: string
  readonly goods: number
  /** From how many of the goods the shoppers choose: all of them, or as many as the smallest catalog has. */
  readonly chosenFrom: number
  readonly shoppers: number
  readonly figures: Measured
  /** Of the server process, user and system, milliseconds. */
  readonly cpuMsPerCheckout: number
}

/** One catalog in a database of its own, with a server of its own. */
interface Catalog {
  readonly goods: number
  readonly server: ServerProcess
}

/** One row of the table, while it is being measured. */
interface Row {
  readonly catalog: Catalog
  readonly chosenFrom: number
  readonly recorder: Recorder
  close(): void
  cpuSeconds: number
}

/**
 * Lets shoppers buy in catalogs of several sizes, slice by slice in turns, so that noise hits all of them. In a larger
 * catalog they choose once from as few goods as the smallest one has, and once from all: the one is the size alone, the
 * other also what is not in any cache.
 */
export async function measureCatalogSizes(
  database: BenchDatabase,
  flows: readonly RunnableFlow[],
  options: BenchOptions,
  opened: (close: () => Promise<void>) => void,
): Promise<readonly CatalogSize[]> {
  const catalogs: Catalog[] = []
  for (const goods of options.goods)
    catalogs.push({ goods, server: await openCatalog(database, goods, options, opened) })
  const sizes: CatalogSize[] = []
  for (const flow of flows) {
    for (const shoppers of options.shoppers) sizes.push(...(await measureInTurns(flow, catalogs, shoppers, options)))
  }
  return sizes
}

async function openCatalog(
  database: BenchDatabase,
  goods: number,
  { processes }: BenchOptions,
  opened: (close: () => Promise<void>) => void,
): Promise<ServerProcess> {
  console.log(`Importing ${goods} goods ...`)
  const environment = { DATABASE_URL: await database.create(`goods_${goods}`) }
  await runCommand(['migrate'], environment)
  await runCommand(['seed', 'demo'], environment)
  await loadGoods(environment, benchGoods(goods))
  const server = await startServer({ ...environment, POLYTILL_PROCESSES: String(processes) })
  opened(() => server.stop())
  return server
}

async function measureInTurns(
  flow: RunnableFlow,
  catalogs: readonly Catalog[],
  shoppers: number,
  options: BenchOptions,
): Promise<readonly CatalogSize[]> {
  const fewest = Math.min(...catalogs.map(({ goods }) => goods))
  const rows = catalogs.flatMap(catalog =>
    [...new Set([fewest, catalog.goods])].map(chosenFrom => openRow(flow, catalog, chosenFrom, shoppers)),
  )
  try {
    for (const { recorder } of rows) await runSlice(recorderOf(recorder.checkout), shoppers, options.warmUpSeconds)
    for (let slice = 0; slice < Math.max(2, Math.round(options.seconds / options.sliceSeconds)); slice += 1) {
      for (const row of rows) {
        const before = await row.catalog.server.cpuSeconds()
        await runSlice(row.recorder, shoppers, options.sliceSeconds)
        row.cpuSeconds += (await row.catalog.server.cpuSeconds()) - before
      }
    }
  } finally {
    for (const row of rows) row.close()
  }
  return rows.map(({ catalog, chosenFrom, recorder, cpuSeconds }) => {
    const figures = measured(recorder)
    const cpuMsPerCheckout = (cpuSeconds * 1_000) / figures.checkouts
    return { dialect: flow.dialect, goods: catalog.goods, chosenFrom, shoppers, figures, cpuMsPerCheckout }
  })
}

function openRow(flow: RunnableFlow, catalog: Catalog, chosenFrom: number, shoppers: number): Row {
  const { checkout, close } = flow.open(catalog.server.baseUrl, benchGoods(chosenFrom), shoppers)
  return { catalog, chosenFrom, recorder: recorderOf(checkout), close, cpuSeconds: 0 }
}

/** A Markdown table, each row against the first of its dialect and number of shoppers. */
export function catalogSizesAsText(sizes: readonly CatalogSize[]): string {
  const columns = [
    'flow',
    'shoppers',
    'goods',
    'bought from',
    'checkouts/s',
    'against first',
    'p50 ms',
    'p95 ms',
    'CPU ms',
  ]
  const rows = sizes.map(size => {
    const first = sizes.find(({ dialect, shoppers }) => dialect === size.dialect && shoppers === size.shoppers) ?? size
    return [
      size.dialect,
      String(size.shoppers),
      size.goods.toLocaleString('en'),
      size.chosenFrom.toLocaleString('en'),
      size.figures.perSecond.toFixed(1),
      `${((size.figures.perSecond / first.figures.perSecond) * 100).toFixed(0)} %`,
      size.figures.whole.p50.toFixed(1),
      size.figures.whole.p95.toFixed(1),
      size.cpuMsPerCheckout.toFixed(1),
    ]
  })
  return ['### Size of the catalog', '', ...table(columns, rows)].join('\n')
}
