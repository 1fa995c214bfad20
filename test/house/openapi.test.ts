import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { apiSources } from '../../scripts/openapi/api-sources.js'
import { renderOpenApi } from '../../scripts/openapi/render-openapi.js'
import { root } from './source-files.js'

/** What of an endpoint does not depend on what the tests saw. */
function wordsOf(document: ReturnType<typeof JSON.parse>): readonly string[] {
  return Object.entries<Record<string, Record<string, unknown>>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, tags, summary, description, security, ...rest }]) =>
      JSON.stringify([
        method,
        path,
        operationId,
        tags,
        summary,
        description,
        security,
        rest['x-coverage'],
        rest['x-source'],
      ]),
    ),
  )
}

describe.each(apiSources(root, [], '').map(source => ({ name: source.dialect.name, source })))(
  'docs/openapi/$name.json',
  ({ name, source }) => {
    const text = readFileSync(join(root, 'docs/openapi', `${name}.json`), 'utf8')
    const document = JSON.parse(text)

    test('has every endpoint, in the words of its handler (npm run openapi)', () => {
      expect(wordsOf(document)).toEqual(wordsOf(renderOpenApi(source)))
    })

    test('names each endpoint once, and points at nothing that is not there', () => {
      const ids = [...text.matchAll(/"operationId": "(\w+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const [, kind = '', to = ''] of text.matchAll(/"\$ref": "#\/components\/(\w+)\/(\w+)"/g)) {
        expect(Object.keys(document.components[kind]), to).toContain(to)
      }
      for (const { security = [] } of Object.values<Record<string, { security?: object[] }>>(document.paths).flatMap(
        methods => Object.values(methods),
      )) {
        const schemes = Object.keys(document.components.securitySchemes)
        expect(schemes).toEqual(expect.arrayContaining(security.flatMap(each => Object.keys(each))))
      }
    })
  },
)
