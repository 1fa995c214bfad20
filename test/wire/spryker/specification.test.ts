import { describe, expect, it } from 'vitest'
import { spec, specFaults } from './glue-spec.js'

const facts = {
  paths: {
    '/carts/{cartId}': {
      get: {
        responses: {
          '200': { content: { 'application/vnd.api+json': { schema: { $ref: '#/components/schemas/Document' } } } },
          '204': {},
        },
      },
    },
  },
  components: {
    schemas: {
      Document: {
        type: 'object',
        required: ['data'],
        properties: {
          data: {
            type: 'object',
            properties: {
              id: { type: 'string', nullable: true },
              total: { type: 'integer' },
              mode: { enum: ['GROSS_MODE'] },
              price: { oneOf: [{ type: 'integer' }, { type: 'string' }] },
            },
          },
        },
      },
      Errors: { type: 'object', required: ['errors'] },
      Resource_items: { type: 'object', required: ['attributes'] },
    },
  },
} as const

describe('what every wire test checks against the specification', () => {
  const faults = (body: unknown, status = 200, path = '/carts/1?include=items') =>
    specFaults('GET', path, status, body, facts)

  it('passes what fits, and what is not specified', () => {
    expect(faults({ data: { id: null, total: 1, mode: 'GROSS_MODE', price: '1', more: true } })).toEqual([])
    expect(faults('anything', 500, '/unknown')).toEqual([])
    expect(faults(undefined, 204)).toEqual([])
  })

  it.each([
    [{}, '$.data is missing'],
    [{ data: [] }, '$.data is no object: []'],
    [{ data: { total: 1.5 } }, '$.data.total is no integer: 1.5'],
    [{ data: { total: null } }, '$.data.total is no integer: null'],
    [{ data: { mode: 'X' } }, '$.data.mode is not in its list: X'],
    [{ data: { price: true } }, '$.data.price is none of its forms'],
    [{ data: {}, included: [{ type: 'items' }] }, '$.included.0.attributes is missing'],
  ])('finds the fault in %j', (body, fault) => {
    expect(faults(body)).toEqual([fault])
  })

  it('holds every error against the one form of errors', () => {
    expect(faults({ errors: [] }, 418)).toEqual([])
    expect(faults(undefined, 400)).toEqual([])
    expect(faults({ error: 'x' }, 400)).toEqual(['$.errors is missing'])
  })

  it('finds a status that the endpoint does not have, and a body where there is none', () => {
    expect(faults({}, 201)).toEqual(['GET /carts/{cartId} does not answer 201'])
    expect(faults({}, 204)).toEqual(['GET /carts/{cartId} has no body with 204'])
  })
})

const absent = spec === undefined
const reason = absent
  ? ' - SKIPPED: ../shared/specs is not beside the project, so no answer was checked against it'
  : ''

describe.skipIf(absent)(`the specification of the platform${reason}`, () => {
  it('names the endpoints that this dialect has', () => {
    const paths = Object.keys(spec?.paths ?? {})
    expect(paths).toEqual(expect.arrayContaining(['/checkout', '/checkout-data', '/carts/{cartId}/items', '/token']))
  })
})
