import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { goods, importEntries } from './more-goods.js'
import { fillIn, promissory, transact, visa } from './purchase.js'
import { clientOf } from './shop.js'

// Section 5.5 of the dialect document: 10000 becomes 9000 in one installment of the system that a promotion is tied to.
describeOnEachDatabase('a promotion for one way of paying, in one installment', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      goods(5001, '100.00'),
      {
        ...{ kind: 'promotion', id: 'at-once', integerId: 5001, name: 'At once', channels: ['br'] },
        conditions: [{ kind: 'payment_method', methods: ['2'], installments: 1 }],
        benefits: [{ kind: 'percent_off_lines', rate: '10' }],
      },
      {
        ...{ kind: 'payment_method', channel: 'br', id: '2', integerId: 2, name: 'Visa', provider: 'sandbox' },
        ...{ providerName: 'creditCardPaymentGroup', paymentKind: 'card', position: 1 },
        installments: [
          { count: 1, interestRate: '0' },
          { count: 2, interestRate: '0' },
        ],
      },
    ]),
  )

  interface Option {
    readonly paymentSystem: string
    readonly value: number
    readonly installments: readonly { readonly count: number; readonly value: number; readonly total: number }[]
  }

  it('shows in the table of that system only, while the cart costs what it costs', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '5001', quantity: 1 }])
    const { json } = await client.form(id, 'GET', '')
    const options: readonly Option[] = json.paymentData.installmentOptions
    const table = (system: number) =>
      options
        .filter(({ paymentSystem }) => paymentSystem === String(system))
        .map(({ value, installments }) => [value, ...installments.map(one => [one.count, one.value, one.total])])
    expect(table(visa)).toEqual([[10_000, [1, 9000, 9000], [2, 5000, 10_000]]])
    expect(table(promissory)).toEqual([[10_000, [1, 10_000, 10_000]]])
    expect(json.value).toBe(10_000)
    const alone = await client.form(id, 'GET', `/installments?paymentSystem=${visa}`)
    expect(alone.json).toMatchObject({
      value: 10_000,
      installments: [
        { count: 1, value: 9000 },
        { count: 2, value: 5000 },
      ],
    })
  })

  it.each([
    [visa, 1, 9700],
    [visa, 2, 10_700],
    [promissory, 1, 10_700],
  ])('counts once system %d in %d installments is chosen: %d', async (system, installments, value) => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '5001', quantity: 1 }])
    expect(await fillIn(client, id, { system, installments })).toBe(value)
    expect((await transact(client, id, value)).status).toBe(200)
  })
})
