/** One violated rule: where and which message. */
export interface Violation {
  readonly path: string
  readonly message: string
}

/** Messages of one rule about one value; empty when it holds. */
export type Rule = (value: unknown) => readonly string[]

export interface Field {
  readonly isRequired: boolean
  readonly rules: readonly Rule[]
  /** Of an object's members. */
  readonly members?: Fields
  /** Of each element of a list. */
  readonly elements?: Field
}

export type Fields = Readonly<Record<string, Field>>

/** All violations at once; attributes without a field are nobody's business. */
export function validate(attributes: Readonly<Record<string, unknown>>, fields: Fields): readonly Violation[] {
  return membersOf(attributes, fields, '')
}

/** A key that must be there, with rules about its value. */
export function required(...rules: readonly Rule[]): Field {
  return { isRequired: true, rules }
}

/** A key that may be absent or null; its rules hold for what is there. */
export function optional(...rules: readonly Rule[]): Field {
  return { isRequired: false, rules }
}

/** The same field, whose value is an object with rules of its own; further members are allowed. */
export function withMembers(field: Field, members: Fields): Field {
  return { ...field, members }
}

/** The same field, whose value is a list. */
export function withElements(field: Field, elements: Field): Field {
  return { ...field, elements }
}

function membersOf(value: Readonly<Record<string, unknown>>, fields: Fields, prefix: string): readonly Violation[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`
    if (Object.hasOwn(value, name)) return fieldViolations(value[name], field, path)
    return field.isRequired ? [{ path, message: messages.missing }] : []
  })
}

function fieldViolations(value: unknown, field: Field, path: string): readonly Violation[] {
  const own = field.rules.flatMap(rule => rule(value)).map(message => ({ path, message }))
  return [...own, ...memberViolations(value, field, path), ...elementViolations(value, field, path)]
}

function memberViolations(value: unknown, field: Field, path: string): readonly Violation[] {
  if (field.members === undefined || value === null || value === undefined) return []
  if (isObject(value)) return membersOf(value, field.members, path)
  // An empty list is how some clients write an empty object.
  if (Array.isArray(value) && value.length === 0) return membersOf({}, field.members, path)
  return [{ path, message: messages.type('array') }]
}

function elementViolations(value: unknown, field: Field, path: string): readonly Violation[] {
  const { elements } = field
  if (elements === undefined || value === null || value === undefined) return []
  if (!Array.isArray(value) && !isObject(value)) return [{ path, message: messages.type('array') }]
  return Object.entries(value).flatMap(([index, each]) => fieldViolations(each, elements, `${path}.${index}`))
}

/** An object of JSON that is no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Wording that clients compare; source: the original's validator. */
export const messages = {
  missing: 'This field is missing.',
  blank: 'This value should not be blank.',
  tooShort: (minimum: number) => `This value is too short. It should have ${minimum} characters or more.`,
  tooLong: (maximum: number) => `This value is too long. It should have ${maximum} characters or less.`,
  checkoutEmail: 'Email is invalid.',
  email: 'This value is not a valid email address.',
  choice: 'The value you selected is not a valid choice.',
  date: 'This value is not a valid date.',
  aboveZero: 'This value should be greater than 0.',
  type: (name: string) => `This value should be of type ${name}.`,
} as const

/** `""`, null, `[]`, `{}` and false are blank; 0 is not. */
export const notBlank: Rule = value => (isBlank(value) ? [messages.blank] : [])

function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Length in characters (code points); null passes, the empty text is too short. */
export function length(minimum: number, maximum: number): Rule {
  return value => {
    if (value === null || value === undefined) return []
    if (typeof value !== 'string' && typeof value !== 'number') return [messages.type('string')]
    const count = [...String(value)].length
    if (count < minimum) return [messages.tooShort(minimum)]
    return count > maximum ? [messages.tooLong(maximum)] : []
  }
}

/** As `length`, without a lower bound. */
export function atMost(maximum: number): Rule {
  return length(0, maximum)
}

/** One of `choices`; null passes. */
export function oneOf(...choices: readonly unknown[]): Rule {
  return value => (value === null || value === undefined || choices.includes(value) ? [] : [messages.choice])
}

const emailPattern =
  /^[^\s@"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

/** An e-mail address, worded `message`; null and the empty text pass. */
export function email(message: string = messages.email): Rule {
  return value => {
    if (value === null || value === undefined || value === '') return []
    return typeof value === 'string' && value.length <= 254 && emailPattern.test(value) ? [] : [message]
  }
}

/** A calendar date `YYYY-MM-DD`; null and the empty text pass. */
export const date: Rule = value => {
  if (value === null || value === undefined || value === '') return []
  return typeof value === 'string' && isDate(value) ? [] : [messages.date]
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Above zero, as number or numeric text; null passes. */
export const aboveZero: Rule = value => {
  if (value === null || value === undefined) return []
  return numberOf(value) > 0 ? [] : [messages.aboveZero]
}

/** Below zero it is not; what is no number passes. */
export const notNegative: Rule = value => (numberOf(value) < 0 ? [messages.aboveZero] : [])

/** NaN of what is no single value: an object may name what `Number` would call. */
function numberOf(value: unknown): number {
  return typeof value === 'object' || value === '' ? Number.NaN : Number(value)
}

/** A number or a text that is one; null passes. */
export const numeric: Rule = value => {
  if (value === null || value === undefined || typeof value === 'number') return []
  const isNumeric = typeof value === 'string' && /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(value)
  return isNumeric ? [] : [messages.type('numeric')]
}

/** A text; null passes. */
export const text: Rule = value =>
  value === null || value === undefined || typeof value === 'string' ? [] : [messages.type('string')]

/** True or false; null passes. `name` is the word in the message: `bool` or `boolean`. */
export function truth(name: 'bool' | 'boolean' = 'boolean'): Rule {
  return value => (value === null || value === undefined || typeof value === 'boolean' ? [] : [messages.type(name)])
}
