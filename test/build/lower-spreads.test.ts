import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lowerSpreads } from '../../scripts/lower-spreads.mjs'
import { amendOrder } from '../../src/core/orders/amend-order.js'

// docs/decisions/0009-lowered-spreads.md: what is built means what was written.

describe('object literals with spreads', () => {
  it('are lowered where a property may be absent', () => {
    const code = 'const f = (a, b) => ({ a, ...(b ? {} : { b, c: 1 }), ...(a && { d: 2 }), e: 3 })'
    expect(lowerSpreads(code)).not.toContain('...')
    expect(lowerSpreads('const f = a => ({ ...a, b: 1 })')).toBe('const f = a => ({ ...null, ...a, b: 1 })')
    expect(lowerSpreads('const f = a => ({ ...a })')).toBe('const f = a => ({ ...a })')
  })

  it.each([
    ['a key that is computed', 'k => ({ a: 1, ...(k ? { [k]: 2 } : {}), b: 3 })', ['__proto__']],
    ['a key that is computed, later', 'k => ({ ...(k ? { a: 1 } : {}), [k]: { x: 2 } })', ['__proto__']],
    ['__proto__', 'k => ({ ...(k ? { __proto__: { x: 1 } } : {}), a: 2 })', [1]],
    ['a spread __proto__', 'k => ({ a: 1, ...(k ? { b: 1 } : {}), ...JSON.parse(k) })', ['{"__proto__":{"x":1}}']],
    [
      'functions that a literal names',
      'k => { const o = { ...(k ? { f: () => 1 } : {}), g: () => 2 }; return [o.f.name, o.g.name] }',
      [1],
    ],
    ['methods and accessors', 'k => ({ ...(k ? { f() { return 1 } } : {}), get a() { return k } }).a', [3]],
    ['parameters with a value of their own', '(k, p = { a: 1, ...(k ? {} : { b: 2 }), c: 3 }) => p', [0]],
    ['nothing', 'k => ({ ...k, a: 1, ...(k ?? {}) })', [undefined]],
    [
      'one function in another',
      'k => ({ a: 1, ...(k ? { b: [1, 2].map(n => ({ n, ...(n > 1 ? { k } : {}), z: 1 })) } : {}), c: 1 })',
      [5],
    ],
    [
      'a body without braces that begins on a line of its own',
      'k =>\n // why\n ({ a: 1, ...(k ? { b: 1 } : {}) })',
      [5],
    ],
    [
      'a class',
      '(() => { class C { f = { a: 1, ...(C ? { b: 1 } : {}) }; m() { return { ...this, ...(C ? { c: 2 } : {}) } } }; return new C().m() })',
      [],
    ],
    ['a text', "k => 'a' + JSON.stringify({ ...(k ? { 'b-c': 1, 7: 'k' } : {}), d: 1 }) + 'z'", [3]],
    [
      'a rest that is assigned',
      'k => { let a, b; ({ a, ...b } = { a: 1, ...(k ? { c: 2 } : {}), d: 3 }); return [a, b] }',
      [3],
    ],
  ])('keep %s', (_, source, values) => {
    const [before, after] = [source, lowerSpreads(source)].map(code => described(run(code)(...values)))
    expect(after).toEqual(before)
  })

  it('are each its own while something is awaited', async () => {
    const source =
      'async (k, wait) => ({ a: k, ...(k ? { b: await wait(k), c: { k, ...(k > 1 ? { d: await wait(k) } : {}) } } : {}), e: k })'
    const act = run(lowerSpreads(source)) as (k: number, wait: (k: number) => Promise<number>) => Promise<object>
    const wait = (k: number) => new Promise<number>(resolve => setTimeout(() => resolve(k * 10), 5 - k))
    expect(await Promise.all([0, 1, 2].map(k => act(k, wait)))).toEqual([
      { a: 0, e: 0 },
      { a: 1, b: 10, c: { k: 1 }, e: 1 },
      { a: 2, b: 20, c: { k: 2, d: 20 }, e: 2 },
    ])
  })

  it('make the same object in the same steps, whatever they are made of', () => {
    fc.assert(
      fc.property(literal, fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (source, flags) => {
        const code = `(say, c) => (${source})`
        const [before, after] = [code, lowerSpreads(code)].map(each => {
          const said: string[] = []
          const say = (what: string) => {
            said.push(what)
            return what
          }
          return { made: described(run(each)(say, flags)), said }
        })
        expect(after).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('stay on their lines', () => {
    fc.assert(
      fc.property(literal, source => {
        const code = `(say, c) => (${source})\n// end`
        expect(lowerSpreads(code).split('\n').length).toBe(code.split('\n').length)
      }),
    )
  })
})

describe('what is built and what is tested', () => {
  it('are both lowered', () => {
    const built = readdirSync('dist').filter(name => name.endsWith('.js'))
    const texts = built.map(name => readFileSync(`dist/${name}`, 'utf8')).join('\n')
    // Whole programs in a failure would help nobody.
    const found = ['...null,', 'lowered0$'].map(sign => texts.includes(sign))
    expect([...found, String(amendOrder).includes('...null,')]).toEqual([true, true, true])
  })
})

/** JavaScript from text: what is tested is a rewriter of JavaScript. */
function run(code: string): (...values: readonly unknown[]) => unknown {
  return new Function(`return ${code}`)()
}

/** Keys in their order, and prototypes. */
function described(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(described)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [key, described(each)])
  return { entries, isPlain: Object.getPrototypeOf(value) === Object.prototype }
}

const key = fc.constantFrom('a', 'b', 'c', 'd', "'e-f'", '7')
const space = fc.constantFrom(' ', '\n  ', ' // why\n  ')

/**
 * The source of an object literal that tells what it evaluates, and when. No key stands twice in one: V8 itself gives `{ ...{}, b,
 * [c]: 1, b }` the wrong order.
 */
const { literal } = fc.letrec<{ literal: string; property: Property; choice: string; value: string }>(tie => ({
  literal: fc
    .uniqueArray(fc.tuple(space, tie('property')), { maxLength: 5, selector: ([, { name }]) => name })
    .map(parts => `{${parts.map(([lead, { text }]) => `${lead}${text}`).join(',')} }`),
  property: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(key, tie('value')).map(([name, value]) => ({ name, text: `${name}: ${value}` })),
    tie('choice').map(choice => ({ name: {}, text: `...(${choice})` })),
    tie('literal').map(each => ({ name: {}, text: `...${each}` })),
    fc
      .tuple(key, tie('value'))
      .map(([name, value]) => ({ name, text: `[say("${name}").replaceAll("'", '')]: ${value}` })),
  ),
  choice: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(fc.nat(3), tie('literal'), tie('literal')).map(([at, yes, no]) => `c[${at}] ? ${yes} : ${no}`),
    fc.tuple(fc.nat(3), tie('literal')).map(([at, yes]) => `c[${at}] && ${yes}`),
    fc.tuple(fc.nat(3), tie('choice')).map(([at, no]) => `c[${at}] ? {} : (${no})`),
    fc.nat(3).map(at => `c[${at}] ? null : void 0`),
  ),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.nat(99).map(number => `say('${number}')`),
    tie('literal'),
    tie('literal').map(each => `(() => (${each}))()`),
    tie('literal').map(each => `[${each}]`),
  ),
}))

interface Property {
  /** Its key; of a spread an object that equals no other. */
  readonly name: string | object
  readonly text: string
}
