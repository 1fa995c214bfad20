import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'
import { type Html, html } from '../../html.js'
import type { Look } from '../page-call.js'

/** Every line with its price, and what makes up the total: the same on every page, from the first one on. */
export function renderSummary(cart: PricedCart, look: Look, isOrdered = false): Html {
  return html`<ul class="lines">${cart.lines.map(line => renderLine(line, look))}</ul>
${renderSums(cart, look, isOrdered)}`
}

function renderLine(line: PricedLine, { words, formats }: Look): Html {
  const { summary } = words
  const options = line.options.map(({ name }) => name)
  const isFree = line.item.giftOf !== undefined
  const before = line.subtotal
  const after = line.subtotal - line.fullDiscount
  return html`<li>
${line.variant?.imageUrl === undefined ? html`<span class="thumb"></span>` : html`<img class="thumb" src="${line.variant.imageUrl}" alt="" width="56" height="56" loading="lazy">`}
<span class="name">${line.name}${isFree ? html` <span class="quiet">(${summary.gift})</span>` : undefined}</span>
<span class="number">${after === before ? formats.money(before) : html`<s class="quiet small"><span class="hidden">${words.summary.before} </span>${formats.money(before)}</s> ${formats.money(after)}`}</span>
<span class="more quiet small">${summary.quantity(formats.number(line.quantity))}${options.length === 0 ? undefined : ` · ${options.join(', ')}`} ${stockMark(line, { words, formats })}</span>
</li>
`
}

/** What keeps a line from being bought as it is. */
export function stockMark(line: PricedLine, { words, formats }: Pick<Look, 'words' | 'formats'>): Html | undefined {
  const text = stockText(line, { words, formats })
  return text === undefined ? undefined : html`<span class="mark">${text}</span>`
}

function stockText(line: PricedLine, { words, formats }: Pick<Look, 'words' | 'formats'>): string | undefined {
  switch (line.availability) {
    case 'available':
      return undefined
    case 'partial':
      return words.summary.onlyLeft(formats.number(line.available ?? 0))
    case 'out_of_stock':
      return words.summary.soldOut
    default:
      return words.summary.unavailable
  }
}

function renderSums(cart: PricedCart, { words, formats }: Look, isOrdered: boolean): Html {
  const { summary } = words
  const { totals } = cart
  const isGross = cart.cart.priceMode === 'gross'
  const row = (label: string, value: string | Html, kind = '') =>
    html`<div class="${kind}"><dt>${label}</dt><dd class="${typeof value === 'string' ? 'number' : 'small quiet'}">${value}</dd></div>`
  const cards = cart.giftCards.filter(({ used }) => used > 0n)
  const shipping = shippingText(cart, words)
  // Of several shipments some may have their price already, which is in the total then.
  const isCounted = shipping === undefined || totals.shipping > totals.shippingDiscount
  return html`<dl class="sums">
${row(summary.subtotal, formats.money(totals.subtotal))}
${totals.itemDiscount > 0n ? row(discountLabel(cart, words), formats.money(-totals.itemDiscount)) : undefined}
${needsShipping(cart) ? row(summary.shipping, isCounted ? shippingPrice(cart, formats, words) : html`${shipping}`) : undefined}
${totals.fees > 0n ? row(summary.fees, formats.money(totals.fees)) : undefined}
${!isGross && totals.tax > 0n ? row(isOrdered || shipping === undefined ? summary.tax : summary.taxEstimated, formats.money(totals.tax)) : undefined}
${row(summary.total, formats.money(totals.grandTotal), 'total')}
${isGross && totals.tax > 0n ? html`<div class="small quiet"><dt>${summary.taxIncluded}</dt><dd class="number">${formats.money(totals.tax)}</dd></div>` : undefined}
${cards.map(card => row(cardName(card, words), formats.money(-card.used)))}
${cards.length > 0 ? row(summary.due, formats.money(totals.amountDue), 'total') : undefined}
</dl>`
}

/** A gift card by its code; store credit has none to show. */
export function cardName({ code, isStoreCredit }: PricedCart['giftCards'][number], { payment }: Look['words']): string {
  return isStoreCredit === true ? payment.storeCredit : payment.giftCard(code)
}

function discountLabel({ coupons }: PricedCart, words: Look['words']): string {
  const applied = coupons.filter(({ status }) => status === 'applied').map(({ code }) => code)
  return applied.length === 0 ? words.summary.discount : `${words.summary.discount} (${applied.join(', ')})`
}

function shippingPrice({ totals }: PricedCart, formats: Look['formats'], words: Look['words']): string {
  const price = totals.shipping - totals.shippingDiscount
  return price === 0n ? words.summary.free : formats.money(price)
}

/** Why shipping is not in the total yet; undefined once it is. */
function shippingText(cart: PricedCart, words: Look['words']): string | undefined {
  const carrying = cart.consignments.filter(({ items }) => items.length > 0)
  if (carrying.length > 0 && carrying.every(({ selected }) => selected !== undefined)) return undefined
  return carrying.some(({ offers }) => offers.length > 0) ? words.summary.shippingChoice : words.summary.shippingLater
}

/** Whether anything here has to be sent; what the catalog no longer has is not, and no shipment carries it. */
export function needsShipping({ lines }: PricedCart): boolean {
  return lines.some(({ kind, availability }) => kind === 'physical' && availability !== 'not_found')
}
