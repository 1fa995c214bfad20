import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { cartErrorCases, type ErrorCase } from './error-cases.js'
import { filledIn, type ListedError, listedErrors, publishedCodes, untoldCodes } from './listed-errors.js'
import { goods, importEntries } from './more-goods.js'
import { purchaseErrorCases } from './purchase-error-cases.js'
import { clientOf, errorBody } from './shop.js'

const cases = [...cartErrorCases, ...purchaseErrorCases]

const isOf =
  ({ code, words = '', status }: ErrorCase) =>
  (row: ListedError) =>
    row.code === code && row.words.startsWith(words) && (status === undefined || row.status === status)

const key = ({ code, status, words }: ListedError) => `${code} ${status} ${words}`

describe('the table of errors', () => {
  it('has a case here for every row, and every case has one row', () => {
    const rows = cases.map(one => listedErrors.filter(isOf(one)).map(key))
    expect(rows.filter(found => found.length !== 1)).toEqual([])
    expect(listedErrors.map(key).filter(row => !rows.flat().includes(row))).toEqual([])
    expect(new Set(rows.flat()).size).toBe(cases.length)
  })

  it('has every code that the dialect can tell', () => {
    const folder = fileURLToPath(new URL('../../../src/dialects/vtex', import.meta.url))
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
    const text = files.map(name => readFileSync(join(folder, name), 'utf8')).join('\n')
    const told = new Set([...text.matchAll(/'((?:CHK|ORD|FMT)\d{3,5})'/g)].map(([, code]) => code ?? ''))
    const known = new Set([...listedErrors.map(({ code }) => code), ...untoldCodes])
    expect(told.size).toBeGreaterThan(60)
    expect([...told].filter(code => !known.has(code))).toEqual([])
  })

  it('has every code that the platform publishes: what it is told for, or why it never is', () => {
    const known = new Set([...listedErrors.map(({ code }) => code), ...untoldCodes])
    expect(publishedCodes.filter(code => !known.has(code))).toEqual([])
    expect(untoldCodes.filter(code => listedErrors.some(row => row.code === code))).toEqual([])
  })
})

describeOnEachDatabase(
  'each error, as the table has it',
  getServer => {
    beforeAll(() =>
      importEntries(getServer(), [
        goods(4001, '50.00', {
          attachments: [{ name: 'Engraving', isRequired: true, fields: { text: { maxLength: 5 } } }],
        }),
        goods(4012, '9.00', { stock: 5 }),
        goods(4013, '9.00'),
        goods(4014, '9.00', { prices: { us: '9.00' } }),
        goods(4015, '9.00', { isActive: false }),
        {
          ...{
            kind: 'shipping_method',
            channel: 'br',
            id: 'Agendada',
            integerId: 95,
            name: 'Agendada',
            carrier: 'Moto',
          },
          ...{ position: 9, zones: [{ area: 'BR', postalFrom: '01000000', postalTo: '05999999' }] },
          deliveryWindows: [{ start: '2027-01-04T09:00:00Z', end: '2027-01-04T12:00:00Z', price: '3.00' }],
          prices: { BRL: '1.00' },
        },
      ]),
    )

    it.each(cases.map(one => [one.code, one.words ?? '', one] as const))('%s %s', async (code, _words, one) => {
      const server = getServer()
      const answer = await one.send({ server, client: clientOf(() => server) })
      const row = listedErrors.find(isOf(one))
      const named = code === 'CHK0202' ? cancelledOf(answer.json) : (one.values ?? [])
      expect([answer.status, answer.json]).toEqual([row?.status, errorBody(code, filledIn(row?.words ?? '', named))])
    })
  },
  { environment: { POLYTILL_TAX_HOSTS: '127.0.0.1' } },
)

/** An order's number is made when it is placed. */
function cancelledOf(body: { readonly error?: { readonly message?: string } } | undefined): readonly string[] {
  const [, orderId = '', status = ''] =
    /^Order (\d{13}-01) cannot be cancelled in status (\w+)$/.exec(body?.error?.message ?? '') ?? []
  return [orderId, status]
}
