import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { checkoutPath, clientOf, demoKey, errorBody, expectError } from './shop.js'

describeOnEachDatabase('places and people', getServer => {
  const get = (path: string, headers?: Readonly<Record<string, string>>) =>
    clientOf(getServer).send('GET', `${checkoutPath}${path}`, undefined, headers)

  describe('GET /api/checkout/pub/pickup-points', () => {
    const point = {
      friendlyName: 'Polytill Rio de Janeiro',
      additionalInfo: 'Bring the order number and a photo id.',
      id: '1_RJ01',
    }

    it('lists the nearest first, by coordinates (longitude first) or by postal code', async () => {
      const near = await get('/pickup-points?geoCoordinates=-43.18;-22.94')
      expect(near.status).toBe(200)
      expect(near.json).toMatchObject({
        paging: { page: 1, pageSize: 30, total: 1, pages: 1 },
        items: [{ distance: expect.closeTo(0.7, 0), pickupPoint: point }],
      })
      const { address, businessHours } = near.json.items[0].pickupPoint
      expect(address).toMatchObject({ addressType: 'pickup', country: 'BRA', geoCoordinates: [-43.1822, -22.9461] })
      expect(businessHours).toHaveLength(6)
      expect(businessHours[0]).toEqual({ DayOfWeek: 1, OpeningTime: '09:00:00', ClosingTime: '18:00:00' })
      const coded = await get('/pickup-points?postalCode=22250-040&countryCode=BRA')
      expect(coded.json.items).toMatchObject([{ distance: 0, pickupPoint: point }])
    })

    it('refuses what is no place, and tells where nothing is near', async () => {
      const message = 'Input string was not in a correct format.'
      const odd = await get('/pickup-points?geoCoordinates=here;there')
      expect([odd.status, odd.json]).toEqual([400, errorBody('001', message)])
      expectError(await get('/pickup-points?geoCoordinates=-43.18;-95'), '001')
      const far = await get('/pickup-points?geoCoordinates=13.38;52.53')
      expect([far.status, far.json]).toEqual([400, errorBody('CHK0264', 'Pickup not found')])
      const none = await get('/pickup-points')
      expectError(none, 'CHK0119')
      const both = await get('/pickup-points?geoCoordinates=-43.18;-22.94&postalCode=22250040&countryCode=BRA')
      expect(both.json).toEqual({ paging: { page: 1, pageSize: 30, total: 0, pages: 0 }, items: [] })
    })
  })

  describe('GET /api/checkout/pub/postal-code/:countryCode/:postalCode', () => {
    it('has what the directory knows, and empty texts where it knows nothing', async () => {
      const known = await get('/postal-code/BRA/22250-040')
      expect([known.status, known.json]).toEqual([
        200,
        {
          ...{ postalCode: '22250040', city: 'Rio de Janeiro', state: 'RJ', country: 'BRA' },
          ...{ street: 'Praia de Botafogo', number: '', neighborhood: 'Botafogo', complement: '', reference: '' },
          geoCoordinates: [-43.1822, -22.9461],
        },
      ])
      const unknown = await get('/postal-code/BRA/00000001')
      expect([unknown.status, unknown.json]).toEqual([
        200,
        {
          ...{ postalCode: '00000001', city: '', state: '', country: 'BRA', street: '', number: '' },
          ...{ neighborhood: '', complement: '', reference: '', geoCoordinates: [] },
        },
      ])
    })

    it('fails for a country that is none', async () => {
      const failed = await get('/postal-code/BR/22250040')
      const message = 'A communication error with Postal Code Service has occurred'
      expect([failed.status, failed.json]).toEqual([500, errorBody('ORD026', message)])
    })
  })

  describe('GET /api/checkout/pub/regions', () => {
    const sellers = [{ id: '1', name: 'Polytill', logo: null }]

    it('is a list with the region of a place; GET /api/checkout/pub/regions/:regionId is that region alone', async () => {
      const coded = await get('/regions/?country=BRA&sc=1&postalCode=22250040')
      const [region] = coded.json
      expect([coded.status, coded.json]).toEqual([200, [{ id: expect.stringMatching(/^v2\.[0-9A-F]{32}$/), sellers }]])
      expect((await get('/regions?country=BRA&geoCoordinates=-43.18;-22.94')).json).toEqual(coded.json)
      const one = await get(`/regions/${region.id}`)
      expect([one.status, one.json]).toEqual([200, region])
    })

    it('refuses what is no place, no country and no region', async () => {
      expectError(await get('/regions?postalCode=22250040'), 'CHK0127')
      expectError(await get('/regions?country=BRA'), 'CHK0119')
      for (const code of ['%3C%3E', '1', 'none']) {
        expectError(await get(`/regions?country=BRA&postalCode=${code}`), '001')
      }
      for (const right of ['BRA&postalCode=22250-040', 'BRA&postalCode=22250%20040', 'USA&postalCode=10019']) {
        expect((await get(`/regions?country=${right}`)).status).toBe(200)
      }
      const unknown = await get(`/regions/v2.${'0'.repeat(32)}`)
      expect([unknown.status, unknown.json]).toEqual([
        400,
        errorBody('ORD051', "Invalid 'regionId' or non-existent region"),
      ])
    })
  })

  describe('GET /api/checkout/pub/profiles', () => {
    const nobody = {
      ...{ userProfileId: null, profileProvider: null, availableAccounts: [], availableAddresses: [] },
      ...{ userProfile: null, isComplete: false },
    }

    it('masks a registered customer from strangers, and shows all to a key', async () => {
      const path = '/profiles/?email=customer%40polytill.test'
      const { status, json } = await get(path)
      expect(status).toBe(200)
      expect(json).toMatchObject({
        userProfileId: 'c0ffee00-0003-4a6b-9b61-000000000001',
        profileProvider: 'VTEX',
        isComplete: true,
        userProfile: { email: 'customer@polytill.test', firstName: 'Car******', phone: '******4321' },
      })
      expect(JSON.stringify(json)).not.toMatch(/52998224725|Beispielstra|Congress Avenue|Praia de Botafogo/)
      const full = await get(path, demoKey)
      expect(full.json.userProfile).toMatchObject({ firstName: 'Carla', document: '52998224725' })
      expect(full.json.availableAddresses.map(({ postalCode }: { postalCode: string }) => postalCode)).toContain(
        '22250040',
      )
    })

    it('is empty for strangers, and for the incomplete unless asked for', async () => {
      expect((await get('/profiles?email=nobody@shop.example')).json).toEqual(nobody)
      expect((await get('/profiles?email=second@polytill.test')).json).toEqual(nobody)
      const loose = await get('/profiles?email=second@polytill.test&ensureComplete=false')
      expect(loose.json).toMatchObject({ isComplete: false, userProfile: { firstName: 'Sve******' } })
      const bad = await get('/profiles?email=no-address')
      expect([bad.status, bad.json]).toEqual([400, errorBody('CHK0131', 'Invalid e-mail')])
    })
  })
})
