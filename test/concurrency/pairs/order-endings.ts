import type { Operations } from '../../../src/operations/operations.js'
import type { Scene } from './scenes.js'
import type { Way } from './way.js'
import { codes, orderOf, purchase, system, type World } from './world.js'

const onPage: readonly Scene[] = ['approved on the page', 'declined on the page']
const open: readonly Scene[] = ['payments to be sent', 'payments sent']
const settled: readonly Scene[] = ['bought', 'captured']
const waiting: readonly Scene[] = [...onPage, ...open, 'paid ahead']

const paymentOf = async (at: Operations, world: World): Promise<string> => {
  const read = await at.readOrder(system, { id: orderOf(world).id })
  return read.ok ? (read.value.payments[0]?.id ?? '') : ''
}

/** What ends an order that waits for its payment, and what moves its money. */
export const endings: readonly Way[] = [
  {
    name: 'the browser comes back',
    operation: 'confirmPayment',
    scenes: onPage,
    act: (at, world) =>
      at.confirmPayment(world.guest, { order: orderOf(world).number, payload: world.page?.payload ?? {} }),
  },
  {
    name: 'the gateway calls',
    operation: 'receiveWebhook',
    scenes: onPage,
    act: (at, { page }) =>
      at.receiveWebhook({ provider: 'sandbox', headers: page?.webhook.headers ?? {}, body: page?.webhook.body ?? '' }),
  },
  { name: 'the recovery sweeps', operation: 'recoverOrders', scenes: waiting, act: at => at.recoverOrders() },
  {
    name: 'cancel',
    operation: 'cancelOrder',
    scenes: [...waiting, ...settled, 'drafted'],
    act: (at, world) => at.cancelOrder(system, { id: orderOf(world).id, reason: 'changed my mind' }),
  },
  {
    name: 'send the payments',
    operation: 'sendPayments',
    scenes: [...open, 'paid ahead'],
    act: (at, world) => at.sendPayments(system, { id: orderOf(world).id, instruments: [{ mode: 'approve' }] }),
  },
  {
    name: 'confirm',
    operation: 'confirmOrder',
    scenes: [...open, 'paid ahead'],
    act: (at, world) => at.confirmOrder(system, { id: orderOf(world).id }),
  },
  {
    name: 'pay for the first draft',
    operation: 'placeDraft',
    scenes: ['drafted'],
    act: (at, world) => at.placeDraft(system, { id: orderOf(world).id, placement: purchase('approve') }),
  },
  {
    name: 'pay for the first draft by gift card',
    operation: 'tenderForDraft',
    scenes: ['drafted'],
    act: (at, world) => at.tenderForDraft(system, { id: orderOf(world).id, tender: { giftCardCode: codes.cards[1] } }),
  },
  {
    name: 'pay for the second draft',
    operation: 'payByCard',
    scenes: ['drafted'],
    act: (at, { orders }) =>
      at.payByCard(system, {
        id: orders[1]?.id ?? '',
        method: 'dummyPaymentCreditCard',
        card: { kind: 'given', instrument: { mode: 'decline' } },
        placement: { returnUrl: 'https://shop.example/back' },
      }),
  },
  {
    name: 'money over the counter',
    operation: 'recordPayment',
    scenes: [...waiting, 'bought'],
    act: (at, world) => at.recordPayment(system, { order: orderOf(world).id }),
  },
  {
    name: 'a part over the counter',
    operation: 'recordPayment',
    scenes: [...waiting, 'bought'],
    act: (at, world) => at.recordPayment(system, { order: orderOf(world).id, amount: 1_000n }),
  },
  {
    name: 'capture',
    operation: 'capturePayment',
    scenes: [...settled, 'payments sent'],
    act: async (at, world) => at.capturePayment(system, { id: await paymentOf(at, world) }),
  },
  {
    name: 'void',
    operation: 'voidPayment',
    scenes: [...settled, 'payments sent', 'paid ahead', ...onPage],
    act: async (at, world) => at.voidPayment(system, { id: await paymentOf(at, world) }),
  },
  {
    name: 'refund',
    operation: 'refundPayment',
    scenes: settled,
    act: async (at, world) =>
      at.refundPayment(system, { id: await paymentOf(at, world), refundKey: 'race', amount: 100n }),
  },
]
