/** Where answers are deliberately not what the published descriptions say, each with its reason; `of`: that description. */
export const deliberate: readonly { readonly at: RegExp; readonly because: string; readonly of?: string }[] = [
  {
    at: /^\$\.errors is no array: \{/,
    of: 'carts.v3',
    because: 'the description of metafields alone has a list there; every other 422 names its faults by field',
  },
  { at: /\.parent_?[iI]d is no \w+: null/, because: 'nothing is bundled; captured answers have null' },
  { at: /\.parent_id is no number: "/, because: 'of the same lines, carts describe the id of the parent as a text' },
  { at: /\.gift_?[wW]rapping is no object: null/, because: 'nothing is wrapped; captured answers have null' },
  {
    at: /\.selected(_s|S)hipping(_o|O)ption is no object: null/,
    because: 'nothing is chosen yet; captured answers have null',
  },
  { at: /^\$\.billingAddress is no object: null/, because: 'nobody gave one yet; the client reads null' },
  {
    at: /\.(maxLength|default) is no \w+: null/,
    because: 'captured form fields have null',
    of: 'form_fields.sf',
  },
  {
    at: /customerAccount\.\d+\.fieldType is not in its list: password/,
    because: 'the checkout page draws a password field by this type',
    of: 'form_fields.sf',
  },
  { at: /\.customerGroup is no object: \[\]$/, because: 'captured answers have an empty list for none' },
  { at: /\.cart\.discounts\.\d+\.id is no integer/, because: 'captured answers have the id of the line' },
  {
    at: /Items\.\d+\.discounts\.\d+\.id is no integer: "(coupon|total-coupon|manual-discount)"/,
    because: 'discounts without a promotion have a word for an id',
  },
  {
    at: /Items\.\d+\.discounts\.\d+\.id is no string: \d+$/,
    of: 'carts.sf',
    because: 'a promotion has a number on lines in captured answers, and in the description of checkouts',
  },
  {
    at: /consignments\.\d+\.discounts\.\d+\.id is no string: \d+$/,
    of: 'checkouts.sf',
    because: 'the same promotion has a number on lines, and on consignments between servers',
  },
  { at: /\.couponType is no integer/, because: 'captured answers have the name of the type' },
  {
    at: /\.field_?[vV]alue is no string: (\d|\[)/,
    because: 'a number or a list that was sent is one when it is read',
  },
  { at: /^\$\.customerId is no string/, because: 'a number in every captured order', of: 'orders.sf' },
  { at: /^\$\.(taxTotal|taxes\.\d+\.amount) is no integer/, because: 'taxes have cents', of: 'orders.sf' },
  { at: /^\$\.lineItems is no array/, because: 'captured orders have an object of lists', of: 'orders.sf' },
  { at: /^\$\.coupons\.\d+\.id is no string/, because: 'a number in captured orders', of: 'orders.sf' },
  { at: /^\$\.status is no string: \d+$/, because: 'the status of an error is a number everywhere' },
  { at: /^put \S+ has no answer 204$/, because: 'the last line was set to quantity 0, and the cart is gone' },
  { at: /^delete \/carts\/\S+ has no answer 204$/, because: 'the last line was taken out', of: 'carts.sf' },
  { at: /custom(_i|I)tems\.\d+\.(quantity|list_?[pP]rice) is no string/, because: 'numbers, as of every other line' },
  {
    at: /^\$\.\d+\.(order_product_id|line_item_type) is no string: null$/,
    of: 'orders.v2.oas2',
    because: 'its words say null for the tax of what is no product; fees have no type',
  },
  { at: /^get \S+ has no answer 204$/, because: 'empty collections of v2 have no body' },
  { at: /^\$ is no object: \[/, because: 'fees are a list, as all parts of an order', of: 'orders.v2.oas2' },
  {
    at: /^\$(\.consignments)?\.shipping\.\d+\.\w*cost\w* is no number: "/,
    because: 'amounts of v2 are texts of four decimals',
  },
  { at: /^\$\.data is no object: \[/, because: 'a list of metafields is a list', of: 'carts.v3' },
  {
    at: /\.stored_instruments\.\d+\.issuer_identification_number is too short$/,
    because: 'the first digits of a stored card are not kept: with the last four they narrow its number down',
  },
  { at: /^\$ is no array: \{/, because: 'changing the currency answers the one cart', of: 'carts.sf' },
]
