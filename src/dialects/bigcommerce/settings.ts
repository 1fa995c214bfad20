import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'

/** What a store may choose. Read from `channel.settings.bigcommerce`; every member is optional there. */
const schema = z.object({
  /** The store's id in paths: `/stores/{hash}/v3/...`; tokens belong to one. */
  storeHash: z.string().min(1).default('demo'),
  storeId: z.int().min(1).default(1),
  storeName: z.string().min(1).optional(),
  orderEmail: z.string().default(''),
  /** `channel_id` on the wire. */
  channelId: z.int().min(1).default(1),
  /** Tax classes that mark goods as not taxable on the wire. */
  untaxedClasses: z.array(z.string()).default(['exempt']),
  /** Requests in a window, as told in headers; `isEnforced`: beyond it 429. Source: dialects/bigcommerce.md 2.1. */
  rateLimit: z
    .object({
      requests: z.int().min(1).default(150),
      windowMilliseconds: z.int().min(1).default(30_000),
      isEnforced: z.boolean().default(false),
    })
    .prefault({}),
  /** Shoppers may fill carts and order; backends may in any case. */
  allowPurchasing: z.boolean().default(true),
  /** Integers of categories, by name; without any, categories that are called by numbers have those. */
  categoryIds: z.record(z.string(), z.int().min(1)).default({}),
  feesPerCheckout: z.int().min(0).default(5),
  /** Offline payment methods may pay server-to-server orders: an extension of ours. */
  offlinePayments: z.boolean().default(true),
})

export type BigCommerceSettings = Omit<z.output<typeof schema>, 'storeName'> & { readonly storeName: string }
export type BigCommerceSettingsInput = z.input<typeof schema>

const byChannel = new WeakMap<Channel, BigCommerceSettings>()

/**
 * Settings of the dialect in `channel`.
 *
 * @throws ZodError when the channel's settings are not of this form
 */
export function settingsOf(channel: Channel): BigCommerceSettings {
  const known = byChannel.get(channel)
  if (known !== undefined) return known
  const { storeName, ...parsed } = schema.parse(channel.settings.bigcommerce ?? {})
  const settings = { ...parsed, storeName: storeName ?? channel.name }
  byChannel.set(channel, settings)
  return settings
}
