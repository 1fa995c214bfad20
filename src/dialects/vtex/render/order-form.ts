import type { Json } from '../../../core/ids.js'
import { extrasOf } from '../extras.js'
import { orderFormIdOf } from '../ids.js'
import { toWire } from '../money.js'
import { renderClientProfile } from './client-profile.js'
import type { RenderContext } from './context.js'
import { renderCustomData } from './custom-data.js'
import { renderItemMetadata, renderItems, sellerOf } from './item.js'
import { renderMessages } from './messages.js'
import { renderPaymentData } from './payment-data.js'
import { renderSelectableGifts } from './selectable-gifts.js'
import { renderShippingData } from './shipping-data.js'
import { renderStorePreferences } from './store-preferences.js'
import { renderSubscriptionData } from './subscription-data.js'
import { cartValue, renderTotalizers } from './totalizers.js'

/** Who looks at the orderForm. */
export interface Viewer {
  /** A signed-in shopper. */
  readonly isLoggedIn: boolean
  readonly isCallCenterOperator: boolean
}

/** The whole orderForm. All sections, whatever the client says that it expects. */
export function renderOrderForm(context: RenderContext, viewer: Viewer) {
  const { priced, settings, channel, locale } = context
  const { cart } = priced
  const extras = extrasOf(cart)
  const { orderForm } = settings
  return {
    orderFormId: orderFormIdOf(cart.id),
    salesChannel: settings.salesChannel,
    loggedIn: viewer.isLoggedIn,
    isCheckedIn: extras.isCheckedIn ?? false,
    storeId: extras.storeId ?? null,
    checkedInPickupPointId: null,
    allowManualPrice: orderForm.allowManualPrice ?? false,
    canEditData: !context.isMasked,
    userProfileId: extras.profileId ?? cart.buyer.customerId ?? null,
    userType: viewer.isCallCenterOperator ? 'callCenterOperator' : null,
    ignoreProfileData: extras.ignoreProfileData ?? false,
    value: toWire(cartValue(priced)),
    messages: renderMessages(cart.notices, locale),
    items: renderItems(context),
    selectableGifts: renderSelectableGifts(context),
    totalizers: renderTotalizers(context),
    shippingData: renderShippingData(context),
    clientProfileData: renderClientProfile(context),
    paymentData: renderPaymentData(context),
    marketingData: renderMarketingData(context),
    sellers: renderSellers(context),
    clientPreferencesData: renderPreferences(context),
    commercialConditionData: null,
    storePreferencesData: renderStorePreferences(channel, priced.currency),
    giftRegistryData: null,
    openTextField: cart.customerNote === undefined ? null : { value: cart.customerNote },
    invoiceData: extras.invoiceAddress === undefined ? null : { address: extras.invoiceAddress },
    customData: renderCustomData(cart, orderForm.apps ?? []),
    itemMetadata: renderItemMetadata(context),
    hooksData: null,
    ratesAndBenefitsData: renderRatesAndBenefits(context),
    subscriptionData: renderSubscriptionData(context),
    merchantContextData: renderMerchantContext(extras.salesAssociateId),
    purchaseAgentsData: null,
    itemsOrdination: (extras.itemsOrdination ?? null) as Json,
  }
}

/** Sellers whose goods are in the cart, in order of first appearance. */
export function renderSellers(context: RenderContext) {
  const ids = [...new Set(context.priced.lines.map(line => sellerOf(line, context)))]
  return ids.map(id => {
    const seller = context.facts.sellers.get(id)
    const { name = id, logoUrl = '', minimumOrderValue = 0n } = seller ?? {}
    return { id, name, logo: logoUrl, minimumOrderValue: toWire(minimumOrderValue) }
  })
}

/** Where the shopper came from, and coupon codes; null while nothing is known. */
export function renderMarketingData({ priced }: Pick<RenderContext, 'priced'>) {
  const { marketing, couponCodes } = priced.cart
  if (Object.keys(marketing).length === 0 && couponCodes.length === 0) return null
  return {
    utmSource: marketing.source ?? null,
    utmMedium: marketing.medium ?? null,
    utmCampaign: marketing.campaign ?? null,
    utmipage: marketing.page ?? null,
    utmiPart: marketing.part ?? null,
    utmiCampaign: marketing.internalCampaign ?? null,
    coupon: couponCodes.length === 0 ? null : couponCodes.join(','),
    marketingTags: marketing.tags ?? [],
  }
}

export function renderPreferences({ priced, locale, settings }: Pick<RenderContext, 'priced' | 'locale' | 'settings'>) {
  const { newsletter, savePersonalData } = priced.cart.preferences
  const asked = settings.orderForm.savePersonalDataAsOptIn === true
  return {
    locale,
    optinNewsLetter: newsletter ?? null,
    // Cards are never kept, whatever a shopper would like.
    ...(asked ? { savePersonalData: savePersonalData ?? false, savePaymentData: false } : {}),
  }
}

/** Promotions that took something off, gave something that is among the items, or offered the shipping that was chosen. */
export function renderRatesAndBenefits({ priced }: Pick<RenderContext, 'priced'>) {
  const gifts = priced.lines.map(({ item }) => item.giftOf)
  const shipments = priced.consignments.map(({ selected }) => selected?.promotionId)
  const giving = (priced.giving ?? []).filter(({ id }) => gifts.includes(id) || shipments.includes(id))
  const applied = [...priced.discounts.filter(({ source }) => source !== 'manual'), ...giving]
  const rateAndBenefitsIdentifiers = applied.map(({ id, name, description, couponCode }) => ({
    id,
    name,
    featured: false,
    description: description ?? '',
    matchedParameters: couponCode === undefined ? {} : { 'couponCode@Marketing': couponCode },
    additionalInfo: null,
  }))
  return { rateAndBenefitsIdentifiers, teaser: [] }
}

export function renderMerchantContext(salesAssociateId: string | undefined) {
  return salesAssociateId === undefined ? null : { salesAssociateData: { salesAssociateId } }
}
