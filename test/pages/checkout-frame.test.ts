import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { austin, pageShopper, pathOf, type SeenPage } from './page-shopper.js'

const sites = 'http://localhost:3000 http://localhost:5173 http://localhost:8080 http://127.0.0.1:8080'

describeOnEachDatabase('the checkout page in a frame', getServer => {
  const begin = async (sku = 'MUG-1', customerId?: string) => {
    const { operations } = getServer()
    const made = await operations.createCart(
      customerId === undefined ? { kind: 'anonymous' } : { kind: 'member', customerId },
      { channel: 'us', lines: [{ sku, quantity: 1 }] },
    )
    if (!made.ok) throw new Error(made.error.code)
    const { id } = made.value.cart.cart
    const who = customerId === undefined ? {} : { customerId }
    const link = pathOf(await operations.linkCheckout({ cartId: id, inFrameOf: 'us', ...who }))
    const shopper = pageShopper(getServer)
    return { id, link, shopper, details: await shopper.open(link) }
  }
  const ancestors = ({ headers }: Pick<SeenPage, 'headers'>) =>
    /frame-ancestors (.*)$/.exec(String(headers['content-security-policy']))?.[1]
  const stateOf = ({ text }: SeenPage) => /<html [^>]*data-state="(\w+)"/.exec(text)?.[1]

  it('takes a guest to the order without any cookie', async () => {
    const { id, shopper, details } = await begin()
    expect([details.status, ancestors(details), stateOf(details)]).toEqual([200, sites, 'open'])
    const delivery = await shopper.send(details, austin)
    const payment = await shopper.send(delivery, { d0: 'ship-by-weight' })
    const review = await shopper.send(payment, { method: 'cod' })
    const done = await shopper.send(review)
    expect([done.status, done.title, stateOf(done), ancestors(done)]).toEqual([
      200,
      'Thank you, Ana',
      'complete',
      sites,
    ])
    expect(done.path).toMatch(new RegExp(`^/pay/${id}~[^/]+/order$`))
    expect(shopper.cookies.size).toBe(0)
  })

  it('keeps the chosen language in its address', async () => {
    const { shopper, details } = await begin()
    const german = await shopper.open(`${details.path}?language=de`)
    expect([german.path === details.path, german.path.endsWith('/details')]).toEqual([false, true])
    expect(german.text).toContain('<html lang="de"')
    const typed = await shopper.send(german, { ...austin, email: 'kept@example.test', do: 'language es' })
    expect([typed.text.includes('<html lang="es"'), typed.fields.email]).toEqual([true, 'kept@example.test'])
    expect((await shopper.send(typed, austin)).text).toContain('<html lang="es"')
  })

  describe('who may look', () => {
    it('a pass is of one cart, for a frame, and as it was signed', async () => {
      const [one, other] = [await begin(), await begin()]
      const pass = /~([^/]+)/.exec(one.link)?.[1] ?? ''
      const get = (path: string, cookie = '') =>
        getServer().request('GET', path, { headers: { accept: 'text/html', cookie } })
      for (const path of [
        `/pay/${other.id}~${pass}/details`,
        `/pay/${one.id}~${pass}x/details`,
        `/pay/${one.id}~/details`,
      ]) {
        const answer = await get(path)
        expect([path, answer.status, ancestors(answer)]).toEqual([
          path,
          404,
          path.includes(`~${pass}/`) ? sites : "'none'",
        ])
        expect(answer.text).not.toContain('Mug')
      }
      expect((await get(`/pay/${one.id}/details`, `polytill_pay=${pass}`)).status).toBe(404)
      expect((await get(`/pay/${one.id}?pass=${pass}`)).status).toBe(404)
      const link = await getServer().operations.linkCheckout({ cartId: one.id })
      const linkPass = new URL(link).searchParams.get('pass') ?? ''
      expect((await get(`/pay/${one.id}~${linkPass}/details`)).status).toBe(404)
    })

    it('one whose time is over says so in the same frame', async () => {
      const { details, shopper } = await begin()
      getServer().advance(7_201_000)
      const late = await shopper.open(details.path)
      getServer().advance(-7_201_000)
      expect([late.status, ancestors(late), stateOf(late)]).toEqual([410, sites, 'failed'])
      expect(late.text).toContain('This link has expired.')
    })

    it('a form without its token changes nothing', async () => {
      const { details, shopper } = await begin()
      const refused = await shopper.send(details, { ...austin, csrf: undefined })
      expect([refused.status, ancestors(refused)]).toEqual([403, sites])
    })
  })

  describe('GET /pay/:cart/payment-page', () => {
    it('opens the page of a gateway in a window of its own, which comes back by the cookie', async () => {
      const { id, shopper, details } = await begin('BREWER')
      const payment = await shopper.send(await shopper.send(details, austin), { d0: 'ship-by-weight' })
      const waiting = await shopper.send(await shopper.send(payment, { method: 'bigpaypay' }))
      expect(waiting.path).toMatch(/~.*\/order$/)
      const link = /<a class="button go" href="([^"]+)" target="_blank" rel="noopener">/.exec(waiting.text)?.[1] ?? ''
      expect(link).toBe(waiting.path.replace(/order$/, 'payment-page'))
      expect(waiting.text).toContain(`data-polls="${waiting.path}"`)
      const gateway = await shopper.open(link)
      expect(gateway.path).toMatch(/^\/sandbox\/pay\//)
      const { headers } = await shopper.request('POST', gateway.path, { decision: 'approved' })
      expect(headers.location).not.toContain('~')
      const back = await shopper.open(pathOf(headers.location ?? ''))
      expect([back.path, back.title, ancestors(back)]).toEqual([`/pay/${id}/order`, 'Thank you, Ana', "'none'"])
      expect(stateOf(await shopper.open(waiting.path))).toBe('complete')
      expect((await shopper.open(link)).path).toBe(waiting.path)
    })

    it('leads to the checkout where nothing is to be paid yet', async () => {
      const { shopper, details } = await begin()
      expect((await shopper.open(details.path.replace(/details$/, 'payment-page'))).path).toBe(details.path)
    })
  })

  describe('POST /pay/:cart/sign-out', () => {
    const customer = async () => {
      const made = await getServer().operations.registerCustomer(
        { kind: 'anonymous' },
        {
          email: `frame-${crypto.randomUUID()}@polytill.test`,
          password: 'change123',
          firstName: 'Zdenka',
          lastName: 'Ek',
          referencePrefix: 'US',
        },
      )
      if (!made.ok) throw new Error(made.error.code)
      return made.value.id
    }

    it('keeps the goods and forgets the customer', async () => {
      const { shopper, details } = await begin('MUG-1', await customer())
      expect(details.text).toContain('Signed in as Zdenka Ek')
      const csrf = details.fields.csrf ?? ''
      const path = details.path.replace(/details$/, 'sign-out')
      const answer = await shopper.request('POST', path, { csrf })
      expect([answer.status, answer.headers.location?.endsWith('/details?signed=out')]).toEqual([303, true])
      const after = await shopper.open(answer.headers.location ?? '')
      expect(after.text).not.toContain('Zdenka')
      expect(after.text).toContain('Mug')
      expect(after.fields.email).toBe('')
    })

    it('without its token, or without anybody signed in, nothing changes', async () => {
      const { shopper, details } = await begin('MUG-1', await customer())
      const path = details.path.replace(/details$/, 'sign-out')
      expect((await shopper.request('POST', path, {})).status).toBe(403)
      expect((await shopper.open(details.path)).text).toContain('Signed in as Zdenka Ek')
      const guest = await begin()
      const csrf = guest.details.fields.csrf ?? ''
      const answer = await guest.shopper.request('POST', guest.details.path.replace(/details$/, 'sign-out'), { csrf })
      expect([answer.status, answer.headers.location]).toEqual([303, guest.link])
    })
  })
})
