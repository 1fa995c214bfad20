import type { Cart, Consignment, LineItem } from '../cart/cart.js'
import type { Facts } from './facts.js'
import type { PricedCart, PricedConsignment, PricedLine } from './priced-cart.js'
import type { TaxProvider, TaxQuote } from './tax-quote.js'
import { destinationAddress } from './tax-zones.js'

type Price = (cart: Cart, facts: Facts) => PricedCart

/**
 * The figures of a cart whose taxes somebody outside the store says: those of the quote that answers just this cart, as
 * it was given with the facts or kept with the cart. Without one there is no tax, the question stands open and the cart
 * cannot be ordered: a guess is no tax. The store's own rates do not count.
 *
 * @param price  prices a cart whose taxes are known
 */
export function priceByQuote(cart: Cart, facts: Facts, provider: TaxProvider, price: Price): PricedCart {
  const { taxProvider: _provider, taxQuotes, ...known } = facts
  const rateless: Facts = { ...known, taxZones: [] }
  const untaxed = price(cart, rateless)
  if (cart.lineItems.length === 0) return untaxed
  if (!goesSomewhere(untaxed, facts)) return unknownTaxes(untaxed, 'no_destination')
  const fingerprint = fingerprintOf(untaxed, provider)
  const quote = [taxQuotes?.get(fingerprint), cart.taxQuote].find(one => one?.fingerprint === fingerprint)
  if (quote !== undefined && quote.fault === undefined) {
    return { ...price(cart, { ...rateless, quotedTaxes: quote.taxes }), taxQuote: quote }
  }
  const open = { ...unknownTaxes(untaxed, quote?.fault ?? 'not_asked'), ...kept(quote) }
  return { ...open, taxQuestion: { fingerprint, priced: untaxed, facts } }
}

function kept(taxQuote: TaxQuote | undefined): Pick<PricedCart, 'taxQuote'> {
  return taxQuote === undefined ? {} : { taxQuote }
}

function unknownTaxes(
  priced: PricedCart,
  reason: Extract<PricedCart['problems'][number], { readonly code: 'taxes_unknown' }>['reason'],
): PricedCart {
  return { ...priced, problems: [...priced.problems, { code: 'taxes_unknown', reason }] }
}

/** Taxes depend on where goods go: nobody is asked before that is known of all that is sent. */
function goesSomewhere({ lines, consignments }: PricedCart, facts: Facts): boolean {
  const carrying = consignments.filter(({ items }) => items.length > 0)
  if (carrying.length === 0) return lines.every(line => line.kind !== 'physical')
  return carrying.every(({ consignment }) => destinationAddress(consignment, facts)?.country !== undefined)
}

/**
 * Stands for everything that a provider is told about a cart. Ids that a change makes anew each time it is decided are
 * left out, and so is what follows from the taxes themselves.
 */
export function fingerprintOf(priced: PricedCart, provider: TaxProvider): string {
  const { cart } = priced
  const { email, document, documentType, corporateDocument, stateInscription, customerId, customerGroup } = cart.buyer
  const asked = [
    [provider.key, cart.id, cart.channel, cart.currency, cart.priceMode],
    [email, document, documentType, corporateDocument, stateInscription, customerId, customerGroup],
    priced.lines.map(askedOfLine),
    priced.consignments.map(entry => askedOfConsignment(entry, priced)),
    priced.fees.map(fee => [fee.name, fee.price]),
    cart.payments.map(({ method, installments, amount }) => [method, installments, cart.payments.length > 1 && amount]),
    provider.customDataApp === undefined ? undefined : cart.customData[provider.customDataApp],
  ]
  return provider.digest(
    JSON.stringify(asked, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
  )
}

function askedOfLine({ item, variant, ...line }: PricedLine) {
  return [
    [item.sequence, item.sku, item.seller, item.quantity, line.unitPrice, line.price, line.amount.gross],
    line.options.map(option => [option.sku, option.price, option.amount.gross]),
    line.unitMultiplierMicros,
    variant === undefined
      ? undefined
      : [
          [variant.variantId, variant.productId, variant.taxClass, variant.measurementUnit, variant.brand],
          variant.categories,
          variant.externalIds,
        ],
  ]
}

function askedOfConsignment({ consignment, items, selected, amount }: PricedConsignment, { lines }: PricedCart) {
  const sequences = new Map<LineItem['id'], number>(lines.map(({ item }) => [item.id, item.sequence]))
  return [
    whereTo(consignment),
    selected?.id,
    amount.gross,
    items.map(({ lineItemId, quantity }) => [sequences.get(lineItemId), quantity]),
  ]
}

function whereTo({ destination }: Consignment) {
  if (destination.kind === 'unknown') return undefined
  if (destination.kind === 'pickup') return destination.pickupPointId
  const { country, subdivision, city, district, postalCode, line1, line2, streetNumber } = destination.address
  return [country, subdivision, city, district, postalCode, line1, line2, streetNumber]
}

/** Facts by which any variation of the cart owes the taxes that were quoted for it: to show what it would come to. */
export function withTaxesOf({ cart, taxQuote }: PricedCart, facts: Facts): Facts {
  if (facts.taxProvider === undefined) return facts
  const { taxProvider: _provider, taxQuotes: _quotes, ...known } = facts
  // Gross prices hold their taxes, so these change no sum.
  return { ...known, taxZones: [], quotedTaxes: cart.priceMode === 'net' ? (taxQuote?.taxes ?? []) : [] }
}
