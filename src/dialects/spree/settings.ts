import { z } from 'zod'
import type { StepRules } from '../../core/cart/checkout-steps.js'
import type { Channel } from '../../core/catalog/channel.js'
import { addressRulesOf } from './address-fields.js'

/** What a store may choose, and where releases differ. Read from `channel.settings.spree`; every member is optional. */
const schema = z.object({
  /** Requests without a key are refused; else guests need none. */
  requires_authentication: z.boolean().default(false),
  always_include_confirm_step: z.boolean().default(false),
  address_requires_state: z.boolean().default(true),
  address_requires_phone: z.boolean().default(true),
  /** Takes the money at completion instead of reserving it. */
  auto_capture: z.boolean().default(false),
  /** Orders complete although the gateway refused their payment. */
  allow_checkout_on_gateway_error: z.boolean().default(false),
  default_per_page: z.int().min(1).max(500).default(25),
  /** Whoever holds a completed order may not even send an empty update of it. */
  strict_3_3: z.boolean().default(false),
  owner_can_cancel: z.boolean().default(false),
})

export type SpreeSettings = z.output<typeof schema> & { readonly rules: StepRules }

const byChannel = new WeakMap<Channel, SpreeSettings>()

/**
 * Settings of the dialect in `channel`.
 *
 * @throws ZodError when the channel's settings are not of this form
 */
export function settingsOf(channel: Channel): SpreeSettings {
  const known = byChannel.get(channel)
  if (known !== undefined) return known
  const parsed = schema.parse(channel.settings.spree ?? {})
  const rules: StepRules = {
    confirms: parsed.always_include_confirm_step ? 'always' : 'kept_instruments',
    address: addressRulesOf(parsed),
  }
  const settings = { ...parsed, rules }
  byChannel.set(channel, settings)
  return settings
}
