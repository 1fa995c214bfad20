import type { Channel } from '../../../core/catalog/channel.js'
import { currencyName } from '../../../core/money-format.js'
import { countryFacts } from '../countries.js'
import { respondErrors } from '../errors.js'
import { fixed } from '../fixed-errors.js'
import { type Resource, respondMany, respondOne } from '../json-api.js'
import { languageOf } from '../locale.js'
import { endpoint, storesOf } from '../request.js'
import { settingsOf } from '../settings.js'

const rules = { type: 'stores', place: 'stores', identity: 'none' } as const

/** GET /stores: what a client needs to make a cart: currencies, locales, countries. Source: dialects/spryker.md 3.12. */
export const getStores = endpoint(rules, async (request, operations) => {
  const stores = await storesOf(request.channel, operations)
  return respondMany(request, stores.map(renderStore))
})

/** GET /stores/{id}: one by its name; 404/601. Source: dialects/spryker.md 3.12. */
export const getStore = endpoint(rules, async (request, operations) => {
  const stores = await storesOf(request.channel, operations)
  const store = stores.find(channel => settingsOf(channel).storeName === request.params.store)
  if (store === undefined) return respondErrors(request, [fixed.storeNotFound])
  return respondOne(request, renderStore(store))
})

function renderStore(channel: Channel): Resource {
  return {
    type: 'stores',
    id: settingsOf(channel).storeName,
    attributes: {
      timeZone: channel.timeZone,
      defaultCurrency: channel.currency,
      currencies: channel.currencies.map(code => ({ code, name: currencyName(code) })),
      locales: channel.locales.map(locale => ({ code: languageOf(locale), name: locale.replace('-', '_') })),
      countries: channel.countries.flatMap(code => countryOf(code)),
    },
  }
}

function countryOf(code: string) {
  const country = countryFacts(code)
  if (country === undefined) return []
  const { iso2, iso3, name, postalCodeMandatory, postalCodeRegex } = country
  return [{ iso2Code: iso2, iso3Code: iso3, name, postalCodeMandatory, postalCodeRegex, regions: [] }]
}
