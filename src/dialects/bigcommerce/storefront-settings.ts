import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'

const word = z.string().default('')

/** What a checkout page of one's own reads, and how the terms are shown. Set by `/checkouts/settings` too. */
const pageMembers = {
  customCheckoutScriptUrl: word,
  confirmationUsesCheckoutScript: z.boolean().default(false),
  customConfirmationScriptUrl: word,
  customCheckoutSupportsSettings: z.boolean().default(false),
  customCheckoutHash: word,
  customConfirmationHash: word,
  checkoutType: word,
  guestCheckoutType: word,
  guestCheckoutForAccounts: word,
  policyConsent: word,
  /** Absent: where there are any. */
  orderTermsShown: z.boolean().optional(),
  orderTermsType: z.enum(['textarea', 'link']).default('textarea'),
  orderTermsLink: word,
  signsInAtStorefront: z.boolean().default(false),
}

/**
 * What a store may choose about its checkout page and its customers. Read from `channel.settings.bigcommerce`; every
 * member is optional there. Source: dialects/bigcommerce.md 3.7.1.
 */
const schema = z.object({
  ...pageMembers,
  guestCheckout: z.boolean().default(true),
  accountCreation: z.boolean().default(true),
  orderComments: z.boolean().default(true),
  /** A checkout page offers e-mails that sign in: true once somebody reads the events and sends them. */
  signInEmails: z.boolean().default(false),
  /** Text that a shopper must agree to; empty: none. */
  orderTerms: z.string().default(''),
  privacyPolicyUrl: z.string().default(''),
  /** `showNewsletterSignup` and whether it is ticked. */
  newsletter: z.enum(['hidden', 'offered', 'ticked']).default('hidden'),
  /** Characters of a new customer's password at least; letters and digits are needed too. */
  passwordLength: z.int().min(1).max(128).default(7),
})

export type StorefrontSettings = z.output<typeof schema> & { readonly orderTermsShown: boolean }

const byChannel = new WeakMap<Channel, StorefrontSettings>()

/**
 * Settings of the storefront of `channel`.
 *
 * @throws ZodError when the channel's settings are not of this form
 */
export function storefrontSettingsOf(channel: Channel): StorefrontSettings {
  const known = byChannel.get(channel)
  if (known !== undefined) return known
  const parsed = schema.parse(channel.settings.bigcommerce ?? {})
  const isThere = (parsed.orderTermsType === 'link' ? parsed.orderTermsLink : parsed.orderTerms) !== ''
  const settings = { ...parsed, orderTermsShown: parsed.orderTermsShown ?? isThere }
  byChannel.set(channel, settings)
  return settings
}

/** What a password needs, as the API tells it: patterns and a sentence. */
export function passwordRules(settings: StorefrontSettings) {
  const { passwordLength } = settings
  return {
    alpha: '[A-Za-z]',
    numeric: '[0-9]',
    minlength: passwordLength,
    description: `Passwords must be at least ${passwordLength} characters and contain both letters and digits.`,
  }
}

/** Whether `password` meets those rules. */
export function isGoodPassword(password: string, settings: StorefrontSettings): boolean {
  const { alpha, numeric, minlength } = passwordRules(settings)
  return password.length >= minlength && new RegExp(alpha).test(password) && new RegExp(numeric).test(password)
}
