import { expect, it } from 'vitest'
import { admin, describeShop } from '../shop.js'

const email = 'Forgetful@example.com'
const first = 'secret123'

describeShop('passwords of users: PUT /api/users/:id', shop => {
  const logIn = async (password: string) => {
    const answer = await shop.send('POST', '/login', { body: { spree_user: { email, password } } })
    return { status: answer.status, key: answer.json.user?.spree_api_key as string }
  }
  const change = (id: number, user: object, key: string = admin) =>
    shop.send('PUT', `/api/users/${id}`, { key, body: { user } })

  it('are changed by their users and by administrators; a blank one is left as it is', async () => {
    const made = await shop.send('POST', '/api/users', { body: { user: { email, password: first } } })
    expect(made.status).toBe(201)
    const { id } = made.json
    const { key } = await logIn(first)
    const own = await change(id, { password: 'better than that', password_confirmation: 'better than that' }, key)
    expect(own).toMatchObject({ status: 200, json: { id, email } })
    expect(own.json).not.toHaveProperty('password')
    expect((await logIn(first)).status).toBe(422)
    expect((await logIn('better than that')).status).toBe(200)
    expect((await change(id, { password: '', email }, key)).status).toBe(200)
    expect((await logIn('better than that')).status).toBe(200)
    expect((await change(id, { password: 'given by the shop' })).status).toBe(200)
    expect((await logIn('given by the shop')).status).toBe(200)
  })

  it('that are too short, or confirmed otherwise, change nothing', async () => {
    const user = { email: 'other@example.com', password: first }
    const { id } = (await shop.send('POST', '/api/users', { body: { user } })).json
    const short = await change(id, { email: 'moved@example.com', password: 'short' })
    expect([short.status, short.json.errors]).toEqual([422, { password: ['is too short (minimum is 6 characters)'] }])
    const other = await change(id, { email: 'moved@example.com', password: first, password_confirmation: 'different' })
    expect([other.status, other.json.errors]).toEqual([422, { password_confirmation: ["doesn't match Password"] }])
    const number = await change(id, { password: 12_345_678 })
    expect([number.status, number.json.errors]).toEqual([422, { password: ["can't be blank"] }])
    const read = await shop.send('GET', `/api/users/${id}`, { key: admin })
    expect(read.json).toMatchObject({ id, email: 'other@example.com' })
    const still = await shop.send('POST', '/login', { body: { spree_user: user } })
    expect(still.status).toBe(200)
  })
})
