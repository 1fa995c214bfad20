import { describe, expect, it } from 'vitest'
import { orderFormIdOf, parseOrderFormId, parseUniqueId, uniqueIdOf } from './ids.js'

const uuid = '5d1c0a7e-9b3f-4e2c-8a6d-4b1f0e7c9a35'

describe('ids on the wire', () => {
  it('are hex digits alone: small for carts, capital for lines', () => {
    expect(orderFormIdOf(uuid)).toBe('5d1c0a7e9b3f4e2c8a6d4b1f0e7c9a35')
    expect(uniqueIdOf(uuid)).toBe('5D1C0A7E9B3F4E2C8A6D4B1F0E7C9A35')
    expect(parseOrderFormId(orderFormIdOf(uuid))).toBe(uuid)
    expect(parseUniqueId(uniqueIdOf(uuid))).toBe(uuid)
    expect(parseOrderFormId(uuid.toUpperCase())).toBe(uuid)
  })

  it.each(['', 'x', uuid.slice(1), `${uuid}0`, 'g'.repeat(32)])('are not %s', text => {
    expect(parseOrderFormId(text)).toBeUndefined()
  })
})
