import { expect } from 'vitest'
import type { Glue, GlueAnswer, Sent } from './glue.js'

/** Who is asking: a customer by a token, a guest by a name. */
export type Who = { readonly token: string } | { readonly guest: string }

/** A cart and who may use it. */
export interface Basket {
  readonly who: Who
  readonly cartId: string
  /** `carts` or `guest-carts`. */
  readonly path: string
}

export const notebook = '136_24425591'
export const warranty = 'OP_2_year_waranty'

export const address = {
  salutation: 'Mr',
  firstName: 'First',
  lastName: 'Last',
  address1: 'West road',
  address2: '212',
  address3: '',
  zipCode: '61000',
  city: 'Berlin',
  iso2Code: 'DE',
  company: 'Example',
  phone: '+380669455897',
}

/** The same address as an order shows it. */
export const orderAddress = {
  salutation: 'Mr',
  firstName: 'First',
  middleName: null,
  lastName: 'Last',
  address1: 'West road',
  address2: '212',
  address3: '',
  company: 'Example',
  city: 'Berlin',
  zipCode: '61000',
  poBox: null,
  phone: '+380669455897',
  cellPhone: null,
  description: null,
  comment: null,
  email: null,
  country: 'Germany',
  iso2Code: 'DE',
}

export const invoice = { paymentMethodName: 'invoice', paymentProviderName: 'DummyPayment' }

export function card(cardNumber: string): object {
  return {
    paymentMethodName: 'credit card',
    paymentProviderName: 'DummyPayment',
    dummyPaymentCreditCard: {
      cardType: 'Visa',
      cardNumber,
      nameOnCard: 'First Last',
      cardExpiresMonth: 12,
      cardExpiresYear: 2099,
      cardSecurityCode: '123',
    },
  }
}

let guestsSoFar = 0

/** A name that no other guest of this run has. */
export function newGuest(): { readonly guest: string } {
  guestsSoFar += 1
  return { guest: `guest-${process.pid}-${guestsSoFar}` }
}

export interface Line {
  readonly sku: string
  readonly quantity: number
  readonly productOptions?: readonly { readonly sku: string }[]
}

/** A guest's cart with these lines. */
export async function guestBasket(glue: Glue, ...lines: readonly Line[]): Promise<Basket> {
  const who = newGuest()
  let cartId = ''
  for (const attributes of lines) {
    const added = await glue.send('POST', '/guest-cart-items', {
      ...who,
      data: { type: 'guest-cart-items', attributes },
    })
    expect(added.status).toBe(201)
    cartId = added.json.data.id
  }
  return { who, cartId, path: 'guest-carts' }
}

/** A new customer's cart with these lines. */
export async function customerBasket(
  glue: Glue,
  ...lines: readonly Line[]
): Promise<Basket & { readonly token: string; readonly reference: string }> {
  const { token, reference } = await glue.newCustomer()
  const cartId = (await newCart(glue, token)).json.data.id
  for (const attributes of lines) {
    const added = await glue.send('POST', `/carts/${cartId}/items`, { token, data: { type: 'items', attributes } })
    expect(added.status).toBe(201)
  }
  return { who: { token }, token, reference, cartId, path: 'carts' }
}

export function newCart(glue: Glue, token: string, attributes: object = {}): Promise<GlueAnswer> {
  const wanted = { priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE', ...attributes }
  return glue.send('POST', '/carts', { token, data: { type: 'carts', attributes: wanted } })
}

/** Attributes of a purchase that goes through: invoice, standard delivery to one address. */
export function purchase(cartId: string, changes: object = {}): Record<string, unknown> {
  return {
    idCart: cartId,
    customer: { salutation: 'Mr', email: 'first@polytill.test', firstName: 'First', lastName: 'Last' },
    billingAddress: address,
    shippingAddress: address,
    payments: [invoice],
    shipment: { idShipmentMethod: 1 },
    ...changes,
  }
}

export function checkout(glue: Glue, who: Who, attributes: object, query = '', more: Sent = {}): Promise<GlueAnswer> {
  return glue.send('POST', `/checkout${query}`, { ...who, data: { type: 'checkout', attributes }, ...more })
}

export function checkoutData(glue: Glue, who: Who, attributes: object, query = ''): Promise<GlueAnswer> {
  return glue.send('POST', `/checkout-data${query}`, { ...who, data: { type: 'checkout-data', attributes } })
}

interface Wire {
  readonly type: string
  readonly id: string
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Included resources of that type. */
export function included(answer: GlueAnswer, type: string): readonly Wire[] {
  return ((answer.json.included ?? []) as Wire[]).filter(each => each.type === type)
}

/** Totals of a cart with nothing to ship and no discount. */
export function plainTotals(subtotal: number, taxTotal: number, discountTotal = 0): object {
  const grandTotal = subtotal - discountTotal
  return { expenseTotal: 0, discountTotal, taxTotal, subtotal, grandTotal, priceToPay: grandTotal, shipmentTotal: 0 }
}
