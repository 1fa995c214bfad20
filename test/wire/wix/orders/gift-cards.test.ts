import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { catalogAppId as appId, expectError, expectViolations, nobody, siteOver } from '../people.js'

/** Tested here: POST /ecom/v1/gift-cards/:code, POST /ecom/v1/gift-cards/redeem, and POST /ecom/v1/gift-cards/void */
const code = 'GIFT50DEMO'

describeOnEachDatabase('gift cards', getServer => {
  const wix = siteOver(getServer)
  const look = (of = code, person = wix.key()) => wix.send('POST', `/ecom/v1/gift-cards/${of}`, person, { code: of })
  const redeem = (value: string, more: object = {}, person = wix.key()) =>
    wix.send('POST', '/ecom/v1/gift-cards/redeem', person, { code, amount: { value, currency: 'USD' }, appId, ...more })
  const giveBack = (transactionId: unknown, person = wix.key()) =>
    wix.send('POST', '/ecom/v1/gift-cards/void', person, { transactionId, appId })

  async function balance(): Promise<string> {
    return (await look()).json.giftCard.balance.value
  }

  it('show their balance', async () => {
    expect(await look()).toMatchObject({
      status: 200,
      json: {
        giftCard: {
          obfuscatedCode: '****-****-****-DEMO',
          balance: { value: '50.00', currency: 'USD' },
          status: 'VALID',
          appId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    })
  })

  it('are spent, and the amount goes back once', async () => {
    const spent = await redeem('12.5')
    expect(spent).toMatchObject({ status: 200, json: { transactionId: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
    expect(await balance()).toBe('37.50')
    for (let times = 0; times < 2; times += 1) {
      expect(await giveBack(spent.json.transactionId)).toMatchObject({ status: 200, json: {} })
    }
    expect(await balance()).toBe('50.00')
  })

  it('are not spent beyond what they hold, for nothing, or when nobody knows them', async () => {
    expectError(await redeem('50.01'), 428, 'GIFT_CARD_IS_EMPTY')
    expectViolations(await redeem('0'), { 'amount.value': 'DECIMAL_GT' })
    expectViolations(await redeem('-1'), { 'amount.value': 'DECIMAL_GTE' })
    expectViolations(await redeem('1', { code: 'SHORT' }), { code: 'MIN_LENGTH' })
    expectViolations(await redeem('1', { appId: undefined }), { appId: 'REQUIRED_FIELD' })
    expectError(await redeem('1', { code: 'NOSUCHCARD' }), 404, 'GIFT_CARD_NOT_FOUND')
    expectError(await look('NOSUCHCARD'), 404, 'GIFT_CARD_NOT_FOUND')
    expectViolations(await look('SHORT'), { code: 'MIN_LENGTH' })
    expectError(await giveBack(crypto.randomUUID()), 404, 'TRANSACTION_NOT_FOUND')
    expectViolations(await giveBack(undefined), { transactionId: 'REQUIRED_FIELD' })
    expect(await balance()).toBe('50.00')
  })

  it('that are disabled or over say so', async () => {
    const { sql } = getServer().storage
    const change = (text: string) => sql.query(`update gift_cards set body = ${text} where code_key = 'gift50demo'`)
    const { rows } = await sql.query<{ body: object }>(`select body from gift_cards where code_key = 'gift50demo'`)
    await change(`jsonb_set(body::jsonb, '{isActive}', 'false')::json`)
    expect((await look()).json.giftCard.status).toBe('DISABLED')
    expectError(await redeem('1'), 428, 'GIFT_CARD_DISABLED')
    await change(
      `jsonb_set(jsonb_set(body::jsonb, '{isActive}', 'true'), '{expiresAt}', '"2020-01-01T00:00:00.000Z"')::json`,
    )
    expect((await look()).json.giftCard.status).toBe('EXPIRED')
    expectError(await redeem('1'), 428, 'GIFT_CARD_EXPIRED')
    await sql.query(`update gift_cards set body = $1 where code_key = 'gift50demo'`, [JSON.stringify(rows[0]?.body)])
  })

  it('are for keys that may', async () => {
    for (const person of [await wix.visitor(), await wix.member(), wix.key('demo-wix-reader')]) {
      expectError(await look(code, person), 403, 'PERMISSION_DENIED')
      expectError(await redeem('1', {}, person), 403, 'PERMISSION_DENIED')
      expectError(await giveBack('x', person), 403, 'PERMISSION_DENIED')
    }
    expectError(await look(code, nobody), 401, 'UNAUTHENTICATED')
    expect(await balance()).toBe('50.00')
  })
})
