import type { BaseLine } from '../pricing/line-prices.js'
import type { LineSelector } from './promotion.js'

/** Whether every part of the selector that is present names the line. */
export function selects(selector: LineSelector | undefined, line: BaseLine): boolean {
  if (selector === undefined) return true
  if (selector.skus !== undefined && !selector.skus.includes(line.item.sku)) return false
  if (selector.taxClasses !== undefined && !selector.taxClasses.includes(line.taxClass ?? '')) return false
  if (selector.categories === undefined) return true
  const own = line.variant?.categories ?? []
  return selector.categories.some(category => own.includes(category))
}
