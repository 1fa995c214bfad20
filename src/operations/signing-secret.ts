import type { SettingStore } from '../storage/storage.js'
import type { Deps } from './deps.js'

const known = new WeakMap<SettingStore, Map<string, Promise<string>>>()

/** A secret of this store, made once and kept in storage; asked for once per process. */
export function signingSecret(deps: Deps, name: string): Promise<string> {
  const { settings } = deps.storage
  const secrets = known.get(settings) ?? new Map<string, Promise<string>>()
  known.set(settings, secrets)
  const secret = secrets.get(name) ?? settings.readOrCreate(`signing_secret:${name}`, () => deps.ids.secret())
  secrets.set(name, secret)
  // A database that was away must not be remembered.
  secret.catch(() => secrets.delete(name))
  return secret
}
