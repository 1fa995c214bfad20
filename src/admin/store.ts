import type { Result } from '../core/result.js'
import type { Handler, WireRequest, WireResponse } from '../dialects/dialect.js'
import type { Imported, ImportRefused } from '../operations/import-store-file.js'
import type { FileFormat, StoreFile } from '../operations/store-file/entry.js'
import { jsonAnswer, refusal } from './answers.js'

/** What the admin API needs from outside; `main.ts` binds the operations to their storage. */
export interface StoreFiles {
  readonly importFile: (file: StoreFile) => Promise<Result<Imported, ImportRefused>>
  readonly exportFile: (format: 'json' | 'json_lines') => AsyncIterable<string>
}

const contents = new Set(['products', 'prices', 'stock'])

/**
 * POST /admin/v1/import: the body is a store file (application/json, application/x-ndjson, or text/csv with
 * `?of=products|prices|stock`). 200 `{"imported": {kind: n}, "warnings": [...]}`; 422 `{"errors": [{line, column, path,
 * message}], "isCut"}` and nothing written; 400 without `of`; 415 for another content type. Source: ours.
 */
export function importStore(files: StoreFiles): Handler {
  return async request => {
    const format = formatOf(request)
    if (typeof format !== 'string') return format
    const result = await files.importFile({ format, open: () => chunksOf(request.body) })
    if (!result.ok) {
      return jsonAnswer(422, { errors: result.error.problems.map(one => ({ ...one })), isCut: result.error.isCut })
    }
    const warnings = result.value.warnings.map(one => ({ ...one }))
    return jsonAnswer(200, { imported: { ...result.value.imported }, warnings })
  }
}

/**
 * GET /admin/v1/export: everything but customers and credentials, as JSON Lines, or as JSON where `Accept` asks for
 * application/json first. 200 always. The answer is put together in memory; `polytill export` streams. Source: ours.
 */
export function exportStore(files: StoreFiles): Handler {
  return async request => {
    const isJson = /^\s*application\/json\b/i.test(request.headers.accept ?? '')
    const parts: Buffer[] = []
    for await (const part of files.exportFile(isJson ? 'json' : 'json_lines')) parts.push(Buffer.from(part))
    const type = isJson ? 'application/json; charset=utf-8' : 'application/x-ndjson; charset=utf-8'
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-store' }, body: Buffer.concat(parts) }
  }
}

function formatOf(request: WireRequest): FileFormat | WireResponse {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';')
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return 'json'
    case 'application/x-ndjson':
    case 'application/jsonl':
      return 'json_lines'
    case 'text/csv': {
      const of = request.query.get('of')
      if (of === null || !contents.has(of)) {
        return refusal(400, 'of_missing', 'A CSV needs ?of=products, ?of=prices or ?of=stock.')
      }
      return `csv_${of as 'products' | 'prices' | 'stock'}`
    }
    default:
      return refusal(415, 'content_type', 'Send application/json, application/x-ndjson or text/csv.')
  }
}

/** A body in pieces, so that decoding it never doubles it. */
async function* chunksOf(body: Buffer): AsyncIterable<Uint8Array> {
  const size = 65_536
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}
