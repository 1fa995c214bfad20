import { describe, expect, it } from 'vitest'
import { readQuery } from './query.js'

function read(text: string) {
  return readQuery(new URLSearchParams(text))
}

describe('the query', () => {
  it('tells an absent include from an empty one', () => {
    expect(read('')?.include).toBeUndefined()
    expect(read('include=')?.include).toEqual(new Set())
    expect(read('include=items, vouchers,,items')?.include).toEqual(new Set(['items', 'vouchers']))
  })

  it('reads sparse fieldsets, sort and filters', () => {
    const query = read('fields[items]=sku,quantity&sort=-price,name&filter[orders.state]=new&filter[orders.state]=paid')
    expect(query?.sparse).toEqual(new Map([['items', new Set(['sku', 'quantity'])]]))
    expect(query?.sort).toEqual([
      { field: 'price', isDescending: true },
      { field: 'name', isDescending: false },
    ])
    expect(query?.filters).toEqual(new Map([['orders.state', ['new', 'paid']]]))
  })

  it('needs both members of a page', () => {
    expect(read('page[offset]=2&page%5Blimit%5D=5')?.page).toEqual({ offset: 2, limit: 5 })
    expect(read('page[limit]=5')?.page).toBeUndefined()
    expect(read('page[offset]=2')?.page).toBeUndefined()
  })

  it.each(['0', '-1', '1.5', 'x', '', '99999999999'])('has no page of %j', limit => {
    expect(read(`page[offset]=0&page[limit]=${limit}`)).toBeUndefined()
  })
})
