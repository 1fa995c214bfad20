import { integerOf } from '../ids.js'
import { toInteger } from '../money.js'
import { absoluteUrl, type RenderContext } from './context.js'
import { appliedCoupons } from './coupon.js'
import type { LineDiscount, LineFigures, WrappingFigures } from './figures.js'

/** `line_items` of the server-to-server API, all four lists always. */
export function serverLineItems(context: RenderContext) {
  const { lines } = context.figures
  return {
    physical_items: ofKind(lines, 'physical').map(line => serverPhysical(line, context)),
    digital_items: ofKind(lines, 'digital').map(line => serverDigital(line, context)),
    gift_certificates: ofKind(lines, 'gift_certificate').map(line => serverGiftCertificate(line, context)),
    custom_items: ofKind(lines, 'custom').map(line => serverCustom(line, context)),
  }
}

/** `lineItems` of the storefront, all four lists always. */
export function storefrontLineItems(context: RenderContext) {
  const { lines } = context.figures
  return {
    physicalItems: ofKind(lines, 'physical').map(line => storefrontProduct(line, context)),
    digitalItems: ofKind(lines, 'digital').map(line => storefrontProduct(line, context)),
    giftCertificates: ofKind(lines, 'gift_certificate').map(line => storefrontGiftCertificate(line, context)),
    customItems: ofKind(lines, 'custom').map(line => storefrontCustom(line, context)),
  }
}

export function ofKind(lines: readonly LineFigures[], kind: LineFigures['kind']): readonly LineFigures[] {
  return lines.filter(line => line.kind === kind)
}

/** What both renderings of a product line say, whatever the case of their keys. */
function productFacts({ line }: LineFigures, { settings, baseUrl }: RenderContext) {
  const { item, variant } = line
  const isGift = item.giftOf !== undefined
  return {
    variantId: variant?.variantId ?? 0,
    productId: variant?.productId ?? 0,
    name: item.customData?.name ?? line.name,
    url: absoluteUrl(baseUrl, variant?.url),
    imageUrl: absoluteUrl(baseUrl, variant?.imageUrl),
    isTaxable: variant !== undefined && !settings.untaxedClasses.includes(variant.taxClass),
    isMutable: !isGift,
    addedByPromotion: isGift,
  }
}

/** What took something off the line; a coupon and a discount by hand have no number of their own. */
export function discountId({ discount }: LineDiscount): number | string {
  if (discount.source === 'manual') return 'manual-discount'
  if (discount.source === 'coupon') return discount.target === 'lines' ? 'coupon' : 'total-coupon'
  return discount.integerId
}

function serverProduct(figures: LineFigures, context: RenderContext) {
  const { line } = figures
  const { money } = context
  const facts = productFacts(figures, context)
  return {
    id: line.item.id,
    parent_id: line.item.parent ?? null,
    variant_id: facts.variantId,
    product_id: facts.productId,
    sku: line.item.sku,
    name: facts.name,
    url: facts.url,
    quantity: line.quantity,
    taxable: facts.isTaxable,
    is_taxable: facts.isTaxable,
    image_url: facts.imageUrl,
    discounts: figures.discounts.map(one => ({ id: discountId(one), discounted_amount: money(one.amount) })),
    coupons: lineCoupons(figures, context),
    discount_amount: money(figures.productDiscount),
    coupon_amount: money(figures.couponDiscount),
    original_price: money(figures.originalPrice),
    list_price: money(figures.listPrice),
    sale_price: money(figures.salePrice),
    extended_list_price: money(figures.extendedListPrice),
    extended_sale_price: money(figures.extendedSalePrice),
    comparison_price: money(figures.comparisonPrice),
    extended_comparison_price: money(figures.extendedComparisonPrice),
    is_require_shipping: line.kind === 'physical',
    is_mutable: facts.isMutable,
    added_by_promotion: facts.addedByPromotion,
  }
}

/** The coupons that took something off this line. */
function lineCoupons({ discounts }: LineFigures, context: RenderContext) {
  return appliedCoupons(context).flatMap(({ coupon, type }) => {
    const taken = discounts.find(({ discount }) => discount.id === coupon.promotionId)
    if (taken === undefined) return []
    return [
      { id: coupon.integerId, code: coupon.code, coupon_type: type, discounted_amount: context.money(taken.amount) },
    ]
  })
}

function serverPhysical(figures: LineFigures, context: RenderContext) {
  const { wrapping } = figures
  const gift_wrapping =
    wrapping === undefined
      ? null
      : { ...wrappingMembers(wrapping, context), amount_as_integer: toInteger(wrapping.unitPrice) }
  return { ...serverProduct(figures, context), gift_wrapping, ...optionsWhereAsked(figures, context) }
}

/** How a line's pieces are wrapped, and what one costs. */
export function wrappingMembers({ name, message, unitPrice }: WrappingFigures, { money }: RenderContext) {
  return { name, message, amount: money(unitPrice) }
}

function serverDigital(figures: LineFigures, context: RenderContext) {
  return {
    ...serverProduct(figures, context),
    download_file_urls: [],
    download_page_url: '',
    download_size: '',
    ...optionsWhereAsked(figures, context),
  }
}

function serverGiftCertificate(figures: LineFigures, { money }: RenderContext) {
  const { line } = figures
  const { origin } = line.item
  if (origin.kind !== 'gift_certificate') return { id: line.item.id }
  return {
    id: line.item.id,
    name: origin.name,
    theme: origin.theme ?? 'General',
    amount: money(origin.amount),
    taxable: false,
    is_taxable: false,
    quantity: line.quantity,
    sender: origin.sender,
    recipient: origin.recipient,
    message: origin.message ?? '',
  }
}

function serverCustom(figures: LineFigures, { money, baseUrl }: RenderContext) {
  const { line } = figures
  return {
    id: line.item.id,
    sku: line.item.sku,
    name: line.name,
    quantity: line.quantity,
    list_price: money(figures.listPrice),
    extended_list_price: money(figures.extendedListPrice),
    image_url: absoluteUrl(baseUrl, line.item.customData?.imageUrl),
  }
}

function storefrontProduct(figures: LineFigures, context: RenderContext) {
  const { line } = figures
  const { money } = context
  const facts = productFacts(figures, context)
  const isPhysical = figures.kind === 'physical'
  return {
    id: line.item.id,
    parentId: line.item.parent ?? null,
    variantId: facts.variantId,
    productId: facts.productId,
    sku: line.item.sku,
    name: facts.name,
    url: facts.url,
    quantity: line.quantity,
    brand: line.variant?.brand ?? '',
    isTaxable: facts.isTaxable,
    imageUrl: facts.imageUrl,
    discounts: figures.discounts.map(one => ({
      id: discountId(one),
      discountedAmount: money(one.amount),
      name: one.discount.name,
    })),
    discountAmount: money(figures.productDiscount),
    couponAmount: money(figures.couponDiscount),
    originalPrice: money(figures.originalPrice),
    listPrice: money(figures.listPrice),
    salePrice: money(figures.salePrice),
    retailPrice: null,
    extendedListPrice: money(figures.extendedListPrice),
    extendedSalePrice: money(figures.extendedSalePrice),
    comparisonPrice: money(figures.comparisonPrice),
    extendedComparisonPrice: money(figures.extendedComparisonPrice),
    isShippingRequired: isPhysical,
    type: isPhysical ? 'physical' : 'digital',
    giftWrapping: figures.wrapping === undefined ? null : wrappingMembers(figures.wrapping, context),
    addedByPromotion: facts.addedByPromotion,
    addedByAttributeId: null,
    isMutable: facts.isMutable,
    isCustomPrice: line.item.origin.kind === 'manual',
    ...(isPhysical ? {} : { downloadFileUrls: [], downloadPageUrl: '', downloadSize: '' }),
    ...optionsWhereAsked(figures, context),
    ...storefrontExtras(figures, context),
  }
}

/** Keys of storefront lines that an `include` guards. */
function storefrontExtras({ kind, line }: LineFigures, { include }: RenderContext) {
  const list = kind === 'physical' ? 'physicalItems' : 'digitalItems'
  const stock = {
    quantityOnHand: line.available ?? line.quantity,
    quantityBackordered: 0,
    quantityOutOfStock: line.availability === 'out_of_stock' ? line.quantity : 0,
    backorderMessage: null,
  }
  return {
    ...(include.has(`lineItems.${list}.categoryNames`) ? { categoryNames: line.variant?.categories ?? [] } : {}),
    ...(include.has(`lineItems.${list}.stockPosition`) ? { stockPosition: stock } : {}),
  }
}

export function storefrontGiftCertificate(figures: LineFigures, { money }: RenderContext) {
  const { item } = figures.line
  const { origin } = item
  return {
    id: item.id,
    ...(origin.kind === 'gift_certificate'
      ? {
          name: origin.name,
          theme: origin.theme ?? 'General',
          amount: money(origin.amount),
          taxable: false,
          sender: origin.sender,
          recipient: origin.recipient,
          message: origin.message ?? '',
        }
      : {}),
    type: 'giftCertificate',
  }
}

function storefrontCustom(figures: LineFigures, { money, baseUrl }: RenderContext) {
  const { line } = figures
  return {
    id: line.item.id,
    sku: line.item.sku,
    name: line.name,
    quantity: line.quantity,
    listPrice: money(figures.listPrice),
    extendedListPrice: money(figures.extendedListPrice),
    imageUrl: absoluteUrl(baseUrl, line.item.customData?.imageUrl),
  }
}

/** `options` of a product line, only where asked for; the same keys in both renderings. */
function optionsWhereAsked(figures: LineFigures, { include }: RenderContext) {
  const list = figures.kind === 'physical' ? 'physicalItems' : 'digitalItems'
  return include.has(`lineItems.${list}.options`) ? { options: optionsOf(figures) } : {}
}

/** What was chosen of the product: its variant's attributes, then add-ons. */
export function optionsOf({ line }: LineFigures) {
  const product = String(line.variant?.productId ?? 0)
  const attributes = Object.entries(line.variant?.attributes ?? {}).map(([name, value]) => ({
    name,
    nameId: integerOf('option', product, name),
    value,
    valueId: integerOf('option-value', product, name, value),
  }))
  const addOns = line.options.map(option => ({
    name: option.group,
    nameId: integerOf('option', product, option.group),
    value: option.name,
    valueId: integerOf('option-value', product, option.sku),
  }))
  return [...attributes, ...addOns]
}
