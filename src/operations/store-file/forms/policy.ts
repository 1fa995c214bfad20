import { z } from 'zod'
import type { Json } from '../../../core/ids.js'
import type { DiscountPolicy, PricingPolicy, TaxPolicy } from '../../../core/pricing/policy.js'
import type { FieldsOf, Reading } from '../form.js'
import type { Path } from '../problem.js'
import { sayProblem } from '../say-problem.js'
import * as written from '../written.js'

const several = z.strictObject({ max: written.wholeNumber, whenFull: z.enum(['replace', 'refuse']) })

const discounts = z.strictObject({
  percent: z.enum(['per_line', 'carried']),
  spread: z.enum(['largest_remainder', 'per_unit_carried']),
  spreadOverGiftCertificates: z.boolean(),
  includesOptions: z.boolean(),
  base: z.enum(['undiscounted', 'reduced']),
  stacking: z.enum(['all', 'best_per_target', 'lowest_total']),
  order: z.enum(['larger_first', 'percent_first', 'amount_first', 'kind_first']),
  coupons: z.enum(['with_automatic', 'after_automatic']),
  levels: z.enum(['lines_first', 'together']).exactOptional(),
} satisfies FieldsOf<DiscountPolicy>)

const tax = z.strictObject({
  entry: written.priceMode,
  display: written.priceMode,
  rounding: z.enum(['per_line', 'per_rate', 'carried']),
  place: z.enum(['destination', 'billing', 'origin']),
  guestZone: written.code.exactOptional(),
  defaultCountry: written.country.exactOptional(),
  orderDiscountsReduceTax: z.boolean(),
  shipping: z.enum(['taxed', 'untaxed']),
  replacesStoreTax: z.boolean(),
  storeZone: written.code.exactOptional(),
  unmatchedZone: written.code.exactOptional(),
} satisfies FieldsOf<TaxPolicy>)

const policySchema = z.strictObject({
  lineAmount: z.enum(['price_times_quantity', 'unit_multiplier']),
  rounding: z.enum(['half_away', 'half_even', 'down']),
  discounts,
  tax,
  coupons: several,
  giftCards: several,
  excessQuantity: z.enum(['refuse', 'cap', 'keep']),
  unavailableLines: z.enum(['remove', 'keep']),
  defaultShippingOption: z.enum(['none', 'first', 'cheapest']),
  shippingChoice: z.enum(['while_offered', 'while_offers_stay']).exactOptional(),
  goneShippingOption: z.enum(['none', 'default']).exactOptional(),
  shippingOrder: z.enum(['position', 'price']).exactOptional(),
} satisfies FieldsOf<PricingPolicy>) satisfies z.ZodType<PricingPolicy>

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A policy: the name of a preset, `{"preset": name, ...what differs}`, or everything spelled out. */
export function readPolicy(value: Json, path: Path, reading: Reading): PricingPolicy | undefined {
  const whole = withPreset(typeof value === 'string' ? { preset: value } : value, path, reading)
  if (whole === undefined) return undefined
  const parsed = policySchema.safeParse(whole, { reportInput: true })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    for (const problem of sayProblem(issue)) reading.problem([...path, ...problem.path], problem.message)
  }
  return undefined
}

function withPreset(value: unknown, path: Path, reading: Reading): unknown {
  if (!isObject(value) || !('preset' in value)) return value
  const { preset, ...changes } = value
  const base = Object.entries(reading.presets).find(([name]) => name === preset)?.[1]
  if (base === undefined) {
    const known = Object.keys(reading.presets).join(', ')
    reading.problem([...path, 'preset'], `there is no pricing policy "${String(preset)}"; there are ${known}`)
    return undefined
  }
  return over(base, changes)
}

/** `changes` laid over `base`, group by group. */
function over(base: object, changes: Readonly<Record<string, unknown>>): unknown {
  const merged: Record<string, unknown> = { ...base }
  for (const [name, change] of Object.entries(changes)) {
    const below = merged[name]
    merged[name] = isObject(below) && isObject(change) ? over(below, change) : change
  }
  return merged
}
