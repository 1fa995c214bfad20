import type { Handler, Method, Route } from '../dialect.js'
import { anonymousOrderForm, changeToAnonymousUser } from './cart/anonymous.js'
import { addAssemblyOptions, removeAssemblyOptions } from './cart/assembly-options.js'
import { addByLink } from './cart/cart-link.js'
import { checkoutByLink, claimsCheckout } from './cart/checkout-link.js'
import { setCoupons } from './cart/coupons.js'
import * as custom from './cart/custom-data.js'
import { checkIn, removeGiftRegistry } from './cart/extras.js'
import { getInstallments } from './cart/installments.js'
import * as attachments from './cart/item-attachments.js'
import { cloneItem, orderItems, splitItem } from './cart/item-parts.js'
import { deleteItemPrice, putItemPrice } from './cart/item-price.js'
import * as items from './cart/items.js'
import { setMarketingData } from './cart/marketing-data.js'
import { clearMessages } from './cart/messages.js'
import { currentOrderForm, orderFormById } from './cart/order-form.js'
import { removePaymentAccount, setPaymentData } from './cart/payment-data.js'
import { ignoreProfile, setClientProfile } from './cart/profile.js'
import { selectGifts } from './cart/selectable-gifts.js'
import { setShippingData } from './cart/shipping-data.js'
import { simulate } from './cart/simulation.js'
import * as small from './cart/small-attachments.js'
import { cartEndpoint, endpoint } from './request.js'

const pub = '/api/checkout/pub'
const form = `${pub}/orderForm`

type Row = readonly [method: Method, path: string, handler: Handler, operation?: string, coverage?: Route['coverage']]

/** Below `/api/checkout/pub/orderForm/:orderFormId`; each answers the whole orderForm. */
const formRows: readonly Row[] = [
  ['GET', '', cartEndpoint(orderFormById)],
  ['POST', '', cartEndpoint(orderFormById)],
  ['POST', '/items', cartEndpoint(items.addItems)],
  ['PATCH', '/items', cartEndpoint(items.patchItems)],
  ['POST', '/items/update', cartEndpoint(items.updateItems)],
  ['POST', '/items/removeAll', cartEndpoint(items.removeAllItems)],
  ['PUT', '/items/:itemIndex/price', cartEndpoint(putItemPrice)],
  ['DELETE', '/items/:itemIndex/price', cartEndpoint(deleteItemPrice)],
  ['POST', '/items/:itemUniqueId/split', cartEndpoint(splitItem)],
  ['POST', '/items/:itemIndex/clone', cartEndpoint(cloneItem)],
  ['POST', '/items/:itemIndex/attachments/:attachmentName', cartEndpoint(attachments.addItemAttachment)],
  ['DELETE', '/items/:itemIndex/attachments/:attachmentName', cartEndpoint(attachments.removeItemAttachment)],
  ['POST', '/items/:itemIndex/offerings', cartEndpoint(attachments.addOffering)],
  ['POST', '/items/:itemIndex/offerings/:offeringId/remove', cartEndpoint(attachments.removeOffering)],
  [
    'POST',
    '/items/:itemIndex/bundles/:bundleId/attachments/:attachmentName',
    cartEndpoint(attachments.addBundleAttachment),
  ],
  [
    'DELETE',
    '/items/:itemIndex/bundles/:bundleId/attachments/:attachmentName',
    cartEndpoint(attachments.removeBundleAttachment),
  ],
  ['POST', '/items/:itemIndex/assemblyOptions/:assemblyOptionsName', cartEndpoint(addAssemblyOptions)],
  ['DELETE', '/items/:itemIndex/assemblyOptions/:assemblyOptionsName', cartEndpoint(removeAssemblyOptions)],
  ['POST', '/itemsOrdination', cartEndpoint(orderItems)],
  ['PATCH', '/profile', cartEndpoint(ignoreProfile)],
  ['GET', '/installments', cartEndpoint(getInstallments)],
  ['POST', '/coupons', cartEndpoint(setCoupons)],
  ['POST', '/messages/clear', cartEndpoint(clearMessages)],
  ['POST', '/selectable-gifts/:listId', cartEndpoint(selectGifts)],
  ['POST', '/giftRegistry/:giftRegistryId/remove', cartEndpoint(removeGiftRegistry), 'edit-cart', 'partial'],
  ['POST', '/paymentAccount/:accountId/remove', cartEndpoint(removePaymentAccount)],
  ['POST', '/checkIn', cartEndpoint(checkIn)],
]

const attachmentRows: readonly Row[] = [
  ['POST', '/attachments/clientProfileData', cartEndpoint(setClientProfile)],
  ['POST', '/attachments/shippingData', cartEndpoint(setShippingData)],
  ['POST', '/attachments/clientPreferencesData', cartEndpoint(small.setPreferences)],
  ['POST', '/attachments/marketingData', cartEndpoint(setMarketingData)],
  ['POST', '/attachments/paymentData', cartEndpoint(setPaymentData)],
  ['POST', '/attachments/merchantContextData', cartEndpoint(small.setMerchantContext)],
  ['POST', '/attachments/invoiceData', cartEndpoint(small.setInvoiceData)],
  ['POST', '/attachments/openTextField', cartEndpoint(small.setOpenTextField)],
  ['POST', '/attachments/subscriptionData', cartEndpoint(small.setSubscriptionData)],
  ['DELETE', '/attachments/subscriptionData', cartEndpoint(small.removeSubscriptionData)],
  ['POST', '/attachments/:section', cartEndpoint(small.unknownAttachment), 'none'],
]

const customRows: readonly Row[] = [
  ['PUT', '/customData/:appId', cartEndpoint(custom.putCustomData)],
  ['PUT', '/customData/:appId/:appFieldName', cartEndpoint(custom.putCustomField)],
  ['DELETE', '/customData/:appId/:appFieldName', cartEndpoint(custom.deleteCustomField)],
  ['PUT', '/customFields', cartEndpoint(custom.putCustomFields)],
  ['PUT', '/customFields/order', cartEndpoint(custom.putOrderField)],
  ['PUT', '/customFields/item/:itemId', cartEndpoint(custom.putItemField)],
  ['DELETE', '/customFields/item/:itemId', cartEndpoint(custom.deleteItemField)],
  ['PUT', '/customFields/address/:addressId', cartEndpoint(custom.putAddressField)],
]

const rows: readonly Row[] = [
  ['POST', `${pub}/orderForms/simulation`, endpoint(simulate), 'edit-cart'],
  ['GET', form, endpoint(currentOrderForm)],
  ['POST', form, endpoint(currentOrderForm)],
  ...[...formRows, ...attachmentRows, ...customRows].map(
    ([method, path, ...rest]): Row => [method, `${form}/:orderFormId${path}`, ...rest],
  ),
  ['GET', '/api/checkout/changeToAnonymousUser/:orderFormId', cartEndpoint(anonymousOrderForm), 'create-cart'],
  ['GET', '/checkout/changeToAnonymousUser/:orderFormId', cartEndpoint(changeToAnonymousUser), 'create-cart'],
  ['GET', '/checkout/cart/add', endpoint(addByLink), 'edit-cart'],
]

/** The way to the hosted checkout page, whose address other APIs use as well. */
const checkoutLink: Route = {
  surface: 'cart',
  method: 'GET',
  path: '/checkout',
  handler: endpoint(checkoutByLink),
  operation: 'link-checkout',
  coverage: 'full',
  source: 'dialects/vtex.md 6',
  isPage: true,
  claims: claimsCheckout,
}

/** Carts: making, reading and filling them, and trying out what they would cost. */
export const cartRoutes: readonly Route[] = [
  ...rows.map(
    ([method, path, handler, operation, coverage]): Route => ({
      surface: 'cart',
      method,
      path,
      handler,
      operation: operation ?? 'edit-cart',
      coverage: coverage ?? 'full',
      source: 'dialects/vtex.md 1.1, 1.2, 3',
    }),
  ),
  checkoutLink,
]
