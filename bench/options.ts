import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { BareCost } from './bare.js'

/** What one run measures; every number bounds it in count or in time. */
export interface BenchOptions {
  readonly dialects: readonly string[]
  readonly shoppers: readonly number[]
  /** Measured seconds for ours, and again as many for the floor, per number of shoppers. */
  readonly seconds: number
  /** Length of one slice; ours and the floor take turns slice by slice. */
  readonly sliceSeconds: number
  readonly warmUpSeconds: number
  /** Cart sizes in lines; empty: skipped. */
  readonly lines: readonly number[]
  /** Measured writes per cart size. */
  readonly lineWrites: number
  /** Catalogs by how many goods they hold, to compare with each other; empty: skipped. */
  readonly goods: readonly number[]
  readonly jsonFile?: string
  /** How many processes the server consists of, see `POLYTILL_PROCESSES`. */
  readonly processes: number
  /** Measure the hand-written SQL alone; needs no server. */
  readonly isFloorOnly: boolean
  /** Address of a Vendure on this machine to measure beside ours; absent: none. */
  readonly vendure?: string
  /** Measure servers that decide nothing, by what a checkout costs there; empty: not. */
  readonly bare: readonly BareCost[]
}

export const usage = `npm run bench -- [options]
  --dialect NAME[,NAME]   flows to run (default: all)
  --shoppers N[,N]        parallel shoppers (default: 1,8,32)
  --seconds N             measured seconds per side and number of shoppers (default: 12)
  --lines N[,N]           cart sizes in lines, "none" to skip (default: 2,10,100,500)
  --processes N           processes of the server at its port (default: one for each core)
  --goods N[,N]           only whole checkouts with so many goods in the catalog, such as 20,100000
  --json FILE             also write the figures as JSON
  --quick                 4 seconds per side, fewer cart writes
  --floor                 only the hand-written SQL
  --bare N:N[,N:N]        only servers that decide nothing, by requests and statements of a checkout, such as 4:7,9:20
  --vendure URL           only ours beside a Vendure that runs on this machine, such as http://127.0.0.1:3000
  --help`

/**
 * Reads the command line.
 *
 * @throws Error with a sentence for people when an option is unknown or no positive number
 */
export function parseOptions(args: readonly string[], knownDialects: readonly string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dialect: { type: 'string' },
      shoppers: { type: 'string', default: '1,8,32' },
      seconds: { type: 'string' },
      lines: { type: 'string', default: '2,10,100,500' },
      goods: { type: 'string' },
      processes: { type: 'string', default: String(availableParallelism()) },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      floor: { type: 'boolean', default: false },
      bare: { type: 'string' },
      vendure: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  const dialects = values.dialect === undefined ? knownDialects : values.dialect.split(',')
  const unknown = dialects.filter(name => !knownDialects.includes(name))
  if (unknown.length > 0) throw new Error(`No flow named ${unknown.join(', ')}; there are: ${knownDialects.join(', ')}`)
  return {
    dialects,
    shoppers: positives('shoppers', values.shoppers, 512),
    seconds: positive('seconds', values.seconds ?? (values.quick ? '4' : '12'), 600),
    sliceSeconds: values.quick ? 1 : 2,
    warmUpSeconds: values.quick ? 1 : 3,
    lines: values.lines === 'none' ? [] : positives('lines', values.lines, 1_000),
    lineWrites: values.quick ? 20 : 60,
    goods: values.goods === undefined ? [] : positives('goods', values.goods, 1_000_000),
    processes: positive('processes', values.processes, 64),
    ...(values.json === undefined ? {} : { jsonFile: values.json }),
    isFloorOnly: values.floor,
    bare: (values.bare?.split(',') ?? []).map(costOf),
    ...(values.vendure === undefined ? {} : { vendure: loopback(values.vendure) }),
  }
}

/** Nobody else's shop is ordered empty by mistake. */
function loopback(text: string): string {
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' }
  if (protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new Error(`--vendure takes an address on this machine, such as http://127.0.0.1:3000, not "${text}"`)
  }
  return text
}

function costOf(text: string): BareCost {
  const [requests = '', statements = ''] = text.split(':')
  return { requests: positive('bare', requests, 100), statements: positive('bare', statements, 1_000) }
}

function positives(name: string, text: string, most: number): readonly number[] {
  return text.split(',').map(part => positive(name, part, most))
}

function positive(name: string, text: string, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`--${name} takes whole numbers from 1 to ${most}, not "${text}"`)
  }
  return value
}
