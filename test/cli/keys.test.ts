import { expect, test } from 'vitest'
import { createKey, listKeys, revokeKey } from '../../src/cli/keys.js'
import { permissionNames } from '../../src/core/access/caller.js'
import { hashOfSecret } from '../../src/operations/credential-secret.js'
import { describeOnPglite } from '../support/databases.js'

function collect() {
  const written: string[] = []
  return { output: { write: (text: string) => written.push(text) }, text: () => written.join('') }
}

describeOnPglite('API keys', open => {
  test('a key is shown once, kept as a hash, and found by its secret', async () => {
    const storage = await open()
    const { output, text } = collect()
    await createKey(storage, { name: 'erp', dialect: 'spree', permissions: ['orders:read'], days: 30 }, output)
    const secret = text().trim()
    expect(secret).toMatch(/^pt_[\w-]{43}$/)
    const kept = await storage.credentials.read('api_key', hashOfSecret(secret))
    expect(kept).toMatchObject({ subject: 'erp', dialect: 'spree', permissions: ['orders:read'] })
    expect(Date.parse(kept?.expiresAt ?? '') - Date.parse(kept?.createdAt ?? '')).toBe(30 * 86_400_000)
    expect(JSON.stringify(kept)).not.toContain(secret)
  })

  test('the list names keys and rights, never secrets', async () => {
    const storage = await open()
    const made = collect()
    await createKey(
      storage,
      { name: 'erp', dialect: 'spree', permissions: ['orders:read', 'orders:write'] },
      made.output,
    )
    const listed = collect()
    await listKeys(storage, listed.output)
    expect(listed.text()).toBe('erp  spree  orders:read orders:write  never expires\n')
    expect(listed.text()).not.toContain(made.text().trim())
  })

  test('an empty list says so', async () => {
    const listed = collect()
    await listKeys(await open(), listed.output)
    expect(listed.text()).toBe('There are no keys.\n')
  })

  test('a revoked key is gone at once; another of the same name may follow', async () => {
    const storage = await open()
    const { output, text } = collect()
    await createKey(storage, { name: 'erp', dialect: 'spree', permissions: [] }, output)
    await revokeKey(storage, 'erp', output)
    expect(await storage.credentials.read('api_key', hashOfSecret(text().split('\n')[0] ?? ''))).toBeUndefined()
    await expect(revokeKey(storage, 'erp', output)).rejects.toThrow('There is no key "erp".')
    await createKey(storage, { name: 'erp', dialect: 'spree', permissions: [] }, output)
  })

  test('a second key of one name, an unknown right and a strange name are refused, and nothing is kept', async () => {
    const storage = await open()
    const { output } = collect()
    await createKey(storage, { name: 'erp', dialect: 'spree', permissions: permissionNames }, output)
    await expect(createKey(storage, { name: 'erp', dialect: 'spree', permissions: [] }, output)).rejects.toThrow(
      'already',
    )
    await expect(
      createKey(storage, { name: 'b', dialect: 'spree', permissions: ['orders:fly'] }, output),
    ).rejects.toThrow('orders:fly')
    await expect(createKey(storage, { name: 'a b\n', dialect: 'spree', permissions: [] }, output)).rejects.toThrow(
      'letters',
    )
    const listed = collect()
    await listKeys(storage, listed.output)
    expect(listed.text().split('\n').filter(Boolean)).toHaveLength(1)
  })
})
