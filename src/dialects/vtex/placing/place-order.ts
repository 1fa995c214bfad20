import type { Address } from '../../../core/cart/address.js'
import type { Buyer } from '../../../core/cart/cart.js'
import type { CartEdit } from '../../../core/cart/edits.js'
import type { CheckoutError } from '../../../core/errors.js'
import type { Sku } from '../../../core/ids.js'
import { sumOf } from '../../../core/money.js'
import type { PricedCart } from '../../../core/pricing/priced-cart.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { CartDesk, EditDesk, NewLine, Operations, PlannedPlacement } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { parseAddress } from '../address.js'
import { respondError, respondJson, type VtexError } from '../answer.js'
import { textOf } from '../body.js'
import { componentsWith } from '../cart/item-components.js'
import { attachmentFault } from '../cart/item-plan.js'
import { buyerOf } from '../cart/order-form.js'
import { recomputed } from '../cart/recompute.js'
import { addressFault, isTooLong } from '../cart/sent-addresses.js'
import { sentBuyer } from '../cart/sent-buyer.js'
import { isEmail } from '../email.js'
import { refuseWith, respondRefusal } from '../errors.js'
import { withExtras } from '../extras.js'
import { fixed } from '../fixed-errors.js'
import { orderCookies } from '../orders/order-access.js'
import { nameOf, skuIdOf } from '../render/item.js'
import { renderTransaction } from '../render/transaction.js'
import type { VtexRequest } from '../request.js'
import { findSkus } from '../skus.js'
import { orderedLines, orderedPricedLines } from './ordered-lines.js'
import { placementFault } from './placement-checks.js'
import { isTaggedAsSent, tagged } from './price-tags.js'
import { contextOf, placementOf, renderOrders } from './transaction.js'
import { invalidPriceTag, type OrderedItem, readWholeOrder, type WholeOrder } from './whole-order-input.js'

/** Who buys and where it goes, as far as the caller may say so. */
interface Person {
  readonly buyer: Buyer
  readonly address: Address
  readonly profileId?: string
}

/**
 * PUT /api/checkout/pub/orders: 201, a whole order without a cart of before; its payments are sent and it is finished as any
 * other. Nothing is taken on trust: prices and totals must be those that the store computes. 400 CHK0022 to CHK0025,
 * CHK0032, CHK0140, FMT011, ORD027 and ORD028 for items, CHK0053 for price tags, CHK0019 without installments, CHK0179 for an unknown address, CHK0198 for another total,
 * 403 CHK003 for a registered customer's data, and everything that `/transaction` answers.
 */
export async function placeWholeOrder(request: VtexRequest, operations: Operations): Promise<WireResponse> {
  const setsPrices = maySetPrices(request)
  const read = readWholeOrder(request.body, setsPrices)
  if (!read.ok) return respondError(read.error)
  const whole = read.value
  const person = await personOf(request, operations, whole)
  if (!person.ok) return respondError(person.error)
  const channel = request.channel.id
  const skus = await findSkus(
    channel,
    whole.items.map(({ id }) => id),
    operations,
  )
  const { clientAddress } = request.wire
  const placed = await operations.placeNewOrder(request.caller, {
    create: { channel, owner: { kind: 'holder' } },
    edit: {
      skus: [...new Set(whole.items.map(({ id }) => skus.get(id) ?? id))],
      codes: [...whole.coupons, ...whole.giftCards.map(({ code }) => code)],
      clientAddress,
      pricesAreOpen: setsPrices,
      plan: desk => filled(desk, whole, person.value, { skus, by: keyNameOf(request) }),
    },
    placement: placementOf(clientAddress),
    plan: desk => checked(desk, whole, request),
  })
  if (!placed.ok) return respondRefusal(placed.error)
  const { transactionData } = renderTransaction(placed.value.order, contextOf(request))
  const { salesAssociateId } = whole
  const body = {
    orderForm: null,
    transactionData,
    orders: await renderOrders(request, operations, placed.value),
    ...(salesAssociateId === undefined ? {} : { salesAssociateData: { salesAssociateId } }),
  }
  return respondJson(body, { status: 201, cookies: await orderCookies(request, operations, placed.value.order.id) })
}

/** A registered customer is described by their profile; a stranger may name one, not describe one. */
async function personOf(
  request: VtexRequest,
  operations: Operations,
  whole: WholeOrder,
): Promise<Result<Person, VtexError>> {
  const email = textOf(whole.profile.email)
  if (email === undefined || !isEmail(email)) return refuse(fixed.profileEmail)
  const sent = sentBuyer(whole.profile, {})
  const profile = await operations.findProfile(request.caller, { email })
  const isStranger = profile !== undefined && !profile.isOwn
  if (isStranger && Object.keys(sent).length > 0) return refuse(fixed.accessDenied)
  const stored = profile === undefined ? {} : buyerOf(profile.customer)
  const { customerId: _id, ...known } = stored
  const whose = isStranger ? { ...known, profileId: profile.customer.id } : stored
  const buyer: Buyer = { ...whose, ...sent, email }
  const addressId = textOf(whole.address.addressId)
  const isReference = Object.keys(whole.address).every(key => key === 'addressId')
  const book = profile?.customer.addresses.find(({ id }) => id === addressId)
  const address = isReference ? book : parseAddress(whole.address)
  if (address === undefined) return refuse(isReference ? fixed.unknownAddress : fixed.invalidCountry)
  const misplaced = isReference ? undefined : (addressFault(whole.address) ?? lengthFault(address))
  if (misplaced !== undefined) return refuse(misplaced)
  return ok({ buyer, address, ...(profile === undefined ? {} : { profileId: profile.customer.id }) })
}

function lengthFault(address: Address): VtexError | undefined {
  return isTooLong(address) ? fixed.fieldTooLong('address') : undefined
}

function filled(
  desk: EditDesk,
  whole: WholeOrder,
  person: Person,
  { skus, by }: { readonly skus: ReadonlyMap<string, Sku>; readonly by: string },
): Result<EditDesk, CheckoutError> {
  const lines: CartEdit[] = []
  for (const item of whole.items) {
    const line = newLine(desk, item, skus.get(item.id) ?? item.id)
    if (!line.ok) return line
    lines.push({ kind: 'add_line', line: line.value })
  }
  const bought = desk.edit([
    ...lines,
    { kind: 'set_buyer', buyer: person.buyer },
    { kind: 'set_addresses', addresses: [person.address] },
    { kind: 'set_coupons', codes: whole.coupons },
    { kind: 'set_gift_cards', cards: whole.giftCards },
    {
      kind: 'fill_in',
      changes: {
        marketing: whole.marketing,
        ...(whole.note === undefined ? {} : { customerNote: whole.note }),
        extras: withExtras(desk.cart, {
          profileId: person.profileId ?? null,
          salesAssociateId: whole.salesAssociateId ?? null,
        }),
      },
    },
  ])
  if (!bought.ok) return bought
  const priced = tagged(bought.value, whole.items, by)
  if (!priced.ok) return priced
  const { lineItems } = bought.value.cart
  const goods = orderedLines(lineItems)
  // What hangs on goods goes where they go.
  const wishes = whole.slas.flatMap(({ itemIndex, sla, window }) =>
    lineItems
      .filter(({ id, parent }) => [id, parent].includes(goods[itemIndex]?.id ?? ''))
      .map(({ id }) => ({ lineItemId: id, option: sla, ...(window === undefined ? {} : { window }) })),
  )
  const shipped = recomputed(priced.value, desk, { destination: person.address, wishes })
  return shipped.ok ? paidFor(shipped.value, whole) : shipped
}

/** The same goods listed twice stay two lines. */
function newLine(desk: EditDesk, item: OrderedItem, sku: Sku): Result<NewLine, CheckoutError> {
  const { quantity, seller, attachments, services, priceTags } = item
  const fault = attachmentFault(attachments, desk.facts.variants.get(sku)?.attachments ?? [])
  if (fault !== undefined) return fault
  const components = item.options === undefined ? ok([]) : componentsWith(desk, sku, item.options)
  if (!components.ok) return components
  const tags = priceTags.map(({ name, value }) => ({ name, value: Number(value) }))
  return ok({
    ...{ sku, quantity, seller, attachments, onPresent: 'separate', components: components.value },
    ...(services.length === 0 ? {} : { options: services.map(service => ({ sku: service })) }),
    ...(tags.length === 0 ? {} : { extras: { vtex: { priceTags: tags } } }),
  })
}

function paidFor(desk: EditDesk, whole: WholeOrder): Result<EditDesk, CheckoutError> {
  const { paymentMethods } = desk.price()
  const payments = whole.payments.map(({ system, referenceValue, installments }) => ({
    method: paymentMethods.find(({ integerId }) => integerId === system)?.id ?? String(system),
    amount: referenceValue,
    installments,
  }))
  return desk.edit([{ kind: 'fill_in', changes: { payments } }])
}

/** Prices of one order are set by keys with every right to orders. */
function maySetPrices({ identity }: VtexRequest): boolean {
  return identity.kind === 'key' && identity.resources.includes('Orders Full Access')
}

function keyNameOf({ identity }: VtexRequest): string {
  return identity.kind === 'key' ? identity.keyId : 'anonymous'
}

/** As for a transaction, and what the client computed must be what the store computes. */
function checked(
  desk: CartDesk,
  whole: WholeOrder,
  { settings }: VtexRequest,
): Result<PlannedPlacement, CheckoutError> {
  const quoted = desk.quote({})
  if (!quoted.ok) return quoted
  const priced = quoted.value.cart
  const tags = isTaggedAsSent(priced, whole.items) ? undefined : invalidPriceTag
  const goods = tags ?? priceFault(priced, whole) ?? quantityFault(priced, whole)
  const fault = goods ?? placementFault(priced, settings) ?? wayFault(priced, whole) ?? totalFault(priced, whole)
  return fault === undefined ? ok({}) : refuseWith(fault)
}

function priceFault(priced: PricedCart, whole: WholeOrder): VtexError | undefined {
  const lines = orderedPricedLines(priced)
  const isOther = whole.items.some(({ price }, index) => {
    const line = lines[index]
    return price !== undefined && line !== undefined && price !== line.catalogPrice && price !== line.unitPrice
  })
  return isOther ? fixed.invalidPrice : undefined
}

/** Fewer pieces than were ordered are another order: nobody reads a message about that here. */
function quantityFault(priced: PricedCart, { items }: WholeOrder): VtexError | undefined {
  const lines = orderedPricedLines(priced)
  const short = lines.find(({ quantity }, index) => quantity < (items[index]?.quantity ?? 0))
  return short === undefined ? undefined : fixed.itemUnavailable(nameOf(short), skuIdOf(short))
}

/** So is another way of shipping. */
function wayFault(priced: PricedCart, { slas }: WholeOrder): VtexError | undefined {
  const lines = orderedPricedLines(priced)
  for (const { itemIndex, sla } of slas) {
    const line = lines[itemIndex]
    const shipped = priced.consignments.find(({ items }) => items.some(one => one.lineItemId === line?.item.id))
    if (line !== undefined && shipped !== undefined && shipped.selected?.id !== sla) {
      return fixed.slaUnavailable(nameOf(line), skuIdOf(line))
    }
  }
  return undefined
}

function totalFault({ totals, payments }: PricedCart, whole: WholeOrder): VtexError | undefined {
  const interest = sumOf(payments.map(payment => payment.interest))
  const stated = sumOf(whole.payments.map(({ referenceValue }) => referenceValue))
  const paid = sumOf(whole.payments.map(({ value }) => value))
  if (stated === totals.amountDue && (paid === stated || paid === stated + interest)) return undefined
  const message = `Payment total (${stated}) differs from store desired value (${totals.amountDue})`
  return { status: 400, code: 'CHK0198', message }
}
