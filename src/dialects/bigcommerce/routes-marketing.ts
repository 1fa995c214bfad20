import type { Route } from '../dialect.js'
import {
  countCoupons,
  deleteCoupon,
  deleteCoupons,
  getCoupon,
  listCoupons,
  postCoupons,
  putCoupon,
} from './server/coupons.js'
import { getCustomers, putCustomers } from './server/customers.js'
import {
  deleteGiftCertificate,
  deleteGiftCertificates,
  getGiftCertificate,
  listGiftCertificates,
  postGiftCertificates,
  putGiftCertificate,
} from './server/gift-certificates.js'

const marketing = {
  surface: 'server',
  coverage: 'full',
  source: 'bigcommerce/docs reference/marketing.v2.yml; dialects/bigcommerce.md 3.9',
} as const

const customers = {
  surface: 'server',
  coverage: 'partial',
  source: 'bigcommerce/docs reference/customers.v3.yml',
} as const

/** Coupons and gift certificates themselves, in the older API, and who has store credit. */
export const marketingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/coupons',
    handler: listCoupons,
    operation: 'list-coupons',
    ...marketing,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v2/coupons',
    handler: postCoupons,
    operation: 'create-coupon',
    ...marketing,
    coverage: 'partial',
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v2/coupons',
    handler: deleteCoupons,
    operation: 'delete-coupons',
    ...marketing,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/coupons/count',
    handler: countCoupons,
    operation: 'list-coupons',
    ...marketing,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/coupons/:couponId',
    handler: getCoupon,
    operation: 'list-coupons',
    ...marketing,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v2/coupons/:couponId',
    handler: putCoupon,
    operation: 'change-coupon',
    ...marketing,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v2/coupons/:couponId',
    handler: deleteCoupon,
    operation: 'delete-coupons',
    ...marketing,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/gift_certificates',
    handler: listGiftCertificates,
    operation: 'list-gift-cards',
    ...marketing,
  },
  {
    method: 'POST',
    path: '/stores/:storeHash/v2/gift_certificates',
    handler: postGiftCertificates,
    operation: 'create-gift-card',
    ...marketing,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v2/gift_certificates',
    handler: deleteGiftCertificates,
    operation: 'delete-gift-cards',
    ...marketing,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v2/gift_certificates/:certificateId',
    handler: getGiftCertificate,
    operation: 'list-gift-cards',
    ...marketing,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v2/gift_certificates/:certificateId',
    handler: putGiftCertificate,
    operation: 'change-gift-card',
    ...marketing,
  },
  {
    method: 'DELETE',
    path: '/stores/:storeHash/v2/gift_certificates/:certificateId',
    handler: deleteGiftCertificate,
    operation: 'delete-gift-cards',
    ...marketing,
  },
  {
    method: 'GET',
    path: '/stores/:storeHash/v3/customers',
    handler: getCustomers,
    operation: 'read-customer',
    ...customers,
  },
  {
    method: 'PUT',
    path: '/stores/:storeHash/v3/customers',
    handler: putCustomers,
    operation: 'change-store-credit',
    ...customers,
  },
]
