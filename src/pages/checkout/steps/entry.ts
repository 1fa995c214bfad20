import type { Handler, WireResponse } from '../../../dialects/dialect.js'
import { pagePath } from '../framing.js'
import { goTo, passHeaders, showing } from '../page-call.js'
import { firstOpenStep } from '../progress.js'
import { renderGone } from '../render/gone.js'
import { frameAsset, scriptAsset, styleAsset } from '../render/layout.js'

/**
 * GET /pay/:cart/another-way, /account, /sign-out: 303 to the first step that lacks something, or to the order. Forms alone
 * are sent there, but their answers stand under these addresses, and links to other languages lead on from them.
 */
export const toOpenStep = showing(async (call, view) =>
  goTo(call.path(view.order === undefined ? firstOpenStep(view) : 'order')),
)

/**
 * GET /pay/:cart: 303 to the first step that lacks something. With `?pass=`, which a link carries: 303 to the same address
 * without it, and a cookie instead, so that the link stands in no history; with `&to=order`, to the order. 410 for a link
 * whose time is over, 404 for any other that leads nowhere.
 */
export const getEntry: Handler = async (wire, operations) => {
  const text = wire.query.get('pass')
  if (text === null) return toOpenStep(wire, operations)
  const cartId = wire.params.cart ?? ''
  const pass = await operations.readCheckoutPass({ use: 'link', text })
  if (pass === 'expired') return renderGone(wire, 410, 'expired')
  if (pass === undefined || pass.cartId !== cartId) return renderGone(wire, 404, 'link')
  const { nonce: _spent, ...said } = pass
  const step = wire.query.get('to') === 'order' ? 'order' : ''
  return goTo(pagePath(cartId, step), await passHeaders({ operations, wire, cartId }, said))
}

/** GET /pay/assets/:file: 200, the page's style or script, which never change under their names; 404. */
export const getAsset: Handler = async (wire): Promise<WireResponse> => {
  const found = [styleAsset, scriptAsset, frameAsset].find(({ name }) => name === wire.params.file)
  if (found === undefined) return renderGone(wire, 404, 'notPossible')
  return {
    status: 200,
    headers: {
      'content-type': found.type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    },
    body: found.content,
  }
}
