import type { Deps } from '../../../src/operations/deps.js'
import type { Operations } from '../../../src/operations/operations.js'
import { createSandboxGateway } from '../../../src/payments/sandbox/sandbox-gateway.js'
import type { OpenStorage } from '../../../src/storage/open-storage.js'
import { granted, openWorld, orderOf, purchase, system, type World } from './world.js'

/** How far the purchase is when two act at the same moment. */
export const scenes = [
  'a guest’s cart',
  'a member’s cart',
  'a cart that nobody has claimed',
  'approved on the page',
  'declined on the page',
  'payments to be sent',
  'payments sent',
  'paid ahead',
  'drafted',
  'bought',
  'captured',
] as const
export type Scene = (typeof scenes)[number]

/** What a scene is made with: one of the servers, and the tables. */
export interface Stage {
  readonly operations: Operations
  readonly deps: Deps
  readonly storage: OpenStorage
}

const later = { keepsCartOpen: true, confirmsLater: true } as const

/** Everything as it is before the two act. An order that waits is past its deadline, so that recovery has something to do. */
export async function openScene(scene: Scene, stage: Stage, hasPeople: boolean): Promise<World> {
  const { operations, deps } = stage
  if (scene === 'a member’s cart') return openWorld(operations, deps, 'member', true)
  if (scene === 'a cart that nobody has claimed') return openWorld(operations, deps, 'open', hasPeople)
  const world = await openWorld(operations, deps, 'guest', hasPeople)
  if (scene === 'a guest’s cart') return world
  if (scene === 'drafted') {
    const drafts = [
      await operations.draftOrder(system, { cart: world.cart }),
      await operations.draftOrder(system, { cart: world.cart }),
    ]
    return { ...world, orders: drafts.map(draft => granted(draft).order) }
  }
  const ordered = { ...world, orders: [await ordering(scene, operations, world)] }
  if (scene === 'payments sent')
    granted(await operations.sendPayments(system, { id: orderOf(ordered).id, instruments: [{ mode: 'approve' }] }))
  if (scene === 'captured') {
    const [payment] = await stage.storage.payments.ofOrder(orderOf(ordered).id)
    granted(await operations.capturePayment(system, { id: payment?.id ?? '' }))
  }
  await stage.storage.sql.query(
    `update orders set deadline = $2::timestamptz, body = (body::jsonb || jsonb_build_object('deadline', $2::text))::json
      where cart_id = $1 and status = 'pending'`,
    [world.cartId, new Date(Date.now() - 3_600_000).toISOString()],
  )
  const decision =
    scene === 'approved on the page' ? 'approved' : scene === 'declined on the page' ? 'declined' : undefined
  return decision === undefined ? ordered : { ...ordered, page: await decideOnPage(stage, ordered, decision) }
}

async function ordering(scene: Scene, operations: Operations, { cart, total }: World) {
  if (scene === 'paid ahead') {
    const ahead = await operations.payAhead(system, {
      cart,
      expectedTotal: total,
      capture: false,
      clientAddress: '192.0.2.1',
    })
    return granted(ahead).order
  }
  const isOnPage = scene === 'approved on the page' || scene === 'declined on the page'
  const more = scene === 'payments to be sent' || scene === 'payments sent' ? later : {}
  const placed = await operations.placeOrder(system, {
    cart,
    placement: purchase(isOnPage ? 'redirect' : 'approve', more),
  })
  return granted(placed).order
}

/** The shopper chose; nobody has brought the news yet: neither the browser nor the gateway. */
async function decideOnPage({ storage, deps }: Stage, world: World, decision: 'approved' | 'declined') {
  const [payment] = await storage.payments.ofOrder(orderOf(world).id)
  const webhooks: { readonly headers: Readonly<Record<string, string>>; readonly body: string }[] = []
  const gateway = createSandboxGateway({
    store: storage.gatewayRecords,
    clock: deps.clock,
    secret: await storage.settings.readOrCreate('sandbox-gateway', () => ''),
    baseUrl: deps.baseUrl,
    notify: async (headers, body) => void webhooks.push({ headers, body }),
  })
  const token = new URL(payment?.redirectUrl ?? '').pathname.split('/').at(-1) ?? ''
  const view = await gateway.decide(token, decision)
  await gateway.settled()
  const [webhook] = webhooks
  const hash = new URL(view?.returnUrl ?? '').searchParams.get('hash')
  if (webhook === undefined || hash === null) throw new Error('the gateway tells of the decision')
  return { payload: { type: 'payment-confirmation', hash }, webhook }
}
