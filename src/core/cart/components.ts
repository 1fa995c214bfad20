import type { ComponentGroup, Variant } from '../catalog/variant.js'
import type { CheckoutError } from '../errors.js'
import type { LineItemId, Sku } from '../ids.js'
import type { Cart, LineItem } from './cart.js'
import type { DecisionContext } from './decision.js'

/** A component of goods that are put together from others: so many pieces of it per piece of the goods. */
export interface ComponentUse {
  readonly group: string
  readonly sku: Sku
  readonly quantity: number
}

/** What goods come with unless somebody says otherwise. */
export function initialComponents(variant: Pick<Variant, 'componentGroups'> | undefined): readonly ComponentUse[] {
  return (variant?.componentGroups ?? []).flatMap(({ name, components }) =>
    components.flatMap(({ sku, initialQuantity: quantity }) => (quantity > 0 ? [{ group: name, sku, quantity }] : [])),
  )
}

/** The lines of a line's components. */
export function componentLinesOf(cart: Pick<Cart, 'lineItems'>, parent: LineItemId): readonly LineItem[] {
  return cart.lineItems.filter(line => line.componentOf !== undefined && line.parent === parent)
}

/** The lines of components of all lines that have any, by the line that they hang on. */
export function componentLinesByParent({
  lineItems,
}: Pick<Cart, 'lineItems'>): ReadonlyMap<LineItemId, readonly LineItem[]> {
  const lines = new Map<LineItemId, LineItem[]>()
  for (const line of lineItems) {
    if (line.componentOf === undefined || line.parent === undefined) continue
    const others = lines.get(line.parent)
    if (others === undefined) lines.set(line.parent, [line])
    else others.push(line)
  }
  return lines
}

/** What a line was put together from. */
export function componentsOf(cart: Pick<Cart, 'lineItems'>, line: LineItem): readonly ComponentUse[] {
  return usesOf(line, componentLinesOf(cart, line.id))
}

/** What a line was put together from, by the lines of its components. */
export function usesOf(line: LineItem, components: readonly LineItem[]): readonly ComponentUse[] {
  return components.map(({ componentOf: group = '', sku, quantity }) => {
    return { group, sku, quantity: Math.floor(quantity / line.quantity) }
  })
}

/** Whether both are the same pieces, in whatever order. */
export function sameComponents(a: readonly ComponentUse[], b: readonly ComponentUse[]): boolean {
  const texts = (uses: readonly ComponentUse[]) =>
    uses.map(({ group, sku, quantity }) => JSON.stringify([group, sku, quantity])).sort()
  const others = texts(b)
  return a.length === b.length && texts(a).every((text, index) => text === others[index])
}

/** Lines for components of a line that is in the cart; each hangs on it, and has its price and stock of its own. */
export function linesOfComponents(
  parent: Pick<LineItem, 'id' | 'quantity'>,
  uses: readonly ComponentUse[],
  first: number,
  { facts, newId }: DecisionContext,
): readonly LineItem[] {
  return uses.map(({ group, sku, quantity }, index) => ({
    id: newId(),
    sequence: first + index,
    sku,
    seller: facts.variants.get(sku)?.seller ?? '',
    quantity: quantity * parent.quantity,
    options: [],
    origin: { kind: 'catalog' },
    attachments: [],
    isGift: false,
    parent: parent.id,
    componentOf: group,
    addedAt: facts.now,
  }))
}

/** Components that the goods do not have, or more pieces of them than there may be. */
export function excessFault(
  variant: Pick<Variant, 'sku' | 'componentGroups'>,
  uses: readonly ComponentUse[],
): CheckoutError | undefined {
  const groups = variant.componentGroups ?? []
  for (const { group, sku, quantity } of uses) {
    const offer = groups.find(({ name }) => name === group)?.components.find(one => one.sku === sku)
    if (offer === undefined) return { code: 'option_not_found', sku: variant.sku, option: sku }
    const { minQuantity: minimum, maxQuantity: maximum } = offer
    const isWrong = !Number.isInteger(quantity) || quantity < 1 || quantity > maximum
    if (isWrong) return { code: 'quantity_invalid', quantity, minimum, maximum }
  }
  return groups.map(group => groupFault(group, uses, 'maximum')).find(fault => fault !== undefined)
}

/** Components that the goods need, or do not have: too few of one or of a group, or too many. */
export function compositionFault(
  variant: Pick<Variant, 'sku' | 'componentGroups'>,
  uses: readonly ComponentUse[],
): CheckoutError | undefined {
  const excess = excessFault(variant, uses)
  if (excess !== undefined) return excess
  for (const group of variant.componentGroups ?? []) {
    for (const { sku, minQuantity: minimum, maxQuantity: maximum } of group.components) {
      const quantity = uses.find(use => use.group === group.name && use.sku === sku)?.quantity ?? 0
      if (quantity < minimum) return { code: 'quantity_invalid', quantity, minimum, maximum }
    }
    const fault = groupFault(group, uses, 'minimum')
    if (fault !== undefined) return fault
  }
  return undefined
}

function groupFault(
  { name, minQuantity: minimum, maxQuantity: maximum }: ComponentGroup,
  uses: readonly ComponentUse[],
  bound: 'minimum' | 'maximum',
): CheckoutError | undefined {
  const quantity = uses.reduce((sum, use) => (use.group === name ? sum + use.quantity : sum), 0)
  const isWithin = bound === 'minimum' ? quantity >= minimum : quantity <= maximum
  return isWithin ? undefined : { code: 'quantity_invalid', quantity, minimum, maximum }
}
