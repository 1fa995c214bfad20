import type { Route } from '../dialect.js'
import { deleteRefreshToken, postAccessToken, postRefreshToken } from './storefront/access-tokens.js'
import { deleteAddress, getAddress, getAddresses, patchAddress, postAddress } from './storefront/addresses.js'
import { deleteCustomer, getCustomer, getCustomers, patchCustomer, postCustomer } from './storefront/customers.js'
import { getCatalogSearch, getConcreteProduct } from './storefront/products.js'
import { getStore, getStores } from './storefront/stores.js'
import { postToken } from './storefront/token.js'

const shared = { surface: 'storefront', coverage: 'full' } as const
const suite = 'spryker/robotframework-suite-tests tests/api/b2c/glue'
const tokens = { ...shared, source: `${suite}; dialects/spryker.md 3.1` }
const customers = { ...shared, source: 'spryker/spryker-core Bundles/CustomersRestApi; dialects/spryker.md 3.2' }
const stores = { ...shared, source: `${suite}; dialects/spryker.md 3.12` }
const products = {
  ...shared,
  coverage: 'partial',
  source: '@spryker-oryx/product 1.4.0; dialects/spryker.md 6.2',
} as const

/** Tokens, customers, addresses, stores, and the little of products that storefronts show beside a cart. */
export const accountRoutes = [
  { method: 'POST', path: '/access-tokens', handler: postAccessToken, operation: 'sign-in', ...tokens },
  { method: 'POST', path: '/refresh-tokens', handler: postRefreshToken, operation: 'check-credential', ...tokens },
  {
    method: 'DELETE',
    path: '/refresh-tokens/:token',
    handler: deleteRefreshToken,
    operation: 'revoke-credentials',
    ...tokens,
  },
  { method: 'POST', path: '/token', handler: postToken, operation: 'sign-in', ...tokens },
  { method: 'POST', path: '/customers', handler: postCustomer, operation: 'register-customer', ...customers },
  { method: 'GET', path: '/customers', handler: getCustomers, operation: 'read-customer', ...customers },
  { method: 'GET', path: '/customers/:reference', handler: getCustomer, operation: 'read-customer', ...customers },
  {
    method: 'PATCH',
    path: '/customers/:reference',
    handler: patchCustomer,
    operation: 'update-customer',
    ...customers,
  },
  {
    method: 'DELETE',
    path: '/customers/:reference',
    handler: deleteCustomer,
    operation: 'anonymize-customer',
    ...customers,
  },
  {
    method: 'GET',
    path: '/customers/:reference/addresses',
    handler: getAddresses,
    operation: 'read-customer',
    ...customers,
  },
  {
    method: 'POST',
    path: '/customers/:reference/addresses',
    handler: postAddress,
    operation: 'add-address',
    ...customers,
  },
  {
    method: 'GET',
    path: '/customers/:reference/addresses/:uuid',
    handler: getAddress,
    operation: 'read-customer',
    ...customers,
  },
  {
    method: 'PATCH',
    path: '/customers/:reference/addresses/:uuid',
    handler: patchAddress,
    operation: 'change-address',
    ...customers,
  },
  {
    method: 'DELETE',
    path: '/customers/:reference/addresses/:uuid',
    handler: deleteAddress,
    operation: 'remove-address',
    ...customers,
  },
  { method: 'GET', path: '/stores', handler: getStores, operation: 'read-channel', ...stores },
  { method: 'GET', path: '/stores/:store', handler: getStore, operation: 'read-channel', ...stores },
  {
    method: 'GET',
    path: '/concrete-products/:sku',
    handler: getConcreteProduct,
    operation: 'find-variants',
    ...products,
  },
  { method: 'GET', path: '/catalog-search', handler: getCatalogSearch, operation: 'list-variants', ...products },
] satisfies readonly Route[]
