import { expect, test } from 'vitest'
import { shippingMethod } from '../../../test/golden/builders.js'
import { countriesServed } from './countries-served.js'
import type { ShippingMethod } from './facts.js'

const channel = { countries: ['US', 'CA', 'DE'] }
const to = (id: string, zones: ShippingMethod['zones'], more: Partial<ShippingMethod> = {}): ShippingMethod => ({
  ...shippingMethod(id, 500n),
  zones,
  ...more,
})

test.each([
  ['no method', [], []],
  [
    'named countries, once each, in the order of the channel',
    [to('a', [{ country: 'DE' }]), to('b', [{ country: 'US' }, { country: 'DE' }])],
    ['US', 'DE'],
  ],
  ['a part of a country', [to('a', [{ country: 'US', subdivision: 'TX' }])], ['US']],
  ['a method without zones', [to('a', [])], ['US', 'CA', 'DE']],
  ['postal codes of no particular country', [to('a', [{ postalFrom: '1', postalTo: '2' }])], ['US', 'CA', 'DE']],
  ['a country that the channel does not list', [to('a', [{ country: 'FR' }, { country: 'CA' }])], ['CA', 'FR']],
  ['a method that is off', [to('a', [], { isActive: false }), to('b', [{ country: 'CA' }])], ['CA']],
])('%s', (_name, methods, expected) => {
  expect(countriesServed(methods, channel)).toEqual(expected)
})
