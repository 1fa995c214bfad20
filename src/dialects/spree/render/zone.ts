import { findCountry } from '../../../core/geography/countries.js'
import { findSubdivision } from '../../../core/geography/subdivisions.js'
import type { ShippingMethod, TaxZone } from '../../../core/pricing/facts.js'
import type { Offers } from '../../../operations/operations.js'
import { integerOf } from '../ids.js'

/** A named part of the world. */
export interface Zone {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly areas: readonly { readonly country: string; readonly subdivision?: string }[]
}

/** Every zone of a channel: those of its taxes, and those of its ways to ship that are no tax zone. */
export function zonesOf({ taxZones, shippingMethods }: Offers): readonly Zone[] {
  const zones = new Map(taxZones.map(zone => [areasKey(zone.areas), taxZone(zone)]))
  for (const method of shippingMethods) {
    const areas = areasOf(method)
    const key = areasKey(areas)
    if (areas.length > 0 && !zones.has(key)) zones.set(key, shippingZone(areas))
  }
  return [...zones.values()]
}

/** The zones that a way of shipping reaches. */
export function zonesOfMethod(method: ShippingMethod, zones: readonly Zone[]): readonly Zone[] {
  const key = areasKey(areasOf(method))
  return zones.filter(zone => areasKey(zone.areas) === key)
}

function taxZone({ id, name, areas }: TaxZone): Zone {
  return { id: integerOf(`zone ${id}`), name, description: areas.map(areaName).join(' + '), areas }
}

function shippingZone(areas: Zone['areas']): Zone {
  const name = areas.map(areaName).join(' + ')
  return { id: integerOf(`zone ${areasKey(areas)}`), name, description: name, areas }
}

function areasOf({ zones }: ShippingMethod): Zone['areas'] {
  return zones.flatMap(({ country, subdivision }) =>
    country === undefined ? [] : [{ country, ...(subdivision === undefined ? {} : { subdivision }) }],
  )
}

function areasKey(areas: Zone['areas']): string {
  return [...new Set(areas.map(({ country, subdivision = '' }) => `${country}-${subdivision}`))].sort().join(' ')
}

function areaName({ country, subdivision }: Zone['areas'][number]): string {
  const known = findCountry(country)
  if (known === undefined || subdivision === undefined) return known?.name ?? country
  return `${findSubdivision(known, subdivision)?.name ?? subdivision}, ${known.name}`
}

/** A zone with what it is made of. */
export function renderZone(zone: Zone) {
  return {
    id: zone.id,
    name: zone.name,
    description: zone.description,
    zone_members: zone.areas.map(area => renderMember(zone, area)),
  }
}

function renderMember(zone: Zone, area: Zone['areas'][number]) {
  const country = findCountry(area.country)
  const state =
    country === undefined || area.subdivision === undefined ? undefined : findSubdivision(country, area.subdivision)
  const type = area.subdivision === undefined ? 'Spree::Country' : 'Spree::State'
  return {
    id: integerOf(`zone member ${zone.id} ${area.country} ${area.subdivision ?? ''}`),
    name: areaName(area),
    zoneable_type: type,
    zoneable_id: state?.integerId ?? country?.integerId ?? null,
  }
}
