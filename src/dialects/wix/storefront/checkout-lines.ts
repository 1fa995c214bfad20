import type { WireResponse } from '../../dialect.js'
import { respondError } from '../errors.js'
import { lineFields, quantityFields, readLines, readQuantities, readRemovals, removalFields } from '../line-input.js'
import { endpoint } from '../request.js'
import { extrasChange, reviseCheckout } from './checkouts.js'

const place = 'checkout'
const scopes = ['ECOM.MODIFY_CHECKOUTS'] as const
const adminScopes = ['ECOM.MODIFY_CHECKOUTS', 'ECOM.ADMIN_MODIFY_CHECKOUTS'] as const

/** POST /ecom/v1/checkouts/{id}/add-to-checkout: the same item raises its line. 200. Source: dialects/wix.md 3.5. */
export const addToCheckout = endpoint(
  { place, scopes: adminScopes, fields: lineFields(100) },
  async (call, operations): Promise<WireResponse> => {
    const lines = await readLines(call, operations)
    if (!lines.ok) return respondError(call.wire, lines.error)
    return reviseCheckout(call, operations, { lines: lines.value })
  },
)

/** POST /ecom/v1/checkouts/{id}/update-line-items-quantity: cut to the stock. 200; 404 for a line that is not there. */
export const updateCheckoutQuantities = endpoint({ place, scopes, fields: quantityFields }, (call, operations) =>
  reviseCheckout(call, operations, { quantities: readQuantities(call.body) }),
)

/** POST /ecom/v1/checkouts/{id}/remove-line-items: lines that are not there are no fault. 200. Source: 3.7. */
export const removeCheckoutLines = endpoint({ place, scopes, fields: removalFields(300) }, (call, operations) =>
  reviseCheckout(call, operations, { removed: readRemovals(call.body) }),
)

/** POST /ecom/v1/checkouts/{id}/remove-coupon: 200, also where there is none. Source: dialects/wix.md 3.8. */
export const removeCheckoutCoupon = endpoint({ place, scopes }, (call, operations) =>
  reviseCheckout(call, operations, { coupon: null }),
)

/** POST /ecom/v1/checkouts/{id}/remove-gift-card: 200, also where there is none. */
export const removeCheckoutGiftCard = endpoint({ place, scopes }, (call, operations) =>
  reviseCheckout(call, operations, { giftCard: null }),
)

/** POST /ecom/v1/checkouts/{id}/remove-override-checkout-url: 200, also where there is none. */
export const removeOverrideUrl = endpoint({ place, scopes }, (call, operations) =>
  reviseCheckout(call, operations, { changes: extrasChange({ overrideCheckoutUrl: undefined }) }),
)
