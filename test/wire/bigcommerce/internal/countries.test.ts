import { expect, it } from 'vitest'
import { describeStorefront, expectShopperHeaders } from '../browser.js'

interface Country {
  readonly code: string
  readonly subdivisions: readonly { readonly id: number; readonly code: string; readonly name: string }[]
}

describeStorefront('countries for a checkout page', open => {
  it('GET /internalapi/v1/shipping/countries lists those that something is shipped to', async () => {
    const answer = await open().send('GET', '/internalapi/v1/shipping/countries?channel_id=1')
    expect(answer.status).toBe(200)
    expectShopperHeaders(answer)
    expect(answer.json).toEqual({
      data: [
        {
          id: expect.any(Number),
          code: 'US',
          name: 'United States',
          hasPostalCodes: true,
          requiresState: true,
          subdivisions: expect.arrayContaining([{ id: expect.any(Number), code: 'TX', name: 'Texas' }]),
        },
      ],
      meta: {},
    })
  })

  it('GET /internalapi/v1/store/countries lists all of them, each with its states', async () => {
    const answer = await open().send('GET', '/internalapi/v1/store/countries')
    expect(answer.status).toBe(200)
    expect(Object.keys(answer.json)).toEqual(['data', 'meta'])
    const countries: readonly Country[] = answer.json.data
    expect(countries.length).toBeGreaterThan(200)
    expect(new Set(countries.map(country => country.code)).size).toBe(countries.length)
    const brazil = countries.find(country => country.code === 'BR')
    expect(brazil).toMatchObject({ name: 'Brazil', hasPostalCodes: true, requiresState: true })
    expect(brazil?.subdivisions.map(state => state.code)).toContain('RJ')
    const ids = countries.flatMap(country => country.subdivisions.map(state => state.id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
