import { allCountries, type Country, findCountry } from '../../../core/geography/countries.js'
import { subdivisionsOf } from '../../../core/geography/subdivisions.js'
import { shopperEndpoint } from '../shopper-endpoint.js'

/**
 * GET /internalapi/v1/store/countries: 200, every country with its states, for billing addresses.
 * Source: dialects/bigcommerce.md 3.7.3.
 */
export const getBillingCountries = shopperEndpoint('internal', async () => ({
  status: 200,
  body: { data: allCountries().map(renderCountry), meta: {} },
}))

/**
 * GET /internalapi/v1/shipping/countries: 200, the countries that something is shipped to. `channel_id` is ignored: a
 * mount sells in one channel. Source: dialects/bigcommerce.md 3.7.3.
 */
export const getShippingCountries = shopperEndpoint('internal', async ({ channel }, operations) => {
  const codes = await operations.shippingCountries({ channel: channel.id })
  const countries = codes.flatMap(code => findCountry(code) ?? [])
  return { status: 200, body: { data: countries.map(renderCountry), meta: {} } }
})

function renderCountry(country: Country) {
  return {
    id: country.integerId,
    code: country.alpha2,
    name: country.name,
    hasPostalCodes: country.hasPostalCodes,
    requiresState: country.needsSubdivision,
    subdivisions: subdivisionsOf(country).map(({ integerId, code, name }) => ({ id: integerId, code, name })),
  }
}
