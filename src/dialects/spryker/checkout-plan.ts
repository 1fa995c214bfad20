import type { Address } from '../../core/cart/address.js'
import type { Cart } from '../../core/cart/cart.js'
import type { Json, LineItemId } from '../../core/ids.js'
import type { PricedCart } from '../../core/pricing/priced-cart.js'
import type { CheckoutChanges, NewConsignment } from '../../operations/operations.js'
import { readAddress, writeAddress } from './address.js'
import type { CheckoutInput, SentAddress, SentPayment, SentShipment } from './checkout-input.js'
import { countryFacts } from './countries.js'
import { digest, linesByGroupKey } from './ids.js'
import { choiceNamed, isPaidFor } from './render/payment-methods.js'

/** What the request wants shipped, still in the client's names: one entry per shipment. */
export interface PlannedShipment {
  readonly address: Address | undefined
  readonly methodId: string | undefined
  readonly requestedDate: string | undefined
  /** Absent: everything. */
  readonly items?: NonNullable<NewConsignment['items']>
}

/**
 * Shipments of the request. Entries that are equal in address, method and date become one; a line that two entries name
 * goes with the last; entries without a line of the cart fall away. Source: dialects/spryker.md 5.7.
 */
export function plannedShipments(input: CheckoutInput, cart: Cart): readonly PlannedShipment[] {
  const { delivery } = input
  if (delivery.kind === 'single') {
    return [{ address: coreAddress(delivery.address), methodId: delivery.methodId, requestedDate: undefined }]
  }
  const owners = lineOwners(delivery.shipments, cart)
  const merged = new Map<string, PlannedShipment & { readonly items: NonNullable<NewConsignment['items']> }>()
  for (const [index, shipment] of delivery.shipments.entries()) {
    const items = owners.filter(owner => owner.shipment === index).map(owner => owner.item)
    if (items.length === 0) continue
    const planned = {
      address: coreAddress(shipment.address),
      methodId: shipment.methodId,
      requestedDate: shipment.requestedDate,
    }
    const key = shipmentKey(planned)
    merged.set(key, { ...planned, items: [...(merged.get(key)?.items ?? []), ...items] })
  }
  return [...merged.values()]
}

/** Which entry each named line goes with: the last that names it. One look at every line and every name. */
function lineOwners(shipments: readonly SentShipment[], cart: Cart) {
  const lineOf = linesByGroupKey(cart.lineItems)
  const shipmentOf = new Map<LineItemId, number>()
  for (const [index, { items }] of shipments.entries()) {
    for (const groupKey of items) {
      const line = lineOf.get(groupKey)
      if (line !== undefined) shipmentOf.set(line, index)
    }
  }
  return cart.lineItems.flatMap(({ id, quantity }) => {
    const shipment = shipmentOf.get(id)
    return shipment === undefined ? [] : [{ shipment, item: { lineItemId: id, quantity } }]
  })
}

function shipmentKey({ address, methodId, requestedDate }: PlannedShipment): string {
  return digest({
    address: address === undefined ? null : { ...writeAddress(address), stored: address.customerAddressId ?? null },
    methodId: methodId ?? null,
    requestedDate: requestedDate ?? null,
  })
}

/** An address of the request; with an id it stands for the customer's stored one. */
export function coreAddress(sent: SentAddress | undefined): Address | undefined {
  if (sent === undefined) return undefined
  const { id, ...parts } = sent
  const address = readAddress(parts)
  return id === undefined ? address : { ...address, customerAddressId: id }
}

/**
 * Consignments of a quote or a purchase.
 *
 * @param optionOf  the shipping option's own id for the method id that the client named, by position of the shipment
 * @param assumedCountry  where goods are taken to go while the client says nothing (quotes only): methods are offered
 *   and tax is shown before an address is known, also for a country that does not exist
 */
export function consignmentsOf(
  shipments: readonly PlannedShipment[],
  optionOf: (methodId: string, position: number) => string,
  assumedCountry?: string,
): readonly NewConsignment[] {
  return shipments.map(({ address, methodId, requestedDate, items }, position) => ({
    ...(items === undefined ? {} : { items }),
    destination: destinationOf(address, assumedCountry),
    ...(methodId === undefined ? {} : { selectedOption: optionOf(methodId, position) }),
    ...(requestedDate === undefined ? {} : { requestedDate }),
  }))
}

function destinationOf(
  address: Address | undefined,
  assumedCountry: string | undefined,
): NewConsignment['destination'] {
  if (assumedCountry === undefined) return address === undefined ? { kind: 'unknown' } : { kind: 'address', address }
  if (address === undefined) return { kind: 'address', address: { country: assumedCountry } }
  const isKnown = address.customerAddressId !== undefined || countryFacts(address.country ?? '') !== undefined
  return { kind: 'address', address: isKnown ? address : { ...address, country: assumedCountry } }
}

/** The option's own id for a method id, as far as it is offered to that shipment; else the client's text. */
export function offeredOption(quoted: PricedCart): (methodId: string, position: number) => string {
  return (methodId, position) =>
    quoted.consignments[position]?.offers.find(offer => offer.integerId.toString() === methodId)?.id ?? methodId
}

/** Whether every shipment of the quote has the method that the request names for it. */
export function hasNamedMethods(quoted: PricedCart, shipments: readonly PlannedShipment[]): boolean {
  return shipments.every(
    ({ methodId }, position) =>
      methodId === undefined || quoted.consignments[position]?.selected?.integerId.toString() === methodId,
  )
}

/** Who buys, as far as the request says. A customer's identity comes from the account, not from here. */
export function buyerOf(input: CheckoutInput): NonNullable<CheckoutChanges['buyer']> {
  const { customer, billingAddress } = input
  const parts = {
    email: customer?.email,
    salutation: customer?.salutation ?? billingAddress?.salutation,
    firstName: customer?.firstName ?? billingAddress?.firstName,
    lastName: customer?.lastName ?? billingAddress?.lastName,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}

/** Payments of a purchase: what is kept of them, and what only the gateway gets. */
export interface PlannedPayments {
  readonly payments: NonNullable<CheckoutChanges['payments']>
  readonly instruments: readonly Readonly<Record<string, Json>>[]
}

/**
 * Payments by the store's own methods; an unknown name stays as it was sent, so that placing refuses it. Where nothing is
 * left to pay, whatever else was named is not asked for anything.
 */
export function plannedPayments(input: CheckoutInput, quoted: PricedCart, keepsAmounts: boolean): PlannedPayments {
  const methods = quoted.paymentMethods.map(method => ({ method, name: method.name, provider: method.providerName }))
  const known = input.payments.map(sent => ({ sent, method: choiceNamed(methods, sent)?.method }))
  const planned = known
    .filter(each => each.method !== undefined || !isPaidFor(quoted))
    .map(({ sent, method }) => {
      return {
        payment: {
          method: method?.id ?? `${sent.provider}/${sent.method}`,
          ...(keepsAmounts && sent.amount !== undefined ? { amount: sent.amount } : {}),
          ...(method === undefined || method.kind === 'card' ? {} : { data: askedFor(sent, method.requiredData) }),
        },
        instrument: instrumentOf(sent),
      }
    })
  return { payments: planned.map(each => each.payment), instruments: planned.map(each => each.instrument) }
}

/** Of everything that was sent along, only what the method asks for is kept. */
function askedFor(sent: SentPayment, requiredData: readonly string[]): Readonly<Record<string, Json>> {
  const names = new Set(requiredData.map(path => path.split('.')[0] ?? path))
  return Object.fromEntries(
    Object.entries(sent.extra).filter(
      (entry): entry is [string, Json] => names.has(entry[0]) && entry[1] !== undefined,
    ),
  )
}

/** The platform's own test store declines whoever is called so. */
const declinedLastName = 'Invalid'
const testProvider = 'dummypayment'

/** Whether the platform's test payment says no to this buyer, whatever the method. */
export function isDeclinedByTestPayment({ billingAddress, payments }: CheckoutInput): boolean {
  const isTest = payments.some(({ provider }) => provider.toLowerCase() === testProvider)
  return isTest && billingAddress?.lastName === declinedLastName
}

/** For the gateway alone: never stored, never logged. */
function instrumentOf(sent: SentPayment): Readonly<Record<string, Json>> {
  return cardOf(Object.entries(sent.extra).find(([name]) => name.endsWith('CreditCard'))?.[1])
}

const cardNames = {
  cardType: 'brand',
  cardNumber: 'number',
  nameOnCard: 'holder',
  cardExpiresMonth: 'expiryMonth',
  cardExpiresYear: 'expiryYear',
  cardSecurityCode: 'securityCode',
} as const

function cardOf(card: unknown): Readonly<Record<string, Json>> {
  if (typeof card !== 'object' || card === null) return {}
  const names: Readonly<Record<string, string>> = cardNames
  return Object.fromEntries(
    Object.entries(card).flatMap(([name, value]) => {
      const own = names[name]
      return own !== undefined && (typeof value === 'string' || typeof value === 'number') ? [[own, String(value)]] : []
    }),
  )
}

/** Everything of the request that a purchase takes over besides shipments and payments. */
export function purchaseOf(input: CheckoutInput): CheckoutChanges {
  const billingAddress = coreAddress(input.billingAddress)
  return { buyer: buyerOf(input), ...(billingAddress === undefined ? {} : { billingAddress }) }
}
