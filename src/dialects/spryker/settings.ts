import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'

/**
 * Where releases of the platform differ, and what a store may choose. Read from `channel.settings.spryker`; every
 * member is optional there.
 */
const schema = z.object({
  /** Store name on the wire, e.g. `DE`; default: the channel's id in upper case. */
  store: z.string().min(1).optional(),
  checkoutData: z.object({ inline: z.boolean().default(true) }).prefault({}),
  /** Cart answers carry items when the request has no `include` parameter. */
  eagerItems: z.boolean().default(true),
  singleCart: z.boolean().default(true),
  /** An unknown payment method is refused with 1108 at both checkout endpoints. */
  strictPaymentMapping: z.boolean().default(false),
  multiplePayments: z.boolean().default(false),
  /** `classes`: 12-128 characters with upper, lower, digit and special; `length`: 8-64 characters. */
  passwordRule: z.enum(['classes', 'length']).default('classes'),
  addressIdNeedsParts: z.boolean().default(false),
  /** New customers must confirm their e-mail address before they can sign in. */
  confirmsEmail: z.boolean().default(false),
  accessTokenSeconds: z.int().min(1).max(29_999).default(28_800),
  refreshTokenSeconds: z.int().min(1).default(2_592_000),
})

export type SprykerSettings = Omit<z.output<typeof schema>, 'store'> & { readonly storeName: string }
export type SprykerSettingsInput = z.input<typeof schema>

const byChannel = new WeakMap<Channel, SprykerSettings>()

/**
 * Settings of the dialect in `channel`.
 *
 * @throws ZodError when the channel's settings are not of this form
 */
export function settingsOf(channel: Channel): SprykerSettings {
  const known = byChannel.get(channel)
  if (known !== undefined) return known
  const { store, ...parsed } = schema.parse(channel.settings.spryker ?? {})
  const settings = { ...parsed, storeName: store ?? channel.id.toUpperCase() }
  byChannel.set(channel, settings)
  return settings
}
