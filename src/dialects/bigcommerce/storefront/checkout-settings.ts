import type { Channel } from '../../../core/catalog/channel.js'
import { findCountry } from '../../../core/geography/countries.js'
import { minorDigits } from '../../../core/money.js'
import { moneyFormat } from '../../../core/money-format.js'
import { parseUuid } from '../ids.js'
import { settingsOf } from '../settings.js'
import { type ShopperRequest, shopperEndpoint } from '../shopper-endpoint.js'
import { keepsCards } from '../stored-cards.js'
import { passwordRules, type StorefrontSettings, storefrontSettingsOf } from '../storefront-settings.js'
import { formFields } from './form-fields.js'
import { readOwnCart } from './own-cart.js'

/**
 * GET /api/storefront/checkout-settings: 200, what a checkout page must know before it draws anything, and which
 * checkout it is about: the one that `checkoutId` names, where it is the session's, else the session's own; empty when
 * there is none, as after an order. Source: dialects/bigcommerce.md 3.7.1.
 */
export const getCheckoutSettings = shopperEndpoint('storefront', async (request, operations) => {
  const asked = parseUuid(request.wire.query.get('checkoutId') ?? '')
  const read = await readOwnCart(request, operations, asked)
  const methods = read.ok ? read.value.cart.paymentMethods : []
  const facts = await operations.readChannelFacts({ channel: request.channel.id })
  return {
    status: 200,
    body: {
      context: {
        flashMessages: [],
        payment: { token: null },
        checkoutId: read.ok ? read.value.cart.cart.id : '',
        geoCountryCode: request.channel.defaultCountry,
      },
      customization: { languageData: [] },
      storeConfig: storeConfig(
        request,
        methods.filter(({ provider }) => provider !== 'manual').map(({ id }) => id),
        facts.ok && keepsCards(facts.value.paymentMethods),
      ),
    },
  }
})

/**
 * @param clientSide  methods whose data the client sends to the payments host; it treats any other as long outdated
 * @param isVaulting  some way of paying keeps cards, whether or not there is a cart that it can pay for
 */
function storeConfig({ wire, channel }: ShopperRequest, clientSide: readonly string[], isVaulting: boolean) {
  const settings = storefrontSettingsOf(channel)
  const currency = currencyFormat(channel)
  const { billingAddress, shippingAddress } = formFields(settings)
  return {
    cdnPath: wire.baseUrl,
    checkoutSettings: checkoutSettings(settings, isVaulting),
    currency,
    displayDateFormat: 'do MMM yyyy',
    inputDateFormat: 'dd/MM/yyyy',
    displaySettings: { hidePriceFromGuests: false },
    formFields: { billingAddressFields: billingAddress, shippingAddressFields: shippingAddress },
    links: links(wire.baseUrl),
    paymentSettings: { bigpayBaseUrl: wire.baseUrl, clientSidePaymentProviders: clientSide },
    shopperConfig: shopperConfig(settings),
    storeProfile: storeProfile(channel, wire.baseUrl),
    imageDirectory: 'product_images',
    isAngularDebuggingEnabled: false,
    shopperCurrency: { ...currency, exchangeRate: 1 },
  }
}

function checkoutSettings(settings: StorefrontSettings, isVaulting: boolean) {
  const { orderTerms } = settings
  return {
    features: {},
    checkoutBillingSameAsShippingEnabled: true,
    checkoutUserExperienceSettings: {
      walletButtonsOnTop: false,
      floatingLabelEnabled: false,
      enhancedCheckoutThemeV1: false,
    },
    enableOrderComments: settings.orderComments,
    enableTermsAndConditions: settings.orderTermsShown,
    googleMapsApiKey: '',
    googleRecaptchaSitekey: '',
    isAccountCreationEnabled: settings.accountCreation,
    isStorefrontSpamProtectionEnabled: false,
    guestCheckoutEnabled: settings.guestCheckout,
    hasMultiShippingEnabled: true,
    isAnalyticsEnabled: false,
    isCardVaultingEnabled: isVaulting,
    isCouponCodeCollapsed: true,
    isExpressPrivacyPolicy: false,
    isSignInEmailEnabled: settings.signInEmails,
    isPaymentRequestEnabled: false,
    isPaymentRequestCanMakePaymentEnabled: false,
    isSpamProtectionEnabled: false,
    isTrustedShippingAddressEnabled: false,
    orderTermsAndConditions: orderTerms,
    orderTermsAndConditionsLocation: 'payment',
    orderTermsAndConditionsLink: settings.orderTermsLink,
    orderTermsAndConditionsType: settings.orderTermsType,
    privacyPolicyUrl: settings.privacyPolicyUrl,
    providerWithCustomCheckout: null,
    shippingQuoteFailedMessage: 'We cannot ship one or more of these items to that address.',
    realtimeShippingProviders: [],
    requiresMarketingConsent: false,
    remoteCheckoutProviders: [],
    shouldRedirectToStorefrontForAuth: settings.signsInAtStorefront,
  }
}

/** Digits are texts here, unlike anywhere else. */
function currencyFormat({ currency, locale }: Channel) {
  const format = moneyFormat(currency, locale)
  return {
    code: currency,
    decimalPlaces: String(minorDigits(currency)),
    decimalSeparator: format.decimalSeparator,
    isTransactional: true,
    symbolLocation: format.startsWithSymbol ? 'left' : 'right',
    symbol: format.symbol,
    thousandsSeparator: format.groupSeparator,
  }
}

function links(baseUrl: string) {
  return {
    siteLink: baseUrl,
    cartLink: `${baseUrl}/cart.php`,
    checkoutLink: `${baseUrl}/checkout`,
    orderConfirmationLink: `${baseUrl}/checkout/order-confirmation`,
    loginLink: `${baseUrl}/login.php`,
    logoutLink: `${baseUrl}/login.php?action=logout`,
    createAccountLink: `${baseUrl}/login.php?action=create_account`,
    forgotPasswordLink: `${baseUrl}/login.php?action=reset_password`,
    baseUrl: null,
  }
}

function shopperConfig(settings: StorefrontSettings) {
  const { alpha, numeric, minlength, description } = passwordRules(settings)
  return {
    defaultNewsletterSignup: settings.newsletter === 'ticked',
    showNewsletterSignup: settings.newsletter !== 'hidden',
    passwordRequirements: { alpha, numeric, minlength, error: description },
  }
}

function storeProfile(channel: Channel, baseUrl: string) {
  const settings = settingsOf(channel)
  return {
    orderEmail: settings.orderEmail,
    shopPath: baseUrl,
    storeCountry: findCountry(channel.defaultCountry)?.name ?? '',
    storeCountryCode: channel.defaultCountry,
    storeHash: settings.storeHash,
    storeId: settings.storeId,
    storeName: settings.storeName,
    storePhoneNumber: '',
    storeLanguage: channel.locale.replace('-', '_'),
  }
}
