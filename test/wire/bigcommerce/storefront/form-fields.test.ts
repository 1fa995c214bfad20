import { expect, it } from 'vitest'
import { describeStorefront, expectShopperHeaders } from '../browser.js'

const text = { custom: false, default: '', maxLength: null, type: 'string', fieldType: 'text' }
const country = {
  custom: false,
  default: null,
  type: 'array',
  fieldType: 'dropdown',
  options: { helperLabel: 'Choose a country', items: [] },
}

/** The fields of an address form whose first has this number. Source: dialects/bigcommerce.md 3.7.2. */
function addressForm(first: number) {
  const field = (place: number, name: string, label: string, required: boolean) => ({
    ...text,
    id: `field_${first + place}`,
    name,
    label,
    required,
  })
  return [
    field(0, 'firstName', 'First Name', true),
    field(1, 'lastName', 'Last Name', true),
    field(2, 'company', 'Company Name', false),
    field(3, 'phone', 'Phone Number', false),
    field(4, 'address1', 'Address', true),
    field(5, 'address2', 'Apartment/Suite/Building', false),
    field(6, 'city', 'City', true),
    { id: `field_${first + 7}`, name: 'countryCode', label: 'Country', required: true, ...country },
    { ...field(8, 'stateOrProvince', 'State/Province', false), default: null },
    field(9, 'postalCode', 'Postal Code', true),
  ]
}

describeStorefront('GET /api/storefront/form-fields', open => {
  it('names every field of every form', async () => {
    const answer = await open().send('GET', '/api/storefront/form-fields')
    expect(answer.status).toBe(200)
    expectShopperHeaders(answer)
    expect(answer.json).toEqual({
      customerAccount: [
        { ...text, id: 'field_4', name: 'firstName', label: 'First Name', required: true },
        { ...text, id: 'field_5', name: 'lastName', label: 'Last Name', required: true },
        { ...text, id: 'field_1', name: 'email', label: 'Email Address', required: true },
        {
          ...text,
          id: 'field_2',
          name: 'password',
          label: 'Password',
          required: true,
          fieldType: 'password',
          secret: true,
          requirements: {
            alpha: '[A-Za-z]',
            numeric: '[0-9]',
            minlength: 7,
            description: 'Passwords must be at least 7 characters and contain both letters and digits.',
          },
        },
      ],
      shippingAddress: addressForm(14),
      billingAddress: addressForm(4),
    })
  })

  it('names the forms that are asked for alone', async () => {
    const answer = await open().send('GET', '/api/storefront/form-fields?filter=billingAddress,nonsense')
    expect(answer.json).toEqual({ billingAddress: addressForm(4) })
  })
})
