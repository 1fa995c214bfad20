import { z } from 'zod'
import * as written from '../written.js'

const selector = z.strictObject({
  skus: z.array(written.code).exactOptional(),
  categories: z.array(written.name).exactOptional(),
  taxClasses: z.array(written.name).exactOptional(),
})

const kind = <Kind extends string>(name: Kind) => ({ kind: z.literal(name) })
const day = z.int('must be a whole number').min(1, 'must be 1 (Monday) or more').max(7, 'must be 7 (Sunday) or less')

/** What must hold for a promotion. */
export const condition = z.discriminatedUnion('kind', [
  z.strictObject({
    ...kind('subtotal'),
    atLeast: written.amountByCurrency.exactOptional(),
    atMost: written.amountByCurrency.exactOptional(),
  }),
  z.strictObject({ ...kind('quantity'), atLeast: written.positiveNumber, of: selector.exactOptional() }),
  z.strictObject({ ...kind('products'), skus: z.array(written.code).min(1) }),
  z.strictObject({ ...kind('categories'), categories: z.array(written.name).min(1) }),
  z.strictObject({ ...kind('customer_group'), groups: z.array(written.name).min(1) }),
  z.strictObject({ ...kind('shipping_option'), options: z.array(written.code).min(1) }),
  z.strictObject({
    ...kind('payment_method'),
    methods: z.array(written.code).min(1),
    installments: written.positiveNumber.exactOptional(),
  }),
  z.strictObject({
    ...kind('marketing'),
    field: z.enum(['source', 'medium', 'campaign', 'internalCampaign', 'part']),
    values: z.array(written.text).min(1),
  }),
  z.strictObject({ ...kind('weekdays'), days: z.array(day).min(1) }),
  z.strictObject(kind('first_order')),
  z.strictObject({ ...kind('currency'), currencies: z.array(written.currency).min(1) }),
  z.strictObject({ ...kind('country'), countries: z.array(written.country).min(1) }),
])

const tier = z.strictObject({
  from: z.preprocess(
    value => (typeof value === 'number' ? { pieces: value } : value),
    z.union([z.strictObject({ pieces: written.wholeNumber }).transform(one => one.pieces), written.amountByCurrency], {
      error: 'must be a number of pieces, or amounts by currency',
    }),
  ),
  rate: written.percentageOff,
})

/** What follows from a promotion. */
export const benefit = z.discriminatedUnion('kind', [
  z.strictObject({ ...kind('percent_off_lines'), rate: written.percentageOff, of: selector.exactOptional() }),
  z.strictObject({ ...kind('amount_off_lines'), amount: written.amountByCurrency, of: selector.exactOptional() }),
  z.strictObject({ ...kind('percent_off_order'), rate: written.percentageOff }),
  z.strictObject({ ...kind('amount_off_order'), amount: written.amountByCurrency }),
  z.strictObject({
    ...kind('percent_off_shipping'),
    rate: written.percentageOff,
    options: z.array(written.code).exactOptional(),
  }),
  z.strictObject({
    ...kind('amount_off_shipping'),
    amount: written.amountByCurrency,
    options: z.array(written.code).exactOptional(),
  }),
  z.strictObject({ ...kind('free_shipping_option'), name: written.name }),
  z.strictObject({ ...kind('fixed_price'), price: written.amountByCurrency, of: selector }),
  z.strictObject({
    ...kind('buy_x_get_y'),
    buy: written.positiveNumber,
    of: selector.exactOptional(),
    get: written.positiveNumber,
    getOf: selector.exactOptional(),
    rate: written.percentageOff,
  }),
  z.strictObject({ ...kind('free_gift'), sku: written.code, quantity: written.positiveNumber }),
  z.strictObject({
    ...kind('gift_choice'),
    skus: z.array(written.code).min(1).max(100),
    quantity: written.positiveNumber,
  }),
  z.strictObject({
    ...kind('tiers'),
    by: z.enum(['subtotal', 'quantity']),
    of: selector.exactOptional(),
    tiers: z.array(tier).min(1),
  }),
])
