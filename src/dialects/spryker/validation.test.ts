import { describe, expect, it } from 'vitest'
import {
  aboveZero,
  atMost,
  date,
  email,
  type Fields,
  length,
  messages,
  notBlank,
  numeric,
  oneOf,
  optional,
  required,
  truth,
  validate,
  withElements,
  withMembers,
} from './validation.js'

function texts(attributes: Readonly<Record<string, unknown>>, fields: Fields): readonly string[] {
  return validate(attributes, fields).map(({ path, message }) => `${path} => ${message}`)
}

describe('field rules', () => {
  it('tell of every violation at once', () => {
    const fields = { city: required(notBlank, length(3, 255)), idCart: required(notBlank), zipCode: required(notBlank) }
    expect(texts({ city: '', zipCode: '1' }, fields)).toEqual([
      'city => This value should not be blank.',
      'city => This value is too short. It should have 3 characters or more.',
      'idCart => This field is missing.',
    ])
  })

  it('ignore unknown attributes', () => {
    expect(texts({ unknown: [1] }, { known: optional(notBlank) })).toEqual([])
  })

  it.each([
    ['', true],
    [null, true],
    [[], true],
    [{}, true],
    [false, true],
    [0, false],
    ['0', false],
    [' ', false],
  ])('take %j as blank: %j', (value, isBlank) => {
    expect(texts({ field: value }, { field: required(notBlank) })).toEqual(
      isBlank ? ['field => This value should not be blank.'] : [],
    )
  })

  it('word paths by dots and indexes', () => {
    const payment = withMembers(required(), { paymentMethodName: required(notBlank) })
    const fields = {
      payments: withElements(required(notBlank), payment),
      customer: withMembers(optional(), { email: required(notBlank, email(messages.checkoutEmail)) }),
    }
    const attributes = {
      payments: [{ paymentMethodName: 'invoice' }, {}, { paymentMethodName: '' }],
      customer: { email: 'x' },
    }
    expect(texts(attributes, fields)).toEqual([
      'payments.1.paymentMethodName => This field is missing.',
      'payments.2.paymentMethodName => This value should not be blank.',
      'customer.email => Email is invalid.',
    ])
  })

  it('look into an object that is there, and say so when it is none', () => {
    const fields = { shipment: withMembers(optional(), { idShipmentMethod: required(notBlank) }) }
    expect(texts({}, fields)).toEqual([])
    expect(texts({ shipment: null }, fields)).toEqual([])
    expect(texts({ shipment: [] }, fields)).toEqual(['shipment.idShipmentMethod => This field is missing.'])
    expect(texts({ shipment: 'x' }, fields)).toEqual(['shipment => This value should be of type array.'])
  })

  it('do not take inherited names for attributes', () => {
    expect(texts({}, { toString: required() })).toEqual(['toString => This field is missing.'])
  })
})

describe('single rules', () => {
  it.each([
    ['', [messages.blank, messages.type('numeric'), messages.aboveZero]],
    [null, [messages.blank]],
    [0, [messages.aboveZero]],
    [-1, [messages.aboveZero]],
    ['2', []],
    ['2.5', []],
    ['two', [messages.type('numeric'), messages.aboveZero]],
    [true, [messages.type('numeric')]],
    [3, []],
  ])('a quantity of %j', (value, expected) => {
    const rules = [notBlank, numeric, aboveZero]
    expect(rules.flatMap(rule => rule(value))).toEqual(expected)
  })

  it('count characters, not units of UTF-16', () => {
    expect(length(3, 3)('😀😀😀')).toEqual([])
    expect(atMost(2)('abc')).toEqual(['This value is too long. It should have 2 characters or less.'])
    expect(length(3, 255)('ab')).toEqual(['This value is too short. It should have 3 characters or more.'])
    expect(length(3, 255)(null)).toEqual([])
    expect(length(3, 255)({})).toEqual(['This value should be of type string.'])
  })

  it.each(['first.last+tag@mail.example.org', 'a@b.co', 'ü@bücher.example'])('take %s for an e-mail address', value => {
    expect(email()(value)).toEqual([])
  })

  it.each(['plain', 'a@b', '@b.co', 'a b@c.de', 'a@@b.co', 'a@b..co', 'a@-b.co', 5])('refuse %s as one', value => {
    expect(email()(value)).toEqual(['This value is not a valid email address.'])
  })

  it.each([
    ['2026-11-21', []],
    ['2024-02-29', []],
    ['2023-02-29', [messages.date]],
    ['2026-13-01', [messages.date]],
    ['21.11.2026', [messages.date]],
    ['', []],
    [null, []],
    [20261121, [messages.date]],
  ])('a date of %j', (value, expected) => {
    expect(date(value)).toEqual(expected)
  })

  it('know choices and truth values', () => {
    expect(oneOf('Mr', 'Ms')('Mx')).toEqual(['The value you selected is not a valid choice.'])
    expect(oneOf('Mr', 'Ms')('Ms')).toEqual([])
    expect(truth('bool')('yes')).toEqual(['This value should be of type bool.'])
    expect(truth()(false)).toEqual([])
  })
})
