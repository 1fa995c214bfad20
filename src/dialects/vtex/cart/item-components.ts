import { type ComponentUse, initialComponents } from '../../../core/cart/components.js'
import type { ComponentGroup } from '../../../core/catalog/variant.js'
import type { CheckoutError } from '../../../core/errors.js'
import { ok, type Result } from '../../../core/result.js'
import type { EditDesk } from '../../../operations/operations.js'
import { objectsOf, textOf, wholeOf } from '../body.js'
import { refuseWith } from '../errors.js'
import { fixed } from '../fixed-errors.js'

/** Components are named by the integer ids of their variants, or by SKU. */
export function skuNamed({ facts }: EditDesk, { components }: ComponentGroup, id: string): string | undefined {
  return components.find(({ sku }) => sku === id || String(facts.variants.get(sku)?.variantId) === id)?.sku
}

/** `options` of an item that is added: what of it shall be other than what it comes with. */
export interface AddedOption {
  readonly assemblyId: string
  readonly id: string
  readonly quantity: number
}

/** Undefined for what is no list of options. */
export function readOptions(value: unknown): readonly AddedOption[] | undefined {
  if (value === undefined || value === null) return []
  const entries = objectsOf(value)
  const read = entries?.flatMap(({ assemblyId, id, quantity }): readonly AddedOption[] => {
    const [option, named, pieces] = [textOf(assemblyId), textOf(id), wholeOf(quantity)]
    if (option === undefined || named === undefined || pieces === undefined || pieces < 0) return []
    return [{ assemblyId: option, id: named, quantity: pieces }]
  })
  return read?.length === entries?.length ? read : undefined
}

/** What an item is put together from when it is added with options. */
export function componentsWith(
  desk: EditDesk,
  sku: string,
  options: readonly AddedOption[],
): Result<readonly ComponentUse[], CheckoutError> {
  const variant = desk.facts.variants.get(sku)
  let uses = initialComponents(variant)
  for (const { assemblyId, id, quantity } of options) {
    const group = variant?.componentGroups?.find(one => one.name === assemblyId)
    const component = group === undefined ? undefined : skuNamed(desk, group, id)
    if (group === undefined) return refuseWith(fixed.attachmentName)
    if (component === undefined) return refuseWith(fixed.invalidItemId)
    const others = uses.filter(use => use.group !== assemblyId || use.sku !== component)
    uses = quantity === 0 ? others : [...others, { group: assemblyId, sku: component, quantity }]
  }
  return ok(uses)
}
