import { limits } from '../../core/limits.js'
import type { SprykerSettings } from './settings.js'
import {
  atMost,
  date,
  email,
  type Field,
  type Fields,
  isObject,
  length,
  messages,
  notBlank,
  numeric,
  optional,
  required,
  text,
  type Violation,
  validate,
  withElements,
  withMembers,
} from './validation.js'

/** The two endpoints that take the same attributes: one looks, the other buys. */
export type CheckoutKind = 'checkout' | 'checkout-data'

/** An address as sent: known parts only, blanks kept. */
export interface SentAddress {
  readonly id?: string
  readonly salutation?: string
  readonly firstName?: string
  readonly lastName?: string
  readonly address1?: string
  readonly address2?: string
  readonly address3?: string
  readonly zipCode?: string
  readonly city?: string
  readonly iso2Code?: string
  readonly company?: string
  readonly phone?: string
}

export interface SentShipment {
  /** Group keys. */
  readonly items: readonly string[]
  readonly address?: SentAddress
  readonly methodId?: string
  readonly requestedDate?: string
}

export interface SentPayment {
  readonly method: string
  readonly provider: string
  /** Minor units. */
  readonly amount?: bigint
  /** Everything else that was sent; may hold a card number. */
  readonly extra: Readonly<Record<string, unknown>>
}

/** The attributes of `/checkout` and `/checkout-data`, read and checked. */
export interface CheckoutInput {
  readonly idCart: string
  readonly customer?: {
    readonly salutation?: string
    readonly email?: string
    readonly firstName?: string
    readonly lastName?: string
  }
  readonly billingAddress?: SentAddress
  readonly delivery:
    | { readonly kind: 'single'; readonly address?: SentAddress; readonly methodId?: string }
    | { readonly kind: 'split'; readonly shipments: readonly SentShipment[] }
  readonly payments: readonly SentPayment[]
}

type Attributes = Readonly<Record<string, unknown>>

/** Whether an address stands for a stored one, whose parts replace what is sent. */
export type AddressByReference = (address: Attributes) => boolean

/** By id, where the caller has stored addresses. */
export function byReference(isMember: boolean): AddressByReference {
  return address => isMember && typeof address.id === 'string' && address.id.trim() !== ''
}

/** Rules for the parts beside an id: none, or that they are there; whatever they say is replaced. */
export function partsBesideId(settings: SprykerSettings): Fields {
  return settings.addressIdNeedsParts ? dummyParts : {}
}

const addressParts: Fields = {
  salutation: required(notBlank, atMost(255)),
  firstName: required(notBlank, atMost(255)),
  lastName: required(notBlank, atMost(255)),
  address1: required(notBlank, atMost(255)),
  address2: required(notBlank, atMost(255)),
  zipCode: required(notBlank, atMost(15)),
  city: required(notBlank, length(3, 255)),
  iso2Code: required(notBlank, atMost(2)),
  address3: optional(atMost(255)),
  company: optional(atMost(255)),
  phone: optional(atMost(255)),
}

const dummyParts: Fields = Object.fromEntries(
  Object.entries(addressParts)
    .filter(([, { isRequired }]) => isRequired)
    .map(([name]) => [name, required(notBlank, atMost(255))]),
)

const customer: Fields = {
  salutation: required(notBlank, atMost(255)),
  email: required(notBlank, email(messages.checkoutEmail)),
  firstName: optional(atMost(255)),
  lastName: optional(atMost(255)),
}

const payment: Field = withMembers(required(notBlank), {
  paymentMethodName: required(notBlank, atMost(255)),
  paymentProviderName: required(notBlank, atMost(255)),
})

function shipment(kind: CheckoutKind): Field {
  return withMembers(required(notBlank), {
    items: withElements(required(notBlank), required(notBlank, text)),
    shippingAddress: optional(),
    idShipmentMethod: kind === 'checkout' ? required(notBlank, numeric) : optional(numeric),
    requestedDeliveryDate: optional(date),
  })
}

/**
 * Violations of the field rules (code 901), all at once.
 *
 * @param besideId  rules for the parts of an address that stands for a stored one
 * Source: dialects/spryker.md 2.6, 3.7, 3.8.
 */
export function checkoutViolations(
  attributes: Attributes,
  kind: CheckoutKind,
  isReference: AddressByReference,
  besideId: Fields = {},
): readonly Violation[] {
  const isPurchase = kind === 'checkout'
  const address = (sent: unknown) => (isObject(sent) && isReference(sent) ? besideId : addressParts)
  const billing = isPurchase ? required(notBlank) : optional()
  const fields: Fields = {
    idCart: required(notBlank, text),
    customer: withMembers(optional(), customer),
    billingAddress: withMembers(billing, address(attributes.billingAddress)),
    shippingAddress: withMembers(optional(), address(attributes.shippingAddress)),
    shipment: withMembers(optional(), { idShipmentMethod: required(notBlank, numeric) }),
    shipments: withElements(optional(), shipment(kind)),
    payments: withElements(isPurchase ? required(notBlank) : optional(), payment),
  }
  return [...validate(attributes, fields), ...blankShipmentAddresses(attributes.shipments)]
}

/** An address that is there but empty; an absent one is another error, found later. */
function blankShipmentAddresses(shipments: unknown): readonly Violation[] {
  return elementsOf(shipments).flatMap((each, index) => {
    if (!isObject(each) || !Object.hasOwn(each, 'shippingAddress')) return []
    const path = `shipments.${index.toString()}.shippingAddress`
    return notBlank(each.shippingAddress).map(message => ({ path, message }))
  })
}

/** Parts of an address that is no reference after all (its id names nothing): the same rules as without an id. */
export function addressViolations(sent: SentAddress, path: string): readonly Violation[] {
  return validate({ [path]: sent }, { [path]: withMembers(required(), addressParts) })
}

/** Which of the two ways of shipping a request speaks of, and what is wrong with that; in the order in which clients learn of it. */
export type ShipmentFault = 'mixed' | 'missing' | 'address_missing' | 'address_invalid'

/** Mix and completeness of shipments; `/checkout-data` only looks at the mix. */
export function shipmentFaults(attributes: Attributes, kind: CheckoutKind): readonly ShipmentFault[] {
  const isSplit = isPresent(attributes.shipments)
  const isSingle = isPresent(attributes.shipment) || isPresent(attributes.shippingAddress)
  if (isSplit && isSingle) return ['mixed']
  if (kind === 'checkout-data') return []
  if (!isSplit) return isPresent(attributes.shipment) && isPresent(attributes.shippingAddress) ? [] : ['missing']
  const shipments = elementsOf(attributes.shipments).filter(isObject)
  if (shipments.some(each => !isObject(each.shippingAddress))) return ['address_missing']
  return shipments.some(each => !isAddressOrReference(each.shippingAddress)) ? ['address_invalid'] : []
}

/** In split shipments the phone counts as compulsory too. */
const splitParts = [
  'salutation',
  'firstName',
  'lastName',
  'address1',
  'address2',
  'zipCode',
  'city',
  'iso2Code',
  'phone',
] as const

function isAddressOrReference(sent: unknown): boolean {
  if (!isObject(sent)) return false
  if (isText(sent.id)) return true
  return splitParts.every(part => isText(sent[part])) && [sent.address3, sent.company].every(isTextOrNothing)
}

/** Whether it says something that `readAddress` keeps. */
function isText(value: unknown): boolean {
  const text = textOf(value)
  return text !== undefined && text.trim() !== '' && text.length <= limits.nameLength
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || isText(value)
}

function isPresent(value: unknown): boolean {
  return notBlank(value).length === 0
}

/** Reads attributes that passed `checkoutViolations` and `shipmentFaults`. */
export function readCheckout(attributes: Attributes): CheckoutInput {
  const shipments = elementsOf(attributes.shipments).filter(isObject)
  const billingAddress = readAddress(attributes.billingAddress)
  return {
    idCart: textOf(attributes.idCart) ?? '',
    ...(isObject(attributes.customer) ? { customer: readCustomer(attributes.customer) } : {}),
    ...(billingAddress === undefined ? {} : { billingAddress }),
    delivery:
      shipments.length > 0
        ? { kind: 'split', shipments: shipments.map(readShipment) }
        : readSingle(attributes.shippingAddress, attributes.shipment),
    payments: elementsOf(attributes.payments).filter(isObject).map(readPayment),
  }
}

function readSingle(sentAddress: unknown, sentShipment: unknown): CheckoutInput['delivery'] {
  const address = readAddress(sentAddress)
  const methodId = isObject(sentShipment) ? methodIdOf(sentShipment.idShipmentMethod) : undefined
  return {
    kind: 'single',
    ...(address === undefined ? {} : { address }),
    ...(methodId === undefined ? {} : { methodId }),
  }
}

function readShipment(sent: Attributes): SentShipment {
  const address = readAddress(sent.shippingAddress)
  const methodId = methodIdOf(sent.idShipmentMethod)
  const requestedDate = textOf(sent.requestedDeliveryDate)
  return {
    items: elementsOf(sent.items).flatMap(each => textOf(each) ?? []),
    ...(address === undefined ? {} : { address }),
    ...(methodId === undefined ? {} : { methodId }),
    ...(requestedDate === undefined ? {} : { requestedDate }),
  }
}

/** `2`, `"2"` and `"2.0"` are the same method. */
function methodIdOf(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  return value === '' ? undefined : Number(value).toString()
}

function readAddress(sent: unknown): SentAddress | undefined {
  if (!isObject(sent) || Object.keys(sent).length === 0) return undefined
  const parts = ['id', ...Object.keys(addressParts)].flatMap(name => {
    const value = textOf(sent[name])
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(parts) as SentAddress
}

function readCustomer(sent: Attributes): NonNullable<CheckoutInput['customer']> {
  const parts = Object.keys(customer).flatMap(name => {
    const value = textOf(sent[name])
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(parts) as NonNullable<CheckoutInput['customer']>
}

function readPayment(sent: Attributes): SentPayment {
  const { paymentMethodName, paymentProviderName, paymentSelection: _, amount, ...extra } = sent
  return {
    method: textOf(paymentMethodName) ?? '',
    provider: textOf(paymentProviderName) ?? '',
    ...(typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0 ? { amount: BigInt(amount) } : {}),
    extra,
  }
}

/** Texts, and numbers where a client sends a postal code or a house number as one. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return value.toString()
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Elements of a list; some clients write a list as an object with index keys. */
function elementsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : []
}
