import { describe, expect, it } from 'vitest'
import type { LineItem } from '../../core/cart/cart.js'
import { digest, groupKeys, hasGroupKey, idWithinOrder, linesByGroupKey, parseUuid, pieceUuid } from './ids.js'

const plain: LineItem = {
  id: '00000000-0000-4000-8000-000000000001',
  sequence: 1,
  sku: '136_24425591',
  seller: '1',
  quantity: 2,
  options: [],
  origin: { kind: 'catalog' },
  attachments: [],
  isGift: false,
  addedAt: '2026-11-21T08:00:00.000Z',
}
const withOptions: LineItem = {
  ...plain,
  id: '00000000-0000-4000-8000-000000000002',
  sequence: 2,
  options: [{ sku: 'OP_2_year_waranty' }, { sku: 'OP_gift_wrapping' }],
}

describe('group keys', () => {
  it('are the SKU for a plain line', () => {
    expect(groupKeys([plain]).get(plain.id)).toBe('136_24425591')
  })

  it('differ by options, not by the order of options', () => {
    const turned = { ...withOptions, options: [...withOptions.options].reverse() }
    const one = groupKeys([withOptions]).get(withOptions.id)
    expect(one).toMatch(/^136_24425591-[0-9a-f]{16}$/)
    expect(groupKeys([turned]).get(turned.id)).toBe(one)
    const fewer = { ...withOptions, options: withOptions.options.slice(0, 1) }
    expect(groupKeys([fewer]).get(fewer.id)).not.toBe(one)
  })

  it('differ by configuration, whatever the order of its members', () => {
    const configured = { ...plain, configuration: { a: 1, b: [true, null] } }
    const turned = { ...plain, configuration: { b: [true, null], a: 1 } }
    const other = { ...plain, configuration: { a: 2, b: [true, null] } }
    const key = groupKeys([configured]).get(plain.id)
    expect(groupKeys([turned]).get(plain.id)).toBe(key)
    expect(groupKeys([other]).get(plain.id)).not.toBe(key)
  })

  it('are unique in a cart and find their own line, the first one by the shared key', () => {
    const again = { ...plain, id: '00000000-0000-4000-8000-000000000003', sequence: 3 }
    const lines = [plain, withOptions, again]
    const keys = groupKeys(lines)
    expect(new Set(keys.values()).size).toBe(3)
    for (const line of lines) {
      const key = keys.get(line.id) ?? ''
      expect(lines.find(candidate => hasGroupKey(candidate, key))?.id).toBe(line.id)
    }
    expect(lines.some(line => hasGroupKey(line, 'fake'))).toBe(false)
  })

  it('lead to the same lines whether looked for one by one or all at once', () => {
    const again = { ...plain, id: '00000000-0000-4000-8000-000000000003', sequence: 3 }
    const named = { ...plain, id: '00000000-0000-4000-8000-000000000004', sequence: 4, sku: `${plain.sku}~3` }
    const lines = [plain, withOptions, again, named]
    const found = linesByGroupKey(lines)
    for (const key of [...found.keys(), ...groupKeys(lines).values()]) {
      expect(found.get(key)).toBe(lines.find(line => hasGroupKey(line, key))?.id)
    }
    expect(found.get('fake')).toBeUndefined()
  })
})

describe('other ids', () => {
  it('digests are 32 hexadecimal digits and tell array order apart', () => {
    expect(digest({ a: 1 })).toMatch(/^[0-9a-f]{32}$/)
    expect(digest([1, 2])).not.toBe(digest([2, 1]))
  })

  it('pieces have stable UUIDs of version 5, all different', () => {
    const uuids = [0, 1].map(piece => pieceUuid('order', plain.id, piece))
    expect(uuids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(uuids[0]).toBe(pieceUuid('order', plain.id, 0))
    expect(uuids[0]).not.toBe(uuids[1])
    expect(uuids[0]).not.toBe(pieceUuid('another', plain.id, 0))
  })

  it('shipments of two orders never share an integer id', () => {
    expect(idWithinOrder(1, 0)).toBe(1001)
    expect(idWithinOrder(2, 0)).toBe(2001)
  })

  it('reads UUIDs only', () => {
    expect(parseUuid('7D3C0C3E-0001-4A6B-9B61-000000000001')).toBe('7d3c0c3e-0001-4a6b-9b61-000000000001')
    for (const text of ['', 'fake', '7d3c0c3e-0001-4a6b-9b61-00000000000', null, 5])
      expect(parseUuid(text)).toBeUndefined()
  })
})
