import { describe, expect, it } from 'vitest'
import { parseAddress, parseCoordinates, renderAddress } from './address.js'

describe('an address', () => {
  it('comes back as it was sent', () => {
    const sent = {
      addressType: 'commercial',
      receiverName: 'Ana Maria Souza',
      addressId: 'home',
      isDisposable: false,
      postalCode: '22250040',
      city: 'Rio de Janeiro',
      state: 'RJ',
      country: 'BRA',
      street: 'Rua A',
      number: '10',
      neighborhood: 'Centro',
      complement: null,
      reference: null,
      geoCoordinates: [-43.18, -22.94],
    }
    expect(renderAddress(parseAddress(sent) ?? {})).toEqual(sent)
  })

  it('survives what real clients send: nulls, numbers, no id, a state by its name', () => {
    const address = parseAddress({
      addressType: null,
      postalCode: '22250-040',
      country: 'bra',
      state: 'Rio de Janeiro',
      number: 7,
      geoCoordinates: [],
      receiverName: ' ',
    })
    expect(address).toMatchObject({
      kind: 'residential',
      postalCode: '22250040',
      country: 'BR',
      streetNumber: '7',
      subdivision: 'RJ',
    })
    expect(renderAddress(address ?? {})).toMatchObject({
      state: 'Rio de Janeiro',
      receiverName: null,
      geoCoordinates: [],
    })
  })

  it('is none without a country that there is', () => {
    expect(parseAddress({ postalCode: '1' })).toBeUndefined()
    expect(parseAddress({ country: 'XXX' })).toBeUndefined()
  })

  it('of search or pickup is never kept for later', () => {
    expect(renderAddress({ kind: 'search', isDisposable: false }).isDisposable).toBe(true)
  })

  it.each([
    [
      [-43.1, '-22.9'],
      [-43.1, -22.9],
    ],
    [[1], undefined],
    [['a', 2], undefined],
    ['1;2', undefined],
  ])('coordinates of %j', (value, expected) => {
    expect(parseCoordinates(value)).toEqual(expected)
  })
})
