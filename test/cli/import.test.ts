import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runExport } from '../../src/cli/export.js'
import { runImport } from '../../src/cli/import.js'
import { runSeed } from '../../src/cli/seed.js'
import type { ImportDeps } from '../../src/operations/import-store-file.js'
import { linesOf, recordingDeps, recordingStore, shortChannel } from '../admin/store-file/recording-store.js'

let folder = ''
let printed = ''
let store = recordingStore()
let deps: ImportDeps = recordingDeps(store)

/** What a pipe is: no terminal. */
const output = {
  write: (text: string) => {
    printed += text
  },
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'polytill-import-'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(() => {
  printed = ''
  store = recordingStore()
  deps = recordingDeps(store)
})

async function written(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

const channel = { kind: 'channel', ...shortChannel }
const variant = { kind: 'variant', sku: 'A', variantId: 1, productId: 1, name: 'A', taxClass: 'rare' }

describe('import', () => {
  test('prints plain lines where there is no terminal, and warnings', async () => {
    const file = await written('shop.jsonl', linesOf(channel, variant))
    expect(await runImport({ file, deps, output })).toBe(0)
    expect(printed.split('\n')).toEqual([
      `${file}:2:79: taxClass no tax zone has a rate for tax class "rare" (warning)`,
      'imported 1 channel, 1 variant from shop.jsonl',
      '',
    ])
  })

  test('prints each problem as file:line:column and exits with 1', async () => {
    const file = await written('shop.json', '{"channels": [],\n "sellers": [{"id": "1"}],\n "shops": []}')
    expect(await runImport({ file, deps, output })).toBe(1)
    expect(printed).toContain(`${file}:2:14: sellers[0].name is missing\n`)
    expect(printed).toContain(`${file}:3:11: shops is not a section of a store file\n`)
    expect(printed).toMatch(/2 problems; nothing was imported\n$/)
    expect(store.records.size).toBe(0)
  })

  test('prints how far it is with a long file', async () => {
    const many = Array.from({ length: 4_000 }, (_, index) => ({ ...variant, sku: `S${index}`, taxClass: '' }))
    const file = await written('long.jsonl', linesOf(channel, ...many))
    expect(await runImport({ file, deps, output })).toBe(0)
    expect(printed).toMatch(/^read \d+ %, \d+ records\n(read \d+ %, \d+ records\n)+imported 1 channel, 4000 variants/)
  })

  test('draws a bar on a terminal', async () => {
    const file = await written('shop.jsonl', linesOf(channel))
    const before = process.env.CI
    process.env.CI = ''
    try {
      const terminal = Object.assign(output, { isTTY: true, on: () => undefined, removeListener: () => undefined })
      expect(await runImport({ file, deps, output: terminal })).toBe(0)
    } finally {
      if (before === undefined) delete process.env.CI
      else process.env.CI = before
      Object.assign(output, { isTTY: false })
    }
    expect(printed).toMatch(/%/)
    expect(printed).toContain('imported 1 channel from shop.jsonl\n')
  })

  test('tells what a CSV is of from its name, or is told', async () => {
    const csv = 'sku,available\nA,5\n'
    await runImport({ file: await written('shop.jsonl', linesOf(channel, variant)), deps, output })
    expect(await runImport({ file: await written('stock-north.csv', csv), deps, output })).toBe(0)
    expect(await runImport({ file: await written('north.csv', csv), of: 'stock', deps, output })).toBe(0)
    expect(await runImport({ file: await written('north.csv', csv), deps, output })).toBe(2)
    expect(printed).toMatch(/north\.csv: what is this\?/)
  })

  test('a file that is not there, and one of an unknown form, exit with 2', async () => {
    expect(await runImport({ file: join(folder, 'none.json'), deps, output })).toBe(2)
    expect(await runImport({ file: await written('shop.xml', '<shop/>'), deps, output })).toBe(2)
    expect(printed).toMatch(/there is no such file\n.*shop\.xml: what is this\?/s)
  })
})

describe('export', () => {
  test('a .json file is one object, any other JSON Lines; both can be imported again', async () => {
    await runImport({ file: await written('shop.jsonl', linesOf(channel, variant)), deps, output })
    const before = [...store.records]
    const json = join(folder, 'out.json')
    const lines = join(folder, 'out.ndjson')
    expect(await runExport({ file: json, deps, output })).toBe(0)
    expect(await runExport({ file: lines, deps, output })).toBe(0)
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ version: 1, channels: [{ id: 'de' }] })
    expect((await readFile(lines, 'utf8')).trim().split('\n')).toHaveLength(2)
    for (const file of [json, lines]) expect(await runImport({ file, deps, output })).toBe(0)
    expect([...store.records]).toEqual(before)
  })

  test('without a file it prints JSON Lines', async () => {
    await runImport({ file: await written('shop.jsonl', linesOf(channel)), deps, output })
    printed = ''
    await runExport({ deps, output })
    expect(JSON.parse(printed)).toMatchObject({ kind: 'channel', id: 'de' })
  })

  test('a failing export leaves the old file and no half of a new one', async () => {
    const file = await written('kept.jsonl', 'old')
    const gone = { next: () => Promise.reject(new Error('gone')) }
    const failing = { export: () => ({ [Symbol.asyncIterator]: () => gone }) }
    await expect(runExport({ file, deps: { store: failing }, output })).rejects.toThrow('gone')
    expect(await readFile(file, 'utf8')).toBe('old')
    expect((await readdir(folder)).filter(name => name.includes('partial'))).toEqual([])
  })
})

describe('seed', () => {
  test('loads the demo store into an empty database', async () => {
    expect(await runSeed('demo', { deps, output })).toBe(0)
    expect(printed).toMatch(/imported 1 seller, 5 channels, 4 tax zones, .*21 variants, .*from store\.json\n$/)
  })

  test('refuses a database that is not empty', async () => {
    await runImport({ file: await written('shop.jsonl', linesOf(channel)), deps, output })
    expect(await runSeed('demo', { deps, output })).toBe(1)
    expect(printed).toMatch(/this database is not empty/)
    expect(store.records.size).toBe(1)
  })

  test('knows no other seed', async () => {
    expect(await runSeed('toString', { deps, output })).toBe(2)
    expect(printed).toBe('there is no seed "toString"; there is demo\n')
  })
})
