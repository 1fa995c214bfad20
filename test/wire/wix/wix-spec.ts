import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** As much of JSON Schema as the machine-readable facts use. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly 'x-format'?: string
  readonly 'x-oneOf'?: readonly (readonly string[])[]
}

type Definitions = Readonly<Record<string, Schema>>

/** Public facts about the API, beside the project where somebody put them. Not part of the project. */
const folder = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url))

function definitionsOf(name: string): Definitions | undefined {
  const path = `${folder}wix-${name}.schema.json`
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).$defs : undefined
}

export const specs = {
  checkout: definitionsOf('ecom-checkout-v1'),
  cart: definitionsOf('ecom-cart-v1'),
  orders: definitionsOf('ecom-orders-v1'),
  transactions: definitionsOf('ecom-order-transactions-v1'),
  giftCards: definitionsOf('ecom-gift-cards-v1'),
  redirects: definitionsOf('redirect-session-v1'),
}

export type SpecName = keyof typeof specs

/** Seen on the live wire, and named by no document: not in the facts. */
const undocumented = new Set([
  'subtotal',
  'subtotalAfterDiscounts',
  'discount',
  'originalPrice',
  'originalFullPrice',
  'couponScopes',
  'lineType',
  'giftCardCalculationErrors',
  'modifiers',
  'openAccess',
  'totalPrice',
  'totalWithGiftCard',
  'totalWithoutGiftCard',
])

/** Where `value` is not what the facts say of `name`; empty without them. */
export function specFaults(spec: SpecName, name: string, value: unknown): readonly string[] {
  const definitions = specs[spec]
  if (definitions === undefined) return []
  const schema = definitions[name]
  return schema === undefined ? [`no ${name} in ${spec}`] : faultsOf(value, schema, name, definitions)
}

function faultsOf(value: unknown, schema: Schema, path: string, definitions: Definitions): readonly string[] {
  if (schema.$ref !== undefined) {
    const target = definitions[schema.$ref.split('/').at(-1) ?? '']
    return target === undefined ? [`${path}: ${schema.$ref} is not there`] : faultsOf(value, target, path, definitions)
  }
  if (!isOfType(value, schema.type)) return [`${path} is no ${String(schema.type)}: ${JSON.stringify(value)}`]
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path} is ${String(value)}`]
  if (typeof value === 'string') return textFaults(value, schema, path)
  if (typeof value === 'number') {
    return value < (schema.minimum ?? value) || value > (schema.maximum ?? value) ? [`${path} is ${value}`] : []
  }
  if (Array.isArray(value)) {
    const long = value.length > (schema.maxItems ?? value.length) ? [`${path} is too long`] : []
    const { items } = schema
    return items === undefined
      ? long
      : [...long, ...value.flatMap((each, index) => faultsOf(each, items, `${path}[${index}]`, definitions))]
  }
  return typeof value === 'object' && value !== null ? memberFaults(value, schema, path, definitions) : []
}

function memberFaults(value: object, schema: Schema, path: string, definitions: Definitions): readonly string[] {
  const { properties } = schema
  if (properties === undefined) return []
  const missing = (schema.required ?? []).filter(name => !(name in value)).map(name => `${path}.${name} is missing`)
  const several = (schema['x-oneOf'] ?? [])
    .filter(names => names.filter(name => name in value).length > 1)
    .map(names => `${path} has more than one of ${names.join(', ')}`)
  const members = Object.entries(value).flatMap(([name, member]) => {
    const known = properties[name]
    if (known === undefined) return undocumented.has(name) ? [] : [`${path}.${name} is unknown`]
    return faultsOf(member, known, `${path}.${name}`, definitions)
  })
  return [...missing, ...several, ...members]
}

const formats: Readonly<Record<string, RegExp>> = {
  GUID: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  DECIMAL_VALUE: /^\d+(\.\d+)?$/,
  CURRENCY: /^[A-Z]{3}$/,
  COUNTRY: /^[A-Z]{2}$/,
  EMAIL: /^[^@]+@[^@]+$/,
}

function textFaults(value: string, schema: Schema, path: string): readonly string[] {
  const pattern = formats[schema['x-format'] ?? '']
  if (pattern !== undefined && !pattern.test(value)) return [`${path} is no ${schema['x-format']}: ${value}`]
  const { length } = [...value]
  return length < (schema.minLength ?? 0) || length > (schema.maxLength ?? length) ? [`${path} has ${length}`] : []
}

function isOfType(value: unknown, type: Schema['type']): boolean {
  if (type === undefined) return true
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
  return [type].flat().includes(kind)
}
