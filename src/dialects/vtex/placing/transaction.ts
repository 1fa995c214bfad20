import type { CheckoutError } from '../../../core/errors.js'
import type { Order } from '../../../core/orders/order.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { ok, type Result } from '../../../core/result.js'
import type {
  CartDesk,
  EditDesk,
  Operations,
  OrderView,
  Placed,
  Placement,
  PlannedPlacement,
} from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondError } from '../answer.js'
import { type Fields, isObject, isTrue, textOf } from '../body.js'
import { refuseWith, respondRefusal } from '../errors.js'
import { withExtras } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import { parseOrderFormId } from '../ids.js'
import { answerOrderForm } from '../order-form-answer.js'
import { keepPersonalData } from '../orders/keep-personal-data.js'
import { orderCookies } from '../orders/order-access.js'
import { orderContexts } from '../orders/order-context.js'
import { renderOrder } from '../render/order.js'
import { cartValue } from '../render/totalizers.js'
import { renderTransaction } from '../render/transaction.js'
import type { CartRequest, VtexRequest } from '../request.js'
import type { VtexSettings } from '../settings.js'
import { amountFault, isUncovered, notCovered, readAmounts, type StatedAmounts } from './amounts.js'
import { placementFault } from './placement-checks.js'

/**
 * POST .../orderForm/{orderFormId}/transaction: 200, the orderForm with the order group, where its payments go and its
 * orders; the goods are held for five minutes. Repeating it gives the same group. 400 ORD002 for another id in the body,
 * 500 ORD005 for no items, 400 for what is missing (ORD006, ORD007, ORD023, ORD025, ORD027, ORD046, ORD047, CHK0175,
 * CHK0209, CHK0248, CHK0257), for other amounts (CHK0016, CHK0210), for goods that are gone (ORD012), and CHK0085 where a
 * group over another amount is open.
 */
export async function startTransaction(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const body = isObject(request.body) ? request.body : {}
  if (parseOrderFormId(textOf(body.referenceId) ?? '') !== request.cartId) return respondError(fixed.invalidOrderForm)
  const amounts = readAmounts(body)
  if (!amounts.ok) return respondError(amounts.error)
  const placed = await operations.placeOrder(request.caller, {
    cart: request.cart,
    placement: {
      ...placementOf(request.wire.clientAddress),
      keepsCartOpen: true,
      isMeant: order => isSamePurchase(order, amounts.value),
    },
    plan: planned(request.settings, amounts.value, wishesOf(body)),
  })
  if (placed.ok) await keepPersonalData(operations, placed.value)
  return placed.ok ? answerTransaction(request, operations, placed.value) : respondRefusal(placed.error)
}

/** What every placement of this dialect has in common. */
export function placementOf(clientAddress: string): Placement {
  return { confirmsLater: true, looksAtStock: true, requires: ['email', 'shipping_option', 'payment'], clientAddress }
}

/** Looks at the cart at the moment of placing: everything must be there, and cost what the client says. */
function planned(
  settings: VtexSettings,
  amounts: StatedAmounts,
  wishes: Wishes,
): (desk: CartDesk) => Result<PlannedPlacement, CheckoutError> {
  return desk => {
    const quoted = desk.quote({})
    if (!quoted.ok) return quoted
    const fault = faultOf(quoted.value.cart, settings, amounts)
    if (fault !== undefined) return refuseWith(fault)
    const { newsletter, savesPersonalData } = wishes
    const { preferences } = desk.cart
    const isOptedIn = settings.orderForm.savePersonalDataAsOptIn === true && preferences.savePersonalData === true
    const extras = withExtras(desk.cart, { savesPersonalData: true })
    return ok({
      ...(newsletter === undefined ? {} : { preferences: { ...preferences, newsletter } }),
      ...((savesPersonalData ?? isOptedIn) ? { extras } : {}),
    })
  }
}

/** What a shopper wants besides the goods. */
interface Wishes {
  readonly newsletter?: boolean
  /** Absent: this request does not say. */
  readonly savesPersonalData?: boolean
}

function wishesOf({ savePersonalData, optinNewsLetter }: Fields): Wishes {
  return {
    ...(savePersonalData === undefined || savePersonalData === null
      ? {}
      : { savesPersonalData: isTrue(savePersonalData) }),
    ...(typeof optinNewsLetter === 'boolean' ? { newsletter: optinNewsLetter } : {}),
  }
}

function faultOf(priced: PricedCart, settings: VtexSettings, amounts: StatedAmounts) {
  const fault = placementFault(priced, settings) ?? amountFault(amounts, priced)
  return fault ?? (isUncovered(priced) ? notCovered : undefined)
}

/** Another value than that of the open group is another purchase. */
function isSamePurchase({ snapshot }: Order, { value }: StatedAmounts): boolean {
  const { grandTotal, amountDue } = snapshot.totals
  const interest = cartValue(snapshot) - grandTotal
  return value === grandTotal + interest || value === amountDue + interest
}

/** The orderForm as it is now, with everything about the new order beside and inside of it. */
async function answerTransaction(request: CartRequest, operations: Operations, placed: Placed): Promise<WireResponse> {
  const known = placed.cart === undefined ? undefined : ok(placed.cart)
  // Read as every orderForm is, with the stock: what is sold out says so in each answer.
  const read = { cart: request.cart, isRead: true, plan: (desk: EditDesk) => ok(desk) } as const
  const view = known ?? (await operations.editCart(request.caller, read))
  if (!view.ok) return respondRefusal(view.error)
  const { id, orderGroup, transactionData } = renderTransaction(placed.order, contextOf(request))
  return answerOrderForm(request, operations, view.value, {
    also: {
      id,
      orderGroup,
      ...transactionData,
      orderForm: null,
      transactionData,
      orders: await renderOrders(request, operations, placed),
    },
    leadingCookies: await orderCookies(request, operations, placed.order.id),
  })
}

export function contextOf({ settings, wire }: VtexRequest) {
  return { settings, baseUrl: wire.baseUrl }
}

/** One order per seller. */
export async function renderOrders(request: VtexRequest, operations: Operations, view: OrderView) {
  return (await orderContexts(request, operations, view)).map(renderOrder)
}
