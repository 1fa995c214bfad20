// The attribute lists of dialects/spree.md section 4 and of the lists in 2.8: which members there are, and in which order.

/** Names of members, in order, with the forms of those that are objects or lists of them. */
export interface Form {
  readonly keys: readonly string[]
  readonly inner?: Readonly<Record<string, Form>>
  /** Members that stand there in some states only. */
  readonly optional?: readonly string[]
}

const form = (keys: string, inner: Readonly<Record<string, Form>> = {}, optional: readonly string[] = []): Form => ({
  keys: keys.trim().split(/\s+/),
  inner,
  optional,
})

const country = form('id iso_name iso iso3 name numcode')
const state = form('id name abbr country_id')
export const addressForm = form(
  `id firstname lastname full_name address1 address2 city zipcode phone company alternative_phone country_id state_id
   state_name state_text country state`,
  { country, state },
)
const optionValue = form('id name presentation option_type_name option_type_id option_type_presentation')
const image = form(
  `id position attachment_content_type attachment_file_name type attachment_updated_at attachment_width
   attachment_height alt viewable_type viewable_id mini_url small_url product_url large_url`,
)
const smallVariant = `id name sku price weight height width depth is_master slug permalink description track_inventory
  display_price options_text in_stock is_backorderable is_orderable total_on_hand is_destroyed option_values images`
const ofVariant = { option_values: optionValue, images: image }
const variant = form(smallVariant, ofVariant)
export const variantForm = form(`${smallVariant} stock_items`, {
  ...ofVariant,
  stock_items: form('id count_on_hand stock_location_id backorderable available stock_location_name'),
})
export const productForm = form(
  `id name description price display_price available_on slug permalink meta_description meta_keywords
   shipping_category_id taxon_ids total_on_hand has_variants master variants option_types product_properties
   classifications`,
  { master: variant, variants: variant, option_types: form('id name presentation') },
)
const adjustment = form(
  `id source_type source_id adjustable_type adjustable_id originator_type originator_id amount display_amount label
   mandatory locked eligible created_at updated_at`,
)
export const lineForm = form(
  `id quantity price variant_id single_display_amount display_amount display_total total variant adjustments`,
  { variant: form(`${smallVariant} product_id`, ofVariant), adjustments: adjustment },
)
const payment = `id number source_type source_id amount display_amount payment_method_id state avs_response response_code
  created_at updated_at`
export const paymentForm = form(payment)
const nestedPayment = form(`${payment} payment_method source`, {
  payment_method: form('id name environment'),
  source: form('id month year cc_type last_digits name gateway_customer_profile_id gateway_payment_profile_id', {}, [
    'gateway_customer_profile_id',
    'gateway_payment_profile_id',
  ]),
})
const rate = form('id name cost selected shipping_method_id shipping_method_code display_cost')
const zone = form('id name description')
const shippingMethod = form('id code name zones shipping_categories', {
  zones: zone,
  shipping_categories: form('id name'),
})
const shipment = `id tracking number cost shipped_at state order_id stock_location_name shipping_rates
  selected_shipping_rate shipping_methods manifest adjustments`
const ofShipment = {
  shipping_rates: rate,
  selected_shipping_rate: rate,
  shipping_methods: shippingMethod,
  adjustments: adjustment,
}
const nestedShipment = form(shipment, { ...ofShipment, manifest: form('variant_id quantity states') })
export const shipmentForm = form(shipment, {
  ...ofShipment,
  manifest: form('variant variant_id quantity states', { variant }),
})
export const cardForm = form(
  'id month year cc_type last_digits name gateway_customer_profile_id gateway_payment_profile_id',
)
const summary = `id number item_total total ship_total state adjustment_total user_id created_at updated_at completed_at
  payment_total shipment_state payment_state email special_instructions channel included_tax_total additional_tax_total
  display_included_tax_total display_additional_tax_total tax_total currency considered_risky canceler_id
  display_item_total total_quantity display_total display_ship_total display_tax_total display_adjustment_total token
  guest_token checkout_steps`
export const summaryForm = form(summary)
export const orderForm = form(
  `${summary} payment_methods shipping_methods bill_address ship_address line_items payments shipments adjustments
   credit_cards permissions`,
  {
    payment_methods: form('id name method_type environment description'),
    shipping_methods: form('id name cost zone_id shipping_category_id'),
    bill_address: addressForm,
    ship_address: addressForm,
    line_items: lineForm,
    payments: nestedPayment,
    shipments: nestedShipment,
    adjustments: adjustment,
    credit_cards: cardForm,
    permissions: form('can_update'),
  },
  ['payment_methods', 'shipping_methods'],
)
export const ownShipmentForm = form(
  `id tracking number cost shipped_at state order_id stock_location_name selected_shipping_rate inventory_units order`,
  {
    selected_shipping_rate: rate,
    inventory_units: form('id variant_id line_item_id state'),
    order: form(`${summary} bill_address ship_address adjustments payments`, {
      bill_address: addressForm,
      ship_address: addressForm,
      adjustments: adjustment,
      payments: nestedPayment,
    }),
  },
)
export const countryForm = country
export const countryWithStatesForm = form('id iso_name iso iso3 name numcode states', { states: state })
export const stateForm = state
export const zoneForm = form('id name description zone_members', {
  zone_members: form('id name zoneable_type zoneable_id'),
})
export const userForm = form('id email created_at updated_at bill_address ship_address', {
  bill_address: addressForm,
  ship_address: addressForm,
})
export const returnForm = form('id number state order_id memo created_at updated_at amount reason')
export const couponForm = form('success error successful status_code')

/** A page of rows under their plural name. */
export function listForm(plural: string, row: Form): Form {
  return { keys: [plural, 'count', 'current_page', 'pages'], inner: { [plural]: row } }
}

/** A page of what the catalog has, which counts everything too. */
export function catalogForm(plural: string, row: Form): Form {
  const perPage = plural === 'products' ? ['per_page'] : []
  return { keys: ['count', 'total_count', 'current_page', ...perPage, 'pages', plural], inner: { [plural]: row } }
}

/** Where `value` is not of that form: its members are others, or stand in another order. */
export function misformed(value: unknown, expected: Form, at = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => misformed(one, expected, `${at}[${index}]`))
  if (value === null) return []
  if (typeof value !== 'object') return [`${at}: ${JSON.stringify(value)} is no object`]
  const found = Object.keys(value)
  const { keys, inner = {}, optional = [] } = expected
  const wanted = keys.filter(name => !optional.includes(name) || found.includes(name))
  const own = wanted.join(' ') === found.join(' ') ? [] : [`${at}: ${found.join(' ')} instead of ${wanted.join(' ')}`]
  return [...own, ...Object.entries(value).flatMap(([name, one]) => innerOf(one, inner[name], `${at}.${name}`))]
}

function innerOf(value: unknown, expected: Form | undefined, at: string): readonly string[] {
  return expected === undefined ? [] : misformed(value, expected, at)
}
