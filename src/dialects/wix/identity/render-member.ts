import type { Customer } from '../../../core/customers/customer.js'

/** A member as the log-in shows it. Source: names from the platform's published client. */
export function renderIdentity(member: Customer): object {
  return {
    id: member.id,
    revision: String(member.version),
    createdDate: member.createdAt,
    updatedDate: member.updatedAt,
    connections: [],
    identityProfile: {
      ...namesOf(member),
      emails: [member.email],
      phones: phonesOf(member),
      labels: [],
      privacyStatus: 'PRIVATE',
      customFields: [],
      secondaryEmails: [],
      phonesV2: [],
      addresses: [],
    },
    email: { address: member.email, isVerified: member.isConfirmed },
    status: { name: 'ACTIVE', reasons: [] },
    factors: [{ factorId: member.id, type: 'PASSWORD', status: 'ACTIVE' }],
  }
}

/** A member as the members service shows it, with everything that is the member's own. */
export function renderMember(member: Customer): object {
  return {
    id: member.id,
    loginEmail: member.email,
    loginEmailVerified: member.isConfirmed,
    status: 'APPROVED',
    contactId: member.id,
    contact: {
      ...namesOf(member),
      phones: phonesOf(member),
      emails: [member.email],
      addresses: member.addresses.map(address => ({
        id: address.id,
        ...present({
          addressLine: [address.line1, address.streetNumber].filter(part => part !== undefined).join(' ') || undefined,
          addressLine2: address.line2,
          city: address.city,
          subdivision: subdivisionOf(address),
          country: address.country,
          postalCode: address.postalCode,
        }),
      })),
      customFields: {},
      ...present({ company: member.company, birthdate: member.dateOfBirth }),
    },
    profile: { nickname: nicknameOf(member), slug: member.id },
    privacyStatus: 'PRIVATE',
    activityStatus: 'ACTIVE',
    createdDate: member.createdAt,
    updatedDate: member.updatedAt,
  }
}

function namesOf({ firstName, lastName }: Customer): object {
  return present({ firstName, lastName })
}

function phonesOf({ phone }: Customer): readonly string[] {
  return phone === undefined || phone === '' ? [] : [phone]
}

function nicknameOf(member: Customer): string {
  const name = [member.firstName, member.lastName].filter(part => part !== undefined && part !== '').join(' ')
  return name === '' ? (member.email.split('@')[0] ?? '') : name
}

/** ISO 3166-2, as the platform writes it: `US-TX`. */
function subdivisionOf({ country, subdivision }: Customer['addresses'][number]): string | undefined {
  return country === undefined || subdivision === undefined ? undefined : `${country}-${subdivision}`
}

/** Only the members that have a value. */
function present(members: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''))
}
