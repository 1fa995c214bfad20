import { expect, it } from 'vitest'
import { cartOf, describeStorefront, expectShopperHeaders, goods } from '../browser.js'

describeStorefront('GET /api/storefront/checkout-settings', (open, server) => {
  const path = '/api/storefront/checkout-settings'

  it('tells a page what it must know, in the shapes that the platform’s client reads', async () => {
    const answer = await open().send('GET', path)
    expect(answer.status).toBe(200)
    expectShopperHeaders(answer)
    const shop = server().baseUrl
    const fields = await open().send('GET', '/api/storefront/form-fields')
    const usd = {
      code: 'USD',
      decimalPlaces: '2',
      decimalSeparator: '.',
      isTransactional: true,
      symbolLocation: 'left',
      symbol: '$',
      thousandsSeparator: ',',
    }
    expect(answer.json).toEqual({
      context: { flashMessages: [], payment: { token: null }, checkoutId: '', geoCountryCode: 'US' },
      customization: { languageData: [] },
      storeConfig: {
        cdnPath: shop,
        checkoutSettings: expect.objectContaining({
          features: {},
          guestCheckoutEnabled: true,
          hasMultiShippingEnabled: true,
        }),
        currency: usd,
        displayDateFormat: 'do MMM yyyy',
        inputDateFormat: 'dd/MM/yyyy',
        displaySettings: { hidePriceFromGuests: false },
        formFields: {
          billingAddressFields: fields.json.billingAddress,
          shippingAddressFields: fields.json.shippingAddress,
        },
        links: {
          siteLink: shop,
          cartLink: `${shop}/cart.php`,
          checkoutLink: `${shop}/checkout`,
          orderConfirmationLink: `${shop}/checkout/order-confirmation`,
          loginLink: `${shop}/login.php`,
          logoutLink: `${shop}/login.php?action=logout`,
          createAccountLink: `${shop}/login.php?action=create_account`,
          forgotPasswordLink: `${shop}/login.php?action=reset_password`,
          baseUrl: null,
        },
        paymentSettings: { bigpayBaseUrl: shop, clientSidePaymentProviders: [] },
        shopperConfig: {
          defaultNewsletterSignup: false,
          showNewsletterSignup: false,
          passwordRequirements: {
            alpha: '[A-Za-z]',
            numeric: '[0-9]',
            minlength: 7,
            error: 'Passwords must be at least 7 characters and contain both letters and digits.',
          },
        },
        storeProfile: {
          orderEmail: 'orders@polytill.test',
          shopPath: shop,
          storeCountry: 'United States',
          storeCountryCode: 'US',
          storeHash: 'demo',
          storeId: 1,
          storeName: 'Polytill Demo',
          storePhoneNumber: '',
          storeLanguage: 'en_US',
        },
        imageDirectory: 'product_images',
        isAngularDebuggingEnabled: false,
        shopperCurrency: { ...usd, exchangeRate: 1 },
      },
    })
  })

  it('says whether cards are kept, with and without a cart, as the store’s ways of paying do', async () => {
    const browser = open()
    const isVaulting = async () =>
      (await browser.send('GET', path)).json.storeConfig.checkoutSettings.isCardVaultingEnabled
    expect(await isVaulting()).toBe(true)
    await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    expect(await isVaulting()).toBe(true)
  })

  it("names the session's checkout, asked for or not, and nobody else's", async () => {
    const browser = open()
    const id = await cartOf(browser, [{ ...goods.mug, quantity: 1 }])
    const idOf = async (who: typeof browser, query = '') =>
      (await who.send('GET', path + query)).json.context.checkoutId
    expect(await idOf(browser)).toBe(id)
    const { paymentSettings } = (await browser.send('GET', path)).json.storeConfig
    expect(paymentSettings.clientSidePaymentProviders).toEqual(['bigpaypay'])
    expect(await idOf(browser, `?checkoutId=${id}`)).toBe(id)
    expect(await idOf(open(), `?checkoutId=${id}`)).toBe('')
    expect(await idOf(browser, '?checkoutId=nonsense')).toBe(id)
  })
})

describeStorefront('What a page asks besides', open => {
  it('GET /api/storefront/checkout-extensions says that there are none', async () => {
    const answer = await open().send('GET', '/api/storefront/checkout-extensions')
    expect(answer).toMatchObject({ status: 200, json: [] })
  })
})
