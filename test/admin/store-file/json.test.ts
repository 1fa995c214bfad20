import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../../src/operations/store-file/json-nodes.js'
import { linesOf, problemsOf } from './recording-store.js'

describe('the text of a JSON file', () => {
  test('parses to what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        fc.pre(!/\d{16}|__proto__/.test(text.replaceAll('.', '')) && !/e[+-]?\d/i.test(text))
        expect(parseJson(text).value).toEqual(JSON.parse(text))
      }),
    )
  })

  test('keeps escapes, surrogates and exponents', () => {
    const text = '["\\u00e9\\n\\"\\ud83d\\ude00", 1e2, -0.5, "é😀"]'
    expect(parseJson(text).value).toEqual(JSON.parse(text))
  })

  const faults: readonly (readonly [string, string])[] = [
    ['{\n  "variants": [\n    {"sku": "A",}\n  ]\n}', '3:17  nothing follows the comma before }'],
    ['{\n  "variants" []\n}', '2:14  a colon is expected here'],
    ['{"variants": []', '1:16  a comma or } is expected here'],
    ['{"variants": [}', '1:15  a value is expected here, not }'],
    ['{"variants": ', '1:14  the text ends where a value is expected'],
    ['{variants: []}', '1:2  a name in quotes is expected here'],
    ['{"variants": []} []', '1:18  something follows after the end of the value'],
    ['{"variants": ["a\nb"]}', '1:17  a text may not hold a line break or control character'],
    ['{"variants": ["a', '1:15  this text has no closing quote'],
    ['{"variants": ["\\x"]}', '1:15  this text has an escape that JSON does not know'],
    ['{"variants": [],\n "stock": [],\n "variants": []}', '3:2  "variants" is named twice in one object'],
    ['{"__proto__": []}', '1:2  "__proto__" is no name that we take'],
    ['{"variants": [{"sku": 01}]}', '1:24  a comma or } is expected here'],
    ['', '1:1  the text ends where a value is expected'],
    [`${'['.repeat(80)}`, '1:66  nested deeper than 64 levels'],
    [
      '{"giftCards": [\n{"amount": 1234567890123456.5}]}',
      '2:12  a number with more than 15 digits loses some: write it as a string',
    ],
  ]
  test.each(faults)('%j is refused where it goes wrong', async (text, problem) => {
    expect(await problemsOf('json', text)).toEqual([problem])
  })

  test('an escaped quote at the very end is no closing quote', async () => {
    expect(await problemsOf('json', '{"a\\"')).toEqual(['1:2  this text has no closing quote'])
  })
})

describe('the sections of a JSON file', () => {
  test('all faulty sections are reported together', async () => {
    const text = '{\n  "version": 2,\n  "products": [],\n  "variants": {},\n  "stock": null\n}'
    expect(await problemsOf('json', text)).toEqual([
      '2:14 version must be 1',
      '3:15 products is not a section of a store file',
      '4:15 variants must be a list',
      '5:12 stock must be a list',
    ])
  })

  test('a list at the top is no store file', async () => {
    expect(await problemsOf('json', '[]')).toEqual([
      '1:1  must be an object with sections such as "channels" and "variants"',
    ])
  })

  test('an empty object is a store file that changes nothing', async () => {
    expect(await problemsOf('json', '{}')).toEqual([])
  })

  test('a faulty value is placed at its own line and column, and named from the top', async () => {
    const text = `{
  "sellers": [
    { "id": "1", "name": "One" },
    { "id": "2",
      "name": 17,
      "regions": [
        { "country": "DE", "postalFrom": "1", "postalTo": "2" },
        { "country": "XX", "postalFrom": "1", "postalTo": "2" }
      ] }
  ]
}`
    expect(await problemsOf('json', text)).toEqual([
      '5:15 sellers[1].name must be a text',
      '8:22 sellers[1].regions[1].country must be a country code such as "DE"',
    ])
  })

  test('a missing field is placed at the object that lacks it', async () => {
    expect(await problemsOf('json', '{"sellers": [\n  {"id": "1"}\n]}')).toEqual(['2:3 sellers[0].name is missing'])
  })

  test('an unknown field is placed at its value', async () => {
    expect(await problemsOf('json', '{"sellers": [\n  {"id": "1", "name": "One", "nmae": 1}\n]}')).toEqual([
      '2:38 sellers[0].nmae is not a field of this entry',
    ])
  })

  test('an entry that is there twice is refused, whichever section it comes from', async () => {
    const text = '{"sellers": [\n{"id": "1", "name": "One"},\n{"id": "1", "name": "Two"}\n]}'
    expect(await problemsOf('json', text)).toEqual(['3:1 sellers[1] is a second entry for seller "1"'])
  })
})

describe('JSON Lines', () => {
  test('each line is an entry; empty lines, CRLF and a byte order mark do not matter', async () => {
    const text = '\ufeff{"kind":"seller","id":"1","name":"One"}\r\n\r\n\n{"kind":"seller","id":"2"}'
    expect(await problemsOf('json_lines', text)).toEqual(['4:1 name is missing'])
  })

  test('faults of lines are reported together, each with its line and column', async () => {
    const text = `${linesOf({ kind: 'seller', id: '1', name: 'One' })}{"kind": "seller"\n{"kind": "shop"}\n{"id": "1"}\n7\n`
    const kinds =
      'seller, channel, tax_zone, pickup_point, shipping_method, payment_method, variant, price, stock, promotion, coupon, gift_card, customer, credential, postal_place'
    expect(await problemsOf('json_lines', text)).toEqual([
      '2:18  a comma or } is expected here',
      `3:10 kind must be one of ${kinds}`,
      '4:1 kind must be an object with a "kind"',
      '5:1  must be an object with a "kind"',
    ])
  })

  test('a line that no memory should hold is refused', async () => {
    const text = `{"kind":"seller","id":"1","name":"${'x'.repeat(4_300_000)}`
    const { importStoreFile } = await import('../../../src/operations/import-store-file.js')
    const { fileOf, recordingDeps } = await import('./recording-store.js')
    const result = await importStoreFile(recordingDeps(), fileOf('json_lines', text, 65_536))
    expect(result).toMatchObject({
      ok: false,
      error: { problems: [{ line: 1, message: 'is longer than 4194304 characters' }] },
    })
  })

  test('bytes that are not UTF-8 are refused with their line', async () => {
    const { importStoreFile } = await import('../../../src/operations/import-store-file.js')
    const { recordingDeps } = await import('./recording-store.js')
    const bytes = Buffer.concat([
      Buffer.from(linesOf({ kind: 'seller', id: '1', name: 'One' })),
      Buffer.from([0xc3, 0x28]),
    ])
    const result = await importStoreFile(recordingDeps(), {
      format: 'json_lines',
      async *open() {
        yield bytes.subarray(0, 40)
        yield bytes.subarray(40)
      },
    })
    expect(result).toMatchObject({
      ok: false,
      error: { problems: [{ line: 2, message: 'this line or one soon after it is not UTF-8 text' }] },
    })
  })
})
