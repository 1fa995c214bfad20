import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset } from '../../../test/golden/builders.js'
import type { Customer, CustomerAddress } from '../customers/customer.js'
import { limits } from '../limits.js'
import type { Cart } from './cart.js'
import type { CheckoutChanges, NewConsignment } from './changes.js'
import { applyChanges } from './checkout-changes.js'

const home: CustomerAddress = {
  id: 'a1',
  integerId: 7,
  line1: 'Street 1',
  country: 'DE',
  isDefaultShipping: true,
  isDefaultBilling: true,
}
const customer = { id: 'c1', addresses: [home] } as unknown as Customer
const to = (country: string): NewConsignment['destination'] => ({ kind: 'address', address: { country } })

const filled: Cart = cart([line('mug', 2), line('tee', 1)], {
  billingAddress: { country: 'DE', city: 'Berlin' },
  customerNote: 'Ring twice',
  buyer: { email: 'a@polytill.test', firstName: 'Ada' },
  consignments: [{ id: 'p1', sequence: 1, items: [], destination: to('DE'), selectedOption: 'standard' }],
  payments: [{ id: 's1', method: 'invoice' }],
  marketing: { source: 'news' },
  preferences: { newsletter: true },
  step: 'delivery',
  extras: { mine: 1, yours: 2 },
})

function change(changes: CheckoutChanges, of: Cart = filled, member?: Customer) {
  let ids = 0
  return applyChanges(of, changes, member, {
    facts: facts({ policy: preset('grossCarried') }),
    newId: () => {
      ids += 1
      return `new-${ids}`
    },
  })
}

function changed(changes: CheckoutChanges, of: Cart = filled, member?: Customer): Cart {
  const result = change(changes, of, member)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

describe('what people fill in', () => {
  it('leaves everything that it does not name', () => {
    expect(changed({})).toEqual(filled)
  })

  it('takes away what is null, and only that', () => {
    const { billingAddress: _, customerNote: __, ...rest } = filled
    expect(changed({ billingAddress: null, customerNote: null })).toEqual(rest)
    expect('billingAddress' in changed({ billingAddress: null })).toBe(false)
  })

  it('is laid over the buyer and the extras, and replaces everything else', () => {
    const next = changed({
      buyer: { firstName: 'Eve' },
      extras: { yours: 3 },
      marketing: { medium: 'mail' },
      preferences: {},
      billingAddress: { country: 'FR' },
      customerNote: 'Do not ring',
      step: 'payment',
    })
    expect(next).toEqual({
      ...filled,
      buyer: { email: 'a@polytill.test', firstName: 'Eve' },
      extras: { mine: 1, yours: 3 },
      marketing: { medium: 'mail' },
      preferences: {},
      billingAddress: { country: 'FR' },
      customerNote: 'Do not ring',
      step: 'payment',
    })
  })

  it('is not judged: a draft of an address is kept as it is', () => {
    expect(changed({ billingAddress: {} }).billingAddress).toEqual({})
  })

  it('gives each payment a new id; none takes all away', () => {
    const next = changed({ payments: [{ method: 'card', amount: 5n }, { method: 'invoice' }] })
    expect(next.payments).toEqual([
      { method: 'card', amount: 5n, id: 'new-1' },
      { method: 'invoice', id: 'new-2' },
    ])
    expect(changed({ payments: [] }).payments).toEqual([])
  })

  it('has limits', () => {
    const payments = Array.from({ length: limits.paymentsPerCart + 1 }, () => ({ method: 'card' }))
    const consignments = Array.from({ length: limits.consignmentsPerCart + 1 }, () => ({ destination: to('DE') }))
    expect(change({ payments })).toEqual({
      ok: false,
      error: { code: 'limit_reached', limit: 'payments', maximum: limits.paymentsPerCart },
    })
    expect(change({ consignments })).toEqual({
      ok: false,
      error: { code: 'limit_reached', limit: 'consignments', maximum: limits.consignmentsPerCart },
    })
    expect(change({ payments: payments.slice(1), consignments: consignments.slice(1) }).ok).toBe(true)
  })
})

describe('consignments', () => {
  it('keep their ids by place, are numbered anew, and forget what is not said again', () => {
    const next = changed({ consignments: [{ destination: to('FR') }, { destination: to('DE'), note: 'Porch' }] })
    expect(next.consignments).toEqual([
      { id: 'p1', sequence: 1, items: [], destination: to('FR') },
      { id: 'new-1', sequence: 2, items: [], destination: to('DE'), note: 'Porch' },
    ])
  })

  it('may be taken away', () => {
    expect(changed({ consignments: [] }).consignments).toEqual([])
  })

  it('name lines of this cart only', () => {
    const items = [{ lineItemId: 'line-mug', quantity: 1 }]
    expect(changed({ consignments: [{ items, destination: to('DE') }] }).consignments[0]?.items).toEqual(items)
    const foreign = [...items, { lineItemId: 'elsewhere', quantity: 1 }]
    expect(change({ consignments: [{ items: foreign, destination: to('DE') }] })).toEqual({
      ok: false,
      error: { code: 'line_not_found', lineItemId: 'elsewhere' },
    })
  })

  it('to a pickup point or to nowhere yet are kept as they are', () => {
    const pickup = { kind: 'pickup', pickupPointId: 'store', receiver: { firstName: 'Ada' } } as const
    const next = changed({ consignments: [{ destination: pickup }, { destination: { kind: 'unknown' } }] })
    expect(next.consignments.map(({ destination }) => destination)).toEqual([pickup, { kind: 'unknown' }])
  })
})

describe('an address id', () => {
  const stored = { line1: 'Street 1', country: 'DE', id: 'a1', customerAddressId: 'a1' }
  const byId = { customerAddressId: 'a1' }
  const wrong = { customerAddressId: 'a9', country: 'FR' }

  it('stands for the member’s stored address, whatever else was sent, for bills and parcels', () => {
    const destination = { kind: 'address', address: byId } as const
    const next = changed(
      { billingAddress: { ...byId, city: 'Paris' }, consignments: [{ destination }] },
      filled,
      customer,
    )
    expect(next.billingAddress).toEqual(stored)
    expect(next.consignments[0]?.destination).toEqual({ kind: 'address', address: stored })
  })

  it('that the member does not have, or of a guest, falls back to what was sent along', () => {
    expect(changed({ billingAddress: wrong }, filled, customer).billingAddress).toEqual({ country: 'FR' })
    expect(changed({ billingAddress: wrong }).billingAddress).toEqual({ country: 'FR' })
  })

  it('is refused instead, where the client wants it strictly', () => {
    const strict = { addressIds: 'strict' } as const
    const unknown = { ok: false, error: { code: 'address_not_found', addressId: 'a9' } }
    const guest = { ok: false, error: { code: 'address_id_needs_customer' } }
    const destination = { kind: 'address', address: wrong } as const
    for (const changes of [{ billingAddress: wrong }, { consignments: [{ destination }] }]) {
      expect(change({ ...changes, ...strict }, filled, customer)).toEqual(unknown)
      expect(change({ ...changes, ...strict })).toEqual(guest)
    }
    expect(change({ billingAddress: byId, ...strict }, filled, customer).ok).toBe(true)
  })
})
