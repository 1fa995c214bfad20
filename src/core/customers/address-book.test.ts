import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../limits.js'
import { withAddress, withChangedAddress, withoutAddress } from './address-book.js'
import type { Customer, CustomerAddress } from './customer.js'

const nobody: Customer = {
  id: 'c',
  integerId: 1,
  reference: 'DE--1',
  email: 'a@b.test',
  groups: [],
  acceptsMarketing: false,
  isConfirmed: true,
  addresses: [],
  customFields: {},
  createdAt: '2026-11-21T08:00:00.000Z',
  updatedAt: '2026-11-21T08:00:00.000Z',
  version: 1,
}

function address(id: string, flags: Partial<CustomerAddress> = {}): CustomerAddress {
  return {
    id,
    integerId: Number(id),
    line1: `Street ${id}`,
    isDefaultShipping: false,
    isDefaultBilling: false,
    ...flags,
  }
}

function bookOf(...addresses: readonly CustomerAddress[]): Customer {
  return addresses.reduce<Customer>((customer, each) => {
    const added = withAddress(customer, each)
    return added.ok ? added.value : customer
  }, nobody)
}

function defaultsOf(customer: Customer) {
  const idsOf = (flag: 'isDefaultShipping' | 'isDefaultBilling') =>
    customer.addresses.filter(each => each[flag]).map(({ id }) => id)
  return { shipping: idsOf('isDefaultShipping'), billing: idsOf('isDefaultBilling') }
}

describe('an address book', () => {
  it('makes the first address default for both, whatever it says', () => {
    expect(defaultsOf(bookOf(address('1')))).toEqual({ shipping: ['1'], billing: ['1'] })
  })

  it('lets a later address take one default only', () => {
    const book = bookOf(address('1'), address('2', { isDefaultShipping: true }))
    expect(defaultsOf(book)).toEqual({ shipping: ['2'], billing: ['1'] })
  })

  it('clears the old default when a change makes a new one', () => {
    const changed = withChangedAddress(bookOf(address('1'), address('2')), '2', { isDefaultBilling: true })
    expect(changed.ok && defaultsOf(changed.value)).toEqual({ shipping: ['1'], billing: ['2'] })
  })

  it('changes what is named, takes empty texts away and keeps ids', () => {
    const book = bookOf(address('1', { line2: 'Rear', city: 'Berlin' }))
    const changed = withChangedAddress(book, '1', { line2: '', city: 'Hamburg' })
    expect(changed.ok && changed.value.addresses).toEqual([
      { id: '1', integerId: 1, line1: 'Street 1', city: 'Hamburg', isDefaultShipping: true, isDefaultBilling: true },
    ])
  })

  it('does not know an address of somebody else', () => {
    const error = { code: 'address_not_found', addressId: '9' }
    expect(withChangedAddress(bookOf(address('1')), '9', {})).toEqual({ ok: false, error })
    expect(withoutAddress(bookOf(address('1')), '9')).toEqual({ ok: false, error })
  })

  it('makes no other address default in the place of one that goes', () => {
    const left = withoutAddress(bookOf(address('1'), address('2')), '1')
    expect(left.ok && defaultsOf(left.value)).toEqual({ shipping: [], billing: [] })
  })

  it('has an end', () => {
    const full = bookOf(...Array.from({ length: limits.addressesPerCustomer }, (_, index) => address(`${index + 1}`)))
    expect(withAddress(full, address('0'))).toEqual({
      ok: false,
      error: { code: 'limit_reached', limit: 'addressesPerCustomer', maximum: limits.addressesPerCustomer },
    })
  })

  it('never has two defaults of a kind, whatever is done to it', () => {
    const step = fc.record({
      act: fc.constantFrom('add', 'change', 'remove'),
      id: fc.integer({ min: 1, max: 6 }).map(String),
      isDefaultShipping: fc.boolean(),
      isDefaultBilling: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        let customer = nobody
        for (const { act, id, ...flags } of steps) {
          const isThere = customer.addresses.some(each => each.id === id)
          const done =
            act === 'remove'
              ? withoutAddress(customer, id)
              : act === 'add' && !isThere
                ? withAddress(customer, address(id, flags))
                : withChangedAddress(customer, id, flags)
          if (done.ok) customer = done.value
          expect(defaultsOf(customer).shipping.length).toBeLessThanOrEqual(1)
          expect(defaultsOf(customer).billing.length).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
