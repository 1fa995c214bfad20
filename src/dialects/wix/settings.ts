import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'

/** What a site may choose. Read from `channel.settings.wix`; every member is optional there. */
const schema = z.object({
  siteId: z.guid().default('00000000-0000-4000-8000-000000000000'),
  clientId: z.guid().optional(),
  /** App id of the catalog whose items are sold: the platform's own stores app, unless said otherwise. */
  catalogAppId: z.guid().default('215238eb-22a5-4c36-9e7b-e7c08025e04e'),
  weightUnit: z.enum(['KG', 'LB']).default('KG'),
  /** Ids of payment methods; default: the first one that a gateway runs, and the first one that needs none. */
  onlinePaymentMethod: z.string().optional(),
  offlinePaymentMethod: z.string().optional(),
  /** Address of the hosted checkout page; default: `/checkout` on the origin that was asked. */
  checkoutUrl: z.url().optional(),
  /** Where product pages are, without a slash at the end; default: the origin that was asked. */
  siteUrl: z.url().optional(),
  /** Domains that a checkout or a log-in may send people back to; absent: those of `checkoutUrl` and `siteUrl`. */
  redirectDomains: z.array(z.string()).optional(),
})

export type WixSettings = z.output<typeof schema>
export type WixSettingsInput = z.input<typeof schema>

const byChannel = new WeakMap<Channel, WixSettings>()

/**
 * Settings of the dialect in `channel`.
 *
 * @throws ZodError when the channel's settings are not of this form
 */
export function settingsOf(channel: Channel): WixSettings {
  const known = byChannel.get(channel)
  if (known !== undefined) return known
  const settings = schema.parse(channel.settings.wix ?? {})
  byChannel.set(channel, settings)
  return settings
}
