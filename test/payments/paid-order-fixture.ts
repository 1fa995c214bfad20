import type { Channel } from '../../src/core/catalog/channel.js'
import type { Order } from '../../src/core/orders/order.js'
import type { Payment, PaymentStep } from '../../src/core/payments/payment.js'
import type { Deps } from '../../src/operations/deps.js'
import type { GatewayAnswer, PaymentProvider } from '../../src/payments/provider.js'
import type { Storage } from '../../src/storage/storage.js'
import { orderId } from './sandbox-fixture.js'

/** A confirmed order with one payment as the gateway answered it, over rows that are kept by version as in storage. */
export function paidOrder(answer: GatewayAnswer, provider: PaymentProvider) {
  const id = 'payment-1'
  const rows = { order: newOrder(), payment: newPayment(id, answer), events: [] as string[] }

  const orders = {
    read: async () => rows.order,
    readState: async () => ({ order: rows.order, payments: [rows.payment] }),
    settle: async (input: Parameters<Storage['orders']['settle']>[0]) => {
      const isCurrent = input.payments.every(payment => payment.version === rows.payment.version + 1)
      if (rows.order.version !== input.since || !isCurrent) return 'lost' as const
      rows.order = input.order
      rows.payment = input.payments[0] ?? rows.payment
      rows.events.push(...input.events.map(event => event.type))
      return 'saved' as const
    },
  }
  const payments = {
    read: async (key: object) => ('id' in key && key.id === id ? rows.payment : undefined),
    ofOrder: async () => [rows.payment],
    save: async (payment: Payment, since: number) => {
      if (rows.payment.version !== since) return 'lost' as const
      rows.payment = payment
      return 'saved' as const
    },
  }
  const deps = {
    storage: { orders, payments } as unknown as Storage,
    providers: new Map([['sandbox', provider]]),
    facts: { channel: async () => ({ id: 'de' }) as Channel } as unknown as Deps['facts'],
    clock: () => new Date().toISOString(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as Deps
  return {
    deps,
    id,
    stored: () => rows,
    /** As a crash leaves it: the step was saved, its answer was not. */
    claim: (step: PaymentStep) => {
      rows.payment = { ...rows.payment, step, version: rows.payment.version + 1 }
    },
    setOrder: (changes: Partial<Order>) => {
      rows.order = { ...rows.order, ...changes }
    },
  }
}

function newOrder(): Order {
  return {
    id: orderId,
    number: 'DE--1',
    channel: 'de',
    cartId: 'cart-1',
    status: 'confirmed',
    paymentStatus: 'authorized',
    owner: { kind: 'member', customerId: 'customer-1' },
    currency: 'EUR',
    grandTotal: 61_877n,
    amountDue: 61_877n,
    snapshot: { payments: [], cart: { buyer: {} } },
    version: 2,
  } as unknown as Order
}

function newPayment(id: string, answer: GatewayAnswer): Payment {
  return {
    id,
    integerId: 1,
    orderId,
    method: 'card',
    provider: 'sandbox',
    state: 'authorized',
    amount: 61_877n,
    currency: 'EUR',
    captured: 0n,
    refunded: 0n,
    idempotencyKey: 'key-1',
    gatewayReference: answer.gatewayReference,
    display: {},
    createdAt: '2026-11-21T08:00:00.000Z',
    updatedAt: '2026-11-21T08:00:00.000Z',
    version: 1,
  }
}
