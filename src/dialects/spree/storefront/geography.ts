import { present } from '../../../core/assert.js'
import { allCountries, type Country, findCountry, findCountryByInteger } from '../../../core/geography/countries.js'
import { findSubdivisionByInteger, type Subdivision, subdivisionsOf } from '../../../core/geography/subdivisions.js'
import type { WireResponse } from '../../dialect.js'
import { respondJson, respondNotFound } from '../errors.js'
import { hasNoCents, symbolOf } from '../money.js'
import { envelope, pageFrom, pageOf } from '../paging.js'
import { integerText, isTree, textOf } from '../params.js'
import { renderCountry, renderState } from '../render/address.js'
import { renderZone, zonesOf } from '../render/zone.js'
import { endpoint, type SpreeRequest } from '../request.js'

/** GET /api/countries: every country, by name; `q[name_cont]` narrows. Source: dialects/spree.md 3.14. */
export const getCountries = endpoint('always_open', async request => {
  const wanted = searched(request, 'name_cont')
  const found = [...allCountries()]
    .filter(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'))
  const page = pageOf(request)
  const rows = pageFrom(found, page).map(renderCountry)
  return respondJson(200, { countries: rows, ...envelope(rows.length, found.length, page) })
})

/** GET /api/countries/:id: a country with its states; 404. */
export const getCountry = endpoint('always_open', async ({ params }) => {
  const country = countryNamed(params.id)
  if (country === undefined) return respondNotFound()
  return respondJson(200, { ...renderCountry(country), states: statesOf(country) })
})

/** GET /api/countries/:id/states: in pages only where one is asked for. */
export const getCountryStates = endpoint('always_open', async request =>
  respondStatesOf(countryNamed(request.params.id), request),
)

/** GET /api/states: every state of every country; those of `country_id` alone as a form of an address asks for them. */
export const getStates = endpoint('always_open', async request => {
  const countryId = textOf(request.tree.country_id)
  if (countryId !== undefined) return respondStatesOf(countryNamed(countryId), request)
  const found = withNameSought(
    request,
    allCountries().flatMap(country => statesOf(country)),
  )
  const page = pageOf(request)
  const rows = pageFrom(found, page)
  return respondJson(200, { states: rows, ...envelope(rows.length, found.length, page) })
})

function respondStatesOf(country: Country | undefined, request: SpreeRequest): WireResponse {
  if (country === undefined) return respondNotFound()
  const found = withNameSought(request, statesOf(country))
  const isPaged = request.tree.page !== undefined || request.tree.per_page !== undefined
  const page = pageOf(request)
  const rows = isPaged ? pageFrom(found, page) : found
  return respondJson(200, {
    states_required: country.needsSubdivision,
    states: rows,
    ...(isPaged ? envelope(rows.length, found.length, page) : {}),
  })
}

function withNameSought<Named extends { readonly name: string }>(
  request: SpreeRequest,
  all: readonly Named[],
): readonly Named[] {
  const wanted = searched(request, 'name_cont')
  return all.filter(({ name }) => wanted === undefined || name.toLowerCase().includes(wanted))
}

/** GET /api/states/:id: one state; 404. */
export const getState = endpoint('always_open', async ({ params }) => {
  const state = findSubdivisionByInteger(integerText(params.id) ?? -1)
  return state === undefined ? respondNotFound() : respondJson(200, renderState(state, countryOf(state)))
})

/** GET /api/zones: zones of taxes and of shipping. */
export const getZones = endpoint('open', async (request, operations) => {
  const offers = await operations.readOffers({ channel: request.channel.id })
  const zones = offers.ok ? zonesOf(offers.value) : []
  const page = pageOf(request)
  const rows = pageFrom(zones, page).map(renderZone)
  return respondJson(200, { zones: rows, ...envelope(rows.length, zones.length, page) })
})

/** GET /api/zones/:id: one zone; 404. */
export const getZone = endpoint('open', async (request, operations) => {
  const offers = await operations.readOffers({ channel: request.channel.id })
  const zone = (offers.ok ? zonesOf(offers.value) : []).find(({ id }) => id === integerText(request.params.id))
  return zone === undefined ? respondNotFound() : respondJson(200, renderZone(zone))
})

/** GET /api/config: what a client presets. Source: dialects/spree.md 3.14. */
export const getConfig = endpoint('open', async ({ channel }) =>
  respondJson(200, { default_country_id: findCountry(channel.defaultCountry)?.integerId ?? null }),
)

/** GET /api/config/money: how amounts are written. */
export const getMoneyConfig = endpoint('open', async ({ channel }) =>
  respondJson(200, {
    symbol: symbolOf(channel.currency),
    symbol_position: 'before',
    no_cents: hasNoCents(channel.currency),
    decimal_mark: '.',
    thousands_separator: ',',
  }),
)

function statesOf(country: Country) {
  return subdivisionsOf(country).map(state => renderState(state, country))
}

function countryOf(state: Subdivision): Country {
  return present(findCountry(state.country), 'a subdivision has a country')
}

/** By our integer id, or by its code. */
function countryNamed(id: string | undefined): Country | undefined {
  const number = integerText(id)
  return number === undefined ? findCountry((id ?? '').toUpperCase()) : findCountryByInteger(number)
}

function searched({ tree }: SpreeRequest, name: string): string | undefined {
  return isTree(tree.q) ? textOf(tree.q[name])?.toLowerCase() : undefined
}
