import { describe, expect, it } from 'vitest'
import { limits } from '../limits.js'
import { anonymized, emailKey, isAnonymized, newAccount, withProfile } from './account.js'
import type { Customer } from './customer.js'

const now = '2026-11-21T08:00:00.000Z'

const full: Customer = {
  id: 'c-1',
  integerId: 21,
  reference: 'DE--21',
  email: 'First.Last@mail.test',
  salutation: 'Ms',
  firstName: 'First',
  lastName: 'Last',
  gender: 'Female',
  dateOfBirth: '1990-01-02',
  phone: '030 1',
  document: '1',
  documentType: 'cpf',
  company: 'Company',
  groups: ['vip'],
  acceptsMarketing: true,
  isConfirmed: true,
  addresses: [{ id: 'a', integerId: 1, line1: 'Street', isDefaultShipping: true, isDefaultBilling: true }],
  customFields: { note: 'x' },
  createdAt: now,
  updatedAt: now,
  version: 4,
}

describe('an account', () => {
  it('begins with what was told and nothing else', () => {
    expect(newAccount({ email: ' A@b.test ', firstName: 'First', lastName: '' }, 'id', now)).toEqual({
      ok: true,
      value: {
        id: 'id',
        firstName: 'First',
        email: 'A@b.test',
        groups: [],
        acceptsMarketing: false,
        isConfirmed: true,
        addresses: [],
        customFields: {},
        createdAt: now,
        updatedAt: now,
        version: 1,
      },
    })
  })

  it.each(['', 'a', '@b', 'a@', 'a b@c', 'a@b@c', `${'a'.repeat(limits.nameLength)}@b`])(
    'has no e-mail address %j',
    email => {
      expect(newAccount({ email }, 'id', now)).toEqual({
        ok: false,
        error: { code: 'invalid_input', field: 'email', rule: 'email' },
      })
    },
  )

  it('has names of a limited length', () => {
    const lastName = 'x'.repeat(limits.nameLength + 1)
    expect(withProfile(full, { lastName })).toEqual({
      ok: false,
      error: { code: 'invalid_input', field: 'lastName', rule: 'too_long' },
    })
  })

  it('changes only what is named; an empty text takes a member away', () => {
    const changed = withProfile(full, { firstName: 'Other', phone: '', acceptsMarketing: false })
    const { phone: _, ...rest } = full
    expect(changed).toEqual({ ok: true, value: { ...rest, firstName: 'Other', acceptsMarketing: false } })
  })

  it('is found by its e-mail address however that is written', () => {
    expect(emailKey(' First.LAST@Mail.test')).toBe(emailKey(full.email))
  })
})

describe('an anonymized account', () => {
  it('keeps only what orders name', () => {
    expect(anonymized(full)).toEqual({
      id: 'c-1',
      integerId: 21,
      reference: 'DE--21',
      email: 'c-1@anonymous.invalid',
      groups: [],
      acceptsMarketing: false,
      isConfirmed: false,
      addresses: [],
      customFields: {},
      createdAt: now,
      updatedAt: now,
      version: 4,
    })
    expect(isAnonymized(anonymized(full))).toBe(true)
    expect(isAnonymized(full)).toBe(false)
  })
})
