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

const coupons = '/stores/:storeHash/v2/coupons'
const certificates = '/stores/:storeHash/v2/gift_certificates'
const [coupon, certificate] = [`${coupons}/:couponId`, `${certificates}/:certificateId`]

/** Coupons and gift certificates themselves, in the older API. */
export const marketingRoutes: readonly Route[] = [
  { method: 'GET', path: coupons, handler: listCoupons, operation: 'list-coupons', ...marketing },
  {
    method: 'POST',
    path: coupons,
    handler: postCoupons,
    operation: 'create-coupon',
    ...marketing,
    coverage: 'partial',
  },
  { method: 'DELETE', path: coupons, handler: deleteCoupons, operation: 'delete-coupons', ...marketing },
  { method: 'GET', path: `${coupons}/count`, handler: countCoupons, operation: 'list-coupons', ...marketing },
  { method: 'GET', path: coupon, handler: getCoupon, operation: 'list-coupons', ...marketing },
  { method: 'PUT', path: coupon, handler: putCoupon, operation: 'change-coupon', ...marketing },
  { method: 'DELETE', path: coupon, handler: deleteCoupon, operation: 'delete-coupons', ...marketing },
  { method: 'GET', path: certificates, handler: listGiftCertificates, operation: 'list-gift-cards', ...marketing },
  { method: 'POST', path: certificates, handler: postGiftCertificates, operation: 'create-gift-card', ...marketing },
  {
    method: 'DELETE',
    path: certificates,
    handler: deleteGiftCertificates,
    operation: 'delete-gift-cards',
    ...marketing,
  },
  { method: 'GET', path: certificate, handler: getGiftCertificate, operation: 'list-gift-cards', ...marketing },
  { method: 'PUT', path: certificate, handler: putGiftCertificate, operation: 'change-gift-card', ...marketing },
  {
    method: 'DELETE',
    path: certificate,
    handler: deleteGiftCertificate,
    operation: 'delete-gift-cards',
    ...marketing,
  },
]
