import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import {
  clientId,
  customerId,
  expectError,
  expectViolations,
  idIn,
  newChallenge,
  nobody,
  type Person,
  siteOver,
} from '../people.js'
import { filledIn } from '../wix.js'

const sessionPaths = [
  'POST /_api/redirects-api/v1/redirect-session',
  'POST /headless/v1/redirect-session',
  'POST /redirect-session/v1/redirect-session',
]
const logoutPaths = ['GET /_api/iam/authentication/v1/logout', 'GET /iam/authentication/v1/logout']
/** The same page and its form under both paths: GET /_api/oauth2/authorize, POST /_api/oauth2/authorize, and: */
const authorizePaths = ['GET /oauth2/authorize', 'POST /oauth2/authorize']
const path = '/_api/redirects-api/v1/redirect-session'
const callback = 'http://localhost:3000/callback'

describeOnEachDatabase('redirects', getServer => {
  const wix = siteOver(getServer)
  const begin = (person: Person, body: object) => wix.send('POST', path, person, body)

  async function checkoutOf(person: Person): Promise<string> {
    const made = await getServer().operations.createCart(
      { kind: 'visitor', visitorId: person.id ?? '' },
      { channel: 'us-wix', lines: [{ sku: 'SHIRT', quantity: 1 }] },
    )
    if (!made.ok) throw new Error(made.error.code)
    return made.value.cart.cart.id
  }

  function authRequest(more: object = {}) {
    const { verifier, challenge } = newChallenge()
    const request = {
      clientId,
      responseType: 'code',
      responseMode: 'query',
      redirectUri: callback,
      scope: 'offline_access',
      state: 'a state & more',
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      ...more,
    }
    return { verifier, request }
  }

  /** The page's own address, without scheme and host. */
  function pathOf(url: string): string {
    const { pathname, search } = new URL(url)
    return pathname + search
  }

  async function sessionOf(person: Person): Promise<string> {
    const answer = await wix.send('POST', '/_api/iam/authentication/v2/login', person, {
      loginId: { email: 'customer@polytill.test' },
      password: 'change123',
    })
    return answer.json.sessionToken
  }

  const exchange = (code: string | null, verifier: string, redirectUri: string = callback) =>
    wix.grant({ clientId, grantType: 'authorization_code', code, codeVerifier: verifier, redirectUri })

  it.each(sessionPaths)('%s leads to the checkout page', async route => {
    const visitor = await wix.visitor()
    const checkoutId = await checkoutOf(visitor)
    const answer = await wix.send('POST', route.split(' ')[1] ?? '', visitor, {
      ecomCheckout: { checkoutId },
      callbacks: { postFlowUrl: 'http://localhost:3000/', thankYouPageUrl: 'http://127.0.0.1:3000/thanks' },
      preferences: { additionalQueryParameters: { theme: 'dark' } },
    })
    expect(answer.status).toBe(200)
    const { redirectSession } = answer.json
    const { baseUrl } = getServer()
    const { pass } = redirectSession.urlDetails.searchParams
    const endpoint = `${baseUrl}/pay/${checkoutId}`
    expect(redirectSession).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      fullUrl: `${endpoint}?theme=dark&pass=${pass}&checkoutId=${checkoutId}&token=${redirectSession.sessionToken}`,
      urlDetails: { endpoint, searchParams: { theme: 'dark', pass: expect.any(String), checkoutId } },
      sessionToken: expect.stringMatching(/^.{32,}$/),
      shortUrl: `${baseUrl}/_api/r/${redirectSession.sessionToken}`,
    })
    const short = await wix.send('GET', pathOf(redirectSession.shortUrl))
    expect(short).toMatchObject({ status: 302, headers: { location: redirectSession.fullUrl } })
    const page = await wix.send('GET', pathOf(redirectSession.fullUrl))
    expect(page).toMatchObject({ status: 303, headers: { location: `/pay/${checkoutId}` } })
  })

  it('a checkout page leads back to the site, and on to its thank-you page with the order’s id', async () => {
    const visitor = await wix.visitor()
    const checkoutId = await checkoutOf(visitor)
    const path = `/ecom/v1/checkouts/${checkoutId}`
    const callbacks = {
      thankYouPageUrl: 'http://localhost:3000/thanks?theme=dark',
      postFlowUrl: 'http://localhost:3000/',
      cartPageUrl: 'http://localhost:3000/cart',
    }
    const { json } = await begin(visitor, { ecomCheckout: { checkoutId }, callbacks })
    const entered = await wix.send('GET', pathOf(json.redirectSession.fullUrl))
    const [cookie = ''] = String(entered.headers['set-cookie']).split(';')
    const show = (step: string) => getServer().request('GET', `/pay/${checkoutId}/${step}`, { headers: { cookie } })
    const open = await show('details')
    expect(open.status).toBe(200)
    expect(open.text).toContain('href="http://localhost:3000/?wixMemberLoggedIn=false"')
    expect(open.text).not.toContain('/thanks')
    expect(open.headers).not.toHaveProperty('refresh')

    await wix.send('PATCH', path, visitor, { checkout: filledIn })
    const { orderId } = (
      await wix.send('POST', `${path}/create-order-and-charge`, visitor, { paymentToken: 'sandbox_approve' })
    ).json
    const thanks = `http://localhost:3000/thanks?theme=dark&wixMemberLoggedIn=false&orderId=${orderId}`
    const confirmed = await show('order')
    expect([confirmed.status, confirmed.headers.refresh]).toEqual([200, `0; url=${thanks}`])
    expect(confirmed.text).toContain(`href="${thanks.replaceAll('&', '&amp;')}"`)
  })

  it('GET /_api/r/:token leads nowhere once it is over, or was never there', async () => {
    const visitor = await wix.visitor()
    const { json } = await begin(visitor, { storesProduct: { productSlug: 'mug' } })
    const short = pathOf(json.redirectSession.shortUrl)
    expect((await wix.send('GET', short)).status).toBe(302)
    getServer().advance(3_601_000)
    expectError(await wix.send('GET', short), 404, 'REDIRECT_SESSION_NOT_FOUND')
    expectError(await wix.send('GET', '/_api/r/nonsense'), 404, 'REDIRECT_SESSION_NOT_FOUND')
    const session = await sessionOf(await wix.visitor())
    expectError(await wix.send('GET', `/_api/r/${session}`), 404, 'REDIRECT_SESSION_NOT_FOUND')
  })

  it('a checkout is led to by those who may see it', async () => {
    const checkoutId = await checkoutOf(await wix.visitor())
    const member = await wix.member()
    expect((await begin(member, { ecomCheckout: { checkoutId } })).status).toBe(200)
    for (const stranger of [await wix.visitor(), await wix.member('c0ffee00-0003-4a6b-9b61-000000000002')]) {
      expectError(await begin(stranger, { ecomCheckout: { checkoutId } }), 404, 'CHECKOUT_NOT_FOUND')
    }
    expect((await begin(wix.key(), { ecomCheckout: { checkoutId } })).status).toBe(200)
    const absent = { ecomCheckout: { checkoutId: crypto.randomUUID() } }
    expectError(await begin(member, absent), 404, 'CHECKOUT_NOT_FOUND')
  })

  it('a product, a log-in and a log-out have their pages', async () => {
    const visitor = await wix.visitor()
    const { baseUrl } = getServer()
    const urlOf = async (body: object) => {
      const { json } = await begin(visitor, body)
      return json.redirectSession.fullUrl.replace(/[?&]token=.*/, '')
    }
    expect(await urlOf({ storesProduct: { productSlug: 'a mug/x' } })).toBe(`${baseUrl}/product-page/a%20mug%2Fx`)
    expect(await urlOf({ login: {} })).toBe(`${baseUrl}/login`)
    const out = await urlOf({ logout: { clientId }, callbacks: { postFlowUrl: 'http://localhost:3000/bye' } })
    expect(out).toContain(`${baseUrl}/_api/iam/authentication/v1/logout?clientId=${clientId}`)
    const left = await wix.send('GET', pathOf(out))
    expect(left).toMatchObject({
      status: 302,
      headers: { location: 'http://localhost:3000/bye?wixMemberLoggedIn=false' },
    })
  })

  it.each(logoutPaths)('%s sends people to pages of the site only', async route => {
    const logout = route.split(' ')[1] ?? ''
    expect((await wix.send('GET', logout)).json).toEqual({})
    for (const target of ['https://evil.test/', 'javascript:alert(1)', '//evil.test', 'http://localhost@evil.test/']) {
      const answer = await wix.send('GET', `${logout}?postLogoutRedirectUri=${encodeURIComponent(target)}`)
      expectError(answer, 403, 'REDIRECT_DOMAIN_NOT_ALLOWED')
    }
  })

  it('exactly one intent is named, and its fields are right', async () => {
    const visitor = await wix.visitor()
    expectViolations(await begin(visitor, {}), { intent: 'REQUIRED_ONE_OF_FIELD' })
    expectViolations(await begin(visitor, { login: {}, storesProduct: { productSlug: 'x' } }), {
      intent: 'REQUIRED_ONE_OF_FIELD',
    })
    expectViolations(await begin(visitor, { ecomCheckout: { checkoutId: 'x' } }), {
      'ecomCheckout.checkoutId': 'FORMAT',
    })
    expectViolations(await begin(visitor, { auth: { authRequest: { clientId } } }), {
      'auth.authRequest.state': 'REQUIRED_FIELD',
      'auth.authRequest.codeChallenge': 'REQUIRED_FIELD',
    })
    expectViolations(await begin(visitor, { login: {}, callbacks: { postFlowUrl: 'x'.repeat(2049) } }), {
      'callbacks.postFlowUrl': 'MAX_LENGTH',
    })
    expectError(await begin(nobody, { login: {} }), 401, 'UNAUTHENTICATED')
  })

  it('nobody is sent to a domain that the site does not name', async () => {
    const visitor = await wix.visitor()
    const { request } = authRequest({ redirectUri: 'https://evil.test/' })
    for (const body of [
      { auth: { authRequest: request } },
      { login: {}, callbacks: { postFlowUrl: 'https://evil.test/' } },
      { login: {}, callbacks: { thankYouPageUrl: 'not a url' } },
    ]) {
      expectError(await begin(visitor, body), 403, 'REDIRECT_DOMAIN_NOT_ALLOWED')
    }
    const unknown = { auth: { authRequest: { ...authRequest().request, clientId: customerId } } }
    expectError(await begin(visitor, unknown), 403, 'PERMISSION_DENIED')
  })

  it.each(['query', 'fragment'])(
    'a logged-in session becomes a code (%s), and the code tokens, once',
    async responseMode => {
      const visitor = await wix.visitor()
      const { verifier, request } = authRequest({ responseMode, sessionToken: await sessionOf(visitor) })
      const { json } = await begin(visitor, { auth: { authRequest: request, prompt: 'none' } })
      const answer = await wix.send('GET', pathOf(json.redirectSession.fullUrl))
      expect(answer.status).toBe(302)
      const back = new URL(answer.headers.location ?? '')
      const told = responseMode === 'query' ? back.searchParams : new URLSearchParams(back.hash.slice(1))
      expect(told.get('state')).toBe('a state & more')
      const tokens = await exchange(told.get('code'), verifier)
      expect(tokens.status).toBe(200)
      expect(idIn(tokens.json.access_token)).toBe(customerId)
      expect((await exchange(told.get('code'), verifier)).json.error).toBe('invalid_grant')
    },
  )

  it('a code is for whoever made the challenge, asked by this client, to this address, in time', async () => {
    const visitor = await wix.visitor()
    const sessionToken = await sessionOf(visitor)
    const codeFor = async (challenge: string) => {
      const { request } = authRequest({ sessionToken, codeChallenge: challenge })
      const { json } = await begin(visitor, { auth: { authRequest: request } })
      const answer = await wix.send('GET', pathOf(json.redirectSession.fullUrl))
      return new URL(answer.headers.location ?? '').searchParams.get('code')
    }
    const { verifier, challenge } = newChallenge()
    const refused = async (answer: ReturnType<typeof exchange>) => {
      expect(await answer).toMatchObject({ status: 400, json: { error: 'invalid_grant' } })
    }
    await refused(exchange(await codeFor(challenge), newChallenge().verifier))
    await refused(exchange(await codeFor(challenge), ''))
    await refused(exchange(await codeFor(challenge), verifier, 'http://localhost:3000/other'))
    const late = await codeFor(challenge)
    getServer().advance(301_000)
    await refused(exchange(late, verifier))
  })

  it('posts the code to the page around it, in words that no script can be made of', async () => {
    const visitor = await wix.visitor()
    const { verifier, request } = authRequest({
      responseMode: 'web_message',
      redirectUri: undefined,
      state: '</script><b>',
      sessionToken: await sessionOf(visitor),
    })
    const { json } = await begin(visitor, { auth: { authRequest: request, prompt: 'none' } })
    const page = await wix.send('GET', pathOf(json.redirectSession.fullUrl))
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
    expect(page.headers['content-security-policy']).toMatch(/script-src 'nonce-[^']+'/)
    expect(page.text).not.toContain('</script><b>')
    const message = JSON.parse(/postMessage\((\{.*?\}),"\*"\)/.exec(page.text)?.[1] ?? '')
    expect(message.state).toBe('</script><b>')
    const tokens = await wix.grant({
      clientId,
      grantType: 'authorization_code',
      code: message.code,
      codeVerifier: verifier,
    })
    expect(tokens.status).toBe(200)
  })

  it('without a session: says so, or asks on a page that no frame may hold', async () => {
    const visitor = await wix.visitor()
    const silent = authRequest({ sessionToken: 'nonsense' }).request
    const begun = await begin(visitor, { auth: { authRequest: silent, prompt: 'none' } })
    const back = await wix.send('GET', pathOf(begun.json.redirectSession.fullUrl))
    expect(new URL(back.headers.location ?? '').searchParams.get('error')).toBe('login_required')

    const asked = await begin(visitor, { auth: { authRequest: authRequest().request, prompt: 'login' } })
    const page = await wix.send('GET', pathOf(asked.json.redirectSession.fullUrl))
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(page.text).toContain('name="password"')
  })

  it.each(authorizePaths)('%s: the page logs in, brings the cart along, and goes back with a code', async () => {
    const visitor = await wix.visitor()
    const cartId = await checkoutOf(visitor)
    const { verifier, request } = authRequest()
    const { json } = await begin(visitor, { auth: { authRequest: request, prompt: 'login' } })
    const address = pathOf(json.redirectSession.fullUrl).replace('/_api/', '/')
    const fill = (password: string) =>
      getServer().request('POST', address, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email: 'customer@polytill.test', password }).toString(),
      })
    const wrong = await fill('wrong')
    expect(wrong.status).toBe(401)
    expect(wrong.text).toContain('role="alert"')
    const right = await fill('change123')
    expect(right.status).toBe(302)
    const code = new URL(right.headers.location ?? '').searchParams.get('code')
    expect((await exchange(code, verifier)).status).toBe(200)
    const { cart } = await getServer().storage.carts.read({ id: cartId })
    expect(cart === undefined ? undefined : cart.owner).not.toEqual({ kind: 'visitor', visitorId: visitor.id })
  })

  it('the page trusts no request without client, domain and challenge', async () => {
    const { challenge } = newChallenge()
    const good = {
      client_id: clientId,
      response_type: 'code',
      redirect_uri: callback,
      response_mode: 'query',
      state: 's',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    }
    const open = (change: Readonly<Record<string, string>>) =>
      wix.send('GET', `/oauth2/authorize?${new URLSearchParams({ ...good, ...change }).toString()}`)
    expect((await open({})).status).toBe(200)
    for (const change of [
      { client_id: customerId },
      { redirect_uri: 'https://evil.test/' },
      { redirect_uri: '' },
      { code_challenge: 'short' },
      { code_challenge_method: 'plain' },
      { response_type: 'token' },
      { response_mode: 'form_post' },
    ]) {
      const answer = await open(change)
      expect(answer.status).toBe(400)
      expect(answer.headers).not.toHaveProperty('location')
      expect(answer.text).toContain('role="alert"')
    }
  })
})
