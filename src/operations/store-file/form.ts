import type { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'
import type { ChannelId, Instant, Sku } from '../../core/ids.js'
import { fromDecimal } from '../../core/money.js'
import type { PricingPolicy } from '../../core/pricing/policy.js'
import type { StoreRecord } from '../../storage/import-store.js'
import type { Path } from './problem.js'
import { sayProblem } from './say-problem.js'
import { tooPrecise } from './written.js'

/** What an entry may name that must exist. SKUs are asked for in batches, the rest is settled when the file ends. */
export type ReferenceKind = 'promotion' | 'pickup_point' | 'shipping_method' | 'seller' | 'tax_zone'

/** What reading one entry needs to know, and whom it tells. */
export interface Reading {
  /** Those of the store and those that the file has named so far. */
  readonly channels: ReadonlyMap<ChannelId, Channel>
  /** Channels of the file that have problems themselves: not to be called unknown as well. */
  readonly brokenChannels: ReadonlySet<ChannelId>
  readonly presets: Readonly<Record<string, PricingPolicy>>
  readonly now: Instant
  readonly hashPassword: (password: string) => Promise<string>
  problem(path: Path, message: string): void
  /** The file or the store must hold this when the file ends. `id` is within the channel where there is one. */
  refersTo(kind: ReferenceKind, id: string, path: Path, channel?: ChannelId): void
  /** The same for SKUs, checked with the batch. */
  refersToSku(sku: Sku, path: Path): void
  /** As `refersToSku`, for what may also come later in the file. */
  awaitsSku(sku: Sku, path: Path): void
  /** A payment provider that there should be. */
  usesProvider(name: string, path: Path): void
  /** A tax class that some zone should have a rate for. */
  usesTaxClass(taxClass: string, path: Path): void
}

/** Reads one entry of one kind: undefined when it has problems, which `reading` was told of. */
export interface Form {
  read(value: unknown, reading: Reading): Promise<readonly StoreRecord[] | undefined>
}

/**
 * Fields of a schema that must cover a core type: a member that the type gains and the file lacks does not compile.
 * `Renamed` are members that the file writes under another name.
 */
export type FieldsOf<Core, Renamed extends keyof Core = never> = Readonly<
  Record<Exclude<keyof Core, Renamed>, z.ZodType>
> &
  Readonly<Record<string, z.ZodType>>

/** A form by its schema and the step from what is written to records; runs that step on valid entries only. */
export function form<Schema extends z.ZodType>(
  schema: Schema,
  toRecords: (
    written: z.output<Schema>,
    reading: Reading,
  ) => readonly StoreRecord[] | undefined | Promise<readonly StoreRecord[] | undefined>,
): Form {
  return {
    async read(value, reading) {
      const parsed = schema.safeParse(value, { reportInput: true })
      if (parsed.success) return toRecords(parsed.data, reading)
      for (const issue of parsed.error.issues) {
        for (const { path, message } of sayProblem(issue)) reading.problem(path, message)
      }
      return undefined
    },
  }
}

/** The channel of that name, or a problem. */
export function channelOf(id: ChannelId, path: Path, reading: Reading): Channel | undefined {
  const channel = reading.channels.get(id)
  if (channel === undefined && !reading.brokenChannels.has(id)) {
    reading.problem(path, `there is no channel "${id}", here or earlier in the file`)
  }
  return channel
}

/** A problem where something ends before it starts, or at that moment. Times are UTC texts of one form. */
export function mustFollow(
  times: { readonly start: string | undefined; readonly end: string | undefined },
  path: Path,
  reading: Reading,
  startName = 'startsAt',
): void {
  const { start, end } = times
  if (start !== undefined && end !== undefined && end <= start) reading.problem(path, `must be after ${startName}`)
}

/** Minor units of a written amount; a problem and 0 when the currency cannot hold it. */
export function minorOf(decimal: string, currency: string, path: Path, reading: Reading): bigint {
  const minor = fromDecimal(decimal, currency)
  if (minor === undefined) reading.problem(path, tooPrecise(currency))
  return minor ?? 0n
}
