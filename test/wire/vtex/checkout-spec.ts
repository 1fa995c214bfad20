import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Schema, type SchemaReading, schemaFaults } from '../../support/schema-faults.js'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

/** The published description of the API, beside the project where somebody put it. Not part of the project. */
export const specPath = fileURLToPath(new URL('../../../../shared/specs/vtex-checkout.openapi.json', import.meta.url))

export const spec: Spec | undefined = existsSync(specPath) ? JSON.parse(readFileSync(specPath, 'utf8')) : undefined

/**
 * Where the real service does not answer what its description says, and so neither do we (dialect document, 4.8). Places
 * as `specFaults` writes them.
 */
export const deliberate: readonly { readonly at: RegExp; readonly because: string }[] = [
  { at: /\.messages\.\d+ is no string/, because: 'messages are objects' },
  { at: /\.selectableGifts\.\d+ is no string/, because: 'gifts are objects' },
  { at: /\.rateAndBenefitsIdentifiers\.\d+ is no string/, because: 'promotions are objects' },
  { at: /\.openTextField is no string/, because: 'a note is an object with a value' },
  { at: /\.unitMultiplier is no integer/, because: 'goods are sold by fractions of a unit' },
  { at: /\.marketingData(\.\w+)? is no \w+: null/, because: 'what nobody said is null' },
  { at: /\.(bundleItems|offerings)\.\d+\.id is no integer/, because: 'services have texts for ids' },
  { at: /\.installmentOptions\.\d+\.paymentSystem is no integer/, because: 'captured answers have a text' },
  { at: /\.availableDeliveryWindows is no \w+/, because: 'windows are a list' },
  { at: /\.deliveryWindow is no \w+: null/, because: 'no window is chosen' },
  { at: /\.paymentSystems\.\d+\.description is no string: null/, because: 'few systems have one' },
  {
    at: /^\$\.(userProfileId|shippingData\.address|invoiceData|itemsOrdination|clientPreferencesData\.optinNewsLetter) is no \w+: null/,
    because: 'the answers of coupons and messages/clear are described by one full cart; captured carts have null there',
  },
  {
    at: /\.clientProfileData\.\w+ is no string: null/,
    because: 'what the shopper has not told yet is null',
  },
  { at: /\.(address|selectedAddresses\.\d+)\.receiverName is no string: null/, because: 'nobody was named yet' },
  { at: /\.pickupDistance is no integer/, because: 'kilometers have fractions' },
  { at: /\.geoCoordinates\.\d+ is no integer/, because: 'degrees have fractions' },
  { at: /\.allowInstallmentsMerge is no boolean: null/, because: 'its default is null' },
  { at: /\$\.(userProfileId|profileProvider|userProfile) is no \w+: null/, because: 'nobody has that address' },
  { at: /\.payments\.\d+\.paymentSystem is no integer/, because: 'captured answers have a text' },
  { at: /\.payments\.\d+\.accountId is no string: null/, because: 'no saved card pays' },
  { at: /\$\.userProfile\.\w+ is no string: null/, because: 'an incomplete profile lacks parts' },
  { at: /\.userType is no string: null/, because: 'no operator placed the order' },
]

/** Where an answer is not what the description says, deliberate differences left out; empty without a description. */
export function specFaults(
  method: string,
  url: string,
  status: number,
  body: unknown,
  facts: Spec | undefined = spec,
): readonly string[] {
  const path = (url.split('?')[0] ?? '').replace(/\/$/, '')
  if (facts === undefined || status < 200 || status >= 300) return []
  const pattern = Object.keys(facts.paths).find(
    each => matches(each, path) && facts.paths[each]?.[method.toLowerCase()],
  )
  const responses = pattern === undefined ? undefined : facts.paths[pattern]?.[method.toLowerCase()]?.responses
  const answer = responses?.[status.toString()] ?? responses?.['200']
  const schema = answer?.content?.['application/json']?.schema
  if (schema === undefined || body === undefined) return []
  return schemaFaults(body, schema, '$', readingOf(facts)).filter(fault => !deliberate.some(({ at }) => at.test(fault)))
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => part.startsWith('{') || part === given[at])
}

/** References go to schemas by their names; the platform keeps none of the limits that it describes. */
function readingOf(facts: Spec): SchemaReading {
  return {
    resolve: reference => {
      const schema = facts.components?.schemas?.[reference.split('/').at(-1) ?? '']
      if (schema === undefined) throw new Error(`the description has no ${reference}`)
      return schema
    },
    isUnknown: () => false,
    ignoresLimits: true,
  }
}
