import type { WireAddress } from './address.js'

/** How many characters of a name, of a phone number and so on stay readable. Source: captured answers. */
const shown = { start: 3, phone: 4, postalCode: 3 }

/** `Breno` is `Bre******`. */
export function maskName(text: string): string {
  return text === '' ? text : `${text.slice(0, shown.start)}******`
}

/** Every other character, the first one hidden: `*1*2*5*`. */
export function maskDocument(text: string): string {
  return [...text].map((character, index) => (index % 2 === 0 ? '*' : character)).join('')
}

export function maskPhone(text: string): string {
  return text === '' ? text : `******${text.slice(-shown.phone)}`
}

export function maskReceiver(text: string): string {
  return text === '' ? text : `${text.slice(0, shown.start)}***${text.slice(-shown.start)}`
}

export function maskPostalCode(text: string): string {
  return text === '' ? text : `******${text.slice(-shown.postalCode)}`
}

/** The first word stays, the letters of the others do not. */
export function maskWords(text: string): string {
  const [first = '', ...rest] = text.split(' ')
  return [first, ...rest.map(starred)].join(' ')
}

/** The first word and the last three letters stay; of a single word, which is the whole street, only its beginning. */
export function maskStreet(text: string): string {
  if (!text.includes(' ')) return maskNeighborhood(text)
  const masked = maskWords(text)
  return text.length > 2 * shown.start ? masked.slice(0, -shown.start) + text.slice(-shown.start) : masked
}

export function maskNumber(text: string): string {
  return text === '' ? text : '***'
}

export function maskNeighborhood(text: string): string {
  return text === '' ? text : `${text.slice(0, shown.start)}*****`
}

/** Only the blanks stay. */
export function maskAll(text: string): string {
  return text.split(' ').map(starred).join(' ')
}

function starred(word: string): string {
  return '*'.repeat([...word].length)
}

/** An address as strangers see it; state and country stay in clear unless the account hides the state too. */
export function maskAddress(address: WireAddress, hidesState: boolean): WireAddress {
  return {
    ...address,
    receiverName: address.receiverName === null ? null : maskReceiver(address.receiverName),
    postalCode: maskPostalCode(address.postalCode),
    city: maskWords(address.city),
    state: hidesState ? maskAll(address.state) : address.state,
    street: maskStreet(address.street),
    number: maskNumber(address.number),
    neighborhood: maskNeighborhood(address.neighborhood),
    complement: address.complement === null ? null : maskAll(address.complement),
    reference: null,
    geoCoordinates: [],
  }
}

/** A profile's texts as strangers see them; the e-mail address stays in clear. */
export function maskProfile<T extends Readonly<Record<string, unknown>>>(profile: T): T {
  const masks: Readonly<Record<string, (text: string) => string>> = {
    firstName: maskName,
    lastName: maskName,
    document: maskDocument,
    phone: maskPhone,
    corporateName: maskName,
    tradeName: maskName,
    corporateDocument: maskDocument,
    stateInscription: maskDocument,
    corporatePhone: maskPhone,
  }
  const masked = Object.entries(profile).map(([key, value]) => {
    const mask = masks[key]
    return [key, mask === undefined || typeof value !== 'string' ? value : mask(value)]
  })
  return Object.fromEntries(masked)
}
