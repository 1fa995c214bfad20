import { unreachable } from '../../core/assert.js'
import type {
  Cart,
  Consignment,
  GiftCardUse,
  LineItem,
  ManualDiscount,
  ManualFee,
  PaymentSelection,
  PriceOrigin,
} from '../../core/cart/cart.js'
import type { QuotedTax, TaxQuote } from '../../core/pricing/tax-quote.js'

/**
 * A cart as it is stored: amounts stand as decimal text, since JSON numbers cannot hold them. Only members that the types
 * below name are amounts, so a text that looks like one stays a text. `JSON.stringify` throws when one was forgotten.
 */
interface StoredCart
  extends Omit<
    Cart,
    'lineItems' | 'consignments' | 'giftCards' | 'payments' | 'fees' | 'manualDiscounts' | 'taxQuote' | 'version'
  > {
  readonly lineItems: readonly StoredLine[]
  readonly consignments: readonly StoredConsignment[]
  readonly giftCards: readonly (Omit<GiftCardUse, 'limit'> & { readonly limit?: string })[]
  readonly payments: readonly (Omit<PaymentSelection, 'amount'> & { readonly amount?: string })[]
  readonly fees: readonly (Omit<ManualFee, 'amount'> & { readonly amount: string })[]
  readonly manualDiscounts: readonly (Omit<ManualDiscount, 'amount'> & { readonly amount: string })[]
  readonly taxQuote?: StoredTaxQuote
}

interface StoredTaxQuote extends Omit<TaxQuote, 'taxes'> {
  readonly taxes: readonly (Omit<QuotedTax, 'amount'> & { readonly amount: string })[]
}

interface StoredLine extends Omit<LineItem, 'origin' | 'seenUnitPrice'> {
  readonly origin: StoredOrigin
  readonly seenUnitPrice?: string
}

type WithText<T, Key extends keyof T> = T extends unknown
  ? Omit<T, Key> & { readonly [K in keyof T as K extends Key ? K : never]: string }
  : never
type OriginOf<Kind extends PriceOrigin['kind']> = Extract<PriceOrigin, { readonly kind: Kind }>
type StoredOrigin =
  | OriginOf<'catalog'>
  | WithText<OriginOf<'manual'>, 'unitPrice'>
  | (Omit<OriginOf<'custom'>, 'unitPrice' | 'listPrice'> & { readonly unitPrice: string; readonly listPrice?: string })
  | WithText<OriginOf<'gift_certificate'>, 'amount'>

interface StoredConsignment extends Omit<Consignment, 'selectedPrice' | 'deliveryWindow' | 'customOption'> {
  readonly selectedPrice?: string
  readonly deliveryWindow?: Omit<NonNullable<Consignment['deliveryWindow']>, 'price'> & { readonly price: string }
  readonly customOption?: { readonly name: string; readonly price: string }
}

/** Writes a cart as JSON text, its version apart: that is a column. */
export function encodeCart(cart: Cart): string {
  const { version: _, taxQuote, ...rest } = cart
  const stored: StoredCart = {
    ...rest,
    lineItems: cart.lineItems.map(storeLine),
    consignments: cart.consignments.map(storeConsignment),
    giftCards: cart.giftCards.map(({ limit, ...use }) =>
      limit === undefined ? use : { ...use, limit: limit.toString() },
    ),
    payments: cart.payments.map(({ amount, ...payment }) =>
      amount === undefined ? payment : { ...payment, amount: amount.toString() },
    ),
    fees: cart.fees.map(fee => ({ ...fee, amount: fee.amount.toString() })),
    manualDiscounts: cart.manualDiscounts.map(discount => ({ ...discount, amount: discount.amount.toString() })),
    ...(taxQuote === undefined ? {} : { taxQuote: storeTaxQuote(taxQuote) }),
  }
  return JSON.stringify(stored)
}

/** Reads a cart from its parsed JSON and its version. */
export function decodeCart(body: unknown, version: number): Cart {
  const { taxQuote, ...stored } = body as StoredCart
  return {
    ...stored,
    version,
    lineItems: stored.lineItems.map(readLine),
    consignments: stored.consignments.map(readConsignment),
    giftCards: stored.giftCards.map(({ limit, ...use }) =>
      limit === undefined ? use : { ...use, limit: BigInt(limit) },
    ),
    payments: stored.payments.map(({ amount, ...payment }) =>
      amount === undefined ? payment : { ...payment, amount: BigInt(amount) },
    ),
    fees: stored.fees.map(fee => ({ ...fee, amount: BigInt(fee.amount) })),
    manualDiscounts: stored.manualDiscounts.map(discount => ({ ...discount, amount: BigInt(discount.amount) })),
    ...(taxQuote === undefined ? {} : { taxQuote: readTaxQuote(taxQuote) }),
  }
}

function storeTaxQuote(quote: TaxQuote): StoredTaxQuote {
  return { ...quote, taxes: quote.taxes.map(tax => ({ ...tax, amount: tax.amount.toString() })) }
}

function readTaxQuote(stored: StoredTaxQuote): TaxQuote {
  return { ...stored, taxes: stored.taxes.map(tax => ({ ...tax, amount: BigInt(tax.amount) })) }
}

/** Most lines hold no amount, or only the price last seen: they are not taken apart, since there may be hundreds. */
function storeLine(line: LineItem): StoredLine {
  if (holdsNoAmount(line)) return line
  const { seenUnitPrice } = line
  if (seenUnitPrice !== undefined) {
    return { ...line, origin: storeOrigin(line.origin), seenUnitPrice: seenUnitPrice.toString() }
  }
  const { seenUnitPrice: _, ...rest } = line
  return { ...rest, origin: storeOrigin(line.origin) }
}

function readLine(stored: StoredLine): LineItem {
  if (holdsNoAmount(stored)) return stored
  const { seenUnitPrice } = stored
  if (seenUnitPrice !== undefined) {
    return { ...stored, origin: readOrigin(stored.origin), seenUnitPrice: BigInt(seenUnitPrice) }
  }
  const { seenUnitPrice: _, ...rest } = stored
  return { ...rest, origin: readOrigin(stored.origin) }
}

function holdsNoAmount(line: LineItem | StoredLine): line is LineItem & StoredLine {
  return line.origin.kind === 'catalog' && line.seenUnitPrice === undefined
}

function storeOrigin(origin: PriceOrigin): StoredOrigin {
  switch (origin.kind) {
    case 'catalog':
      return origin
    case 'manual':
      return { ...origin, unitPrice: origin.unitPrice.toString() }
    case 'custom': {
      const { listPrice, ...rest } = origin
      const stored = { ...rest, unitPrice: origin.unitPrice.toString() }
      return listPrice === undefined ? stored : { ...stored, listPrice: listPrice.toString() }
    }
    case 'gift_certificate':
      return { ...origin, amount: origin.amount.toString() }
    default:
      return unreachable(origin)
  }
}

function readOrigin(stored: StoredOrigin): PriceOrigin {
  switch (stored.kind) {
    case 'catalog':
      return stored
    case 'manual':
      return { ...stored, unitPrice: BigInt(stored.unitPrice) }
    case 'custom': {
      const { listPrice, ...rest } = stored
      const origin = { ...rest, unitPrice: BigInt(stored.unitPrice) }
      return listPrice === undefined ? origin : { ...origin, listPrice: BigInt(listPrice) }
    }
    case 'gift_certificate':
      return { ...stored, amount: BigInt(stored.amount) }
    default:
      return unreachable(stored)
  }
}

function storeConsignment(consignment: Consignment): StoredConsignment {
  const { selectedPrice, deliveryWindow, customOption, ...rest } = consignment
  return {
    ...rest,
    ...(customOption === undefined ? {} : { customOption: { ...customOption, price: customOption.price.toString() } }),
    ...(selectedPrice === undefined ? {} : { selectedPrice: selectedPrice.toString() }),
    ...(deliveryWindow === undefined
      ? {}
      : { deliveryWindow: { ...deliveryWindow, price: deliveryWindow.price.toString() } }),
  }
}

function readConsignment(stored: StoredConsignment): Consignment {
  const { selectedPrice, deliveryWindow, customOption, ...rest } = stored
  return {
    ...rest,
    ...(customOption === undefined ? {} : { customOption: { ...customOption, price: BigInt(customOption.price) } }),
    ...(selectedPrice === undefined ? {} : { selectedPrice: BigInt(selectedPrice) }),
    ...(deliveryWindow === undefined
      ? {}
      : { deliveryWindow: { ...deliveryWindow, price: BigInt(deliveryWindow.price) } }),
  }
}
