import { describe, expect, it } from 'vitest'
import type { Seller } from '../pricing/facts.js'
import { allRegions, regionOf } from './regions.js'

const seller = (id: string, ...ranges: readonly (readonly [string, string, string])[]): Seller => ({
  id,
  name: id,
  regions: ranges.map(([country, postalFrom, postalTo]) => ({ country, postalFrom, postalTo })),
})
const north = seller('north', ['BR', '10000000', '19999999'])
const rio = seller('rio', ['BR', '20000000', '28999999'])
const both = seller('both', ['BR', '15000000', '22999999'])
const everywhere = seller('main')

function idsOf(sellers: readonly Seller[]): readonly string[] {
  return sellers.map(({ id }) => id)
}

describe('the region of a postal code', () => {
  it.each([
    ['10000000', ['north']],
    ['15000000', ['north', 'both']],
    ['22250-040', ['rio', 'both']],
    ['28999999', ['rio']],
    ['29000000', []],
  ])('%s is served by %j', (postalCode, ids) => {
    expect(idsOf(regionOf([north, rio, both], 'BR', postalCode).sellers)).toEqual(ids)
  })

  it('has whoever names no regions, and nobody from another country', () => {
    expect(idsOf(regionOf([north, everywhere], 'US', '15000000').sellers)).toEqual(['main'])
  })
})

describe('all regions', () => {
  it('are the different sets of sellers that serve some place', () => {
    const regions = allRegions([north, rio, both], ['BR', 'US'])
    expect(regions.map(({ country, sellers }) => [country, ...idsOf(sellers)])).toEqual([
      ['BR', 'north'],
      ['BR', 'north', 'both'],
      ['BR', 'rio', 'both'],
      ['BR', 'rio'],
    ])
  })

  it('has the region of each postal code that anybody serves', () => {
    const sellers = [north, rio, both, seller('gap', ['BR', '30000000', '30000000'], ['BR', '22999998', '30000001'])]
    const known = new Set(allRegions(sellers, ['BR']).map(region => JSON.stringify(idsOf(region.sellers))))
    for (const code of [
      '10000000',
      '14999999',
      '16000000',
      '20000001',
      '22999998',
      '23000000',
      '29500000',
      '30000000',
    ]) {
      expect(known).toContain(JSON.stringify(idsOf(regionOf(sellers, 'BR', code).sellers)))
    }
  })
})
