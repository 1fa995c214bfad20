/** A violated rule on the wire. Source: dialects/wix.md 3.0. */
export interface FieldViolation {
  readonly field: string
  readonly description: string
  readonly violatedRule: ViolatedRule
  readonly data?: Readonly<Record<string, unknown>>
}

export type ViolatedRule =
  | 'VALIDATION'
  | 'OTHER'
  | 'MAX'
  | 'MIN'
  | 'MAX_LENGTH'
  | 'MIN_LENGTH'
  | 'MAX_SIZE'
  | 'MIN_SIZE'
  | 'FORMAT'
  | 'DECIMAL_LTE'
  | 'DECIMAL_GTE'
  | 'DECIMAL_GT'
  | 'DECIMAL_MAX_SCALE'
  | 'INVALID_ENUM_VALUE'
  | 'REQUIRED_FIELD'
  | 'FIELD_NOT_ALLOWED'
  | 'ONE_OF_ALIGNMENT'
  | 'REQUIRED_ONE_OF_FIELD'

/** What a value breaks, with the path of the value; empty when it is right. Absent and null never get here. */
export type Rule = (value: unknown, path: string) => readonly FieldViolation[]

/** A member of an object: its rule, and whether it must be there. */
export interface Field {
  readonly rule: Rule
  readonly isRequired: boolean
}

export type Fields = Readonly<Record<string, Field>>

export type JsonObject = Readonly<Record<string, unknown>>

/** An object of JSON that is no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member as an object; an empty one where it is absent or none. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const member = value[name]
  return isObject(member) ? member : {}
}

/** A member as objects; none where it is absent. */
export function objectsAt(value: JsonObject, name: string): readonly JsonObject[] {
  const member = value[name]
  return Array.isArray(member) ? member.filter(isObject) : []
}

/** A member as text; undefined where it is absent, null, empty or none. */
export function textAt(value: JsonObject, name: string): string | undefined {
  const member = value[name]
  return typeof member === 'string' && member !== '' ? member : undefined
}

/** Whether a member is there: absent and null mean the same. */
export function has(value: JsonObject, name: string): boolean {
  return value[name] !== undefined && value[name] !== null
}

export function violation(
  field: string,
  violatedRule: ViolatedRule,
  description: string,
  data?: FieldViolation['data'],
): FieldViolation {
  return { field, description, violatedRule, ...(data === undefined ? {} : { data }) }
}

export function missing(field: string): FieldViolation {
  return violation(field, 'REQUIRED_FIELD', 'must not be empty')
}

/** A member that may be absent or null. */
export function optional(rule: Rule): Field {
  return { rule, isRequired: false }
}

/** A member that must be there. */
export function required(rule: Rule): Field {
  return { rule, isRequired: true }
}

/** All violations of an object's members; members without a field are nobody's business. */
export function checkFields(value: JsonObject, fields: Fields, path = ''): readonly FieldViolation[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`
    if (!has(value, name)) return field.isRequired ? [missing(at)] : []
    return field.rule(value[name], at)
  })
}

/** An object with these members. */
export function object(fields: Fields, also?: (value: JsonObject, path: string) => readonly FieldViolation[]): Rule {
  return (value, path) => {
    if (!isObject(value)) return [violation(path, 'FORMAT', 'must be an object')]
    return [...checkFields(value, fields, path), ...(also?.(value, path) ?? [])]
  }
}

/** A list of so many elements. */
export function list(element: Rule, size: { readonly min?: number; readonly max: number }): Rule {
  return (value, path) => {
    if (!Array.isArray(value)) return [violation(path, 'FORMAT', 'must be an array')]
    const { min = 0, max } = size
    if (value.length < min) return [tooFew(path, min)]
    if (value.length > max) return [violation(path, 'MAX_SIZE', `has size greater than ${max}`, { threshold: max })]
    return value.flatMap((each, index) => element(each, `${path}[${index}]`))
  }
}

/** A list whose elements may have ids, each its own. Source: dialects/wix.md 3.1. */
export function withOwnIds(rule: Rule): Rule {
  const seldom: Rule = (value, path) => {
    const ids = (Array.isArray(value) ? value : []).map(each => (isObject(each) ? textAt(each, 'id') : undefined))
    const lower = ids.map(id => id?.toLowerCase())
    return lower.flatMap((id, index) =>
      id !== undefined && lower.indexOf(id) < index
        ? [violation(`${path}[${index}].id`, 'VALIDATION', 'is not unique within the request')]
        : [],
    )
  }
  return both(rule, seldom)
}

export function tooFew(path: string, min: number): FieldViolation {
  return violation(path, 'MIN_SIZE', `has size less than ${min}`, { threshold: min })
}

/** A text of so many characters. */
export function text(max: number, min = 0): Rule {
  return (value, path) => {
    if (typeof value !== 'string') return [violation(path, 'FORMAT', 'must be a string')]
    const { length } = [...value]
    if (length < min) return [violation(path, 'MIN_LENGTH', `has length less than ${min}`, { threshold: min })]
    return length > max ? [violation(path, 'MAX_LENGTH', `has length greater than ${max}`, { threshold: max })] : []
  }
}

/** A text that a pattern or a function knows. */
export function format(isRight: (value: string) => boolean, description: string): Rule {
  return (value, path) => (typeof value === 'string' && isRight(value) ? [] : [violation(path, 'FORMAT', description)])
}

/** An address of a page: what only a browser's own machinery reads, such as `javascript:`, is none. */
export function pageUrl(max: number): Rule {
  const isPage = (value: string) => /^https?:\/\//i.test(value) && URL.canParse(value)
  return both(text(max), format(isPage, 'is not a valid URL'))
}

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isGuid(value: string): boolean {
  return guidPattern.test(value)
}

export const guid: Rule = format(isGuid, 'is not a valid GUID')

export const truth: Rule = (value, path) =>
  typeof value === 'boolean' ? [] : [violation(path, 'FORMAT', 'must be a boolean')]

/** A whole number; JSON numbers that come as text are read too. */
export function whole(min: number, max: number): Rule {
  return (value, path) => {
    const number = typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
      return [violation(path, 'FORMAT', 'must be a whole number')]
    }
    if (number < min) {
      return [violation(path, 'MIN', `must be greater than or equal to ${min}`, { threshold: min })]
    }
    return number > max ? [violation(path, 'MAX', `must be less than or equal to ${max}`, { threshold: max })] : []
  }
}

export const number: Rule = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? [] : [violation(path, 'FORMAT', 'must be a number')]

/** One of a list of words; those in `never` stand in the list but are refused. */
export function oneOf(choices: readonly string[]): Rule {
  return (value, path) =>
    typeof value === 'string' && choices.includes(value)
      ? []
      : [violation(path, 'INVALID_ENUM_VALUE', 'has an unknown enum value', { enumValues: choices })]
}

/** A decimal string, zero or more, with at most so many digits behind the point. */
export function decimal(limit: { readonly max: bigint; readonly scale: number }): Rule {
  return (value, path) => {
    const match = typeof value === 'string' ? /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(value) : null
    if (match === null) return [violation(path, 'FORMAT', 'is not a valid decimal value')]
    if (match[1] === '-')
      return [violation(path, 'DECIMAL_GTE', 'must be greater than or equal to 0', { threshold: 0 })]
    if ((match[3] ?? '').length > limit.scale) {
      return [violation(path, 'DECIMAL_MAX_SCALE', `has scale greater than ${limit.scale}`, { threshold: limit.scale })]
    }
    if (BigInt(match[2] ?? '0') >= limit.max) {
      return [violation(path, 'DECIMAL_LTE', `must be less than or equal to ${limit.max}`)]
    }
    return []
  }
}

/** Both rules. */
export function both(first: Rule, second: Rule): Rule {
  return (value, path) => {
    const found = first(value, path)
    return found.length > 0 ? found : second(value, path)
  }
}

/** Anything that JSON can say. */
export const anything: Rule = () => []
