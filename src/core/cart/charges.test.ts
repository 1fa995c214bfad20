import { describe, expect, it } from 'vitest'
import { cart, facts, line, preset, promotion, variant } from '../../../test/golden/builders.js'
import { type ChargeChanges, changeCharges } from './charges.js'

const variants = [variant('a', 1000n, { currency: 'USD' }), variant('b', 500n, { currency: 'USD' })]
const store = facts({ policy: preset('netPerRate'), variants })
const shop = cart([line('a', 1), line('b', 1)], { currency: 'USD', priceMode: 'net' })
const fee = { name: 'wrap', displayName: 'Wrapping', amount: 250n }

const changed = (before: typeof shop, changes: ChargeChanges, known = store) =>
  changeCharges(before, changes, { facts: known, newId: () => 'new' })

describe('fees', () => {
  it('are added, replaced by their id, and removed', () => {
    const added = changed(shop, { addFees: [fee] })
    if (!added.ok) throw new Error(added.error.code)
    expect(added.value.fees).toEqual([{ ...fee, id: 'new' }])
    const dearer = { ...fee, id: 'new', amount: 300n }
    expect(changed(added.value, { replaceFees: [dearer] })).toMatchObject({ value: { fees: [dearer] } })
    expect(changed(added.value, { removeFees: ['new'] })).toMatchObject({ value: { fees: [] } })
  })

  it('are limited, and known by their id', () => {
    expect(changed(shop, { addFees: [fee, fee], mostFees: 1 })).toMatchObject({ error: { code: 'limit_reached' } })
    expect(changed(shop, { removeFees: ['x'] })).toMatchObject({ error: { code: 'invalid_input' } })
    expect(changed(shop, { replaceFees: [{ ...fee, id: 'x' }] })).toMatchObject({ error: { code: 'invalid_input' } })
  })
})

describe('discounts by hand', () => {
  const off = { name: 'manual', amount: 100n }

  it('stand instead of those that were there', () => {
    const first = changed(shop, { discounts: [off, { ...off, lineItemId: 'line-b' }] })
    if (!first.ok) throw new Error(first.error.code)
    expect(first.value.manualDiscounts).toHaveLength(2)
    expect(changed(first.value, { discounts: [] })).toMatchObject({ value: { manualDiscounts: [] } })
  })

  it('are refused on lines that are not there or reduced already, and below one cent', () => {
    expect(changed(shop, { discounts: [{ ...off, lineItemId: 'x' }] })).toMatchObject({
      error: { code: 'line_not_found' },
    })
    expect(changed(shop, { discounts: [{ ...off, amount: 0n }] })).toMatchObject({ error: { code: 'invalid_input' } })
    const cheap = promotion({ kind: 'amount_off_lines', amount: { USD: 200n }, of: { skus: ['a'] } })
    const known = facts({ policy: preset('netPerRate'), variants, promotions: [cheap] })
    const onLine = (lineItemId: string) => changed(shop, { discounts: [{ ...off, lineItemId }] }, known)
    expect(onLine('line-a')).toMatchObject({ error: { code: 'invalid_input' } })
    expect(onLine('line-b')).toMatchObject({ ok: true })
  })
})
