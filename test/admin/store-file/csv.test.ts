import { describe, expect, test } from 'vitest'
import { importStoreFile } from '../../../src/operations/import-store-file.js'
import { fileOf, linesOf, problemsOf, recordingDeps, recordingStore, shortChannel } from './recording-store.js'

/** A store that has channel `de` with EUR and JPY, and variant `OLD`. */
async function filledDeps() {
  const store = recordingStore()
  const old = { kind: 'variant', sku: 'OLD', variantId: 9, productId: 9, name: 'Old' }
  const deps = recordingDeps(store)
  await importStoreFile(deps, fileOf('json_lines', linesOf({ kind: 'channel', ...shortChannel }, old)))
  const channels = [...store.records.values()].flatMap(record => (record.kind === 'channel' ? [record.value] : []))
  return { store, deps: { ...deps, catalog: { channels: async () => channels, channelFacts: async () => undefined } } }
}

describe('products', () => {
  test('a row is a variant; an empty cell says nothing; quoted cells hold commas, quotes and breaks', async () => {
    const { store, deps } = await filledDeps()
    const text = [
      'sku,variantId,productId,name,description,categories,isActive,stock,weightGrams,attribute:Color,externalId:erp,price:de,price:de:JPY,list:de',
      'A,1,2,"Mug, large","He said ""hot"".\nTwice.",Kitchen | Gifts,TRUE,7,,Blue,E-1,12.50,1500,15',
      'B,3,4,Cup,,,,,,,,,,',
      '',
    ].join('\r\n')
    expect(await problemsOf('csv_products', text, deps)).toEqual([])
    expect(store.records.get('["variant","A"]')).toMatchObject({
      value: {
        sku: 'A',
        variantId: 1,
        productId: 2,
        name: 'Mug, large',
        description: 'He said "hot".\nTwice.',
        categories: ['Kitchen', 'Gifts'],
        isActive: true,
        attributes: { Color: 'Blue' },
        externalIds: { erp: 'E-1' },
        prices: [
          { channel: 'de', currency: 'EUR', mode: 'gross', amount: 1250n, list: 1500n },
          { channel: 'de', currency: 'JPY', mode: 'gross', amount: 1500n },
        ],
      },
    })
    expect(store.records.get('["stock","A","main"]')).toMatchObject({ value: { available: 7 } })
    expect(store.records.get('["variant","B"]')).toMatchObject({ value: { prices: [], categories: [] } })
    expect(store.records.has('["stock","B","main"]')).toBe(false)
  })

  test('faults are placed by line and cell, named by the head of the column', async () => {
    const { deps } = await filledDeps()
    const text = [
      'sku,name,variantId,productId,price:de,price:fr,isActive',
      '"A","a\nb",1,1,1.00,,true',
      'B,,x,1,1.001,1.00,maybe',
      'C,C,2,2,1.00,,true,extra',
      ',D,3,3,,,',
    ].join('\n')
    expect(await problemsOf('csv_products', text, deps)).toEqual([
      '4:2 name is missing',
      '4:3 variantId must be a whole number',
      '4:7 isActive must be true or false',
      '5:8  this row has 8 cells, the head has 7',
      '6:1 sku is missing',
    ])
    const priced = ['sku,name,variantId,productId,price:de,price:fr', 'B,B,1,1,1.001,', 'B,B,1,1,,1.00'].join('\n')
    expect(await problemsOf('csv_products', priced, deps)).toEqual([
      '2:5 price:de must have at most 2 digits after the point: it is in EUR',
      '3:6 price:fr there is no channel "fr", here or earlier in the file',
    ])
  })

  test('heads that mean nothing, or mean something twice, are refused', async () => {
    const text = 'sku,color,name,sku,price:,attribute:__proto__,price:de:EUR:gross\n'
    expect(await problemsOf('csv_products', text)).toEqual([
      '1:2 color is not a column of this file',
      '1:4 sku is a column twice',
      '1:5 price: is not a column of this file',
      '1:6 attribute:__proto__ is not a column of this file',
      '1:7 price:de:EUR:gross is not a column of this file',
    ])
  })

  test('a missing column is missing in each row', async () => {
    expect(await problemsOf('csv_products', 'sku,name,variantId\nA,A,1\n')).toEqual(['2:1 productId is missing'])
  })

  test('an open quote is reported at the row where it opens', async () => {
    const text = 'sku,name,variantId,productId\nA,A,1,1\nB,"B,2,2\nC,C,3,3\n'
    expect(await problemsOf('csv_products', text)).toEqual([
      '3:1  the quotes of this row do not match; within quotes, a quote is written twice',
    ])
  })
})

describe('prices', () => {
  test('a row sets one price in the currency and mode of its channel, or in others', async () => {
    const { store, deps } = await filledDeps()
    const text = 'sku,channel,currency,mode,amount,list\nOLD,de,,,9.99,\nOLD,de,JPY,net,1000,1200\n'
    expect(await problemsOf('csv_prices', text, deps)).toEqual([])
    expect([...store.records.values()].filter(record => record.kind === 'price')).toEqual([
      { kind: 'price', sku: 'OLD', value: { channel: 'de', currency: 'EUR', mode: 'gross', amount: 999n } },
      { kind: 'price', sku: 'OLD', value: { channel: 'de', currency: 'JPY', mode: 'net', amount: 1000n, list: 1200n } },
    ])
  })

  test('unknown SKUs, channels and amounts are refused together', async () => {
    const { deps } = await filledDeps()
    const text = 'sku,channel,amount\nOLD,de,9.99\nNEW,de,1.00\nOLD,fr,1.00\nOLD,de,1.999\nOLD,de,\n'
    expect(await problemsOf('csv_prices', text, deps)).toEqual([
      '3:1 sku there is no variant "NEW"',
      '4:2 channel there is no channel "fr", here or earlier in the file',
      '5:3 amount must have at most 2 digits after the point: it is in EUR',
      '6:3 amount is missing',
    ])
  })
})

describe('stock', () => {
  test('a row sets what may be promised at a location', async () => {
    const { store, deps } = await filledDeps()
    expect(await problemsOf('csv_stock', 'sku,location,available\nOLD,,5\nOLD,north,0\n', deps)).toEqual([])
    expect([...store.records.values()].filter(record => record.kind === 'stock')).toEqual([
      { kind: 'stock', value: { sku: 'OLD', location: 'main', available: 5 } },
      { kind: 'stock', value: { sku: 'OLD', location: 'north', available: 0 } },
    ])
  })

  test('half a piece, less than none and unknown SKUs are refused', async () => {
    const { deps } = await filledDeps()
    expect(await problemsOf('csv_stock', 'sku,available\nOLD,1.5\nOLD,-1\nNEW,1\n', deps)).toEqual([
      '2:2 available must be a whole number',
      '3:2 available must not be below zero',
      '4:1 sku there is no variant "NEW"',
    ])
  })
})
