import { z } from 'zod'
import type { Channel } from '../../core/catalog/channel.js'

/** An app that may keep texts with a cart, and the names of its fields. */
const appSchema = z.object({ id: z.string().min(1), fields: z.array(z.string()), major: z.int().default(1) })

/**
 * What the account has configured for orderForms; the store may change it while it runs (`routes-configuration.ts`).
 * Names are the API's own.
 */
export const orderFormConfigurationSchema = z.object({
  paymentConfiguration: z
    .object({
      requiresAuthenticationForPreAuthorizedPaymentOption: z.boolean().default(false),
      allowInstallmentsMerge: z.boolean().nullable().default(null),
      blockPaymentSession: z.boolean().nullable().default(null),
      paymentSystemToCheckFirstInstallment: z.string().nullable().default(null),
    })
    .prefault({}),
  taxConfiguration: z
    .object({
      /** Null or empty: none. */
      url: z.string().nullable().default(null),
      authorizationHeader: z.string().nullable().default(null),
      appId: z.string().nullable().default(null),
      isMarketplaceResponsibleForTaxes: z.boolean().nullable().default(false),
    })
    .nullable()
    .default(null),
  minimumQuantityAccumulatedForItems: z.int().min(1).default(1),
  decimalDigitsPrecision: z.int().min(0).max(2).default(2),
  minimumValueAccumulated: z.int().min(0).nullable().default(null),
  /** Absent in the settings: the one that FastStore cannot do without. */
  apps: z
    .array(appSchema)
    .nullable()
    .default([{ id: 'faststore', fields: ['cartEtag'], major: 1 }]),
  allowMultipleDeliveries: z.boolean().nullable().default(null),
  allowManualPrice: z.boolean().nullable().default(null),
  savePersonalDataAsOptIn: z.boolean().nullable().default(false),
  maxNumberOfWhiteLabelSellers: z.int().min(1).nullable().default(null),
  maskFirstPurchaseData: z.boolean().nullable().default(null),
  maskStateOnAddress: z.boolean().nullable().default(true),
  recaptchaValidation: z.enum(['always', 'never', 'vtexCriteria']).nullable().default('vtexCriteria'),
  paymentSystemToCheckFirstInstallment: z.string().nullable().default(null),
  useOwnershipCookie: z.boolean().default(false),
  ignoreProfileData: z.boolean().default(false),
  defaultPaymentSystemToApplyOnUserOrderForm: z.string().nullable().default(null),
})

export type OrderFormConfiguration = z.output<typeof orderFormConfigurationSchema>

/** What a store may choose. Read from `channel.settings.vtex`; every member is optional there. */
const schema = z.object({
  /** Account name: in cookies' names, and who is told to be the merchant. */
  account: z.string().min(1).default('polytill'),
  /** `id` of merchants in installments and transactions. */
  merchantName: z.string().min(1).default('POLYTILL'),
  /** Number of the channel on the wire. */
  salesChannel: z.string().min(1).default('1'),
  /** Where a browser goes after its data was taken off the cart. */
  cartPage: z.string().min(1).default('/checkout/#/orderform'),
  /**
   * A postal code that the directory does not know takes city, state and street off the address, unless the client says
   * otherwise. False where no directory was imported.
   */
  clearsUnknownPostalCodes: z.boolean().default(true),
  /** Lines in one cart. */
  maxItems: z.int().min(1).default(600),
  /** Shoppers may sign in by a key that is sent to them: true once somebody reads the events and sends them. */
  signInEmails: z.boolean().default(false),
  orderForm: orderFormConfigurationSchema.prefault({}),
  /** Days after its placing in which the seller of an order may be changed. */
  windowToChangeSeller: z.int().min(0).max(31).default(2),
  /** Where a browser goes once its order stands; absent: a plain page of ours. */
  orderPlacedPage: z.string().min(1).optional(),
})

export type VtexSettings = z.output<typeof schema>
export type VtexSettingsInput = z.input<typeof schema>

const byChannel = new WeakMap<Channel, VtexSettings>()

/**
 * Settings of the dialect in `channel`.
 *
 * @throws ZodError when the channel's settings are not of this form
 */
export function settingsOf(channel: Channel): VtexSettings {
  const known = byChannel.get(channel)
  if (known !== undefined) return known
  const settings = schema.parse(channel.settings.vtex ?? {})
  byChannel.set(channel, settings)
  return settings
}
