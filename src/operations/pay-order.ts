import type { Json } from '../core/ids.js'
import type { Order } from '../core/orders/order.js'
import type { AttemptNews } from '../core/payments/apply-answer.js'
import type { Payment } from '../core/payments/payment.js'
import { GatewayUnknown } from '../payments/provider.js'
import type { Deps } from './deps.js'
import { type KnownState, type OrderState, settleOrder } from './settle-order.js'

/**
 * *pay*: asks the gateways to authorize, outside of any transaction, then settles the order by what they say.
 *
 * @param instruments  by payment id; may hold card numbers, which go to the gateway and nowhere else
 */
export async function payOrder(
  deps: Deps,
  known: KnownState,
  instruments: ReadonlyMap<string, Readonly<Record<string, Json>>>,
  options: { readonly returnUrl: string; readonly capture: boolean },
): Promise<OrderState> {
  const news = await Promise.all(
    known.payments.map(async payment => {
      const instrument = instruments.get(payment.id) ?? {}
      return [payment.id, await authorize(deps, known.order, payment, instrument, options)] as const
    }),
  )
  return settleOrder(deps, known.order.id, new Map(news), { known })
}

async function authorize(
  deps: Deps,
  order: Order,
  payment: Payment,
  instrument: Readonly<Record<string, Json>>,
  options: { readonly returnUrl: string; readonly capture: boolean },
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
