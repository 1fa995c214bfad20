import { isPersonHidden } from '../../core/access/permissions.js'
import type { Customer } from '../../core/customers/customer.js'
import type { CartView, Operations } from '../../operations/operations.js'
import type { WireResponse } from '../dialect.js'
import { respondJson } from './answer.js'
import { signingSecretName } from './auth.js'
import { isTrue } from './body.js'
import { rememberChannel } from './cart-channels.js'
import { cookiesOf, ownershipCookieName, ownershipProof, provesOwnership, setCartCookie, setCookie } from './cookies.js'
import { extrasOf } from './extras.js'
import { isComplete } from './render/client-profile.js'
import type { RenderContext } from './render/context.js'
import { renderOrderForm } from './render/order-form.js'
import { wireLocale } from './render/store-preferences.js'
import type { VtexRequest } from './request.js'
import { settingsOf } from './settings.js'

/** License Manager resource that opens every cart. */
export const fullAccess = 'Shopping Cart Full Access'

export interface AnswerOptions {
  /** The caller typed personal data just now: the answer proves that to its browser. */
  readonly provesOwnership?: boolean
  /** Further top-level members. */
  readonly also?: Readonly<Record<string, unknown>>
  readonly cookies?: readonly string[]
  /** Come before all others: clients take the cookies of an order by their place. */
  readonly leadingCookies?: readonly string[]
}

/** Answers the whole orderForm, and makes it the browser's current one. */
export async function answerOrderForm(
  request: VtexRequest,
  operations: Operations,
  view: CartView,
  options: AnswerOptions = {},
): Promise<WireResponse> {
  const context = await renderContextOf(request, operations, view)
  const viewer = {
    isLoggedIn: request.identity.kind === 'shopper',
    isCallCenterOperator: hasFullAccess(request),
  }
  const orderForm = renderOrderForm(context, viewer)
  const body = options.also === undefined ? orderForm : { ...orderForm, ...options.also }
  const { id, channel } = view.cart.cart
  rememberChannel(operations, id, channel)
  const ownership = await ownershipCookie(request, operations, id, options.provesOwnership === true)
  const { leadingCookies = [], cookies: further = [] } = options
  const cookies = [...leadingCookies, setCartCookie(request.wire, id), ...ownership, ...further]
  return respondJson(body, { cookies })
}

/** What the orderForm is rendered from: the cart, whose profile it names, and how much of that the caller may see. */
export async function renderContextOf(
  request: VtexRequest,
  operations: Operations,
  view: CartView,
): Promise<RenderContext> {
  const { cart } = view.cart
  const profile = await profileOf(request, operations, view)
  const locale = cart.preferences.locale ?? cart.locale
  return {
    priced: view.cart,
    channel: view.channel,
    settings: view.channel.settings.vtex === undefined ? request.settings : settingsOf(view.channel),
    facts: view.facts ?? { sellers: new Map(), pickupPoints: [] },
    locale: wireLocale(locale),
    baseUrl: request.wire.baseUrl,
    now: view.facts?.now ?? cart.updatedAt,
    individualShippingEstimates: isTrue(request.query.get('individualShippingEstimates')),
    profile: profile?.customer,
    isMasked: await isMasked(request, operations, view, profile),
  }
}

/** A key with every right to carts. */
export function hasFullAccess({ identity }: Pick<VtexRequest, 'identity'>): boolean {
  return identity.kind === 'key' && identity.resources.includes(fullAccess)
}

interface KnownProfile {
  readonly customer: Customer
  readonly isOwn: boolean
}

/** The registered customer that the cart names, and whether the caller is that customer or may see any. */
async function profileOf(
  request: VtexRequest,
  operations: Operations,
  { cart }: CartView,
): Promise<KnownProfile | undefined> {
  const { buyer } = cart.cart
  const named = extrasOf(cart.cart).profileId ?? buyer.customerId
  if (named === undefined || buyer.email === undefined) return undefined
  const found = await operations.findProfile(request.caller, { email: buyer.email })
  // An address that was typed elsewhere may be another customer's: nobody named them here.
  if (found?.customer.id !== named) return undefined
  return isShown(found, request) ? found : undefined
}

/** Strangers are shown a whole profile, masked, and nothing of one that lacks something: that one is masked nowhere. */
function isShown({ customer, isOwn }: KnownProfile, request: VtexRequest): boolean {
  return isOwn || hasFullAccess(request) || isComplete(customer)
}

/** Whether personal data is hidden from the caller. Sections 2.3 and 2.4 of the dialect document. */
async function isMasked(
  request: VtexRequest,
  operations: Operations,
  { cart: { cart } }: CartView,
  profile: KnownProfile | undefined,
): Promise<boolean> {
  if (profile?.isOwn === true || hasFullAccess(request)) return false
  const { seesMasked: _seesMasked, ...caller } = request.caller
  if (profile !== undefined || isPersonHidden(caller, cart)) return true
  const { owner } = cart
  const isOwner = owner.kind === 'member' && request.caller.kind === 'member'
  if (owner.kind === 'member') return !(isOwner && request.caller.customerId === owner.customerId)
  // Whoever buys for the first time has no profile to protect: only the browser that typed the data proves to be theirs.
  const { useOwnershipCookie, maskFirstPurchaseData } = request.settings.orderForm
  if (!useOwnershipCookie && maskFirstPurchaseData !== true) return false
  const hasPersonalData = cart.buyer.email !== undefined || cart.addresses.length > 0
  if (!hasPersonalData) return false
  return !provesOwnership(request.wire, cart.id, await operations.signingSecret(signingSecretName))
}

/** Empty at first, so that clients send it back; filled once its holder typed something. */
async function ownershipCookie(
  request: VtexRequest,
  operations: Operations,
  id: string,
  proves: boolean,
): Promise<readonly string[]> {
  if (proves) {
    const proof = ownershipProof(id, await operations.signingSecret(signingSecretName))
    return [setCookie(request.wire, ownershipCookieName, proof)]
  }
  const isKnown = cookiesOf(request.wire)[ownershipCookieName] !== undefined
  return isKnown ? [] : [setCookie(request.wire, ownershipCookieName, '')]
}
