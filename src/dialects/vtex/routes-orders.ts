import type { Handler, Method, Route } from '../dialect.js'
import { getConfiguration, patchConfiguration, replaceConfiguration } from './configuration/order-form-configuration.js'
import { getWindow, setWindow } from './configuration/window-to-change-seller.js'
import { finishOrderGroup, returnFromGateway } from './gateway/gateway-callback.js'
import { sendGroupPayments, sendTransactionPayments } from './gateway/payments.js'
import { getTransaction, getTransactionPayment, listTransactionPayments } from './gateway/transactions.js'
import {
  cancelPrivateOrder,
  getPrivateOrder,
  getPrivateOrderGroup,
  getUserOrder,
  listUserOrders,
} from './oms/oms-orders.js'
import { orderPlaced } from './orders/order-placed.js'
import { getOrder, getOrderGroup, listCheckoutOrders, requestCancel } from './orders/orders.js'
import { listPickupPoints } from './places/pickup-points.js'
import { getPostalCode } from './places/postal-codes.js'
import { findRegions, getRegion } from './places/regions.js'
import { placeWholeOrder } from './placing/place-order.js'
import { startTransaction } from './placing/transaction.js'
import { getProfile } from './profile/profiles.js'
import { cartEndpoint, endpoint } from './request.js'
import { createSession, getSegment, getSession, patchSession } from './session/sessions.js'
import { sendAccessKey, validateAccessKey } from './vtexid/access-key.js'
import { logInKey } from './vtexid/app-token.js'
import { startAuthentication, validatePassword, validateToken } from './vtexid/sign-in.js'

const pub = '/api/checkout/pub'
const settings = '/api/checkout/pvt/configuration'

type Row = readonly [Method, string, Handler, string]

const rows: readonly Row[] = [
  ['GET', `${pub}/pickup-points`, endpoint(listPickupPoints), 'find-places'],
  ['GET', `${pub}/postal-code/:countryCode/:postalCode`, endpoint(getPostalCode), 'find-places'],
  ['GET', `${pub}/regions`, endpoint(findRegions), 'find-places'],
  ['GET', `${pub}/regions/:regionId`, endpoint(getRegion), 'find-places'],
  ['GET', `${pub}/profiles`, endpoint(getProfile), 'find-profile'],
  ['GET', `${settings}/orderForm`, endpoint(getConfiguration), 'read-channel'],
  ['POST', `${settings}/orderForm`, endpoint(replaceConfiguration), 'channel-settings'],
  ['PATCH', `${settings}/orderForm`, endpoint(patchConfiguration), 'channel-settings'],
  ['GET', `${settings}/window-to-change-seller`, endpoint(getWindow), 'read-channel'],
  ['POST', `${settings}/window-to-change-seller`, endpoint(setWindow), 'channel-settings'],
  ['POST', `${pub}/orderForm/:orderFormId/transaction`, cartEndpoint(startTransaction), 'place-order'],
  ['POST', '/api/pub/transactions/:transactionId/payments', endpoint(sendTransactionPayments), 'send-payments'],
  ['POST', '/api/payments/transactions/:transactionId/payments', endpoint(sendTransactionPayments), 'send-payments'],
  [
    'POST',
    '/api/payments/pub/transactions/:transactionId/payments',
    endpoint(sendTransactionPayments),
    'send-payments',
  ],
  ['GET', '/api/pvt/transactions/:transactionId', endpoint(getTransaction), 'read-order'],
  ['GET', '/api/pvt/transactions/:transactionId/payments', endpoint(listTransactionPayments), 'read-order'],
  ['GET', '/api/pvt/transactions/:transactionId/payments/:paymentId', endpoint(getTransactionPayment), 'read-order'],
  ['POST', '/split/:orderGroup/payments', endpoint(sendGroupPayments), 'send-payments'],
  ['POST', `${pub}/gatewayCallback/:orderGroup`, endpoint(finishOrderGroup), 'confirm-order'],
  ['GET', '/checkout/gatewayCallback/:orderGroup/:messageCode', endpoint(returnFromGateway), 'confirm-order'],
  ['GET', '/checkout/orderPlaced', endpoint(orderPlaced), 'none'],
  ['GET', `${pub}/orders`, endpoint(listCheckoutOrders), 'list-orders'],
  ['GET', `${pub}/orders/order-group/:orderGroup`, endpoint(getOrderGroup), 'read-order'],
  ['GET', `${pub}/orders/:orderId`, endpoint(getOrder), 'read-order'],
  ['POST', `${pub}/orders/:orderId/user-cancel-request`, endpoint(requestCancel), 'cancel-order'],
  ['PUT', `${pub}/orders`, endpoint(placeWholeOrder), 'place-new-order'],
  ['GET', '/api/oms/user/orders', endpoint(listUserOrders), 'list-orders'],
  ['GET', '/api/oms/user/orders/:orderId', endpoint(getUserOrder), 'read-order'],
  ['GET', '/api/oms/pvt/orders/:orderId', endpoint(getPrivateOrder), 'read-order'],
  ['GET', '/api/oms/pvt/orders/order-group/:orderGroup', endpoint(getPrivateOrderGroup), 'read-order'],
  ['POST', '/api/oms/pvt/orders/:orderId/cancel', endpoint(cancelPrivateOrder), 'cancel-order'],
  ['GET', '/api/sessions', endpoint(getSession), 'none'],
  ['POST', '/api/sessions', endpoint(createSession), 'none'],
  ['PATCH', '/api/sessions', endpoint(patchSession), 'none'],
  ['GET', '/api/segments', endpoint(getSegment), 'none'],
  ['GET', '/api/vtexid/pub/authentication/start', endpoint(startAuthentication), 'signing-secret'],
  ['POST', '/api/vtexid/pub/authentication/classic/validate', validatePassword, 'sign-in'],
  ['POST', '/api/vtexid/pub/authentication/accesskey/send', sendAccessKey, 'request-sign-in'],
  ['POST', '/api/vtexid/pub/authentication/accesskey/validate', validateAccessKey, 'sign-in-by-code'],
  ['POST', '/api/vtexid/apptoken/login', endpoint(logInKey), 'issue-credential'],
  ['POST', '/api/vtexid/credential/validate', endpoint(validateToken), 'signing-secret'],
]

/** Placing, paying and reading orders, places, profiles and what an account configures. */
export const orderRoutes: readonly Route[] = rows.map(([method, path, handler, operation]) => ({
  surface: 'orders',
  method,
  path,
  handler,
  operation,
  coverage: 'full',
  source: 'dialects/vtex.md 1.1, 1.2, 2.5, 3.14, 3.22, 3.23, 3.25 to 3.32',
}))
