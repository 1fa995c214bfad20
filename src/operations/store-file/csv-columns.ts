/** Where a column's cells go in an entry, and what they hold. An empty cell says nothing. */
export interface CsvColumn {
  readonly path: readonly (string | number)[]
  readonly holds: 'text' | 'number' | 'boolean' | 'list'
}

/** What a column of that name means; undefined for a name that the file does not know. */
export type CsvForm = (name: string) => CsvColumn | undefined

function columns(names: Readonly<Partial<Record<CsvColumn['holds'], readonly string[]>>>): CsvForm {
  const known = new Map<string, CsvColumn>()
  for (const holds of ['text', 'number', 'boolean', 'list'] as const) {
    for (const name of names[holds] ?? []) known.set(name, { path: [name], holds })
  }
  return name => known.get(name)
}

const productFields = columns({
  text: [
    'sku',
    'productSku',
    'name',
    'variantName',
    'description',
    'brand',
    'imageUrl',
    'url',
    'itemKind',
    'taxClass',
    'seller',
    'unitMultiplier',
    'measurementUnit',
    'shippingCategory',
  ],
  number: ['variantId', 'productId', 'minQuantity', 'maxQuantity', 'weightGrams', 'stock'],
  boolean: ['isActive'],
  list: ['categories'],
})

/** `attribute:Color`, `externalId:erp`, `price:de`, `price:de:CHF`, `list:de:CHF`. */
function namedProductField(head: string): CsvColumn | undefined {
  const [group = '', ...names] = head.split(':')
  const [name = '', currency = ''] = names
  if (name === '' || name === '__proto__') return undefined
  if (group === 'attribute' && names.length === 1) return { path: ['attributes', name], holds: 'text' }
  if (group === 'externalId' && names.length === 1) return { path: ['externalIds', name], holds: 'text' }
  if (names.length > 2) return undefined
  if (group === 'price') return { path: ['prices', name, currency, 0, 'amount'], holds: 'text' }
  if (group === 'list') return { path: ['prices', name, currency, 0, 'list'], holds: 'text' }
  return undefined
}

/** The head of the column that a path of an entry is read from, where there is such a column or not. */
export function headOf(path: readonly PropertyKey[]): string {
  const [group, channel, currency, , field] = path
  if (group !== 'prices' || channel === undefined || field === undefined) return path.map(String).join(':')
  const named = [channel, currency ?? ''].map(String).filter(part => part !== '')
  return [field === 'list' ? 'list' : 'price', ...named].join(':')
}

/** The CSV files there are, by what they are of. */
export const csvForms = {
  products: (name: string) => productFields(name) ?? namedProductField(name),
  prices: columns({ text: ['sku', 'channel', 'currency', 'mode', 'amount', 'list'] }),
  stock: columns({ text: ['sku', 'location'], number: ['available'] }),
} satisfies Readonly<Record<string, CsvForm>>

/** A cell as the JSON form would have it; what does not look like it is left to the schema to refuse. */
export function readCell(cell: string, holds: CsvColumn['holds']): unknown {
  if (holds === 'number' && /^-?\d{1,15}$/.test(cell)) return Number(cell)
  if (holds === 'boolean' && /^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true'
  if (holds === 'list') return cell.split('|').map(part => part.trim())
  return cell
}
