import type { Address } from '../../../core/cart/address.js'
import type { Cart } from '../../../core/cart/cart.js'
import type { CartView } from '../../../operations/operations.js'
import { compact, renderAddressWithContact } from '../address.js'
import { extrasOf, purchaseFlowIdOf } from '../extras.js'
import { renderMoney } from '../money.js'
import type { WixCall } from '../request.js'
import type { JsonObject } from '../validation.js'
import { cartTotals, faceOf, languageOf, renderBuyer, renderCurrencies } from './checkout.js'
import { renderCartDiscounts } from './discounts.js'
import { renderCartLine } from './line-item.js'
import { carrierIdOf, shipmentOf } from './shipping.js'

/** A cart, with the totals that storefronts read though no document names them. Source: dialects/wix.md 4.6. */
export function renderCart(call: Pick<WixCall, 'wire' | 'channel' | 'settings'>, view: CartView): JsonObject {
  const priced = view.cart
  const { cart } = priced
  const extras = extrasOf(cart)
  const face = faceOf(call, cart)
  const totals = cartTotals(priced)
  const money = (minor: bigint) => renderMoney(minor, face, 'entered')
  return compact({
    id: cart.id,
    lineItems: priced.lines.map(line => renderCartLine(line, priced, face)),
    buyerNote: cart.customerNote,
    buyerInfo: renderBuyer(cart),
    ...renderCurrencies(cart.currency),
    buyerLanguage: languageOf(cart.locale),
    siteLanguage: languageOf(view.channel.locale),
    taxIncludedInPrices: cart.priceMode === 'gross',
    weightUnit: call.settings.weightUnit,
    checkoutId: extras.isCheckout === true ? cart.id : undefined,
    appliedDiscounts: renderCartDiscounts(priced, face),
    createdDate: cart.createdAt,
    updatedDate: cart.updatedAt,
    contactInfo: contactInfo(cart),
    overrideCheckoutUrl: extras.overrideCheckoutUrl,
    purchaseFlowId: purchaseFlowIdOf(cart),
    selectedShippingOption: selectedOption(view),
    extendedFields: extras.extendedFields,
    businessLocationId: extras.businessLocationId,
    revision: String(cart.version),
    subtotal: money(totals.subtotal),
    subtotalAfterDiscounts: money(totals.after),
    discount: money(totals.discount),
  })
}

function contactInfo(cart: Cart): JsonObject | undefined {
  const address = addressOf(cart)
  return address === undefined ? undefined : renderAddressWithContact(address)
}

/** Where the cart's one shipment goes. */
function addressOf(cart: Cart): Address | undefined {
  const destination = cart.consignments[0]?.destination
  return destination?.kind === 'address' ? destination.address : undefined
}

/** What was asked for; what is merely taken unasked is told by the estimate. */
function selectedOption({ cart }: CartView): JsonObject | undefined {
  const shipment = shipmentOf(cart)
  const code = shipment?.consignment.selectedOption
  if (code === undefined) return undefined
  const offer = shipment?.offers.find(one => one.id === code)
  return compact({ carrierId: offer === undefined ? undefined : carrierIdOf(offer), code })
}
