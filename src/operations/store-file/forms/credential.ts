import { z } from 'zod'
import { permissionNames } from '../../../core/access/caller.js'
import type { Credential } from '../../../storage/storage.js'
import { hashOfSecret } from '../../credential-secret.js'
import { type FieldsOf, form } from '../form.js'
import * as written from '../written.js'

const credentialSchema = z.strictObject({
  secret: written.text.min(8, 'must have at least 8 characters').exactOptional(),
  secretHash: z.string().min(1, 'must not be empty').exactOptional(),
  subject: written.name,
  dialect: written.name.exactOptional(),
  permissions: z.array(z.enum(permissionNames)).default([]),
  data: written.jsonByName.default({}),
  createdAt: written.instant.exactOptional(),
  expiresAt: written.instant.exactOptional(),
} satisfies FieldsOf<Credential, 'kind'>)

/** A key of a backend or a customer; only the hash of its secret is stored. */
export const credentialForm = form(credentialSchema, ({ secret, secretHash, ...rest }, reading) => {
  if ((secret === undefined) === (secretHash === undefined)) {
    reading.problem(['secret'], 'needs either secret or secretHash')
    return undefined
  }
  const hash = secret === undefined ? (secretHash ?? '') : hashOfSecret(secret)
  return [
    {
      kind: 'credential',
      value: { ...rest, kind: 'api_key', secretHash: hash, createdAt: rest.createdAt ?? reading.now },
    },
  ]
})
