import { expect, it } from 'vitest'
import { describeGlue, expectError } from '../glue.js'

describeGlue('GET /stores and GET /stores/:store', glue => {
  it('show what a client needs to make a cart', async () => {
    const list = await glue.send('GET', '/stores')
    expect(list.status).toBe(200)
    const [store] = list.json.data
    expect(store).toMatchObject({
      type: 'stores',
      id: 'DE',
      attributes: {
        timeZone: 'Europe/Berlin',
        defaultCurrency: 'EUR',
        currencies: [
          { code: 'EUR', name: 'Euro' },
          { code: 'CHF', name: 'Swiss Franc' },
        ],
        locales: [
          { code: 'en', name: 'en_US' },
          { code: 'de', name: 'de_DE' },
        ],
      },
      links: { self: `${glue.baseUrl()}/stores/DE` },
    })
    expect(store.attributes.countries).toContainEqual({
      iso2Code: 'DE',
      iso3Code: 'DEU',
      name: 'Germany',
      postalCodeMandatory: true,
      postalCodeRegex: '\\d{5}',
      regions: [],
    })
    const one = await glue.send('GET', '/stores/DE')
    expect(one.json).toEqual({ data: store })
  })

  it('do not know other names', async () => {
    expectError(await glue.send('GET', '/stores/XX'), 404, '601', 'Store not found.')
  })

  it('refuse a bad token though they need none', async () => {
    expectError(await glue.send('GET', '/stores', { token: 'bad' }), 401, '001', 'Invalid access token.')
  })
})
