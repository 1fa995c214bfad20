import { readFileSync, writeFileSync } from 'node:fs'
import { indexRoutes } from '../src/cli/route-index.js'
import { dialects } from '../src/dialects/index.js'
import { renderEndpoints } from './render-endpoints.js'
import { readDeclaredErrors, renderErrors } from './render-errors.js'

/** Writes docs/endpoints.md and docs/errors.md from the route tables and the list of refusals. */
const root = process.cwd()
writeFileSync('docs/endpoints.md', renderEndpoints(dialects, indexRoutes(dialects, root)))
writeFileSync('docs/errors.md', renderErrors(readDeclaredErrors(readFileSync('src/core/errors.ts', 'utf8'))))
console.log('docs/endpoints.md and docs/errors.md are written.')
