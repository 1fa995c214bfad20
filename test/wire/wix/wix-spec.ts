import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isObject, type Schema, type SchemaReading, schemaFaults } from '../../support/schema-faults.js'

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
  return schema === undefined ? [`no ${name} in ${spec}`] : schemaFaults(value, schema, name, readingOf(definitions))
}

function readingOf(definitions: Definitions): SchemaReading {
  return {
    resolve: reference => {
      const target = definitions[reference.split('/').at(-1) ?? '']
      if (target === undefined) throw new Error(`${reference} is not there`)
      return target
    },
    more: moreFaults,
    isUnknown: (name, { properties }) => properties !== undefined && !undocumented.has(name),
  }
}

const formats: Readonly<Record<string, RegExp>> = {
  GUID: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  DECIMAL_VALUE: /^\d+(\.\d+)?$/,
  CURRENCY: /^[A-Z]{3}$/,
  COUNTRY: /^[A-Z]{2}$/,
  EMAIL: /^[^@]+@[^@]+$/,
}

function moreFaults(value: unknown, schema: Schema, at: string): readonly string[] {
  const pattern = formats[schema['x-format'] ?? '']
  const isWrong = typeof value === 'string' && pattern !== undefined && !pattern.test(value)
  const several = (schema['x-oneOf'] ?? []).filter(
    names => isObject(value) && names.filter(name => name in value).length > 1,
  )
  return [
    ...(isWrong ? [`${at} is no ${schema['x-format']}: ${value}`] : []),
    ...several.map(names => `${at} has more than one of ${names.join(', ')}`),
  ]
}
