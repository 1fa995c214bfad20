/** As much of JSON Schema as the published descriptions of the platforms use. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[] | boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly 'x-format'?: string
  readonly 'x-oneOf'?: readonly (readonly string[])[]
}

/** How one description is read. */
export interface SchemaReading {
  /** What a `$ref` means. @throws Error when it means nothing */
  resolve(reference: string): Schema
  /** What is wrong with a value besides, where its type is right. */
  more?(value: unknown, schema: Schema, at: string): readonly string[]
  /** Whether a member that its schema does not name is a fault; absent: only where the schema forbids others. */
  isUnknown?(name: string, schema: Schema): boolean
  /** The description's lengths and bounds are not kept by the platform itself. */
  readonly ignoresLimits?: true
}

/** Where a value is not what a schema says: one text per place. */
export function schemaFaults(value: unknown, schema: Schema, at: string, reading: SchemaReading): readonly string[] {
  if (schema.$ref !== undefined) return schemaFaults(value, reading.resolve(schema.$ref), at, reading)
  if (value === null && schema.nullable === true) return []
  const choices = schema.oneOf ?? schema.anyOf
  if (choices !== undefined) return choiceFaults(value, choices, at, reading)
  const isRight = isOfType(value, schema.type)
  return [
    ...(schema.allOf ?? []).flatMap(each => schemaFaults(value, each, at, reading)),
    ...(isRight ? [] : [`${at} is no ${String(schema.type)}: ${JSON.stringify(value)?.slice(0, 80)}`]),
    ...(isRight && schema.enum !== undefined && !schema.enum.includes(value)
      ? [`${at} is not in its list: ${String(value)}`]
      : []),
    ...(isRight && reading.ignoresLimits !== true ? limitFaults(value, schema, at) : []),
    ...(isRight ? (reading.more?.(value, schema, at) ?? []) : []),
    ...(isObject(value) ? memberFaults(value, schema, at, reading) : []),
    ...(Array.isArray(value) && schema.items !== undefined ? elementFaults(value, schema.items, at, reading) : []),
  ]
}

/** What the nearest form says is more of a help than that there is none. */
function choiceFaults(
  value: unknown,
  choices: readonly Schema[],
  at: string,
  reading: SchemaReading,
): readonly string[] {
  const found = choices.map(each => schemaFaults(value, each, at, reading))
  return [...found].sort((one, other) => one.length - other.length)[0] ?? []
}

function limitFaults(value: unknown, schema: Schema, at: string): readonly string[] {
  const size = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : undefined
  const isOver = (limit: number | undefined) => size !== undefined && limit !== undefined && size > limit
  const isOutside =
    typeof value === 'number' && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value))
  return [
    ...(isOver(schema.maxLength) || isOver(schema.maxItems) ? [`${at} is too long`] : []),
    ...(size !== undefined && size < (schema.minLength ?? 0) && typeof value === 'string'
      ? [`${at} is too short`]
      : []),
    ...(isOutside ? [`${at} is out of bounds: ${String(value)}`] : []),
  ]
}

function elementFaults(
  value: readonly unknown[],
  items: Schema,
  at: string,
  reading: SchemaReading,
): readonly string[] {
  return value.flatMap((element, index) => schemaFaults(element, items, `${at}.${index.toString()}`, reading))
}

function memberFaults(
  value: Readonly<Record<string, unknown>>,
  schema: Schema,
  at: string,
  reading: SchemaReading,
): readonly string[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  const missing = required.filter(name => !Object.hasOwn(value, name))
  const { additionalProperties: rest } = schema
  const own = Object.entries(value).flatMap(([name, member]) => {
    const one = schema.properties?.[name] ?? (typeof rest === 'object' ? rest : undefined)
    if (one !== undefined) return schemaFaults(member, one, `${at}.${name}`, reading)
    return (reading.isUnknown?.(name, schema) ?? rest === false) ? [`${at}.${name} is unknown`] : []
  })
  return [...missing.map(name => `${at}.${name} is missing`), ...own]
}

function isOfType(value: unknown, type: Schema['type']): boolean {
  if (Array.isArray(type)) return type.some(each => isOfType(value, each))
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type
    case 'null':
      return value === null
    default:
      return true
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
