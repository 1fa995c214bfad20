import { describe, expect, it } from 'vitest'
import { isPublicAddress, mayBeAsked, publicLookup } from './reachable-hosts.js'

describe('addresses', () => {
  it.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    '%s is on the open network',
    address => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.16.0.1', '192.168.1.1'],
    ...['192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255', '240.0.0.1'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', 'fc00::1', 'fe80::1', 'ff02::1'],
    ...['2001:db8::1', '2002:7f00:1::', '2001::1', 'localhost', ''],
  ])('%s is not', address => expect(isPublicAddress(address)).toBe(false))
})

describe('a tax service', () => {
  const may = (text: string, trusted: readonly string[] = []) => mayBeAsked(new URL(text), trusted)

  it.each(['https://taxes.example/a?b', 'https://taxes.example:8443/', 'https://8.8.8.8/'])(
    'may be asked at %s',
    text => expect(may(text)).toBe(true),
  )

  it.each([
    ...['http://taxes.example/', 'https://127.0.0.1/', 'https://[::1]/', 'https://2130706433/', 'https://0x7f.1/'],
    ...['https://user:word@taxes.example/', 'ftp://taxes.example/', 'file:///etc/passwd'],
  ])('may not be asked at %s', text => expect(may(text)).toBe(false))

  it('may be asked anywhere that the operator names, with or without a port', () => {
    expect(may('http://taxes.internal:9000/', ['taxes.internal:9000'])).toBe(true)
    expect(may('http://taxes.internal:9001/', ['taxes.internal:9000'])).toBe(false)
    expect(may('https://127.0.0.1/', ['127.0.0.1'])).toBe(true)
    expect(may('ftp://taxes.internal/', ['taxes.internal'])).toBe(false)
    expect(may('http://user@taxes.internal/', ['taxes.internal'])).toBe(false)
  })

  it('is not found by a name that leads inside', async () => {
    const looked = await new Promise<Error | null>(resolve => {
      publicLookup('localhost', {}, error => resolve(error))
    })
    expect(looked?.message).toBe('the name leads to a private address')
  })
})
