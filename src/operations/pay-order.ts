import type { Json } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import type { AttemptNews } from '../core/payments/apply-answer.js'
import type { Payment } from '../core/payments/payment.js'
import { GatewayUnknown } from '../payments/provider.js'
import type { OrderState } from '../storage/storage.js'
import type { Deps } from './deps.js'
import { type KnownState, settleOrder } from './settle-order.js'

/** How payments are asked for. */
export interface PayingOptions {
  /** By position of the payment among the cart's; may hold card numbers, which go to the gateway and nowhere else. */
  readonly instruments: readonly Readonly<Record<string, Json>>[]
  readonly returnUrl: string
  readonly capture: boolean
}

/** *pay*: asks the gateways to authorize, outside of any transaction, then settles the order by what they say. */
export async function payOrder(deps: Deps, known: KnownState, options: PayingOptions): Promise<OrderState> {
  const news = await authorizePayments(deps, known.order, known.payments, options)
  return settleOrder(deps, known.order.id, news, { known })
}

/** What each payment's provider says, by payment id. */
export async function authorizePayments(
  deps: Deps,
  order: Order,
  payments: readonly Payment[],
  options: PayingOptions,
): Promise<ReadonlyMap<string, AttemptNews>> {
  const positions = new Map(order.snapshot.payments.map((entry, position) => [entry.selection.id, position]))
  const news = await Promise.all(
    payments.map(async payment => {
      const position = positions.get(String(payment.display.selectionId))
      const instrument = (position === undefined ? undefined : options.instruments[position]) ?? {}
      return [payment.id, await authorize(deps, order, payment, instrument, options)] as const
    }),
  )
  return new Map(news)
}

async function authorize(
  deps: Deps,
  order: Order,
  payment: Payment,
  instrument: Readonly<Record<string, Json>>,
  options: PayingOptions,
): Promise<AttemptNews> {
  const provider = deps.providers.get(payment.provider)
  const priced = order.snapshot.payments.find(entry => entry.method.id === payment.method)
  if (provider === undefined || priced === undefined) {
    deps.log.error({ provider: payment.provider, orderId: order.id }, 'no such payment provider is configured')
    return { kind: 'never_heard' }
  }
  const { buyer } = order.snapshot.cart
  try {
    const answer = await provider.authorize({
      idempotencyKey: payment.idempotencyKey,
      orderId: order.id,
      orderNumber: order.number,
      amount: payment.amount,
      currency: payment.currency,
      method: priced.method,
      instrument,
      buyer: {
        ...(order.email === undefined ? {} : { email: order.email }),
        ...(buyer.firstName === undefined ? {} : { firstName: buyer.firstName }),
        ...(buyer.lastName === undefined ? {} : { lastName: buyer.lastName }),
      },
      returnUrl: options.returnUrl,
      capture: options.capture,
    })
    return { kind: 'answer', answer }
  } catch (error) {
    if (!(error instanceof GatewayUnknown)) {
      deps.log.error({ paymentId: payment.id, provider: payment.provider, error: String(error) }, 'authorize crashed')
    }
    // Whatever went wrong, the gateway may have heard us: nobody knows until it is asked.
    return { kind: 'unknown' }
  }
}
