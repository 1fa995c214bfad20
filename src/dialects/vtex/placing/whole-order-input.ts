import type { Attachment, Marketing } from '../../../core/cart/cart.js'
import type { LineWish } from '../../../core/cart/line-shipping.js'
import { limits } from '../../../core/limits.js'
import type { Minor } from '../../../core/money.js'
import { ok, type Result, refuse } from '../../../core/result.js'
import type { VtexError } from '../answer.js'
import { type Fields, isObject, isTrue, objectsOf, textOf, wholeOf } from '../body.js'
import { type AddedOption, readOptions } from '../cart/item-components.js'
import { readMarketing } from '../cart/marketing-data.js'
import { profileFault } from '../cart/sent-buyer.js'
import { readWindow } from '../cart/shipping-data.js'
import { longestAssociate, longestNote } from '../cart/small-attachments.js'
import { fixed } from '../fixed-errors.js'
import { parseAmount } from '../money.js'

/** An item of an order that comes in one piece. */
export interface OrderedItem {
  readonly id: string
  readonly quantity: number
  readonly seller: string
  /** What the client thinks that a piece costs. */
  readonly price?: Minor
  readonly attachments: readonly Attachment[]
  /** Services bought along, one of each per piece. */
  readonly services: readonly string[]
  /** What it shall be put together from besides what it comes with; absent: it is bought bare. */
  readonly options?: readonly AddedOption[]
  /** What lowers or raises the line beside promotions: only for those who may say so. */
  readonly priceTags: readonly SentPriceTag[]
}

/** One reduction or surcharge of a whole line; below zero it is a reduction. */
export interface SentPriceTag {
  readonly name: string
  readonly value: Minor
}

export interface OrderedPayment {
  readonly system: number
  readonly referenceValue: Minor
  readonly value: Minor
  readonly installments: number
}

/** How one item shall go. */
export interface OrderedWay {
  readonly itemIndex: number
  readonly sla: string
  readonly window?: NonNullable<LineWish['window']>
}

/** A whole order in one body. Source: dialects/vtex.md 3.29. */
export interface WholeOrder {
  readonly items: readonly OrderedItem[]
  readonly profile: Fields
  readonly address: Fields
  readonly slas: readonly OrderedWay[]
  readonly payments: readonly OrderedPayment[]
  readonly giftCards: readonly { readonly code: string; readonly limit?: Minor }[]
  readonly coupons: readonly string[]
  readonly marketing: Marketing
  readonly note?: string
  readonly salesAssociateId?: string
}

/** A tag that is none, or that is not the caller's to set. */
export const invalidPriceTag: VtexError = { status: 400, code: 'CHK0053', message: 'Invalid price tag' }

/** @param setsPrices  the caller's price tags count; anybody else's are refused */
export function readWholeOrder(body: unknown, setsPrices: boolean): Result<WholeOrder, VtexError> {
  if (!isObject(body)) return refuse(fixed.badRequest)
  const items = readItems(body.items, setsPrices)
  if (!items.ok) return items
  const profile = isObject(body.clientProfileData) ? body.clientProfileData : {}
  const misdescribed = profileFault(profile)
  if (misdescribed !== undefined) return refuse(misdescribed)
  const shipping = isObject(body.shippingData) ? body.shippingData : {}
  const address = isObject(shipping.address) ? shipping.address : undefined
  if (address === undefined) return refuse({ status: 400, code: 'CHK0175', message: 'Shipping data is required' })
  const slas = readSlas(shipping.logisticsInfo, items.value.length)
  if (!slas.ok) return slas
  const paymentData = isObject(body.paymentData) ? body.paymentData : {}
  const payments = readPayments(paymentData.payments)
  if (!payments.ok) return payments
  const sent = isObject(body.marketingData) ? body.marketingData : {}
  const marketing = readMarketing(sent)
  if (!marketing.ok) return marketing
  const note = textOf(isObject(body.openTextField) ? body.openTextField.value : body.openTextField)
  const sales = isObject(body.salesAssociateData) ? textOf(body.salesAssociateData.salesAssociateId) : undefined
  if ((note ?? '').length > longestNote) return refuse(fixed.textTooLong)
  if ((sales ?? '').length > longestAssociate) return refuse(fixed.fieldTooLong('salesAssociateId'))
  return ok({
    items: items.value,
    profile,
    address,
    slas: slas.value,
    payments: payments.value,
    giftCards: giftCardsOf(paymentData.giftCards),
    marketing: marketing.value,
    coupons: (textOf(sent.coupon) ?? '').split(',').flatMap(code => textOf(code) ?? []),
    ...(note === undefined ? {} : { note }),
    ...(sales === undefined ? {} : { salesAssociateId: sales }),
  })
}

function readItems(value: unknown, setsPrices: boolean): Result<readonly OrderedItem[], VtexError> {
  const entries = objectsOf(value)
  if (entries === undefined) return refuse(fixed.badRequest)
  if (entries.length === 0) {
    return refuse({ status: 500, code: 'ORD005', message: 'The purchase cannot be done without items' })
  }
  if (entries.length > limits.linesPerRequest) return refuse(fixed.maxItems(limits.linesPerRequest))
  const items: OrderedItem[] = []
  for (const entry of entries) {
    const item = readItem(entry, setsPrices)
    if (!item.ok) return item
    items.push(item.value)
  }
  return ok(items)
}

function readItem(entry: Fields, setsPrices: boolean): Result<OrderedItem, VtexError> {
  const id = textOf(entry.id)
  if (id === undefined || id.length > limits.nameLength) return refuse(fixed.invalidItemId)
  const quantity = wholeOf(entry.quantity)
  if (quantity === undefined || quantity < 1) return refuse(fixed.invalidQuantity)
  const seller = textOf(entry.seller)
  if (seller === undefined) return refuse(fixed.invalidSeller)
  const priceTags = readPriceTags(entry.priceTags)
  if (priceTags === undefined || (priceTags.length > 0 && !setsPrices)) return refuse(invalidPriceTag)
  const isPriced = entry.price !== undefined && entry.price !== null
  const price = isPriced ? parseAmount(entry.price) : undefined
  if (isPriced && price === undefined) return refuse(fixed.invalidPrice)
  const attachments = (objectsOf(entry.attachments) ?? []).flatMap(({ name, content }) => {
    const text = textOf(name)
    if (text === undefined || !isObject(content)) return []
    const parts = Object.entries(content).map(([key, part]) => [key, textOf(part) ?? ''] as const)
    return [{ name: text, content: Object.fromEntries(parts) }]
  })
  const services = readServices(entry.bundleItems)
  if (services === undefined) return refuse(fixed.unknownService)
  const isPutTogether = entry.options !== undefined && entry.options !== null
  const options = readOptions(entry.options)
  if (options === undefined) return refuse(fixed.badRequest)
  return ok({
    ...{ id, quantity, seller, attachments, services, priceTags },
    ...(isPutTogether ? { options } : {}),
    ...(price === undefined ? {} : { price }),
  })
}

/** Ids of services; undefined for what is no list of such. */
function readServices(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return []
  const entries = objectsOf(value)
  const ids = entries?.flatMap(({ id }) => textOf(id) ?? [])
  return ids !== undefined && ids.length === entries?.length && ids.length <= limits.optionsPerLine ? ids : undefined
}

/** Undefined for what is no list of amounts in the smallest unit. */
function readPriceTags(value: unknown): readonly SentPriceTag[] | undefined {
  if (value === undefined || value === null) return []
  const entries = objectsOf(value)
  if (entries === undefined || entries.length > tagsPerItem) return undefined
  const tags = entries.flatMap(({ name, value: amount, isPercentual }) => {
    const [text, whole] = [textOf(name), wholeOf(amount)]
    const isRight =
      text !== undefined && text.length <= limits.nameLength && whole !== undefined && !isTrue(isPercentual)
    return isRight ? [{ name: text, value: BigInt(whole) }] : []
  })
  return tags.length === entries.length ? tags : undefined
}

const tagsPerItem = 20

function readSlas(value: unknown, items: number): Result<WholeOrder['slas'], VtexError> {
  const slas: OrderedWay[] = []
  for (const entry of objectsOf(value) ?? []) {
    const itemIndex = wholeOf(entry.itemIndex)
    if (itemIndex === undefined || itemIndex < 0 || itemIndex >= items) return refuse(fixed.invalidItemIndex)
    const sla = textOf(entry.selectedSla)
    const window = readWindow(entry.deliveryWindow)
    if (sla !== undefined) slas.push({ itemIndex, sla, ...(window === undefined ? {} : { window }) })
  }
  return ok(slas)
}

function readPayments(value: unknown): Result<readonly OrderedPayment[], VtexError> {
  const payments: OrderedPayment[] = []
  for (const entry of (objectsOf(value) ?? []).slice(0, limits.paymentsPerCart)) {
    const system = wholeOf(entry.paymentSystem)
    if (system === undefined) return refuse(fixed.invalidPaymentSystem)
    const installments = wholeOf(entry.installments)
    if (installments === undefined) return refuse(fixed.installmentsMissing)
    const referenceValue = parseAmount(entry.referenceValue)
    const paid = parseAmount(entry.value)
    if (referenceValue === undefined || paid === undefined) return refuse(fixed.invalidPayment)
    payments.push({ system, installments, referenceValue, value: paid })
  }
  return ok(payments)
}

function giftCardsOf(value: unknown): WholeOrder['giftCards'] {
  return (objectsOf(value) ?? []).slice(0, limits.giftCardsPerCart).flatMap(entry => {
    const code = textOf(entry.redemptionCode)
    const limit = parseAmount(entry.value)
    if (code === undefined || code.length > limits.codeLength) return []
    return [{ code, ...(limit === undefined || limit === 0n ? {} : { limit }) }]
  })
}
