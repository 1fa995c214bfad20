import type { OpenApiDocument } from './render-openapi.js'

/**
 * A document with the words and endpoints of today and the bodies of the last recording: what a changed comment or a new
 * route needs, without a run of the tests.
 *
 * @param before  as it was written
 * @param today   made of the route tables, without exchanges
 */
export function refreshWords(before: OpenApiDocument, today: OpenApiDocument): OpenApiDocument {
  const paths = Object.entries(today.paths).map(([path, methods]) => {
    const operations = Object.entries(methods).map(([method, operation]) => {
      const old = before.paths[path]?.[method]
      return [method, old === undefined ? operation : bodiesOf(operation, old)]
    })
    return [path, Object.fromEntries(operations)]
  })
  const { securitySchemes } = today.components
  return {
    ...today,
    paths: Object.fromEntries(paths),
    components: { ...before.components, ...(securitySchemes === undefined ? {} : { securitySchemes }) },
  }
}

/** In the order in which operations are written. */
function bodiesOf(today: object, before: object): object {
  const bodies = new Set(['parameters', 'requestBody', 'responses'])
  const seen = Object.entries(before).filter(([name]) => bodies.has(name))
  const words = Object.entries(today).filter(([name]) => !bodies.has(name))
  const at = words.findIndex(([name]) => name.startsWith('x-'))
  return Object.fromEntries([...words.slice(0, at), ...seen, ...words.slice(at)])
}
