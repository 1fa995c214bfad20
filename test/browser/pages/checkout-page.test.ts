import { describe, expect, it } from 'vitest'
import { describeInChromium } from '../../support/chromium.js'
import {
  ana,
  chooseDelivery,
  choosePayment,
  expectAccessible,
  fillDetails,
  goOn,
  type PageStage,
  usePageStage,
} from './page-stage.js'

const brewer = { sku: 'BREWER', quantity: 1 }

/** The hosted checkout page as people use it. Issue 8, part 3. */
describeInChromium('the hosted checkout page in Chromium', browser => {
  const stage = usePageStage(browser)
  describe('a guest', () => describeGuests(stage))
  describe('a customer', () => describeCustomers(stage))
  describe('paying', () => describePayments(stage))
  describe('in unusual ways', () => describeUnusual(stage))
})

/** With its own server each, since each uses up what there is one of. */
describeInChromium('the last of something in Chromium', browser => {
  const stage = usePageStage(browser)
  it('a gift card covers all', async () => {
    const { page } = await stage.open([{ sku: 'MUG-1', quantity: 1 }])
    await fillDetails(page)
    await chooseDelivery(page)
    await page.click('details.more summary')
    await page.fill('#code', 'GIFT50DEMO')
    await page.press('#code', 'Enter')
    await page.waitForURL(/added=/)
    expect(await page.textContent('main')).toContain('There is nothing left to pay.')
    expect(await page.textContent('#said')).toContain('GIFT50DEMO was added. Updated. The total is $0.00.')
    await expectAccessible(page, 'covered')
    await goOn(page, 'review')
    await goOn(page, 'order')
    expect(await page.textContent('h1')).toBe('Thank you, Ana')
  })

  it('what is sold out at the last moment is shown, and everything else is still there', async () => {
    const buy = async (lines: Parameters<PageStage['open']>[0]) => {
      const { page } = await stage.open(lines)
      await fillDetails(page)
      await chooseDelivery(page)
      await choosePayment(page, 'cod')
      return page
    }
    const slow = await buy([brewer, { sku: 'LAST-ONE', quantity: 1 }])
    const quick = await buy([{ sku: 'LAST-ONE', quantity: 1 }])
    await goOn(quick, 'order')
    await slow.fill('#note', 'Ring twice')
    await slow.click('.actions .go')
    await slow.waitForSelector('#errors')
    expect(await slow.textContent('#errors')).toContain('The last one has just been sold out.')
    expect(await slow.evaluate('document.activeElement.id')).toBe('errors')
    expect(await slow.inputValue('#note')).toBe('Ring twice')
    await expectAccessible(slow, 'sold out')
    await slow.click('text=Remove The last one')
    await slow.waitForURL(/\/review/)
    await goOn(slow, 'order')
    expect(await slow.textContent('h1')).toBe('Thank you, Ana')
  })
})

function describeGuests(stage: PageStage): void {
  it('buys, with every page accessible on the way', async () => {
    const { page } = await stage.open([brewer])
    await expectAccessible(page, 'empty')
    await page.click('.actions .go')
    await page.waitForSelector('#errors')
    expect(await page.evaluate('document.activeElement.id')).toBe('errors')
    await expectAccessible(page, 'errors')
    await page.click('#errors a[href="#s0-city"]')
    expect(await page.evaluate('document.activeElement.id')).toBe('s0-city')
    await fillDetails(page)
    await expectAccessible(page, 'delivery')
    await page.check('input[value=flat-rate]')
    await page.waitForSelector('#said:has-text("254.39")', { state: 'attached' })
    expect(await page.textContent('aside .sums')).toContain('$254.39')
    await chooseDelivery(page)
    await expectAccessible(page, 'payment')
    await choosePayment(page, 'cod')
    await expectAccessible(page, 'review')
    expect(await page.textContent('.actions .go')).toBe('Buy now for $252.22')
    await goOn(page, 'order')
    expect(await page.textContent('h1')).toBe('Thank you, Ana')
    await expectAccessible(page, 'confirmation')
    await page.fill('#password', 'long enough')
    await page.click('.account button')
    await page.waitForSelector('text=Your account is ready.')
    await expectAccessible(page, 'account')
  })

  it('Back keeps what was stored, and what was changed is taken over', async () => {
    const { page } = await stage.open([brewer])
    await fillDetails(page)
    await chooseDelivery(page)
    await page.goBack()
    await page.goBack()
    await page.waitForURL(/\/details/)
    expect(await page.inputValue('#s0-city')).toBe('Austin')
    await page.fill('#s0-city', 'Round Rock')
    await goOn(page, 'delivery')
    expect(await page.textContent('main')).toContain('Round Rock')
    expect(await page.isChecked('input[value=ship-by-weight]')).toBe(true)
  })

  it('another country has other fields at once, and the focus stays', async () => {
    const { page } = await stage.open([{ sku: 'MUG-1', quantity: 1 }], { channel: 'de', locale: 'de-DE' })
    await page.fill('#email', 'ana@example.test')
    await page.fill('#s0-city', 'Wien')
    expect(await page.locator('.redraw').first().isVisible()).toBe(false)
    await page.selectOption('#s0-country', 'US')
    await page.waitForSelector('#s0-subdivision')
    expect(await page.evaluate('document.activeElement.id')).toBe('s0-country')
    expect(await page.inputValue('#s0-city')).toBe('Wien')
    expect(await page.inputValue('#email')).toBe('ana@example.test')
    expect(await page.textContent('#said')).toBe('Die Felder darunter passen jetzt zu diesem Land.')
    await expectAccessible(page, 'German')
    await page.uncheck('#same')
    expect(await page.isVisible('#b-line1')).toBe(true)
    await expectAccessible(page, 'German with a billing address')
  })

  it('sends two shipments to two places', async () => {
    const { page, cartId } = await stage.open([brewer, { sku: 'COFFEEMAKER', quantity: 1 }])
    const { operations } = stage.server()
    const cart = { key: { id: cartId } } as const
    const read = await operations.readCart({ kind: 'system' }, cart)
    if (!read.ok) throw new Error(read.error.code)
    const consignments = read.value.cart.lines.map(({ item }) => ({
      items: [{ lineItemId: item.id, quantity: 1 }],
      destination: { kind: 'unknown' } as const,
    }))
    await operations.changeCheckout({ kind: 'system' }, { cart, changes: { consignments } })
    await page.reload()
    await expectAccessible(page, 'two addresses')
    const other = { 's1-firstName': 'Bo', 's1-lastName': 'Lund', 's1-line1': '350 5th Ave', 's1-city': 'New York' }
    await page.selectOption('#s1-subdivision', 'NY')
    await fillDetails(page, { ...other, 's1-postalCode': '10011' })
    await expectAccessible(page, 'two shipments')
    await page.check('input[name=d0][value=ship-by-weight]')
    await page.check('input[name=d1][value=flat-rate]')
    await goOn(page, 'payment')
    await choosePayment(page, 'cod')
    await expectAccessible(page, 'review of two shipments')
    await goOn(page, 'order')
    expect(await page.textContent('aside .sums')).toContain('$311.72')
  })
}

function describeCustomers(stage: PageStage): void {
  it('signs in, and sends goods to an address of the book', async () => {
    const { page } = await stage.open([brewer])
    await page.click('text=Sign in')
    await page.waitForURL(/sign-in/)
    await expectAccessible(page, 'sign in')
    await page.fill('#email', 'customer@polytill.test')
    await page.fill('#password', 'wrong')
    await page.press('#password', 'Enter')
    await page.waitForSelector('#errors')
    await expectAccessible(page, 'wrong password')
    await page.fill('#password', 'change123')
    await goOn(page, 'details')
    expect(await page.inputValue('#email')).toBe('customer@polytill.test')
    await expectAccessible(page, 'address book')
    expect(await page.isVisible('#s0-line1')).toBe(false)
    await page.check('label.choice:has-text("United States") input')
    await goOn(page, 'delivery')
    await chooseDelivery(page)
    await choosePayment(page, 'bankdeposit')
    await goOn(page, 'order')
    expect(await page.textContent('main')).toContain('Name the order number with your transfer.')
    expect(await page.locator('.account').count()).toBe(0)
  })
}

function describePayments(stage: PageStage): void {
  it('is declined at the gateway, and then succeeds', async () => {
    const { page } = await stage.open([brewer])
    await fillDetails(page)
    await chooseDelivery(page)
    await choosePayment(page, 'bigpaypay')
    await goOn(page, 'sandbox')
    await expectAccessible(page, 'gateway')
    await page.click('button[value=declined]')
    await page.waitForURL(/tried=declined/)
    expect(await page.textContent('#said')).toContain('Your payment was declined.')
    await expectAccessible(page, 'declined')
    await goOn(page, 'review')
    await goOn(page, 'sandbox')
    await page.click('button[value=approved]')
    await page.waitForURL(/\/order/)
    expect(await page.textContent('h1')).toBe('Thank you, Ana')
    await page.goBack()
    await page.waitForSelector('h1')
    expect(await page.textContent('h1')).toMatch(/Payment approved|Thank you, Ana/)
  })

  it('Back from the gateway, then another way to pay', async () => {
    const { page } = await stage.open([brewer])
    await fillDetails(page)
    await chooseDelivery(page)
    await choosePayment(page, 'bigpaypay')
    await goOn(page, 'sandbox')
    await page.goBack()
    await page.waitForSelector('text=Your payment is not finished yet')
    await expectAccessible(page, 'open payment')
    await page.click('text=Pay another way')
    await page.waitForURL(/\/payment/)
    await choosePayment(page, 'cheque')
    await goOn(page, 'order')
    expect(await page.textContent('h1')).toBe('Thank you, Ana')
  })

  it('while the gateway says nothing the page waits, and goes on by itself', async () => {
    const { page, cartId } = await stage.open([brewer])
    await fillDetails(page)
    await chooseDelivery(page)
    await choosePayment(page, 'bigpaypay')
    await goOn(page, 'sandbox')
    const { operations, storage, baseUrl } = stage.server()
    const read = await operations.readPurchase({ kind: 'system' }, { id: cartId })
    const [payment] = read.ok ? read.value.payments : []
    const order = read.ok ? read.value.order : undefined
    if (payment === undefined || order === undefined) throw new Error('the order waits for its payment')
    const settle = (state: 'pending' | 'requires_action', count: number) =>
      storage.orders.settle({
        order: { ...order, version: order.version + count },
        since: order.version + count - 1,
        payments: [{ ...payment, state, version: payment.version + count }],
        holds: 'keep',
        events: [],
      })
    expect(await settle('pending', 1)).toBe('saved')
    await page.goto(`${baseUrl}/pay/${cartId}/order`)
    expect(await page.textContent('h1')).toBe('We are checking your payment')
    await expectAccessible(page, 'checking')
    expect(await settle('requires_action', 2)).toBe('saved')
    await page.waitForSelector('text=Your payment is not finished yet')
  })
}

function describeUnusual(stage: PageStage): void {
  it('buys with script off', async () => {
    const { page } = await stage.open([brewer], { javaScriptEnabled: false })
    expect(await page.locator('.redraw').first().isVisible()).toBe(true)
    await fillDetails(page)
    await chooseDelivery(page)
    await choosePayment(page, 'bigpaypay')
    await goOn(page, 'sandbox')
    await page.click('button[value=approved]')
    await page.waitForURL(/\/order/)
    expect(await page.textContent('h1')).toBe('Thank you, Ana')
  })

  it('buys with the keyboard alone', async () => {
    const { page } = await stage.open([brewer])
    const focused = () => page.evaluate('document.activeElement.name || document.activeElement.textContent')
    const tabTo = async (name: string) => {
      for (let count = 0; count < 60; count += 1) {
        if ((await focused()) === name) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`${name} cannot be reached`)
    }
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    for (const [name, text] of Object.entries(ana)) {
      await tabTo(name)
      await page.keyboard.type(text)
      if (name === 's0-city') {
        await tabTo('s0-subdivision')
        await page.keyboard.type('Texas')
      }
    }
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/delivery/)
    await tabTo('d0')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/payment/)
    await tabTo('method')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/review/)
    await tabTo('do')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/order/)
    expect(await page.textContent('h1')).toBe('Thank you, Ana')
  })

  it.each([
    ['by day', 'light'],
    ['by night', 'dark'],
  ] as const)('buys at 320 px, %s, with every page accessible', async (_, colorScheme) => {
    const { page } = await stage.open([brewer], { viewport: { width: 320, height: 640 }, colorScheme, hasTouch: true })
    await expectAccessible(page, 'empty')
    await page.click('.actions .go')
    await page.waitForSelector('#errors')
    await expectAccessible(page, 'errors')
    expect(await page.textContent('.fold summary')).toContain('$247.50')
    await page.click('.fold summary')
    await expectAccessible(page, 'open summary')
    await page.click('.fold summary')
    await fillDetails(page)
    await expectAccessible(page, 'delivery')
    await chooseDelivery(page)
    await page.click('details.more summary')
    await page.fill('#code', 'SAVE20')
    await page.click('button[value=apply]')
    await page.waitForURL(/added=/)
    await expectAccessible(page, 'payment')
    await choosePayment(page, 'bigpaypay')
    await expectAccessible(page, 'review')
    await goOn(page, 'sandbox')
    await expectAccessible(page, 'gateway')
    await page.click('button[value=approved]')
    await page.waitForURL(/\/order/)
    await expectAccessible(page, 'paid')
  })

  it('a link whose time is over, and one that leads nowhere', async () => {
    const { page, cartId } = await stage.open([brewer])
    const { baseUrl, operations } = stage.server()
    await page.goto(`${baseUrl}/pay/${crypto.randomUUID()}`)
    await expectAccessible(page, 'foreign')
    stage.server().advance(-2 * 86_400_000)
    const late = await operations.linkCheckout({ cartId })
    stage.server().advance(2 * 86_400_000)
    await page.goto(late)
    expect(await page.textContent('main')).toContain('This link has expired.')
    await expectAccessible(page, 'expired')
  })
}
