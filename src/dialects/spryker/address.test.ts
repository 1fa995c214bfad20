import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAddress, writeAddress } from './address.js'

const part = fc.string({ minLength: 1, maxLength: 40 })
const parts = fc.record({
  salutation: part,
  firstName: part,
  lastName: part,
  address1: part,
  address2: part,
  address3: fc.oneof(part, fc.constant('')),
  zipCode: part,
  city: part,
  iso2Code: fc.constantFrom('DE', 'US', 'BR'),
  company: fc.oneof(part, fc.constant('')),
  phone: fc.oneof(part, fc.constant('')),
})

describe('an address', () => {
  it('reads back as it was sent', () => {
    fc.assert(
      fc.property(parts, sent => {
        expect(writeAddress(readAddress(sent))).toEqual(sent)
      }),
    )
  })

  it('has street, house number and second line in their places', () => {
    expect(
      readAddress({ address1: 'Example street', address2: '7', address3: 'Rear', iso2Code: 'de', phone: '' }),
    ).toEqual({
      line1: 'Example street',
      streetNumber: '7',
      line2: 'Rear',
      country: 'DE',
    })
  })

  it('shows the lines of one that has no house number', () => {
    const { address1, address2, address3 } = writeAddress({ line1: '500 Main St', line2: 'Apt 4', line3: 'Bell 2' })
    expect([address1, address2, address3]).toEqual(['500 Main St', 'Apt 4', 'Bell 2'])
  })
})
