import { priceCart } from '../pricing/price-cart.js'
import type { PricedCart } from '../pricing/priced-cart.js'
import type { Cart, LineItem, Notice } from './cart.js'
import type { DecisionContext } from './decision.js'

/** Notices that one cart keeps; the oldest go. Ours. */
const noticesKept = 50

/** The cart with further notices; one that says the same as an older one takes its place. */
export function withNotices(cart: Cart, notices: readonly Notice[]): Cart {
  if (notices.length === 0) return cart
  const said = new Set(notices.map(sayingOf))
  const others = cart.notices.filter(notice => !said.has(sayingOf(notice)))
  return { ...cart, notices: [...others, ...notices].slice(-noticesKept) }
}

function sayingOf(notice: Notice): string {
  return JSON.stringify([notice.code, Object.entries(notice.data).sort(([a], [b]) => (a < b ? -1 : 1))])
}

/**
 * The cart with a notice for each line that cannot be had or sent as things are, and for each price that is another
 * than the shopper last saw; what such notices said before and holds no longer is taken back.
 */
export function noteProblems(cart: Cart, context: DecisionContext): Cart {
  const { now } = context.facts
  const priced = priceCart(cart, context.facts)
  const problems = lineProblems(priced, now)
  const holds = new Set(problems.map(sayingOf))
  const isAboutLine = (notice: Notice) => notice.code === 'line_unavailable' && notice.data.lineItemId !== undefined
  const lasting = cart.notices.filter(notice => !isAboutLine(notice) || holds.has(sayingOf(notice)))
  const told = new Set(lasting.map(sayingOf))
  const fresh = problems.filter(notice => !told.has(sayingOf(notice)))
  const { lineItems, notices: moved } = seenPrices(priced, now)
  const isSame = fresh.length === 0 && lasting.length === cart.notices.length && lineItems === cart.lineItems
  if (isSame && moved.length === 0) return cart
  return withNotices({ ...cart, lineItems, notices: lasting }, [...moved, ...fresh])
}

function lineProblems({ lines, consignments }: PricedCart, at: string): readonly Notice[] {
  const undeliverable = new Set(
    consignments
      .filter(({ problem }) => problem === 'no_zone' || problem === 'not_deliverable')
      .flatMap(({ items }) => items.map(item => item.lineItemId)),
  )
  return lines.flatMap((line, index): readonly Notice[] => {
    const isGone = line.availability !== 'available' && line.availability !== 'partial'
    const reason = isGone ? line.availability : undeliverable.has(line.item.id) ? 'not_deliverable' : undefined
    if (reason === undefined) return []
    const data = { sku: line.item.sku, lineItemId: line.item.id, name: line.name, position: String(index), reason }
    return [{ code: 'line_unavailable', level: 'error', data, at }]
  })
}

/** Writes down what each line costs now; a catalog price that moved since it was last written down is told. */
function seenPrices(
  { cart, lines }: PricedCart,
  at: string,
): { readonly lineItems: readonly LineItem[]; readonly notices: readonly Notice[] } {
  const notices: Notice[] = []
  let isMoved = false
  const lineItems = lines.map(({ item, unitPrice, availability, name }) => {
    const isPriced = item.origin.kind === 'catalog' && availability !== 'no_price' && availability !== 'not_found'
    if (!isPriced || item.seenUnitPrice === unitPrice) return item
    isMoved = true
    if (item.seenUnitPrice !== undefined) {
      const data = { sku: item.sku, name, before: item.seenUnitPrice.toString(), now: unitPrice.toString() }
      notices.push({ code: 'price_changed', level: 'warning', data, at })
    }
    return { ...item, seenUnitPrice: unitPrice }
  })
  return { lineItems: isMoved ? lineItems : cart.lineItems, notices }
}
