import { describe, expect, it } from 'vitest'
import type { PickupPoint } from '../pricing/facts.js'
import { isOnEarth, kilometersBetween } from './distance.js'
import { pickupPointsNear } from './pickup-search.js'

const botafogo = { longitude: -43.1822, latitude: -22.9461 }
const niteroi = { longitude: -43.1036, latitude: -22.8832 }
const saoPaulo = { longitude: -46.6333, latitude: -23.5505 }

const point = (id: string, address: PickupPoint['address'], more: Partial<PickupPoint> = {}): PickupPoint => ({
  ...{ id, name: id, address: { country: 'BR', ...address }, sellers: [], hours: [], isActive: true, postalRanges: [] },
  ...more,
})
const rioOnly = [{ from: '20000000', to: '28999999' }]
const points = [
  point('far', saoPaulo),
  point('across', niteroi, { postalRanges: rioOnly }),
  point('here', botafogo, { postalRanges: rioOnly }),
  point('closed', botafogo, { isActive: false }),
  point('nowhere', {}, { postalRanges: [{ from: '30000000', to: '30000001' }] }),
]
const idsNear = (...parameters: Parameters<typeof pickupPointsNear>) =>
  pickupPointsNear(...parameters).map(found => found.point.id)

describe('distances', () => {
  it('are those of the map, in kilometers, both ways', () => {
    expect(kilometersBetween(botafogo, saoPaulo)).toBeCloseTo(360, -1)
    expect(kilometersBetween(saoPaulo, botafogo)).toBe(kilometersBetween(botafogo, saoPaulo))
    expect(kilometersBetween(botafogo, botafogo)).toBe(0)
    expect(kilometersBetween({ longitude: 0, latitude: 0 }, { longitude: 180, latitude: 0 })).toBeCloseTo(20_015, 0)
  })

  it.each([
    [180, -90, true],
    [181, 0, false],
    [0, 90.01, false],
  ])('longitude %d, latitude %d is on the globe: %s', (longitude, latitude, expected) => {
    expect(isOnEarth({ longitude, latitude })).toBe(expected)
  })
})

describe('pickup points', () => {
  it('near coordinates come nearest first, within 50 km, the open ones', () => {
    expect(idsNear(points, botafogo, undefined)).toEqual(['here', 'across'])
    expect(pickupPointsNear(points, botafogo, undefined)[1]?.kilometers).toBeCloseTo(10.7, 0)
    expect(idsNear(points, { longitude: 13.4, latitude: 52.5 }, undefined)).toEqual([])
  })

  it('for a postal code are those that serve it, however far', () => {
    expect(idsNear(points, { country: 'BR', postalCode: '22250-040' }, botafogo)).toEqual(['here', 'across', 'far'])
    expect(idsNear(points, { country: 'BR', postalCode: '30000000' }, undefined)).toEqual(['far', 'nowhere'])
    expect(idsNear(points, { country: 'US', postalCode: '22250040' }, botafogo)).toEqual([])
  })

  it('have no distance where nobody knows where the postal code lies', () => {
    const found = pickupPointsNear(points, { country: 'BR', postalCode: '22250040' }, undefined)
    expect(found.map(({ kilometers }) => kilometers)).toEqual([0, 0, 0])
  })
})
