import { describe, expect, it } from 'vitest'
import { permissionNames } from '../../core/access/caller.js'
import { permissionsAt, readScopes, scopesCoveredBy, wixScopes } from './scopes.js'

const all = { scopes: wixScopes, permissions: permissionNames }

describe('permission ids', () => {
  it('of carts alone open no checkout', () => {
    const reader = { scopes: readScopes(['ECOM.READ_CARTS']), permissions: permissionNames }
    expect(permissionsAt(['ECOM.READ_CARTS'], reader)).toEqual(['carts:read'])
    expect(permissionsAt(['ECOM.READ_CHECKOUTS'], reader)).toEqual([])
  })

  it('count only as far as the key itself reaches', () => {
    expect(permissionsAt(['ECOM.MODIFY_CHECKOUTS'], { ...all, permissions: ['carts:read'] })).toEqual(['carts:read'])
    expect(permissionsAt(['ECOM.MODIFY_CHECKOUTS'], { ...all, permissions: [] })).toEqual([])
  })

  it('of an administrator add what others do not have', () => {
    expect(permissionsAt(['ECOM.MODIFY_CHECKOUTS'], all)).toEqual(['carts:read', 'carts:write'])
    const asked = ['ECOM.MODIFY_CHECKOUTS', 'ECOM.ADMIN_MODIFY_CHECKOUTS'] as const
    expect(permissionsAt(asked, all)).toEqual(['carts:read', 'carts:write', 'carts:admin'])
    const plain = { ...all, scopes: readScopes(['ECOM.MODIFY_CHECKOUTS']) }
    expect(permissionsAt(asked, plain)).toEqual(['carts:read', 'carts:write'])
  })

  it('that are unknown mean nothing; a key without any has those that its permissions cover', () => {
    expect(readScopes(['ECOM.EVERYTHING', 'ECOM.READ_ORDERS'])).toEqual(['ECOM.READ_ORDERS'])
    expect(scopesCoveredBy(['carts:read'])).toEqual(['ECOM.READ_CHECKOUTS', 'ECOM.READ_CARTS'])
    expect(scopesCoveredBy([])).toEqual([])
    expect(scopesCoveredBy(permissionNames)).toEqual(wixScopes)
  })
})
