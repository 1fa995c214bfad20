import { z } from 'zod'
import type { Channel } from '../../../core/catalog/channel.js'
import { readBody } from '../body.js'
import { respondData } from '../respond.js'
import { respondProblem, type ServerRequest, serverEndpoint } from '../server-request.js'
import { settingsOf } from '../settings.js'
import { storefrontSettingsOf } from '../storefront-settings.js'
import { modifiesCheckouts, readsCheckouts } from './checkouts.js'
import { changeSettings, settingsChannel } from './shop-settings.js'

const text = z.string().max(2_048)

/** Scripts of a checkout of one's own: by their names on the wire, members of the settings. */
const scripts = {
  custom_checkout_script_url: 'customCheckoutScriptUrl',
  order_confirmation_use_custom_checkout_script: 'confirmationUsesCheckoutScript',
  custom_order_confirmation_script_url: 'customConfirmationScriptUrl',
  custom_checkout_supports_uco_settings: 'customCheckoutSupportsSettings',
  custom_checkout_sri_hash: 'customCheckoutHash',
  custom_order_confirmation_sri_hash: 'customConfirmationHash',
} as const

/** What a channel has besides. */
const page = {
  checkout_type: 'checkoutType',
  guest_checkout_type: 'guestCheckoutType',
  guest_checkout_for_existing_accounts: 'guestCheckoutForAccounts',
  policy_consent: 'policyConsent',
  order_confirmation_contact_email: 'orderEmail',
  is_order_terms_and_conditions_enabled: 'orderTermsShown',
  order_terms_and_conditions_type: 'orderTermsType',
  order_terms_and_conditions_link: 'orderTermsLink',
  order_terms_and_conditions_textarea: 'orderTerms',
  should_redirect_to_storefront_for_auth: 'signsInAtStorefront',
} as const

const scriptsBody = z.object({
  custom_checkout_script_url: text,
  order_confirmation_use_custom_checkout_script: z.boolean(),
  custom_order_confirmation_script_url: text,
  custom_checkout_supports_uco_settings: z.boolean(),
  custom_checkout_sri_hash: text,
  custom_order_confirmation_sri_hash: text,
})
const pageBody = scriptsBody.extend({
  checkout_type: text,
  guest_checkout_type: text,
  guest_checkout_for_existing_accounts: text,
  policy_consent: text,
  order_confirmation_contact_email: text,
  is_order_terms_and_conditions_enabled: z.boolean(),
  order_terms_and_conditions_type: z.enum(['textarea', 'link']),
  order_terms_and_conditions_link: text,
  order_terms_and_conditions_textarea: z.string().max(10_000),
  should_redirect_to_storefront_for_auth: z.boolean(),
})

/** GET /checkouts/settings: 200, scripts; of a channel (`/channels/:channelId`) also what its page offers. 422 for none. */
export const getServerCheckoutSettings = serverEndpoint(readsCheckouts, async (request, operations) => {
  const channel = await settingsChannel(request, operations)
  return channel.ok ? respondData(shown(request, channel.value)) : respondProblem(channel.error)
})

/**
 * PUT /checkouts/settings and /checkouts/settings/channels/:channelId: 200 with the settings; members that are absent stay.
 * Terms, sign-in and the shop's address show on the checkout page; the others are kept for the client that reads them.
 */
export const putServerCheckoutSettings = serverEndpoint(modifiesCheckouts, async (request, operations) => {
  const schema = request.params.channelId === undefined ? scriptsBody : pageBody
  const body = readBody(request.wire, schema.partial())
  if (!body.ok) return respondProblem(body.error)
  const channel = await settingsChannel(request, operations)
  if (!channel.ok) return respondProblem(channel.error)
  const names: Readonly<Record<string, string>> = { ...scripts, ...page }
  const members = Object.entries(body.value).flatMap(([name, value]) => {
    const member = names[name]
    return member === undefined || value === undefined ? [] : [[member, value] as const]
  })
  const changed = await changeSettings(request, channel.value, Object.fromEntries(members), operations)
  return changed.ok ? respondData(shown(request, changed.value)) : respondProblem(changed.error)
})

function shown({ params }: ServerRequest, channel: Channel) {
  const { orderEmail } = settingsOf(channel)
  const settings: Readonly<Record<string, unknown>> = { ...storefrontSettingsOf(channel), orderEmail }
  const names = params.channelId === undefined ? scripts : { ...page, ...scripts }
  return Object.fromEntries(Object.entries(names).map(([name, member]) => [name, settings[member]]))
}
