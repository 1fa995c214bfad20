/** One error on the wire; a few have no code. */
export interface GlueError {
  readonly code?: string
  readonly detail: string
  readonly status: number
}

/** Errors whose code and text are always the same. Source: dialects/spryker.md 2.4, 3.2-3.12. */
export const fixed = {
  invalidToken: { code: '001', detail: 'Invalid access token.', status: 401 },
  missingToken: { code: '002', detail: 'Missing access token.', status: 403 },
  signInFailed: { code: '003', detail: 'Failed to authenticate user.', status: 401 },
  refreshFailed: { code: '004', detail: 'Failed to refresh token.', status: 401 },
  bothIdentities: {
    code: '005',
    detail: "Headers request error. A user can't act as logged and not logged user at the same time.",
    status: 400,
  },
  ifMatchMissing: { code: '005', detail: 'If-Match header is missing.', status: 428 },
  ifMatchWrong: { code: '006', detail: 'If-Match header value is invalid.', status: 412 },
  cartNotFound: { code: '101', detail: 'Cart with given uuid not found.', status: 404 },
  lineNotFound: { code: '103', detail: 'Item with the given group key not found in the cart.', status: 404 },
  cartIdMissing: { code: '104', detail: 'Cart uuid is missing.', status: 400 },
  cartNotDeleted: { code: '105', detail: 'Cart could not be deleted.', status: 422 },
  cartNotCreated: { code: '107', detail: 'Failed to create cart.', status: 422 },
  guestKeyMissing: { code: '109', detail: 'Anonymous customer unique id is empty.', status: 400 },
  cartExists: { code: '110', detail: 'Customer already has a cart.', status: 422 },
  priceModeLocked: {
    code: '111',
    detail: 'Can’t switch price mode when there are items in the cart.',
    status: 422,
  },
  storeInvalid: { code: '112', detail: 'Store data is invalid.', status: 422 },
  lineNotAdded: { code: '113', detail: 'Cart item could not be added.', status: 422 },
  lineNotUpdated: { code: '114', detail: 'Cart item could not be updated.', status: 422 },
  cartForbidden: { code: '115', detail: 'Unauthorized cart action.', status: 403 },
  currencyMissing: { code: '116', detail: 'Currency is missing.', status: 422 },
  currencyWrong: { code: '117', detail: 'Currency is incorrect.', status: 422 },
  priceModeMissing: { code: '118', detail: 'Price mode is missing.', status: 422 },
  priceModeWrong: { code: '119', detail: 'Price mode is incorrect.', status: 422 },
  customerExists: {
    code: '400',
    detail:
      'If this email address is already in use, you will receive a password reset link. Otherwise you must first validate your e-mail address to finish registration. Please check your e-mail.',
    status: 422,
  },
  customerNotFound: { code: '402', detail: 'Customer not found.', status: 404 },
  addressNotFound: { code: '404', detail: 'Address was not found.', status: 404 },
  passwordsDiffer: {
    code: '406',
    detail: 'Value in field password should be identical to value in the confirmPassword field.',
    status: 422,
  },
  addressNotSaved: { code: '409', detail: 'Failed to save customer address.', status: 422 },
  addressesForbidden: { code: '411', detail: 'Unauthorized request.', status: 403 },
  termsNotAccepted: { code: '413', detail: 'Terms and conditions were not accepted.', status: 422 },
  storeNotFound: { code: '601', detail: 'Store not found.', status: 404 },
  orderNotFound: { code: '801', detail: "Can't find order by the given order reference", status: 404 },
  listForbidden: { code: '802', detail: 'Unauthorized request.', status: 403 },
  orderPlaceFailed: { code: '1102', detail: 'Order could not be placed.', status: 422 },
  checkoutCartNotFound: { code: '1103', detail: 'Cart not found.', status: 422 },
  checkoutCartEmpty: { code: '1104', detail: 'Cart is empty.', status: 422 },
  identityMissing: {
    code: '1105',
    detail: 'One of Authorization or X-Anonymous-Customer-Unique-Id headers is required.',
    status: 400,
  },
  paymentsMultiple: { code: '1107', detail: 'Multiple payments are not allowed.', status: 400 },
  customerDataMissing: {
    code: '1109',
    detail: 'Required customer information is missing from the request body.',
    status: 422,
  },
  paymentNotUpdated: { code: '2401', detail: 'Order payment is not updated.', status: 422 },
  paidOrderNotFound: { detail: 'Order not found.', status: 404 },
  codeNotFound: { code: '3301', detail: 'Cart code not found in cart.', status: 422 },
  codeNotAdded: { code: '3302', detail: "Cart code can't be added.", status: 422 },
  codeNotRemoved: { code: '3303', detail: "Cart code can't be removed.", status: 422 },
  shipmentsMixed: {
    code: '4301',
    detail: 'Single and multiple shipments attributes are not allowed in the same request.',
    status: 422,
  },
  shipmentAddressInvalid: {
    code: '4302',
    detail: 'Provided address is not valid. You can either provide address ID or address fields.',
    status: 422,
  },
  shipmentMissing: { code: '4303', detail: 'Shipment attribute is not specified.', status: 422 },
  shipmentAddressMissing: { code: '4304', detail: 'Shipments attributes are not specified.', status: 422 },
  dataInvalid: { detail: 'Post data is invalid.', status: 400 },
  typeInvalid: { detail: 'Invalid type.', status: 400 },
  idMissing: { detail: 'Resource id is not specified.', status: 400 },
  notFound: { status: 404, detail: 'Not Found' },
  busy: { detail: 'The cart is being changed by another request. Try again.', status: 409 },
  keyReused: { detail: 'The Idempotency-Key was used with another request.', status: 422 },
  tooManyAttempts: { detail: 'Too many attempts. Try again later.', status: 429 },
  forbidden: { detail: 'Unauthorized request.', status: 403 },
} as const satisfies Readonly<Record<string, GlueError>>
