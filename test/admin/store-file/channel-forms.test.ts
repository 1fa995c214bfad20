import { expect, test } from 'vitest'
import { type Case, method, payment, rate, said, zone } from './good-entries.js'
import { shortChannel } from './recording-store.js'

const channel = (changes: object): Readonly<Record<string, unknown>> => ({
  kind: 'channel',
  ...shortChannel,
  ...changes,
})

const cases: readonly Case[] = [
  ['a currency that is none', channel({ currency: 'EURO' }), 'currency must be a currency code such as "EUR"'],
  ['own currency not sold in', channel({ currencies: ['JPY'] }), 'currencies lacks "EUR", the channel\'s own'],
  ['no country', channel({ countries: [] }), 'countries must name at least one country'],
  ['a country in lower case', channel({ countries: ['de'] }), 'countries[0] must be a country code such as "DE"'],
  ['a foreign default country', channel({ defaultCountry: 'FR' }), 'countries lacks "FR", the channel\'s own'],
  ['a locale that is none', channel({ locale: '!' }), 'locale must be a locale such as "en_US"'],
  [
    'a time zone that is none',
    channel({ timeZone: 'Mars/Olympus' }),
    'timeZone must be a time zone such as "Europe/Berlin"',
  ],
  ['a price mode that is none', channel({ priceMode: 'both' }), 'priceMode must be one of gross, net'],
  ['no policy', { ...channel({}), policy: undefined }, 'policy is missing'],
  [
    'an unknown preset',
    channel({ policy: 'best' }),
    'policy there is no pricing policy "best"; there are grossCarried, unitMultiplierZeroTax, netPerRate, grossPerRate, netPerLine, grossPerLine, netPerLineStacked, some',
  ],
  [
    'an unknown preset in full',
    channel({ policy: { preset: 1 } }),
    'policy.preset there is no pricing policy "1"; there are grossCarried, unitMultiplierZeroTax, netPerRate, grossPerRate, netPerLine, grossPerLine, netPerLineStacked, some',
  ],
  [
    'a preset with a wrong change',
    channel({ policy: { preset: 'some', tax: { place: 'moon' } } }),
    'policy.tax.place must be one of destination, billing, origin',
  ],
  [
    'a preset with an unknown change',
    channel({ policy: { preset: 'some', tax: { plaec: 'origin' } } }),
    'policy.tax.plaec is not a field of this entry',
  ],
  [
    'a preset with a group that is none',
    channel({ policy: { preset: 'some', tax: 'none' } }),
    'policy.tax must be an object',
  ],
  [
    'half a policy',
    channel({ policy: { rounding: 'up' } }),
    ...[
      'lineAmount is missing',
      'discounts is missing',
      'tax is missing',
      'coupons is missing',
      'giftCards is missing',
      'excessQuantity is missing',
      'unavailableLines is missing',
      'defaultShippingOption is missing',
      'rounding must be one of half_away, half_even, down',
    ].map(one => `policy.${one}`),
  ],
  [
    'a zone that does not exist',
    channel({ policy: { preset: 'some', tax: { guestZone: 'nowhere' } } }),
    'policy.tax.guestZone there is no tax zone "nowhere" in channel "de"',
  ],
  [
    'an unknown numbering',
    channel({ orderNumbers: { kind: 'roman' } }),
    'orderNumbers.kind must be one of counting, random_digits, cart_number',
  ],
  [
    'a minimum without its fee',
    channel({ thresholds: [{ kind: 'soft_minimum_fixed', amount: '5', message: 'm' }] }),
    'thresholds[0].fee is missing: a soft minimum has a fee',
  ],
  [
    'a maximum with a fee',
    channel({ thresholds: [{ kind: 'hard_maximum', amount: '5', fee: '1', message: 'm' }] }),
    'thresholds[0].fee only a soft minimum has a fee',
  ],
  [
    'a fee that is too fine',
    channel({ thresholds: [{ kind: 'soft_minimum_flexible', amount: '5', fee: '1.00001', message: 'm' }] }),
    'thresholds[0].fee must be a percentage such as "2.5"',
  ],
  [
    'a threshold in a foreign currency',
    channel({ thresholds: [{ kind: 'hard_maximum', currency: 'USD', amount: '5', message: 'm' }] }),
    'thresholds[0].currency is no currency of this channel',
  ],
  [
    'an address that is none',
    channel({ urls: { home: 'here' } }),
    'urls.home must be an address such as "https://example.com/"',
  ],
  [
    'a nested area that is none',
    channel({ taxZones: [{ ...zone, areas: ['DE', 'US-Texas'] }] }),
    'taxZones[0].areas[1] must be a country such as "US" or a subdivision such as "US-TX"',
  ],
  [
    'a rate above ten times the price',
    channel({ taxZones: [{ ...zone, rates: [{ ...rate, rate: '1000.1' }] }] }),
    'taxZones[0].rates[0].rate must be from 0 to 1000 percent',
  ],
  [
    'a negative rate',
    channel({ taxZones: [{ ...zone, rates: [{ ...rate, rate: -1 }] }] }),
    'taxZones[0].rates[0].rate must be from 0 to 1000 percent',
  ],
  [
    'a rate that is too fine',
    channel({ taxZones: [{ ...zone, rates: [{ ...rate, rate: '8.12345' }] }] }),
    'taxZones[0].rates[0].rate must be a percentage such as "8.25", with at most 4 digits after the point',
  ],
  [
    'a rate of another type',
    channel({ taxZones: [{ ...zone, rates: [{ ...rate, rate: true }] }] }),
    'taxZones[0].rates[0].rate must be a percentage such as "8.25"',
  ],
  [
    'no rate',
    channel({ taxZones: [{ ...zone, rates: [{ ...rate, rate: undefined }] }] }),
    'taxZones[0].rates[0].rate is missing',
  ],
  [
    'shipping in a foreign currency',
    channel({ shippingMethods: [{ ...method, prices: { USD: '1.00' } }] }),
    'shippingMethods[0].prices.USD channel "de" does not sell in USD',
  ],
  [
    'shipping to a pickup point that does not exist',
    channel({ shippingMethods: [{ ...method, pickupPointIds: ['p'] }] }),
    'shippingMethods[0].pickupPointIds[0] there is no pickup point "p" in channel "de"',
  ],
  [
    'half a postal range',
    channel({ shippingMethods: [{ ...method, zones: [{ area: 'DE', postalFrom: '1' }] }] }),
    'shippingMethods[0].zones[0] needs both postalFrom and postalTo, or neither',
  ],
  [
    'a payment kind that is none',
    channel({ paymentMethods: [{ ...payment, paymentKind: 'shells' }] }),
    'paymentMethods[0].paymentKind must be one of invoice, check, cash_on_delivery, bank_transfer, card, free, gift_card, other',
  ],
  [
    'a pickup point of an unknown seller',
    channel({ pickupPoints: [{ id: 'p', name: 'P', address: {}, sellers: ['9'] }] }),
    'pickupPoints[0].sellers[0] there is no seller "9"',
  ],
  [
    'opening hours that are none',
    channel({
      pickupPoints: [{ id: 'p', name: 'P', address: {}, hours: [{ day: 7, opens: '9:00', closes: '18:00' }] }],
    }),
    'pickupPoints[0].hours[0].day must be 0 (Sunday) to 6 (Saturday)',
    'pickupPoints[0].hours[0].opens must be a time of day such as "08:30"',
  ],
]

for (const [title, entry, ...problems] of cases) {
  test(`${title} is refused by name and line`, async () => {
    expect(await said(entry)).toEqual(problems)
  })
}
