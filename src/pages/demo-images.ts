import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Route, WireResponse } from '../dialects/dialect.js'

/** A file name and nothing that could leave the folder. */
const imageName = /^[A-Za-z0-9_-]+\.svg$/

/** `GET /demo/images/:file` 200 or 404: the demo store's pictures, from `directory`. */
export function demoImageRoute(directory: string): Route {
  return {
    surface: 'pages',
    method: 'GET',
    path: '/demo/images/:file',
    handler: request => answer(directory, request.params.file ?? ''),
    operation: 'none',
    coverage: 'full',
    source: 'ours',
  }
}

async function answer(directory: string, file: string): Promise<WireResponse> {
  const image = imageName.test(file) ? await readIfPresent(join(directory, file)) : undefined
  if (!image) return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'No such picture.' }
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600',
    },
    body: image,
  }
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
