import { expect, it } from 'vitest'
import { describeStorefront } from '../browser.js'
import { managementOver } from '../management.js'

describeStorefront('checkout settings', (open, server) => {
  const api = managementOver(server)
  const put = (body: object, path: string) => api.send('PUT', `/v3/checkouts/settings${path}`, { body })
  const scripts = {
    custom_checkout_script_url: '',
    order_confirmation_use_custom_checkout_script: false,
    custom_order_confirmation_script_url: '',
    custom_checkout_supports_uco_settings: false,
    custom_checkout_sri_hash: '',
    custom_order_confirmation_sri_hash: '',
  }

  it('PUT /stores/:storeHash/v3/checkouts/settings keeps scripts, GET /stores/:storeHash/v3/checkouts/settings shows them', async () => {
    const before = await api.send('GET', '/v3/checkouts/settings')
    expect([before.status, before.json]).toEqual([200, { data: scripts, meta: {} }])
    const sent = { custom_checkout_script_url: 'https://shop.test/checkout.js', custom_checkout_sri_hash: 'sha384-x' }
    const changed = await put(sent, '')
    expect([changed.status, changed.json.data]).toEqual([200, { ...scripts, ...sent }])
    expect((await put({ custom_checkout_sri_hash: '' }, '')).json.data).toEqual({
      ...scripts,
      custom_checkout_script_url: sent.custom_checkout_script_url,
    })
    expect((await put({ custom_checkout_script_url: 7 }, '')).status).toBe(422)
    await put({ custom_checkout_script_url: '' }, '')
  })

  it('PUT /stores/:storeHash/v3/checkouts/settings/channels/:channelId shows on the checkout page', async () => {
    const path = '/channels/1'
    // GET /stores/:storeHash/v3/checkouts/settings/channels/:channelId
    const before = (await api.send('GET', `/v3/checkouts/settings${path}`)).json.data
    expect(before).toEqual({
      ...scripts,
      checkout_type: '',
      guest_checkout_type: '',
      guest_checkout_for_existing_accounts: '',
      policy_consent: '',
      order_confirmation_contact_email: 'orders@polytill.test',
      is_order_terms_and_conditions_enabled: false,
      order_terms_and_conditions_type: 'textarea',
      order_terms_and_conditions_link: '',
      order_terms_and_conditions_textarea: '',
      should_redirect_to_storefront_for_auth: false,
    })
    const sent = {
      order_confirmation_contact_email: 'help@polytill.test',
      is_order_terms_and_conditions_enabled: true,
      order_terms_and_conditions_type: 'link',
      order_terms_and_conditions_link: 'https://shop.test/terms',
      should_redirect_to_storefront_for_auth: true,
    }
    expect((await put(sent, path)).json.data).toEqual({ ...before, ...sent })
    const { storeConfig } = (await open().send('GET', '/api/storefront/checkout-settings')).json
    expect(storeConfig.storeProfile.orderEmail).toBe('help@polytill.test')
    expect(storeConfig.checkoutSettings).toMatchObject({
      enableTermsAndConditions: true,
      orderTermsAndConditionsType: 'link',
      orderTermsAndConditionsLink: 'https://shop.test/terms',
      shouldRedirectToStorefrontForAuth: true,
    })
    await put({ is_order_terms_and_conditions_enabled: false }, path)
    const after = (await open().send('GET', '/api/storefront/checkout-settings')).json.storeConfig
    expect(after.checkoutSettings.enableTermsAndConditions).toBe(false)
  })

  it('refuses an unknown channel, another type of terms, and tokens that may only read', async () => {
    expect((await api.send('GET', '/v3/checkouts/settings/channels/99')).status).toBe(422)
    expect((await put({}, '/channels/99')).status).toBe(422)
    expect((await put({ order_terms_and_conditions_type: 'song' }, '/channels/1')).status).toBe(422)
    const token = await api.server.operations.issueCredential({
      kind: 'api_key',
      subject: 'reads checkouts',
      dialect: 'bigcommerce',
      permissions: ['settings:read'],
      data: { storeHash: 'demo', scopes: ['store_checkouts_read_only'] },
    })
    expect((await api.send('GET', '/v3/checkouts/settings', { token })).status).toBe(200)
    expect((await api.send('PUT', '/v3/checkouts/settings', { token, body: {} })).status).toBe(403)
  })
})
