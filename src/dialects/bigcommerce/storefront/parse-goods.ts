import { z } from 'zod'
import { type GoodsNames, giftCertificateSchema, type WantedGoods, type WantedLine } from '../parse-lines.js'
import { storefrontWrapping } from '../wrapping.js'

/** Numbers as storefront scripts send them: out of a form they are texts. */
export const looseInteger = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number),
])

const selection = z.object({ optionId: looseInteger, optionValue: z.unknown() })

const line: z.ZodType<WantedLine> = z
  .object({
    productId: looseInteger,
    variantId: looseInteger.nullish(),
    quantity: looseInteger.pipe(z.int().min(1)),
    optionSelections: z.array(selection).nullish(),
    giftWrapping: storefrontWrapping.nullish(),
  })
  .transform(({ productId, variantId, quantity, optionSelections, giftWrapping }) => ({
    productId,
    variantId: variantId ?? undefined,
    quantity,
    listPrice: undefined,
    name: undefined,
    optionSelections: optionSelections ?? [],
    wrapping: giftWrapping ?? undefined,
  }))

/** Members by which the storefront puts goods into a cart; no prices, and no custom items. Source: 3.3. */
export const storefrontGoods = {
  lineItems: z.array(line).nullish(),
  giftCertificates: z.array(giftCertificateSchema).nullish(),
}

/** The goods of a body that was read with `storefrontGoods`. */
export function storefrontGoodsOf(body: {
  readonly lineItems?: readonly WantedLine[] | null | undefined
  readonly giftCertificates?: WantedGoods['giftCertificates'] | null | undefined
}): WantedGoods {
  return { lines: body.lineItems ?? [], customItems: [], giftCertificates: body.giftCertificates ?? [] }
}

export const storefrontNames: GoodsNames = {
  lines: 'lineItems',
  variantId: 'variantId',
  optionSelections: 'optionSelections',
  wrapping: 'giftWrapping',
}
