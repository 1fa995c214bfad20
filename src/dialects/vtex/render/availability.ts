import type { PricedCart, PricedLine } from '../../../core/pricing/priced-cart.js'

/** Whether an item can be bought as things are; only `available` ones can. */
export type Availability =
  | 'available'
  | 'withoutStock'
  | 'cannotBeDelivered'
  | 'withoutPrice'
  | 'unavailableItemFulfillment'

/** A place without any way of shipping counts only once an address is known. */
export function availabilityOf(line: PricedLine, { consignments }: Pick<PricedCart, 'consignments'>): Availability {
  switch (line.availability) {
    case 'not_found':
      return 'unavailableItemFulfillment'
    case 'no_price':
      return 'withoutPrice'
    case 'out_of_stock':
    case 'partial':
      return 'withoutStock'
    case 'available': {
      const consignment = consignments.find(one => one.items.some(item => item.lineItemId === line.item.id))
      const { problem } = consignment ?? {}
      return problem === 'no_zone' || problem === 'not_deliverable' ? 'cannotBeDelivered' : 'available'
    }
  }
}
