import type { Schema } from '../../src/pages/reference/openapi.js'

/** What was seen at one place of many bodies. */
export interface Shape {
  readonly kinds: Set<string>
  /** Formats that all texts so far have had. */
  formats: ReadonlySet<string> | undefined
  /** Names of shared schemas seen here. */
  readonly names: Set<string>
  objects: number
  readonly members: Map<string, { count: number; readonly shape: Shape }>
  items: Shape | undefined
}

/** Names objects that are the same thing wherever they stand; undefined: described where it stands. */
export type NameOf = (value: Readonly<Record<string, unknown>>) => string | undefined

const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  date: /^\d{4}-\d\d-\d\d$/,
}

/** Keys that are values themselves: ids and numbers. They are learned together. */
const isValue = /^(\d+|[0-9a-f]{8}-[0-9a-f-]{27})$/i
const anyKey = '*'

export function emptyShape(): Shape {
  return { kinds: new Set(), formats: undefined, names: new Set(), objects: 0, members: new Map(), items: undefined }
}

/** Adds what one value shows; objects that `nameOf` knows are learned once, in `shared`. */
export function learn(shape: Shape, value: unknown, nameOf: NameOf, shared: Map<string, Shape>): void {
  if (value === null) shape.kinds.add('null')
  else if (Array.isArray(value)) {
    shape.kinds.add('array')
    shape.items ??= emptyShape()
    for (const item of value) learn(shape.items, item, nameOf, shared)
  } else if (typeof value === 'object') learnObject(shape, { ...value }, nameOf, shared)
  else if (typeof value === 'number') shape.kinds.add(Number.isInteger(value) ? 'integer' : 'number')
  else if (typeof value === 'string') learnText(shape, value)
  else shape.kinds.add(typeof value)
}

function learnObject(
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  nameOf: NameOf,
  shared: Map<string, Shape>,
): void {
  const name = nameOf(value)
  if (name === undefined) {
    learnMembers(shape, value, nameOf, shared)
    return
  }
  shape.names.add(name)
  const known = shared.get(name) ?? emptyShape()
  shared.set(name, known)
  learnMembers(known, value, nameOf, shared)
}

function learnMembers(
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  nameOf: NameOf,
  shared: Map<string, Shape>,
): void {
  shape.kinds.add('object')
  shape.objects += 1
  for (const [name, member] of Object.entries(value)) {
    const key = isValue.test(name) ? anyKey : name
    const known = shape.members.get(key) ?? { count: 0, shape: emptyShape() }
    known.count += 1
    shape.members.set(key, known)
    learn(known.shape, member, nameOf, shared)
  }
}

function learnText(shape: Shape, value: string): void {
  shape.kinds.add('string')
  const fitting = Object.entries(formats).filter(([, pattern]) => pattern.test(value))
  const names = fitting.map(([name]) => name)
  shape.formats = new Set(shape.formats === undefined ? names : names.filter(name => shape.formats?.has(name)))
}

/** @param isInput  what clients send: members that others leave out are not required then */
export function schemaOf(shape: Shape, isInput: boolean): Schema {
  const references = [...shape.names].sort().map(name => ({ $ref: `#/components/schemas/${name}` }))
  const own = shape.kinds.size === 0 ? [] : [ownSchema(shape, isInput)]
  const [only, ...more] = [...references, ...own]
  if (only === undefined) return {}
  return more.length === 0 ? only : { anyOf: [only, ...more] }
}

function ownSchema(shape: Shape, isInput: boolean): Schema {
  const kinds = [...shape.kinds].filter(kind => kind !== 'integer' || !shape.kinds.has('number')).sort()
  const [format] = kinds.includes('string') ? [...(shape.formats ?? [])] : []
  return {
    ...(kinds.length === 1 ? { type: kinds[0] ?? 'null' } : { type: kinds }),
    ...(format === undefined ? {} : { format }),
    ...(kinds.includes('object') ? membersSchema(shape, isInput) : {}),
    ...(shape.items === undefined ? {} : { items: schemaOf(shape.items, isInput) }),
  }
}

function membersSchema(shape: Shape, isInput: boolean): Schema {
  const members = [...shape.members].filter(([key]) => key !== anyKey).sort(([a], [b]) => (a < b ? -1 : 1))
  const required = isInput ? [] : members.filter(([, { count }]) => count === shape.objects).map(([key]) => key)
  const others = shape.members.get(anyKey)
  return {
    ...(members.length === 0
      ? {}
      : { properties: Object.fromEntries(members.map(([key, { shape: each }]) => [key, schemaOf(each, isInput)])) }),
    ...(required.length === 0 ? {} : { required }),
    ...(others === undefined ? {} : { additionalProperties: schemaOf(others.shape, isInput) }),
  }
}
