import type { Route } from '../dialect.js'
import * as catalog from './storefront/catalog.js'
import * as geography from './storefront/geography.js'
import * as users from './storefront/users.js'

const surface = 'storefront'
const coverage = 'full'

const catalogRows = [
  {
    method: 'GET',
    path: '/api/products',
    handler: catalog.getProducts,
    operation: 'list-variants',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/products/:id',
    handler: catalog.getProduct,
    operation: 'find-variants',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/products/:id/variants',
    handler: catalog.getProductVariants,
    operation: 'find-variants',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/variants',
    handler: catalog.getVariants,
    operation: 'list-variants',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/variants/:id',
    handler: catalog.getVariant,
    operation: 'find-variants',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/countries',
    handler: geography.getCountries,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/countries/:id',
    handler: geography.getCountry,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/countries/:id/states',
    handler: geography.getCountryStates,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/states',
    handler: geography.getStates,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/states/:id',
    handler: geography.getState,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/zones',
    handler: geography.getZones,
    operation: 'read-offers',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/zones/:id',
    handler: geography.getZone,
    operation: 'read-offers',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/config',
    handler: geography.getConfig,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
  {
    method: 'GET',
    path: '/api/config/money',
    handler: geography.getMoneyConfig,
    operation: 'none',
    source: 'dialects/spree.md 3.14',
  },
] as const

const userRows = [
  {
    method: 'POST',
    path: '/api/users',
    handler: users.postUser,
    operation: 'register-customer',
    source: 'dialects/spree.md 3.15',
  },
  {
    method: 'GET',
    path: '/api/users/:id',
    handler: users.getUser,
    operation: 'read-customer',
    source: 'dialects/spree.md 3.15',
  },
  {
    method: 'PUT',
    path: '/api/users/:id',
    handler: users.putUser,
    operation: 'update-customer',
    source: 'dialects/spree.md 3.15',
  },
  {
    method: 'PATCH',
    path: '/api/users/:id',
    handler: users.putUser,
    operation: 'update-customer',
    source: 'dialects/spree.md 3.15',
  },
  {
    method: 'GET',
    path: '/api/users/:id/credit_cards',
    handler: users.getCreditCards,
    operation: 'read-customer',
    source: 'dialects/spree.md 3.15',
  },
  {
    method: 'POST',
    path: '/login',
    handler: users.postLogin,
    operation: 'sign-in',
    source: 'dialects/spree.md 2.4',
  },
  {
    method: 'GET',
    path: '/logout',
    handler: users.getLogout,
    operation: 'none',
    source: 'dialects/spree.md 2.4',
  },
] as const

/** The catalog, places and people. */
export const storeRoutes = [...catalogRows, ...userRows].map(row => ({
  surface,
  coverage,
  ...row,
})) satisfies readonly Route[]
