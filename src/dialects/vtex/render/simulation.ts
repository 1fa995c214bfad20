import type { Address } from '../../../core/cart/address.js'
import { coordinatesOf, renderPickupPoint } from '../address.js'
import type { RenderContext } from './context.js'
import { renderItem, renderItemMetadata } from './item.js'
import { renderMessages } from './messages.js'
import { renderMarketingData, renderRatesAndBenefits } from './order-form.js'
import { renderPaymentOffers } from './payment-data.js'
import { renderSelectableGifts } from './selectable-gifts.js'
import { renderLogisticsInfo } from './shipping-data.js'
import { renderTotalizers } from './totalizers.js'

/** What was asked, besides the items. */
export interface SimulationRequest {
  /** Place in the request of each item that is left, in the order of the cart. */
  readonly requestIndexes: readonly number[]
  readonly country: string | null
  readonly place: Address | undefined
  /** The client chose ways of shipping; else none is chosen, and nothing costs shipping. */
  readonly isShippingChosen: boolean
  readonly skipsPayment: boolean
  readonly skipsDelivery: boolean
}

/**
 * What items would cost, without a cart.
 *
 * @param costs  as `context`, but with shipping only where it was chosen: what totals and payments are of
 */
export function renderSimulation(context: RenderContext, costs: RenderContext, asked: SimulationRequest) {
  const { priced, locale } = context
  const offers = renderPaymentOffers(costs, 'named')
  const points = new Set(priced.consignments.flatMap(one => one.offers.flatMap(offer => offer.pickupPointId ?? [])))
  return {
    items: renderSimulatedItems(context, asked),
    ratesAndBenefitsData: renderRatesAndBenefits(context),
    paymentData: {
      ...(asked.skipsPayment ? { installmentOptions: [], paymentSystems: [] } : offers),
      payments: [],
      giftCards: [],
      giftCardMessages: [],
      availableAccounts: [],
      availableTokens: [],
      availableAssociations: {},
    },
    selectableGifts: renderSelectableGifts(context),
    marketingData: renderMarketingData(context),
    postalCode: asked.place?.postalCode ?? null,
    country: asked.country,
    geoCoordinates: asked.place === undefined ? [] : coordinatesOf(asked.place),
    logisticsInfo: renderSimulatedLogistics(context, asked),
    messages: renderMessages(priced.cart.notices, locale),
    purchaseConditions: { itemPurchaseConditions: renderConditions(context) },
    pickupPoints: context.facts.pickupPoints.filter(({ id }) => points.has(id)).map(renderPickupPoint),
    subscriptionData: null,
    totals: renderTotalizers(costs),
    itemMetadata: renderItemMetadata(context),
  }
}

function renderSimulatedItems(context: RenderContext, { requestIndexes }: SimulationRequest) {
  return context.priced.lines.map((line, index) => {
    const item = renderItem(line, index, context)
    return {
      id: item.id,
      requestIndex: requestIndexes[index] ?? index,
      quantity: item.quantity,
      seller: item.seller,
      sellerChain: item.sellerChain,
      tax: item.tax,
      taxCode: item.taxCode,
      priceValidUntil: item.priceValidUntil,
      price: item.price,
      listPrice: item.listPrice,
      rewardValue: item.rewardValue,
      sellingPrice: item.sellingPrice,
      offerings: item.offerings,
      priceTags: item.priceTags,
      measurementUnit: item.measurementUnit,
      unitMultiplier: item.unitMultiplier,
      parentItemIndex: item.parentItemIndex,
      parentAssemblyBinding: item.parentAssemblyBinding,
      availability: item.availability,
      catalogProvider: null,
      priceDefinition: item.priceDefinition,
    }
  })
}

function renderSimulatedLogistics(context: RenderContext, { isShippingChosen }: SimulationRequest) {
  return context.priced.lines.map((line, index) => {
    const { itemId: _id, ...info } = renderLogisticsInfo(line, index, context)
    const chosen = isShippingChosen ? {} : { selectedSla: null, selectedDeliveryChannel: null, addressId: null }
    return { ...info, ...chosen, quantity: line.quantity }
  })
}

function renderConditions(context: RenderContext) {
  return context.priced.lines.map((line, index) => {
    const { id, seller, sellerChain, price, listPrice } = renderItem(line, index, context)
    const { slas } = renderLogisticsInfo(line, index, context)
    return { id, seller, sellerChain, slas, price, listPrice }
  })
}
