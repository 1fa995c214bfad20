import type { VtexError } from './answer.js'
import { naming } from './error-texts.js'

const error = (status: number, code: string, message: string): VtexError => ({ status, code, message })

/** An error that names something. */
export const errorNaming = (
  status: number,
  code: string,
  template: string,
  ...values: readonly string[]
): VtexError => ({
  status,
  code,
  ...naming(template, ...values),
})

/** Errors with their codes, as the API lists them. Those that name something are functions. */
export const fixed = {
  badRequest: error(400, '001', 'Bad request'),
  invalidOrderForm: error(400, 'ORD002', 'Invalid order form'),
  unauthorized: error(401, 'ORD062', 'Unauthorized'),
  accessDenied: error(403, 'CHK003', 'Access denied'),
  invalidItemId: error(400, 'CHK0022', 'Invalid id for item'),
  invalidQuantity: error(400, 'CHK0023', 'Invalid quantity for item'),
  invalidSeller: error(400, 'CHK0024', 'Invalid seller for item'),
  invalidPrice: error(400, 'CHK0025', 'Invalid price for item'),
  invalidItemIndex: error(400, 'CHK0041', 'Invalid item index'),
  twoSlas: error(400, 'CHK0042', 'Same item cannot have more than one SLA selected'),
  duplicatedIndex: error(400, 'CHK0108', 'Duplicated item index'),
  unknownApp: error(400, 'CHK0090', 'App id not found'),
  unknownAppField: error(400, 'CHK0091', 'App key not found for id'),
  textTooLong: error(400, 'CHK0017', 'The Order Form Text field has exceeded the character limit'),
  installmentsMissing: error(400, 'CHK0019', 'Please select the desired number of installments'),
  postalCodeCharacters: error(400, 'CHK0040', 'The postal code field does not accept these characters'),
  loginForNewAddress: error(403, 'CHK0087', 'Login required to use a new address'),
  emailOfAnother: error(403, 'CHK0109', 'This email cannot be used because belongs to another user'),
  placeMissing: error(400, 'CHK0119', 'Addresses must have postal code or geocoordinates'),
  invalidCountry: error(400, 'CHK0127', 'Invalid country'),
  invalidEmail: error(400, 'CHK0131', 'Invalid e-mail'),
  attachmentKey: error(400, 'CHK0139', 'Invalid attachment key'),
  attachmentName: error(404, 'CHK0140', 'Invalid attachment name'),
  attachmentValue: error(400, 'CHK0141', 'Invalid attachment value'),
  marketingTag: error(400, 'CHK0143', 'Invalid marketing tag'),
  invalidPaymentSystem: error(400, 'CHK0152', 'Invalid payment system'),
  noInstallments: error(400, 'CHK0152', 'Orderform does not have installment options'),
  invalidPaymentValue: error(400, 'CHK0154', 'Invalid payment value'),
  invalidPayment: error(400, 'ORD020', 'Invalid payment'),
  invalidSalesChannel: error(400, 'CHK0161', 'Invalid sales channel'),
  unknownAddress: error(400, 'CHK0179', 'Address id not found'),
  tooManyDeliveryAddresses: error(400, 'CHK0261', 'Multiple delivery addresses are not allowed'),
  twoCountries: error(400, 'CHK0263', 'Multiple address countries are not allowed'),
  unknownPickupPoint: error(400, 'CHK0264', 'Pickup not found'),
  tooManyAddresses: error(400, 'CHK00334', 'The number of allowed addresses has exceeded'),
  unknownService: error(400, 'FMT011', 'Invalid offering'),
  postalService: error(400, 'ORD026', 'A communication error with Postal Code Service has occurred'),
  sellerUnreachable: error(400, 'ORD015', 'Unable to communicate with seller'),
  profileEmail: error(400, 'ORD007', 'The email field in the customer profile attachment is invalid'),
  lockTimedOut: error(503, 'CHK0292', 'A lock operation timed out'),
  tooManyGiftCards: error(400, 'CHK0106', 'Too many gift cards'),
  unavailableItems: error(400, 'ORD023', 'Purchase cannot be done with unavailable items'),
  maxItems: (maximum: number) => errorNaming(400, 'CHK0062', 'Max allowed items exceeded: {0}', String(maximum)),
  unknownSection: (name: string) => errorNaming(400, 'CHK008', 'Section {0} is not recognized', name),
  marketingField: (name: string) =>
    errorNaming(400, 'CHK0038', 'The {0} field in the marketing attachment is invalid', name),
  fieldTooLong: (name: string) => errorNaming(400, 'CHK0099', 'Field {0} has exceeded limit of characters', name),
  wrongType: (name: string, type: string) => error(400, 'CHK0203', `Parameter ${name} should be of type ${type}`),
  shippingField: (name: string) =>
    errorNaming(400, 'ORD006', 'The {0} field in the shipping attachment is invalid', name),
  itemNotFound: (id: string) => errorNaming(400, 'ORD027', 'Item {0} not found or unavailable', id),
  itemUnavailable: (name: string, id: string) => errorNaming(400, 'ORD028', 'Item {0}({1}) is not available', name, id),
  slaUnavailable: (name: string, id: string) =>
    errorNaming(400, 'CHK0171', 'The selected SLA for item {0}({1}) is not available', name, id),
  notCancelable: (orderId: string, status: string) =>
    errorNaming(400, 'CHK0202', 'Order {0} cannot be cancelled in status {1}', orderId, status),
  profileField: (name: string) =>
    errorNaming(400, 'ORD007', 'The {0} field in the client profile attachment is invalid', name),
  postalCode: (text: string) =>
    errorNaming(400, 'ORD001', 'The CEP ({0}) field in the shipping attachment is invalid', text),
} as const
