import type { TestAnswer } from '../../support/test-server.js'
import { austin, type Management } from './management.js'

/** Fills in addresses, sends everything to Austin by the first option that is offered. */
export async function fillIn(api: Management, id: string): Promise<void> {
  const { cart } = await api.checkout(id)
  await api.send('POST', `/v3/checkouts/${id}/billing-address`, { body: austin })
  const lines: readonly { readonly id: string; readonly quantity: number }[] = cart.line_items.physical_items
  if (lines.length === 0) return
  const line_items = lines.map(line => ({ item_id: line.id, quantity: line.quantity }))
  const path = `/v3/checkouts/${id}/consignments`
  const include = '?include=consignments.available_shipping_options'
  const sent = await api.send('POST', path + include, { body: [{ address: austin, line_items }] })
  const [consignment] = sent.json.data.consignments
  const shipping_option_id = consignment.available_shipping_options[0].id
  await api.send('PUT', `${path}/${consignment.id}`, { body: { shipping_option_id } })
}

/** A cart with these goods, everything filled in; its id. */
export async function readyCart(api: Management, lines: readonly object[], more: object = {}): Promise<string> {
  const { id } = await api.newCart(lines, more)
  await fillIn(api, id)
  return id
}

export async function newOrder(api: Management, id: string): Promise<number> {
  const answer = await api.send('POST', `/v3/checkouts/${id}/orders`)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.json.data.id
}

export const card = (number: string, more: object = {}) => ({
  payment_method_id: 'bigpaypay.card',
  instrument: {
    type: 'card',
    number,
    cardholder_name: 'Ana Ruiz',
    expiry_month: 12,
    expiry_year: 2035,
    verification_value: '123',
    ...more,
  },
})
export const approved = card('4111111111111111')
export const cashOnDelivery = { payment_method_id: 'offline.cod' }

/** Pays for an order by a token of its own. */
export async function pay(api: Management, order: number, payment: object = approved): Promise<TestAnswer> {
  const token = await api.send('POST', '/v3/payments/access_tokens', { body: { order: { id: order } } })
  if (token.status !== 201) return token
  return sendPayment(api, token.json.data.id, payment)
}

export function sendPayment(api: Management, token: string, payment: object): Promise<TestAnswer> {
  const headers = { authorization: `PAT ${token}`, accept: 'application/vnd.bc.v1+json' }
  return api.send('POST', '/payments', { body: { payment }, token: null, headers })
}
