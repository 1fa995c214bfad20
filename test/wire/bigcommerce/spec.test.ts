import { describe, expect, it } from 'vitest'
import { answerFaults, areSpecsThere, type Spec, specFaults } from './spec.js'

const spec: Spec = {
  paths: {
    '/things/{id}': {
      get: {
        responses: {
          200: { $ref: '#/components/responses/thing' },
          404: { content: { 'application/json': { schema: { type: 'object', required: ['title'] } } } },
        },
      },
    },
    '/things/settings': { get: { responses: { 200: {} } } },
  },
  components: {
    responses: { thing: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } } },
    schemas: {
      Thing: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'integer', minimum: 1 },
          name: { type: 'string', maxLength: 3, nullable: true },
          kind: { enum: ['a', 'b'] },
          parts: { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'number' }] } },
        },
      },
    },
  },
}

const faults = (body: unknown, status = 200) => answerFaults('GET', '/things/7', status, body, spec)

describe('checking answers against a description', () => {
  it('finds nothing wrong with what is right', () => {
    expect(faults({ id: 1, name: null, kind: 'b', parts: ['x', 2], more: true })).toEqual([])
    expect(answerFaults('GET', '/things/settings', 200, { anything: 1 }, spec)).toEqual([])
    expect(answerFaults('GET', '/other', 200, 1, spec)).toEqual([])
  })

  it.each([
    ['a missing member', {}, '$.id is missing'],
    ['another type', { id: '1' }, '$.id is no integer: "1"'],
    ['null', { id: null }, '$.id is no integer: null'],
    ['a bound', { id: 0 }, '$.id is out of bounds: 0'],
    ['a length', { id: 1, name: 'four' }, '$.name is too long'],
    ['a word', { id: 1, kind: 'c' }, '$.kind is not in its list: c'],
    ['an element', { id: 1, parts: [true] }, '$.parts.0 is no string: true'],
    ['the whole', [], '$ is no object: []'],
  ])('finds %s', (_what, body, fault) => {
    expect(faults(body)).toEqual([fault])
  })

  it('looks at errors that are described, and at successes that are not', () => {
    expect(faults({}, 404)).toEqual(['$.title is missing'])
    expect(faults({}, 500)).toEqual([])
    expect(faults({}, 201)).toEqual(['get /things/{id} has no answer 201'])
  })

  it.skipIf(!areSpecsThere)('reads the published descriptions, which are beside the project', () => {
    const url = '/stores/demo/v3/checkouts/x'
    expect(specFaults('GET', url, 200, { data: { grand_total: 'much' } })).toContain(
      '$.data.grand_total is no number: "much"',
    )
    expect(specFaults('GET', '/api/storefront/checkouts/x', 200, { id: 1 })).toContain('$.id is no string: 1')
  })
})
