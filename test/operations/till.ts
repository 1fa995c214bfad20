import { expect } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { present } from '../../src/core/assert.js'
import type { Cart } from '../../src/core/cart/cart.js'
import type { Order } from '../../src/core/orders/order.js'
import type { Payment } from '../../src/core/payments/payment.js'
import type { Placement } from '../../src/operations/operations.js'
import { openBooks } from '../support/books.js'
import type { TestServer } from '../support/test-server.js'
import { newGuest } from '../wire/spryker/basket.js'
import { type Glue, glueOver } from '../wire/spryker/glue.js'

/** A server with the demo store, seen from the counter: clients in front, tables behind. */
export interface Till {
  readonly server: TestServer
  readonly glue: Glue
  /** The orders of a cart, newest first. */
  ordersOf(cartId: string): Promise<readonly Order[]>
  /** The newest order of a cart, with its payments. */
  saleOf(cartId: string): Promise<{ readonly order: Order; readonly payments: readonly Payment[] }>
  cart(id: string): Promise<Cart>
  stockOf(sku: string): Promise<number>
  /** How often an event was written about this cart or order. */
  eventsOf(subject: string, type: string): Promise<number>
  /** Lets so many seconds pass, then runs the recovery job. */
  recoverAfter(seconds: number): Promise<void>
  /** Holds that everything adds up. */
  expectBooksInOrder(): Promise<void>
}

/** An attempt that nobody touched for longer than this is looked after by the recovery job, seconds. */
export const orphaned = 31
/** Beyond the payment deadline of the demo store's German channel, seconds. */
export const overdue = 901

/** Opens the till of a server that nobody has used yet. */
export async function openTill(server: TestServer): Promise<Till> {
  const { storage, operations } = server
  const books = await openBooks(storage.sql)
  const ordersOf = (cartId: string) => storage.orders.ofCart(cartId)
  return {
    server,
    glue: glueOver(() => server),
    ordersOf,
    saleOf: async cartId => {
      const order = present((await ordersOf(cartId))[0], 'the cart was ordered')
      return { order, payments: await storage.payments.ofOrder(order.id) }
    },
    cart: async id => present((await storage.carts.read({ id })).cart, 'the cart is there'),
    stockOf: async sku => present((await storage.catalog.stock([sku])).get(sku), 'the SKU has a stock record'),
    eventsOf: async (subject, type) => {
      const counted = await storage.sql.query<{ events: number }>(
        'select count(*)::integer as events from outbox where subject = $1 and type = $2',
        [subject, type],
      )
      return counted.rows[0]?.events ?? 0
    },
    recoverAfter: async seconds => {
      server.advance(seconds * 1_000)
      await operations.recoverOrders()
    },
    expectBooksInOrder: async () => expect(await books.faults()).toEqual([]),
  }
}

const place = {
  firstName: 'Ada',
  lastName: 'Tester',
  line1: 'West road',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
}

/** A purchase by a card of the test gateway that behaves as `mode` says; see docs/payments.md. */
export function purchaseBy(mode: string, more: Partial<Placement> = {}): Placement {
  return {
    buyer: { email: 'first@polytill.test' },
    billingAddress: place,
    consignments: [{ destination: { kind: 'address', address: place }, selectedOption: 'standard' }],
    payments: [{ method: 'dummyPaymentCreditCard' }],
    instruments: [{ mode }],
    returnUrl: 'https://shop.example/back?step=3',
    requires: ['billing_address', 'shipping_address', 'shipping_option', 'payment', 'email'],
    ...more,
  }
}

/** A guest with a cart in the German channel: two Mugs, 25.00, or what is said. */
export async function guestCart(
  { server }: Till,
  lines: readonly { readonly sku: string; readonly quantity: number }[] = [{ sku: 'MUG-1', quantity: 2 }],
): Promise<{ readonly caller: Caller; readonly cartId: string; readonly who: { readonly guest: string } }> {
  const who = newGuest()
  const caller: Caller = { kind: 'guest', guestKey: who.guest }
  const made = await server.operations.createCart(caller, { channel: 'de', lines })
  if (!made.ok) throw new Error(`no cart: ${made.error.code}`)
  return { caller, who, cartId: made.value.cart.cart.id }
}

/** What two Mugs with standard delivery cost in the German channel, cents. */
export const mugsTotal = 2_990n

/** A new guest buys two Mugs by a card that behaves as `mode` says. */
export async function sell(till: Till, mode: string, more: Partial<Placement> = {}) {
  const guest = await guestCart(till)
  const answer = await till.server.operations.placeOrder(guest.caller, {
    cart: { key: { id: guest.cartId } },
    placement: purchaseBy(mode, more),
  })
  return { ...guest, answer }
}

/** The shopper chooses on the gateway's page: the payload that the browser brings back, and where it was sent. */
export async function choose(till: Till, redirectUrl: string | null, decision: 'approved' | 'declined' | 'canceled') {
  const { pathname } = new URL(redirectUrl ?? '')
  const answer = await till.server.request('POST', pathname, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `decision=${decision}`,
  })
  const location = answer.headers.location ?? ''
  const hash = location === '' ? null : new URL(location).searchParams.get('hash')
  return { status: answer.status, location, payload: { type: 'payment-confirmation', hash } }
}

/** Brings a payload of the gateway's page, as the browser does. */
export function handIn({ glue }: Till, paymentIdentifier: string, dataPayload: object) {
  const attributes = { paymentIdentifier, dataPayload }
  return glue.send('POST', '/order-payments', { data: { type: 'order-payments', attributes } })
}
