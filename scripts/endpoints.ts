import { readFileSync, writeFileSync } from 'node:fs'
import { indexRoutes } from '../src/cli/route-index.js'
import { readConfig } from '../src/config.js'
import { dialects } from '../src/dialects/index.js'
import { apiSources } from './openapi/api-sources.js'
import { refreshWords } from './openapi/refresh-words.js'
import { type OpenApiDocument, renderOpenApi } from './openapi/render-openapi.js'
import { renderEndpoints } from './render-endpoints.js'
import { readDeclaredErrors, renderErrors } from './render-errors.js'

/** Writes docs/endpoints.md, docs/errors.md and the words of docs/openapi from the route tables and the list of refusals. */
const root = process.cwd()
writeFileSync('docs/endpoints.md', renderEndpoints(dialects, indexRoutes(dialects, root)))
writeFileSync('docs/errors.md', renderErrors(readDeclaredErrors(readFileSync('src/core/errors.ts', 'utf8'))))
for (const source of apiSources(root, [], readConfig({}, []).version)) {
  const file = `docs/openapi/${source.dialect.name}.json`
  const written: OpenApiDocument = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, `${JSON.stringify(refreshWords(written, renderOpenApi(source)), undefined, 1)}\n`)
}
console.log('docs/endpoints.md, docs/errors.md and the words of docs/openapi are written.')
