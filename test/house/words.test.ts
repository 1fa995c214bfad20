import { expect, test } from 'vitest'
import { readSourceFiles } from './source-files.js'

/** Words of one platform's API or name: they belong into its dialect's folder. */
const dialectWords = [
  'vtex',
  'bigcommerce',
  'spryker',
  'glue',
  'spree',
  'wix',
  'stencil',
  'orderform',
  'clientprofiledata',
  'shippingdata',
  'logisticsinfo',
  'marketingdata',
  'masterdata',
  'cartcode',
  'guestcart',
  'idcart',
  'checkoutdata',
  'groupkey',
  'buyerinfo',
  'orderreference',
]

const pattern = new RegExp(`(${dialectWords.join('|')})`, 'i')
const core = readSourceFiles().filter(file => file.path.startsWith('src/core/'))

/** A comment may name where a fact comes from; code may not. */
function isComment(line: string): boolean {
  return /^\s*(\/\/|\/?\*)/.test(line)
}

test('the core speaks no dialect', () => {
  const found = core
    .filter(file => !file.path.endsWith('.test.ts'))
    .flatMap(file =>
      file.text
        .split('\n')
        .filter(line => !isComment(line) && pattern.test(line.replaceAll(/[-_]/g, '')))
        .map(line => `${file.path}: ${line.trim()}`),
    )
  expect(found).toEqual([])
})

test('no file or folder of the core is named after a dialect', () => {
  expect(core.map(file => file.path).filter(path => pattern.test(path.replaceAll(/[-_]/g, '')))).toEqual([])
})
