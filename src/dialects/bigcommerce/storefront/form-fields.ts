import { shopperEndpoint } from '../shopper-endpoint.js'
import { passwordRules, type StorefrontSettings, storefrontSettingsOf } from '../storefront-settings.js'

/** Address parts in the order in which a form shows them, and whether it demands them. */
const addressFields = [
  ['firstName', 'First Name', true],
  ['lastName', 'Last Name', true],
  ['company', 'Company Name', false],
  ['phone', 'Phone Number', false],
  ['address1', 'Address', true],
  ['address2', 'Apartment/Suite/Building', false],
  ['city', 'City', true],
  ['countryCode', 'Country', true],
  ['stateOrProvince', 'State/Province', false],
  ['postalCode', 'Postal Code', true],
] as const

/** Numbers of the first field of each form, as the platform has them. Source: dialects/bigcommerce.md 3.7.2. */
const firstBillingField = 4
const firstShippingField = 14

const groups = ['customerAccount', 'shippingAddress', 'billingAddress'] as const

/**
 * GET /api/storefront/form-fields: 200, the fields of all forms, or of those that `filter` names; names that are none
 * are ignored. Source: dialects/bigcommerce.md 3.7.2, reference/form_fields.sf.yml.
 */
export const getFormFields = shopperEndpoint('storefront', async ({ wire, channel }) => {
  const fields = formFields(storefrontSettingsOf(channel))
  const wanted = (wire.query.get('filter') ?? '').split(',').map(name => name.trim())
  const named = groups.filter(group => wanted.includes(group))
  const body = Object.fromEntries((named.length === 0 ? groups : named).map(group => [group, fields[group]]))
  return { status: 200, body }
})

/** The fields of every form. */
export function formFields(settings: StorefrontSettings) {
  return {
    customerAccount: accountFields(settings),
    shippingAddress: addressForm(firstShippingField),
    billingAddress: addressForm(firstBillingField),
  }
}

function addressForm(first: number) {
  return addressFields.map(([name, label, required], index) => {
    const id = `field_${first + index}`
    const head = { id, name, custom: false, label, required }
    if (name === 'countryCode') {
      const options = { helperLabel: 'Choose a country', items: [] }
      return { ...head, default: null, type: 'array', fieldType: 'dropdown', options }
    }
    return { ...textField(head), ...(name === 'stateOrProvince' ? { default: null } : {}) }
  })
}

function accountFields(settings: StorefrontSettings) {
  const password = { id: 'field_2', name: 'password', custom: false, label: 'Password', required: true }
  return [
    textField({
      id: `field_${firstBillingField}`,
      name: 'firstName',
      custom: false,
      label: 'First Name',
      required: true,
    }),
    textField({
      id: `field_${firstBillingField + 1}`,
      name: 'lastName',
      custom: false,
      label: 'Last Name',
      required: true,
    }),
    textField({ id: 'field_1', name: 'email', custom: false, label: 'Email Address', required: true }),
    { ...textField(password), fieldType: 'password', secret: true, requirements: passwordRules(settings) },
  ]
}

function textField(head: {
  readonly id: string
  readonly name: string
  readonly custom: boolean
  readonly label: string
  readonly required: boolean
}) {
  return { ...head, default: '' as string | null, maxLength: null, type: 'string', fieldType: 'text' }
}
