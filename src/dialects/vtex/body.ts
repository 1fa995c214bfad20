import { ok, type Result, refuse } from '../../core/result.js'
import type { VtexError } from './answer.js'
import { fixed } from './fixed-errors.js'

/** A JSON object as it came. */
export type Fields = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A body that must be an object. */
export function readFields(body: unknown): Result<Fields, VtexError> {
  return isObject(body) ? ok(body) : refuse(fixed.badRequest)
}

/** A body that says nothing: empty, or with what clients send in every body. */
export function isBlank(body: unknown): boolean {
  return isObject(body) && Object.keys(body).every(key => key === 'expectedOrderFormSections')
}

/** Objects of a list; null for what is no list of objects. */
export function objectsOf(value: unknown): readonly Fields[] | undefined {
  return Array.isArray(value) && value.every(isObject) ? value : undefined
}

/** A text that is not empty after trimming; numbers and booleans count as text. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const trimmed = text.trim()
  return trimmed === '' ? undefined : trimmed
}

/** A whole number, also as decimal text. */
export function wholeOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim())) return Number(value)
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

/** `true`, also as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}
