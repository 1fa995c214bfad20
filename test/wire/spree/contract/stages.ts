import { expect } from 'vitest'
import type { TestAnswer } from '../../../support/test-server.js'
import { admin, type Shop, type Shopper } from '../shop.js'

/** How far an order is. `paid`: completed and captured. `returned`: shipped, with a return authorized. */
export type Stage =
  | 'cart'
  | 'address'
  | 'delivery'
  | 'payment'
  | 'confirm'
  | 'complete'
  | 'paid'
  | 'shipped'
  | 'returned'

/** An order at a stage, as it was read there. */
export interface Scene extends Shopper {
  readonly order: TestAnswer['json']
}

/** A fresh order of three totes, as far as that. */
export async function stage(shop: Shop, at: Stage): Promise<Scene> {
  const shopper = await walked(shop, at)
  const steps = ['paid', 'shipped', 'returned'].indexOf(at)
  const placed = await shop.read(shopper)
  const act = async (method: string, path: string, body: object = {}) => {
    const answer = await shop.send(method, path, { key: admin, body })
    expect([method, path, answer.status]).toEqual([method, path, method === 'POST' ? 201 : 200])
  }
  const own = `/api/orders/${shopper.number}`
  if (steps >= 0) await act('PUT', `${own}/payments/${placed.payments[0].number}/capture`)
  if (steps >= 1) await act('PUT', `${own}/shipments/${placed.shipments[0].number}/ship`)
  if (steps >= 2) await act('POST', `${own}/return_authorizations`, wantedReturn)
  return { ...shopper, order: await shop.read(shopper) }
}

function walked(shop: Shop, at: Stage): Promise<Shopper> {
  switch (at) {
    case 'cart':
      return shop.newOrder([{ variant_id: 1, quantity: 3 }])
    case 'paid':
    case 'shipped':
    case 'returned':
      return shop.walkTo('complete')
    default:
      return shop.walkTo(at)
  }
}

export const wantedReturn = {
  return_authorization: { stock_location_id: 1, memo: 'Too small', reason: 'size', amount: '5.5' },
}

/** The path of an endpoint for an order: whatever the case does not name is the order's own. */
export function pathFor(path: string, scene: Scene | undefined, params: Readonly<Record<string, string>>): string {
  const order = scene?.order
  const own: Readonly<Record<string, string | number | undefined>> = {
    number: scene?.number,
    payment: order?.payments[0]?.number,
    shipment: order?.shipments[0]?.number,
    id: path.includes('/addresses/') ? order?.bill_address?.id : 1,
  }
  return path.replace(/:(\w+)/g, (_whole, name: string) => String(params[name] ?? own[name] ?? 'none'))
}
