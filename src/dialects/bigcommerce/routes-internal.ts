import type { Route } from '../dialect.js'
import { getCartPage } from './internal/cart-page.js'
import { getBillingCountries, getShippingCountries } from './internal/countries.js'
import { deleteCustomer, postCustomer } from './internal/customer.js'
import { deleteInstrument, getInstruments, getVaultAccessToken } from './internal/instruments.js'
import { postLogin } from './internal/login.js'
import { getLoginToken, postLoginToken } from './internal/login-token.js'
import { getConfirmation, getEmbeddedConfirmation, getOwnConfirmation } from './internal/order-confirmation.js'
import { postOrder, postOrderFinalization } from './internal/orders.js'
import { postPublicPayment } from './internal/payments.js'
import { getAllowCookie } from './storefront/embedded-cookie.js'
import { claimsCheckout, getCheckout, getEmbeddedCheckout } from './storefront/embedded-pages.js'

const sdk = {
  surface: 'internal',
  coverage: 'full',
  source: '@bigcommerce/checkout-sdk; dialects/bigcommerce.md 3.7',
} as const
const login = {
  surface: 'internal',
  coverage: 'full',
  source: 'bigcommerce/docs reference/customer_login.yml; dialects/bigcommerce.md 3.10',
} as const

const embedding = {
  surface: 'internal',
  source: 'bigcommerce/docs storefront/cart-checkout/embedded-checkout; dialects/bigcommerce.md 1.6, 3.10',
  isPage: true,
} as const

const pay = {
  surface: 'internal',
  coverage: 'full',
  source: '@bigcommerce/bigpay-client; dialects/bigcommerce.md 3.8',
} as const

/** The platform's client lists by one version and deletes by another. */
const instruments = '/api/v3/stores/:storeId/shoppers/:shopperId/instruments'

/** Pages that show an order, each with a slash at its end too. */
const confirmation = {
  surface: 'internal',
  operation: 'confirm-payment',
  coverage: 'full',
  source: 'bigcommerce/docs reference/checkouts.v3.yml createCheckoutToken; dialects/bigcommerce.md 1.6, 6.5',
  isPage: true,
} as const

/** What the Checkout SDK calls besides, which no public document lists. Source: dialects/bigcommerce.md 1.5. */
export const internalRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/internalapi/v1/shipping/countries',
    handler: getShippingCountries,
    operation: 'shipping-countries',
    ...sdk,
  },
  { method: 'GET', path: '/internalapi/v1/store/countries', handler: getBillingCountries, operation: 'none', ...sdk },
  { method: 'POST', path: '/internalapi/v1/checkout/customer', handler: postCustomer, operation: 'sign-in', ...sdk },
  {
    method: 'DELETE',
    path: '/internalapi/v1/checkout/customer',
    handler: deleteCustomer,
    operation: 'release-cart',
    ...sdk,
  },
  { method: 'POST', path: '/internalapi/v1/checkout/order', handler: postOrder, operation: 'draft-order', ...sdk },
  {
    method: 'POST',
    path: '/internalapi/v1/checkout/order/:orderId',
    handler: postOrderFinalization,
    operation: 'read-order',
    ...sdk,
  },
  {
    method: 'POST',
    path: '/api/public/v1/orders/payments',
    handler: postPublicPayment,
    operation: 'pay-by-card',
    ...pay,
  },
  {
    method: 'GET',
    path: '/internalapi/v1/checkout/payments/vault-access-token',
    handler: getVaultAccessToken,
    operation: 'read-customer',
    ...sdk,
  },
  { method: 'GET', path: instruments, handler: getInstruments, operation: 'list-stored-cards', ...pay },
  {
    method: 'POST',
    path: `${instruments}/trusted_shipping_address`,
    handler: getInstruments,
    operation: 'list-stored-cards',
    ...pay,
  },
  {
    method: 'DELETE',
    path: '/api/v2/stores/:storeId/shoppers/:shopperId/instruments/:instrumentId',
    handler: deleteInstrument,
    operation: 'delete-stored-card',
    ...pay,
  },
  {
    method: 'POST',
    path: '/login.php',
    handler: postLogin,
    operation: 'request-sign-in',
    surface: 'internal',
    coverage: 'partial',
    source: '@bigcommerce/checkout-sdk; dialects/bigcommerce.md 3.7.12',
  },
  {
    method: 'GET',
    path: '/cart.php',
    handler: getCartPage,
    operation: 'bind-cart',
    surface: 'internal',
    coverage: 'partial',
    source: 'bigcommerce/docs reference/carts.v3.yml createCartRedirectUrl; dialects/bigcommerce.md 1.6',
  },
  {
    method: 'GET',
    path: '/embedded-checkout/allow-cookie',
    handler: getAllowCookie,
    operation: 'issue-credential',
    coverage: 'full',
    ...embedding,
  },
  {
    method: 'GET',
    path: '/embedded-checkout',
    handler: getEmbeddedCheckout,
    operation: 'link-checkout',
    coverage: 'full',
    ...embedding,
  },
  ...['/checkout', '/checkout/'].map(
    (path): Route => ({
      method: 'GET',
      path,
      handler: getCheckout,
      operation: 'link-checkout',
      coverage: 'full',
      claims: claimsCheckout,
      ...embedding,
    }),
  ),
  { method: 'GET', path: '/checkout/order-confirmation', handler: getOwnConfirmation, ...confirmation },
  { method: 'GET', path: '/checkout/order-confirmation/', handler: getOwnConfirmation, ...confirmation },
  { method: 'GET', path: '/checkout/order-confirmation/:orderId', handler: getOwnConfirmation, ...confirmation },
  { method: 'GET', path: '/checkout/order-confirmation/:orderId/', handler: getOwnConfirmation, ...confirmation },
  { method: 'GET', path: '/embedded-checkout/order-confirmation', handler: getEmbeddedConfirmation, ...confirmation },
  { method: 'GET', path: '/embedded-checkout/order-confirmation/', handler: getEmbeddedConfirmation, ...confirmation },
  {
    method: 'GET',
    path: '/embedded-checkout/order-confirmation/:orderId',
    handler: getEmbeddedConfirmation,
    ...confirmation,
  },
  {
    method: 'GET',
    path: '/embedded-checkout/order-confirmation/:orderId/',
    handler: getEmbeddedConfirmation,
    ...confirmation,
  },
  { method: 'GET', path: '/order-confirmation/:orderId', handler: getConfirmation, ...confirmation },
  { method: 'GET', path: '/order-confirmation/:orderId/', handler: getConfirmation, ...confirmation },
  { method: 'GET', path: '/login/token/:token', handler: getLoginToken, operation: 'adopt-cart', ...login },
  { method: 'POST', path: '/login/token/:token', handler: postLoginToken, operation: 'adopt-cart', ...login },
]
