import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import type { FileFormat } from '../../../src/operations/store-file/entry.js'
import { entryKinds, kinds } from '../../../src/operations/store-file/kinds.js'
import { fileOf, recordingDeps, recordingStore } from './recording-store.js'

const page = await readFile(fileURLToPath(new URL('../../../docs/store-file.md', import.meta.url)), 'utf8')

const examples = [...page.matchAll(/^```(json|jsonl|csv)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
  format: formatOf(language, text),
  text,
}))

function formatOf(language: string, text: string): FileFormat {
  if (language !== 'csv') return language === 'json' ? 'json' : 'json_lines'
  if (text.includes('available')) return 'csv_stock'
  return text.startsWith('sku,channel') ? 'csv_prices' : 'csv_products'
}

test('every example of the page can be imported, one after the other', async () => {
  const store = recordingStore()
  for (const { format, text } of examples) {
    const channels = [...store.records.values()].flatMap(record => (record.kind === 'channel' ? [record.value] : []))
    const catalog = { channels: async () => channels, channelFacts: async () => undefined }
    const result = await importStoreFile({ ...recordingDeps(store), catalog }, fileOf(format, text))
    expect(result, text).toMatchObject({ ok: true })
  }
  expect(new Set(examples.map(({ format }) => format))).toEqual(
    new Set(['json', 'json_lines', 'csv_products', 'csv_prices', 'csv_stock']),
  )
})

test('every kind and section is on the page', () => {
  for (const kind of entryKinds) expect(page).toContain(`| \`${kinds[kind].section}\` | \`${kind}\` |`)
})
