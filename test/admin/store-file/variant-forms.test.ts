import { expect, test } from 'vitest'
import { type Case, said, variant } from './good-entries.js'

const group = (more: object = {}) => ({
  ...{ name: 'Parts', maxQuantity: 3, components: [{ sku: 'B', maxQuantity: 1 }] },
  ...more,
})

const cases: readonly Case[] = [
  [
    'too many digits for the currency',
    { ...variant, prices: { de: '12.505' } },
    'prices.de must have at most 2 digits after the point: it is in EUR',
  ],
  [
    'cents of a yen',
    { ...variant, prices: { de: { JPY: '12.5' } } },
    'prices.de.JPY must be a whole amount: JPY has no smaller unit',
  ],
  [
    'a negative amount',
    { ...variant, prices: { de: { EUR: { amount: -1 } } } },
    'prices.de.EUR.amount must not be below zero',
  ],
  ['an amount that is none', { ...variant, prices: { de: '12,50' } }, 'prices.de must be an amount such as "12.50"'],
  [
    'an amount that is no text',
    { ...variant, prices: { de: { EUR: { amount: true } } } },
    'prices.de.EUR.amount must be an amount such as "12.50"',
  ],
  ['no amount', { ...variant, prices: { de: { EUR: { list: '1' } } } }, 'prices.de.EUR.amount is missing'],
  [
    'a list price that is too fine',
    { ...variant, prices: { de: { EUR: [{ amount: '1', list: '1.001' }] } } },
    'prices.de.EUR[0].list must have at most 2 digits after the point: it is in EUR',
  ],
  [
    'two prices of one mode',
    { ...variant, prices: { de: { EUR: [{ amount: '1' }, { amount: '2', mode: 'gross' }] } } },
    'prices.de.EUR[1] is a second gross price in EUR',
  ],
  [
    'an unknown channel',
    { ...variant, prices: { fr: '1' } },
    'prices.fr there is no channel "fr", here or earlier in the file',
  ],
  [
    'a currency that the channel does not have',
    { ...variant, prices: { de: { USD: '1' } } },
    'prices.de.USD channel "de" does not sell in USD',
  ],
  [
    'a currency that is none',
    { ...variant, prices: { de: { euro: '1' } } },
    'prices.de.euro its name must be a currency code such as "EUR"',
  ],
  ['an unknown seller', { ...variant, seller: '9' }, 'seller there is no seller "9"'],
  ['an integer id of zero', { ...variant, variantId: 0 }, 'variantId must be 1 or more'],
  ['an integer id beyond 32 bits', { ...variant, productId: 2_147_483_648 }, 'productId must be at most 2147483647'],
  ['an integer id in quotes', { ...variant, variantId: '1' }, 'variantId must be a whole number'],
  ['stock below zero', { ...variant, stock: -1 }, 'stock must not be below zero'],
  ['more stock than can be counted', { ...variant, stock: 2_147_483_648 }, 'stock must be at most 2147483647'],
  ['half a piece in stock', { ...variant, stock: { north: 0.5 } }, 'stock.north must be a whole number'],
  [
    'a multiplier of nothing',
    { ...variant, unitMultiplier: '0' },
    'unitMultiplier must be a number above zero such as "0.3", with at most 6 digits after the point',
  ],
  ['an empty SKU', { ...variant, sku: ' ' }, 'sku must not be empty'],
  ['a SKU that is too long', { ...variant, sku: 'x'.repeat(129) }, 'sku must not be longer than 128 characters'],
  [
    'an option twice',
    {
      ...variant,
      optionGroups: [
        {
          name: 'G',
          options: [
            { sku: 'O', name: 'O', prices: {} },
            { sku: 'O', name: 'P', prices: {} },
          ],
        },
      ],
    },
    'optionGroups[0].options[1].sku is a second option "O" of this group',
  ],
  [
    'a component that does not exist',
    { ...variant, componentGroups: [group({ components: [{ sku: 'NONE', maxQuantity: 1 }] })] },
    'componentGroups[0].components[0].sku there is no variant "NONE"',
  ],
  [
    'a component of itself',
    { ...variant, componentGroups: [group({ components: [{ sku: variant.sku, maxQuantity: 1 }] })] },
    'componentGroups[0].components[0].sku is the variant itself',
  ],
  [
    'two groups of components with one name',
    { ...variant, componentGroups: [group(), group()] },
    'componentGroups[1].name is a second group "Parts"',
  ],
  [
    'goods that come with fewer components than they need',
    { ...variant, componentGroups: [group({ minQuantity: 1 })] },
    'componentGroups must come with as many pieces (initialQuantity) as they need and allow',
  ],
  [
    'goods that come with more of a component than they allow',
    { ...variant, componentGroups: [group({ components: [{ sku: 'B', maxQuantity: 1, initialQuantity: 2 }] })] },
    'componentGroups must come with as many pieces (initialQuantity) as they need and allow',
  ],
  [
    'an option priced nowhere',
    { ...variant, optionGroups: [{ name: 'G', options: [{ sku: 'O', name: 'O', prices: { fr: '1' } }] }] },
    'optionGroups[0].options[0].prices.fr there is no channel "fr", here or earlier in the file',
  ],
  [
    'a subscription without an interval',
    { ...variant, subscriptionOptions: [{ optionId: 's', title: 'S', frequency: 'month' }] },
    'subscriptionOptions[0].interval is missing',
  ],
  ['categories that are no list', { ...variant, categories: 'Mugs' }, 'categories must be a list'],
  ['an activity that is no truth', { ...variant, isActive: 'yes' }, 'isActive must be true or false'],
]

for (const [title, entry, ...problems] of cases) {
  test(`${title} is refused by name and line`, async () => {
    expect(await said(entry)).toEqual(problems)
  })
}
