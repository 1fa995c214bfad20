import type { Caller } from '../../core/access/caller.js'
import { refuse } from '../../core/result.js'
import type { Answer, CartRef, CartView, Operations } from '../../operations/operations.js'
import { parseAmount } from './money.js'
import type { WantedGiftCertificate } from './parse-lines.js'

/**
 * Changes a gift certificate that stands in a cart: its amount, people and words are its line's own price and name, so that
 * they change in one write.
 *
 * @returns `line_not_found` for a line that is no certificate
 */
export async function changeCertificate(
  caller: Caller,
  operations: Operations,
  target: { readonly cart: CartRef; readonly since?: number },
  lineItemId: string,
  wanted: WantedGiftCertificate,
): Answer<CartView> {
  const { name, theme, sender, recipient, message } = wanted
  return operations.editCart(caller, {
    ...target,
    plan: desk => {
      const line = desk.cart.lineItems.find(item => item.id === lineItemId)
      if (line?.origin.kind !== 'gift_certificate') return refuse({ code: 'line_not_found', lineItemId })
      const amount = parseAmount(wanted.amount, desk.cart.currency)
      if (amount === undefined)
        return refuse({ code: 'invalid_input', field: 'giftCertificate.amount', rule: 'amount' })
      const words = message === undefined ? {} : { message }
      const origin = { kind: 'gift_certificate' as const, amount, name, theme, sender, recipient, ...words }
      return desk.edit([{ kind: 'change_line', lineItemId, changes: { origin } }])
    },
  })
}
