import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { austin, linkedCart, pageShopper, pathOf, plain } from './page-shopper.js'

const mug = { sku: 'MUG-1', quantity: 1 }

describeOnEachDatabase('forms of the hosted checkout page', getServer => {
  const begin = async (channel = 'us', language = 'en') => {
    const { id, link } = await linkedCart(getServer(), channel, [mug])
    const shopper = pageShopper(getServer, language)
    return { id, shopper, details: await shopper.open(link) }
  }

  describe('who may look', () => {
    it('GET /pay/:cart shows nothing without a pass, and nothing of the cart of somebody else', async () => {
      const [own, other] = [await begin(), await begin()]
      const cookie = [...own.shopper.cookies.values()][0]?.value ?? ''
      const steps = ['', '/details', '/sign-in', '/delivery', '/payment', '/review', '/return', '/order']
      for (const step of steps) {
        const path = `/pay/${other.id}${step}`
        for (const headers of [{}, { cookie: `polytill_pay=${cookie}` }, { cookie: 'polytill_pay=x.y' }]) {
          const answer = await getServer().request('GET', path, { headers })
          expect([path, answer.status]).toEqual([path, 404])
          expect(answer.text).toContain('This link does not lead to a checkout of yours.')
          expect(answer.text).not.toContain('Mug')
        }
      }
    })

    it('a link is exchanged for a cookie of that page alone, and leaves the address', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [mug])
      const answer = await getServer().request('GET', link)
      expect([answer.status, answer.headers.location]).toEqual([303, `/pay/${id}`])
      expect(answer.cookies).toHaveLength(1)
      expect(answer.cookies[0]).toMatch(
        new RegExp(`^polytill_pay=[\\w.-]+; Max-Age=7200; Path=/pay/${id}; HttpOnly; SameSite=Lax$`),
      )
      expect(answer.headers['cache-control']).toBe('no-store')
    })

    it('a link whose time is over, a changed one and one of another cart say so kindly', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [mug])
      const other = await linkedCart(getServer(), 'us', [mug])
      const get = (path: string) => getServer().request('GET', path)
      expect((await get(`${link.slice(0, -2)}xx`)).status).toBe(404)
      expect((await get(link.replace(id, other.id))).status).toBe(404)
      expect((await get(`/pay/${id}?pass=`)).status).toBe(404)
      expect((await get(`/pay/${id}?pass=${'a'.repeat(5_000)}`)).status).toBe(404)
      getServer().advance(86_401_000)
      const late = await get(link)
      getServer().advance(-86_401_000)
      expect([late.status, late.text.includes('This link has expired.')]).toEqual([410, true])
    })

    it('a cookie is no link, and a link no cookie', async () => {
      const { id, link } = await linkedCart(getServer(), 'us', [mug])
      const pass = new URL(link, 'http://x').searchParams.get('pass') ?? ''
      const asCookie = await getServer().request('GET', `/pay/${id}/details`, {
        headers: { cookie: `polytill_pay=${pass}` },
      })
      expect(asCookie.status).toBe(404)
      const cookie = (await getServer().request('GET', link)).cookies[0]?.match(/=([^;]+)/)?.[1] ?? ''
      expect((await getServer().request('GET', `/pay/${id}?pass=${cookie}`)).status).toBe(404)
    })

    it('a session that was left alone for long ends with a kind word', async () => {
      const { id, shopper } = await begin()
      getServer().advance(7_201_000)
      const late = await shopper.open(`/pay/${id}/details`)
      getServer().advance(-7_201_000)
      expect(late.status).toBe(410)
    })

    it.each(['details', 'sign-in', 'delivery', 'payment', 'review', 'another-way', 'account'])(
      'POST /pay/:cart/%s changes nothing without the token of the form',
      async step => {
        const { id, shopper } = await begin()
        const before = await getServer().operations.readCart({ kind: 'system' }, { key: { id } })
        for (const csrf of ['', 'wrong', (await begin()).details.fields.csrf ?? '']) {
          const answer = await shopper.request('POST', `/pay/${id}/${step}`, { ...austin, csrf })
          expect(answer.status).toBe(403)
          expect(answer.text).toContain('Nothing was changed.')
        }
        const after = await getServer().operations.readCart({ kind: 'system' }, { key: { id } })
        expect(before.ok && after.ok && before.value.cart.cart.version === after.value.cart.cart.version).toBe(true)
      },
    )

    it('sends the headers that keep a page to itself', async () => {
      const { details } = await begin()
      const policy = details.headers['content-security-policy'] ?? ''
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(nonce).toMatch(/^[\w+/]{22}==$/)
      expect(policy).toMatch(/^default-src 'none'; /)
      for (const part of ["frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "img-src 'self';"]) {
        expect(policy).toContain(part)
      }
      expect(policy).not.toContain('unsafe')
      for (const [tag] of details.text.matchAll(/<(?:script|style|link rel="stylesheet")[^>]*>/g)) {
        expect(tag).toContain(`nonce="${nonce}"`)
      }
      expect(details.text).not.toMatch(/\s(?:style|on\w+)=/)
      expect(details.text).not.toMatch(/<script[^>]*>[^<]/)
      expect(details.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    })
  })

  describe('what is typed', () => {
    it('POST /pay/:cart/details: an empty form says what lacks, each with its field', async () => {
      const { shopper, details } = await begin()
      const refused = await shopper.send(details)
      expect(refused.status).toBe(422)
      expect(refused.errors).toEqual([
        'E-mail address: please fill this in.',
        'First name: please fill this in.',
        'Last name: please fill this in.',
        'Street address: please fill this in.',
        'City: please fill this in.',
        'State: please choose.',
        'ZIP code: please fill this in.',
      ])
      for (const [, id] of refused.text.matchAll(/<li><a href="#([^"]+)"/g)) {
        expect(refused.text).toMatch(
          new RegExp(`id="${id}"[^>]*aria-describedby="${id}-error[^"]*" aria-invalid="true"`),
        )
        expect(refused.text).toContain(`id="${id}-error"`)
      }
      expect(refused.text).toContain('<title>Please look at 7 things: Your details')
    })

    it.each([
      [{ email: 'ana' }, 'E-mail address: this does not look like one, for example name@example.com.'],
      [{ 's0-postalCode': '1' }, 'ZIP code: this is none of that country, for example 95014.'],
      [{ 's0-subdivision': 'XX' }, 'State: please choose one from the list.'],
      [{ 's0-country': 'FR', 's0-postalCode': '75001' }, 'Country: we do not deliver there.'],
      [{ 's0-country': '' }, 'Country: please choose.'],
      [{ 's0-phone': '123' }, 'Phone: this number does not exist in that country.'],
      [{ 's0-city': 'x'.repeat(256) }, 'City: this is too long.'],
      [{ same: undefined, 'b-firstName': 'B' }, 'Last name: please fill this in.'],
    ])('%j is refused with all that was typed', async (typed, message) => {
      const { shopper, details } = await begin()
      const refused = await shopper.send(details, { ...austin, 's0-line1': '<b>"9" & Elm', ...typed })
      expect(refused.status).toBe(422)
      expect(refused.errors.join()).toContain(message)
      expect(refused.fields).toMatchObject({ 's0-line1': '<b>"9" & Elm', 's0-lastName': 'Ruiz' })
      expect(refused.text).not.toContain('<b>"9"')
    })

    it('another country has other fields, and what was typed stays', async () => {
      const { shopper, details } = await begin('br')
      const german = await shopper.send(details, { ...austin, 's0-country': 'DE', do: 'country' })
      expect([german.status, german.errors]).toEqual([200, []])
      expect(german.fields).toMatchObject({ email: 'ana@example.test', 's0-line1': '9 Elm St', 's0-city': 'Austin' })
      expect(german.text).toContain('Street and house number')
      expect(german.text).not.toContain('id="s0-subdivision"')
      const brazilian = await shopper.send(german, { 's0-country': 'BR', do: 'country' })
      expect(brazilian.text).toContain('id="s0-district"')
      expect(brazilian.text).toMatch(/<option value="RJ">Rio de Janeiro<\/option>/)
    })

    it('another billing address is kept beside the delivery address', async () => {
      const { id, shopper, details } = await begin()
      const billing = { 'b-country': 'DE', 'b-firstName': 'Ana', 'b-lastName': 'Ruiz', 'b-line1': 'Am Markt 1' }
      const place = { 'b-city': 'Berlin', 'b-postalCode': '10115', same: undefined }
      const delivery = await shopper.send(details, { ...austin, ...billing, ...place })
      expect(delivery.path).toBe(`/pay/${id}/delivery`)
      const again = await shopper.open(`/pay/${id}/details`)
      expect(again.fields).toMatchObject({ 'b-city': 'Berlin', 's0-city': 'Austin', email: 'ana@example.test' })
      expect(again.fields.same).toBeUndefined()
    })

    it('POST /pay/:cart/delivery: an offer that is none is refused; do=quote tells the new total', async () => {
      const { shopper, details } = await begin()
      const delivery = await shopper.send(details, austin)
      const refused = await shopper.send(delivery, { d0: 'by-magic' })
      expect([refused.status, refused.errors]).toEqual([422, ['Please choose a way of delivery.']])
      const quoted = await shopper.send(delivery, { d0: 'flat-rate', do: 'quote' })
      expect([quoted.status, quoted.fields.d0]).toEqual([200, 'flat-rate'])
      expect(plain(quoted.text)).toContain('Updated. The total is $23.33.')
    })

    it('an address that nothing is delivered to says so, and leads back', async () => {
      const { id, shopper, details } = await begin('br')
      const rio = { 's0-country': 'BR', 's0-line1': 'Rua A', 's0-streetNumber': '1', 's0-district': 'Centro' }
      const far = { 's0-city': 'Porto Velho', 's0-subdivision': 'RO', 's0-postalCode': '76800000' }
      const delivery = await shopper.send(details, { ...austin, ...rio, ...far })
      expect(delivery.text).toContain('We cannot deliver these goods to this address.')
      expect(delivery.text).toContain(`href="/pay/${id}/details"`)
      expect((await shopper.send(delivery)).status).toBe(422)
    })

    it('POST /pay/:cart/payment: no choice, and codes that are none, are refused with what was chosen', async () => {
      const { id, shopper, details } = await begin()
      const delivery = await shopper.send(details, austin)
      const payment = await shopper.send(delivery, { d0: 'flat-rate' })
      const none = await shopper.send(payment)
      expect([none.status, none.errors]).toEqual([422, ['Please choose a way to pay.']])
      const strange = await shopper.send(payment, { method: 'stones' })
      expect(strange.status).toBe(422)
      const unknown = await shopper.send(payment, { method: 'cod', code: 'NOPE', do: 'apply' })
      expect([unknown.status, unknown.errors]).toEqual([422, ['We do not know the code NOPE.']])
      expect(unknown.fields).toMatchObject({ method: 'cod', code: 'NOPE' })
      const empty = await shopper.send(payment, { do: 'apply' })
      expect(empty.errors).toEqual(['Code: please fill this in.'])
      const added = await shopper.send(payment, { method: 'cod', code: 'save20' })
      expect(added.path).toMatch(new RegExp(`^/pay/${id}/payment\\?added=`))
      expect(added.fields.method).toBe('cod')
      const twice = await shopper.send(added, { code: 'SAVE20' })
      expect(twice.errors).toEqual(['The code SAVE20 is already on this cart.'])
    })

    it('steps that cannot be shown yet lead to the first that lacks something; Back shows what was stored', async () => {
      const { id, shopper, details } = await begin()
      for (const step of ['delivery', 'payment', 'review']) {
        expect((await shopper.open(`/pay/${id}/${step}`)).path).toBe(`/pay/${id}/details`)
      }
      await shopper.send(details, { ...austin, newsletter: '1' })
      expect((await shopper.open(`/pay/${id}`)).path).toBe(`/pay/${id}/delivery`)
      const back = await shopper.open(`/pay/${id}/details`)
      expect(back.fields).toMatchObject({ ...austin, newsletter: '1' })
    })

    it('an empty cart says so', async () => {
      const { link } = await linkedCart(getServer(), 'us', [])
      const page = await pageShopper(getServer).open(link)
      expect([page.status, page.text.includes('Your cart is empty.')]).toEqual([200, true])
    })
  })

  describe('languages', () => {
    it.each([
      ['de-DE,de;q=0.9,en;q=0.5', 'de', 'Ihre Angaben', '12,50 $'],
      ['es', 'es', 'Sus datos', '12,50 US$'],
      ['pt', 'pt-BR', 'Seus dados', 'US$ 12,50'],
      ['fr,nl;q=0.5', 'en', 'Your details', '$12.50'],
    ])('%s: %s', async (accepted, language, title, total) => {
      const { details } = await begin('us', accepted)
      expect(details.text).toContain(`<html lang="${language}"`)
      expect(details.title).toBe(title)
      expect(plain(details.text)).toContain(total)
    })

    it('another one can be chosen with everything that is typed, and stays', async () => {
      const { id, shopper, details } = await begin()
      const german = await shopper.send(details, { ...austin, 's0-city': 'Köln', do: 'language de' })
      expect([german.status, german.title, german.errors]).toEqual([200, 'Ihre Angaben', []])
      expect(german.fields).toMatchObject({ 's0-city': 'Köln', email: 'ana@example.test' })
      expect((await shopper.open(`/pay/${id}/details`)).title).toBe('Ihre Angaben')
      // Forms that are open in another tab still work.
      expect((await shopper.send(details, austin)).title).toBe('Versand')
      const english = await shopper.open(`/pay/${id}/sign-in?language=en`)
      expect([english.path, english.title]).toEqual([`/pay/${id}/sign-in`, 'Sign in'])
    })

    it('the locale that the shop set on the cart counts before the browser', async () => {
      const { id, link } = await linkedCart(getServer(), 'de', [mug])
      await getServer().operations.updateCart({ kind: 'system' }, { cart: { key: { id } }, locale: 'de_DE' })
      expect((await pageShopper(getServer, 'en').open(link)).title).toBe('Ihre Angaben')
    })
  })

  it('GET /pay/assets/:file: weighs less than 30 kB with everything that it needs, and asks nobody else', async () => {
    const { details } = await begin()
    const files = [...details.text.matchAll(/(?:href|src)="(\/pay\/assets\/[^"]+)"/g)].map(match => match[1] ?? '')
    expect(files).toHaveLength(2)
    const answers = await Promise.all(files.map(file => getServer().request('GET', file)))
    for (const { status, headers } of answers) {
      expect(status).toBe(200)
      expect(headers['cache-control']).toContain('immutable')
    }
    const weight = answers.reduce((sum, { text }) => sum + gzipSync(text).length, 0)
    expect(weight).toBeLessThan(30_000)
    expect(details.text).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
    expect((await getServer().request('GET', '/pay/assets/other.css')).status).toBe(404)
  })

  it('POST /admin/v1/checkout-links: 201 with a link to a cart, for whoever holds the admin key', async () => {
    const { id } = await linkedCart(getServer(), 'us', [mug])
    const key = await getServer().storage.settings.readOrCreate('admin-key', () => '')
    const post = (body: object, authorization = `Bearer ${key}`) =>
      getServer().request('POST', '/admin/v1/checkout-links', { headers: { authorization }, body })
    const made = await post({ cartId: id, ttlSeconds: 60, backUrl: 'https://shop.test/thanks' })
    expect(made.status).toBe(201)
    const shopper = pageShopper(getServer)
    const details = await shopper.open(pathOf(made.json.url))
    expect(details.text).toContain('href="https://shop.test/thanks"')
    getServer().advance(61_000)
    expect((await getServer().request('GET', pathOf(made.json.url))).status).toBe(410)
    getServer().advance(-61_000)
    expect((await post({ cartId: crypto.randomUUID() })).status).toBe(404)
    for (const wrong of [{}, { cartId: 'x' }, { cartId: id, ttlSeconds: 1 }, { cartId: id, backUrl: 'javascript:1' }]) {
      expect((await post(wrong)).status).toBe(422)
    }
    expect((await post({ cartId: id }, 'Bearer other')).status).toBe(401)
  })

  it('answers in HTML whatever is asked under /pay', async () => {
    for (const [method, path, status] of [
      ['GET', '/pay/x/y/z', 404],
      ['GET', '/pay', 404],
      ['DELETE', '/pay/x', 405],
    ] as const) {
      const answer = await getServer().request(method, path)
      expect([path, answer.status, answer.headers['content-type']]).toEqual([path, status, 'text/html; charset=utf-8'])
    }
  })
})
