import type { Handler, Route, WireResponse } from '../dialects/dialect.js'

/** Largest notification that is taken, bytes: an order with all its lines may be in it. Ours. */
const NOTIFICATION_BYTES = 1_048_576

/**
 * `POST /gateways/:provider/notifications`: what a payment gateway tells of its own accord, with its signature in the headers.
 * 200 once it is settled, also for what is about nothing of ours, and for repeats; 400 unless the gateway signed it; 404 for
 * a gateway that there is not; 503 where the gateway cannot be asked what became of it.
 */
const receive: Handler = async (request, operations) => {
  const received = await operations.receiveWebhook({
    provider: request.params.provider ?? '',
    headers: request.headers,
    body: request.body.toString('utf8'),
  })
  if (received.ok) return answer(200, { received: true })
  switch (received.error.code) {
    case 'invalid_input':
      return answer(400, { error: 'The notification is not signed by this gateway.' })
    case 'busy':
      return answer(503, { error: 'The gateway cannot be asked now. Send it again.' })
    default:
      return answer(404, { error: 'There is no such gateway.' })
  }
}

export const gatewayNotificationRoute: Route = {
  surface: 'gateways',
  method: 'POST',
  path: '/gateways/:provider/notifications',
  handler: receive,
  operation: 'receive-webhook',
  coverage: 'full',
  source: 'ours (docs/payments.md)',
  bodyBytes: NOTIFICATION_BYTES,
}

function answer(status: number, body: object): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  }
}
