import { beforeAll, expect, it } from 'vitest'
import { describeOnEachDatabase, type TestAnswer } from '../../support/test-server.js'
import { configure, goods, importEntries } from './more-goods.js'
import { checkoutPath, clientOf } from './shop.js'

const fifty = Array.from({ length: 50 }, (_, index) => index)

// The platform tells its clients to queue writes, since parallel ones overwrite each other. Here they are safe.
describeOnEachDatabase('parallel calls on one orderForm', getServer => {
  beforeAll(async () => {
    await importEntries(
      getServer(),
      fifty.map(index => goods(4000 + index, '1.00')),
    )
    await configure(getServer(), { apps: [{ id: 'notes', fields: fifty.map(index => `f${index}`), major: 1 }] })
  })

  const statuses = (answers: readonly TestAnswer[]) => [...new Set(answers.map(({ status }) => status))]

  it('50 different items: 50 lines, and each answer is the state after its own change', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const answers = await Promise.all(
      fifty.map(index =>
        client.form(id, 'POST', '/items', { orderItems: [{ id: String(4000 + index), quantity: 1, seller: '1' }] }),
      ),
    )
    expect(statuses(answers)).toEqual([200])
    const lengths: readonly number[] = answers.map(({ json }) => json.items.length)
    expect([...lengths].sort((a, b) => a - b)).toEqual(fifty.map(index => index + 1))
    for (const [index, { json }] of answers.entries()) {
      expect(json.items.some((item: { id: string }) => item.id === String(4000 + index))).toBe(true)
      expect(json.value).toBe(json.items.length * 100)
    }
    const { json } = await client.form(id, 'GET', '')
    expect([json.items.length, json.value]).toEqual([50, 5000])
  })

  it('50 fields of custom data beside items and a profile: all are kept, and reads see whole states', async () => {
    const client = clientOf(getServer)
    const id = await client.begin()
    const email = 'ana@shop.example'
    const [profile, item, ...rest] = await Promise.all([
      client.form(id, 'POST', '/attachments/clientProfileData', { email, firstName: 'Ana' }),
      client.form(id, 'POST', '/items', { orderItems: [{ id: '18', quantity: 2, seller: '1' }] }),
      ...fifty.map(index => client.form(id, 'PUT', `/customData/notes/f${index}`, { value: `v${index}` })),
      ...fifty.map(() => client.form(id, 'POST', '?refreshOutdatedData=true', {})),
    ])
    expect(statuses([profile, item, ...rest])).toEqual([200])
    for (const { json } of rest) {
      expect([0, 2500]).toContain(json.value)
      expect(json.value).toBe(json.items.length * 2500)
    }
    const { json } = await client.form(id, 'GET', '')
    expect(json.clientProfileData).toMatchObject({ email, firstName: 'Ana' })
    expect(Object.keys(json.customData.customApps[0].fields)).toHaveLength(50)
    expect(json.value).toBe(2500)
  })

  it('many first reads of one unknown id make one cart', async () => {
    const client = clientOf(getServer)
    const id = crypto.randomUUID().replaceAll('-', '')
    const answers = await Promise.all(
      fifty.slice(0, 10).map(() => client.send('POST', `${checkoutPath}/orderForm/${id}`, {})),
    )
    expect(statuses(answers)).toEqual([200])
    expect(new Set(answers.map(({ json }) => json.orderFormId))).toEqual(new Set([id]))
  })
})
