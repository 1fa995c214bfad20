import type { Cart, LineItem } from '../../../core/cart/cart.js'
import type { NewLine } from '../../../core/cart/changes.js'
import { componentsOf } from '../../../core/cart/components.js'
import type { CheckoutError } from '../../../core/errors.js'
import { ok, type Result } from '../../../core/result.js'
import type { CartView, Operations } from '../../../operations/operations.js'
import type { WireResponse } from '../../dialect.js'
import { respondText } from '../answer.js'
import { shopperTokenName } from '../auth.js'
import { ownershipCookieName, setCartCookie, setCookie } from '../cookies.js'
import { respondRefusal } from '../errors.js'
import { extrasOf, withExtras } from '../extras.js'
import { answerOrderForm } from '../order-form-answer.js'
import type { CartRequest } from '../request.js'

/**
 * GET /checkout/changeToAnonymousUser/{orderFormId}: 302 to the cart page, or 200 with the new orderForm for who asks for
 * JSON: the same items in a new cart that knows nobody. An unknown id gives an empty one.
 */
export async function changeToAnonymousUser(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const wantsJson = (request.wire.headers.accept ?? '').includes('application/json')
  return wantsJson ? anonymousOrderForm(request, operations) : redirectToCart(request, operations)
}

/** GET /api/checkout/changeToAnonymousUser/{orderFormId}: 200, the new orderForm. */
export async function anonymousOrderForm(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const view = await anonymousCopy(request, operations)
  if (!view.ok) return respondRefusal(view.error)
  const nobody = { ...request, identity: { kind: 'anonymous' as const }, caller: { kind: 'anonymous' as const } }
  return answerOrderForm(nobody, operations, view.value, { cookies: forgetting(request) })
}

async function redirectToCart(request: CartRequest, operations: Operations): Promise<WireResponse> {
  const view = await anonymousCopy(request, operations)
  if (!view.ok) return respondRefusal(view.error)
  const location = `${request.wire.baseUrl}${request.settings.cartPage}`
  const cookies = [setCartCookie(request.wire, view.value.cart.cart.id), ...forgetting(request)]
  return respondText(302, 'Found', { Location: location, 'Set-Cookie': cookies })
}

/** Cookies that would bring the person back. */
function forgetting({ wire, settings }: CartRequest): readonly string[] {
  const names = [ownershipCookieName, shopperTokenName, `${shopperTokenName}_${settings.account}`]
  return names.map(name => setCookie(wire, name, '', { maxAge: 0 }))
}

/** A new cart with the same items that knows nobody; empty for an id that nobody knows. */
export async function anonymousCopy(
  request: CartRequest,
  operations: Operations,
): Promise<Result<CartView, CheckoutError>> {
  const read = await operations.readCart(request.caller, request.cart)
  if (!read.ok && request.isElsewhere()) return read
  const cart = read.ok ? read.value.cart.cart : undefined
  const channel = cart?.channel ?? request.channel.id
  const extras = cart !== undefined && extrasOf(cart).ignoreProfileData === true ? { ignoreProfileData: true } : {}
  const made = await operations.createCart(
    { kind: 'anonymous' },
    { channel, ...(Object.keys(extras).length === 0 ? {} : { extras: withExtras({ extras: {} }, extras) }) },
  )
  if (!made.ok || cart === undefined) return made
  return filled(made.value, cart, request, operations)
}

/** Items that cannot be had any longer are told of, and left out. */
async function filled(
  made: CartView,
  from: Cart,
  request: CartRequest,
  operations: Operations,
): Promise<Result<CartView, CheckoutError>> {
  const lines = from.lineItems.filter(line => line.giftOf === undefined && line.componentOf === undefined)
  const { id } = made.cart.cart
  return operations.editCart(
    { kind: 'anonymous', heldCarts: [id] },
    {
      cart: { key: { id } },
      skus: lines.map(line => line.sku),
      pricesAreOpen: request.settings.orderForm.allowManualPrice === true,
      plan: desk => {
        let next = desk
        for (const line of lines) {
          const added = next.edit([{ kind: 'add_line', line: copyOf(line, from) }])
          if (added.ok) next = added.value
        }
        return next === desk ? ok(desk) : next.edit([{ kind: 'note_problems' }])
      },
    },
  )
}

/** Prices are the catalog's again. */
function copyOf(line: LineItem, from: Cart): NewLine {
  const { sku, seller, quantity, attachments, options } = line
  const components = componentsOf(from, line)
  return { sku, seller, quantity, attachments, options, components, onPresent: 'separate' }
}
