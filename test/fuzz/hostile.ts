import fc from 'fast-check'

/** Values that programs stumble over: numbers beyond 2^53, halves of characters, names of built-in members, code. */
const traps: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  -1,
  0,
  1.5,
  -0.01,
  1e21,
  1e308,
  2 ** 53 + 2,
  2_147_483_648,
  2 ** 64,
  '9007199254740993',
  '-1',
  '1e9',
  'NaN',
  'Infinity',
  '0x10',
  '９',
  '1,5',
  '9'.repeat(400),
  'x'.repeat(20_000),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00x',
  '\u202eabc',
  '\ufeff',
  'İi̇',
  'ﬃ',
  '👩‍👩‍👧‍👦'.repeat(50),
  'e\u0301'.repeat(300),
  "'; drop table carts; --",
  '" or 1=1 --',
  '<script>alert(1)</script>',
  '{{7*7}}<%=7*7%>',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  '2026-02-30',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '-1-1',
  [],
  {},
  [[]],
  [null],
  [{}],
  [''],
  { $gt: '' },
  { toString: 1, valueOf: 2 },
  { length: -1 },
]

export const trap: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...traps) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(Number) },
)

/** Path segments and query values, percent-encoded where the encoding itself is not the trap. */
export const segment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '%00',
    '%ff',
    '%',
    '%2e%2e',
    '..%2f..',
    '%ED%A0%80',
    '',
    '%20',
    'null',
    '-1',
    '0',
    '9007199254740993',
  ),
  fc.constantFrom(
    'x'.repeat(3_000),
    '0'.repeat(36),
    '00000000-0000-4000-8000-000000000000',
    'R000000000',
    '1e3',
    '0x1',
  ),
  fc.constantFrom("'--", '<b>', '__proto__', 'constructor', '{}', '[]', '*', ';', '👻', '＊').map(encodeURIComponent),
)

/** How a good JSON body is spoiled at one place. */
export type Spoiling =
  | { readonly how: 'replace'; readonly by: unknown }
  | { readonly how: 'remove' | 'repeat' | 'nest' }
  | { readonly how: 'add'; readonly name: string; readonly value: unknown }

export const spoiling: fc.Arbitrary<Spoiling> = fc.oneof(
  { weight: 6, arbitrary: trap.map(by => ({ how: 'replace', by }) as const) },
  { weight: 2, arbitrary: fc.constantFrom({ how: 'remove' }, { how: 'repeat' }, { how: 'nest' } as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      how: fc.constant('add' as const),
      name: fc.constantFrom('__proto__', 'constructor', 'id', 'price', 'unknown', '', 'permissions', 'toString'),
      value: trap,
    }),
  },
)

/** The body with the `at`-th of its places (counted around) spoiled. */
export function spoil(body: unknown, at: number, spoiling: Spoiling): unknown {
  const places = placesIn(body)
  const place = places[at % places.length] ?? []
  return changeAt(body, place, value => applied(value, spoiling))
}

const removed = Symbol('removed')

function applied(value: unknown, spoiling: Spoiling): unknown {
  switch (spoiling.how) {
    case 'replace':
      return spoiling.by
    case 'remove':
      return removed
    case 'repeat':
      return Array.from({ length: 300 }, () => value)
    case 'nest':
      return { value }
    case 'add':
      return isObject(value) ? { ...value, [spoiling.name]: spoiling.value } : [value, spoiling.value]
  }
}

type Place = readonly (string | number)[]

/** Where something stands in a JSON value, outermost first. */
export function placesIn(value: unknown, here: Place = []): readonly Place[] {
  if (Array.isArray(value)) return [here, ...value.flatMap((entry, index) => placesIn(entry, [...here, index]))]
  if (!isObject(value)) return [here]
  return [here, ...Object.entries(value).flatMap(([name, entry]) => placesIn(entry, [...here, name]))]
}

function changeAt(value: unknown, [step, ...rest]: Place, change: (value: unknown) => unknown): unknown {
  if (step === undefined) return change(value)
  if (Array.isArray(value)) {
    return value.map((entry, index) => (index === step ? changeAt(entry, rest, change) : entry)).filter(isKept)
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, entry]) => [name, name === step ? changeAt(entry, rest, change) : entry] as const)
      .filter(([, entry]) => isKept(entry)),
  )
}

function isKept(value: unknown): boolean {
  return value !== removed
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Bodies that are no good JSON, or not what their content type says. */
export interface RawBody {
  readonly what: string
  readonly contentType: string
  readonly bytes: Buffer
}

const json = 'application/json'

export const rawBodies: readonly RawBody[] = [
  { what: 'half a document', contentType: json, bytes: Buffer.from('{"a":') },
  { what: 'a trailing comma', contentType: json, bytes: Buffer.from('{"a":1,}') },
  { what: 'nothing', contentType: json, bytes: Buffer.alloc(0) },
  { what: 'a byte order mark', contentType: json, bytes: Buffer.from('\ufeff{}') },
  {
    what: 'bytes that are no UTF-8',
    contentType: json,
    bytes: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  },
  { what: 'UTF-16', contentType: `${json}; charset=utf-16`, bytes: Buffer.from('{"a":1}', 'utf16le') },
  { what: 'another charset', contentType: `${json}; charset=nonsense`, bytes: Buffer.from('{"a":"\xe4"}', 'latin1') },
  {
    what: 'XML',
    contentType: 'text/xml',
    bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
  },
  {
    what: 'a form',
    contentType: 'application/x-www-form-urlencoded',
    bytes: Buffer.from('a[b][c]=1&a[b]=2&%ff=%zz&__proto__[x]=1'),
  },
  {
    what: 'a deep form',
    contentType: 'application/x-www-form-urlencoded',
    bytes: Buffer.from(`a${'[b]'.repeat(1_000)}=1`),
  },
  { what: 'parts', contentType: 'multipart/form-data; boundary=x', bytes: Buffer.from('--x\r\n\r\n') },
  { what: 'JSON that calls itself packed', contentType: json, bytes: Buffer.from('\x1f\x8b{}', 'latin1') },
  { what: 'lists 1,000 deep', contentType: json, bytes: Buffer.from(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) },
  {
    what: 'objects 1,000 deep',
    contentType: json,
    bytes: Buffer.from(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`),
  },
  { what: 'a list without an end', contentType: json, bytes: Buffer.from('['.repeat(100_000)) },
  { what: 'a bare number', contentType: json, bytes: Buffer.from('1e999') },
  { what: 'a bare text', contentType: json, bytes: Buffer.from('"\\ud800"') },
  { what: 'null', contentType: json, bytes: Buffer.from('null') },
  { what: 'a list', contentType: json, bytes: Buffer.from('[]') },
  {
    what: 'keys of built-in members',
    contentType: json,
    bytes: Buffer.from('{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}'),
  },
  { what: 'one key 10,000 times', contentType: json, bytes: Buffer.from(`{${Array(10_000).fill('"a":1').join()}}`) },
]
