import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'

const rio = { country: 'BR', postalCode: '22250-040' }
const botafogo = { longitude: -43.18, latitude: -22.94 }
const berlin = { longitude: 13.38, latitude: 52.53 }

describeOnEachDatabase('places', getServer => {
  const operations = () => getServer().operations

  it('a postal code has what the directory says, in one country', async () => {
    const places = await operations().findPostalPlaces(rio)
    expect(places).toMatchObject([{ place: 'Rio de Janeiro', subdivision: 'RJ', district: 'Botafogo' }])
    expect(await operations().findPostalPlaces({ ...rio, country: 'US' })).toEqual([])
  })

  describe('pickup points', () => {
    const near = (place: Parameters<ReturnType<typeof operations>['findPickupPoints']>[0]['near']) =>
      operations().findPickupPoints({ channel: 'br', near: place })

    it('serve a postal code, or lie near coordinates', async () => {
      expect(await near(rio)).toMatchObject({ ok: true, value: [{ point: { id: '1_RJ01' }, kilometers: 0 }] })
      const found = await near(botafogo)
      expect(found).toMatchObject({ ok: true, value: [{ point: { id: '1_RJ01' } }] })
      expect(found.ok && found.value[0]?.kilometers).toBeCloseTo(0.71, 1)
      expect(await near(berlin)).toEqual({ ok: true, value: [] })
    })

    it('are refused for coordinates off the globe and unknown channels', async () => {
      const error = { code: 'invalid_input', field: 'coordinates', rule: 'on_earth' }
      expect(await near({ longitude: 0, latitude: 91 })).toEqual({ ok: false, error })
      expect(await operations().findPickupPoints({ channel: 'xx', near: rio })).toEqual({
        ok: false,
        error: { code: 'channel_unknown', channel: 'xx' },
      })
    })
  })

  it('a region has the sellers that serve the place', async () => {
    const region = { ok: true, value: { country: 'BR', sellers: [{ id: '1' }] } }
    expect(await operations().findRegion({ channel: 'br', country: 'BR', near: rio })).toMatchObject(region)
    expect(await operations().findRegion({ channel: 'br', country: 'BR', near: botafogo })).toMatchObject(region)
    const all = await operations().listRegions({ channel: 'br' })
    expect(all.ok && all.value.map(({ country }) => country)).toEqual(['BR', 'US', 'CA', 'DE', 'FR'])
  })

  it('the nearest place of the directory is found by coordinates, if it is near', async () => {
    const { catalog } = getServer().storage
    expect(await catalog.nearestPostalPlace(berlin, 0.5)).toMatchObject({ postalCode: '10115' })
    expect(await catalog.nearestPostalPlace({ longitude: 13.38, latitude: 50 }, 0.5)).toBeUndefined()
  })
})
