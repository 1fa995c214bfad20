import { expect, it } from 'vitest'
import { card, checkout, guestBasket, notebook, purchase } from '../basket.js'
import { describeGlue } from '../glue.js'

const perAddress = 50

// On a server of its own: whoever tested cards from this address has to wait.
describeGlue('testing cards by POST /checkout', glue => {
  it('ends after so many declined ones from one address, however many carts they came from', async () => {
    const attempt = async (number: string) => {
      const { who, cartId } = await guestBasket(glue, { sku: notebook, quantity: 1 })
      return checkout(glue, who, purchase(cartId, { payments: [card(number)] }))
    }
    for (let tested = 0; tested < perAddress; tested += 1) {
      expect((await attempt('4000000000000002')).status).toBe(422)
    }
    const refused = await attempt('4111111111111111')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })
})
