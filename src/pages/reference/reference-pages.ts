import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Handler, Route, WireResponse } from '../../dialects/dialect.js'
import { pagePolicy } from '../html.js'
import type { OpenApi } from './openapi.js'
import { referenceScript, referenceStyle } from './reference-style.js'
import { type ApiEntry, renderReference, renderReferenceIndex } from './render-reference.js'

const policy = pagePolicy(referenceStyle, referenceScript)

/**
 * `GET /docs`, `GET /docs/:api` and `GET /docs/openapi/:file`: what every API answers, for people and for tools. 404 for
 * an API that is none.
 *
 * @param directory  of the OpenAPI documents, `<name>.json` each
 */
export function referenceRoutes(directory: string, apis: readonly ApiEntry[]): readonly Route[] {
  const pages = new Map<string, Promise<string>>()
  const pageOf = (name: string): Promise<string> => {
    const known = pages.get(name) ?? render(directory, name, apis)
    pages.set(name, known)
    return known
  }
  const isKnown = (name: string) => apis.some(api => api.name === name)
  const page = (path: string, handler: Handler): Route => ({
    surface: 'pages',
    method: 'GET',
    path,
    handler,
    operation: 'none',
    coverage: 'full',
    source: 'ours',
  })
  return [
    { ...page('/docs', async () => shown(renderReferenceIndex(apis))), isPage: true },
    {
      ...page('/docs/:api', async ({ params: { api = '' } }) => (isKnown(api) ? shown(await pageOf(api)) : missing)),
      isPage: true,
    },
    page('/docs/openapi/:file', async ({ params: { file = '' } }) => {
      const name = file.replace(/\.json$/, '')
      return file.endsWith('.json') && isKnown(name) ? asJson(await readFile(join(directory, file))) : missing
    }),
  ]
}

async function render(directory: string, name: string, apis: readonly ApiEntry[]): Promise<string> {
  const document: OpenApi = JSON.parse(await readFile(join(directory, `${name}.json`), 'utf8'))
  return renderReference(document, name, apis)
}

const missing: WireResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
  body: 'There is no such API. The list is at /docs.',
}

function shown(body: string): WireResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
    body,
  }
}

function asJson(body: Buffer): WireResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache',
    },
    body,
  }
}
