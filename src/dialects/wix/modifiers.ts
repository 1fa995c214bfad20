import type { CurrencyCode, Minor } from '../../core/money.js'
import { type MoneyContext, parseAmount, renderMoney } from './money.js'
import {
  decimal,
  type JsonObject,
  list,
  object,
  objectsAt,
  optional,
  type Rule,
  required,
  text,
  textAt,
  whole,
} from './validation.js'

const translatable = object({ original: optional(text(200)), translated: optional(text(400)) })

/** Groups of what a buyer adds to an item, such as toppings. Source: dialects/wix.md 4.2, 4.3. */
export const modifierGroupsRule: Rule = list(
  object({
    id: optional(text(36, 1)),
    name: optional(translatable),
    modifiers: required(
      list(
        object({
          id: optional(text(36, 1)),
          quantity: optional(whole(1, 100_000)),
          label: optional(translatable),
          details: optional(translatable),
          price: optional(decimal({ max: 1_000_000_000_000_001n, scale: 3 })),
        }),
        { min: 1, max: 25 },
      ),
    ),
  }),
  { max: 25 },
)

/** What the modifiers of one piece cost together; `item`: with its `modifierGroups` as they were sent. */
export function modifiersPrice(item: JsonObject, currency: CurrencyCode): Minor {
  return objectsAt(item, 'modifierGroups')
    .flatMap(group => objectsAt(group, 'modifiers'))
    .reduce((sum, modifier) => {
      const price = parseAmount(textAt(modifier, 'price') ?? '0', currency) ?? 0n
      return sum + price * BigInt(Number(modifier.quantity ?? 1))
    }, 0n)
}

/** The groups with prices as money, and their total, which the item's price includes; nothing where there are none. */
export function renderModifiers(item: JsonObject, context: MoneyContext): JsonObject {
  const groups = objectsAt(item, 'modifierGroups')
  if (groups.length === 0) return {}
  const { currency } = context
  const modifierGroups = groups.map(group => ({
    ...group,
    modifiers: objectsAt(group, 'modifiers').map(modifier => ({
      ...modifier,
      price: renderMoney(parseAmount(textAt(modifier, 'price') ?? '0', currency) ?? 0n, context, 'entered'),
    })),
  }))
  return { modifierGroups, modifiersTotalPrice: renderMoney(modifiersPrice(item, currency), context, 'entered') }
}
