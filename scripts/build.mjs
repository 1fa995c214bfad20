// Makes `dist/` from `src/`: the program as a few large files, since a process that starts by reading hundreds of modules
// takes three times as long; and beside them what it reads while it runs. Types are checked by `npm run types`.
import { chmod, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { lowerSpreads } from './lower-spreads.mjs'

/** @param {string} name */
const folder = name => fileURLToPath(new URL(`../${name}`, import.meta.url))

// All but the database templates, which take seconds to make: whatever is no longer in the sources must go.
await mkdir(folder('dist'), { recursive: true })
for (const name of await readdir(folder('dist'))) {
  if (!name.startsWith('pglite-template-')) await rm(folder(`dist/${name}`), { recursive: true })
}

const built = await build({
  absWorkingDir: folder(''),
  entryPoints: { cli: 'src/cli.ts', template: 'src/storage/pglite/template.ts' },
  outdir: 'dist',
  chunkNames: '[name]-[hash]',
  bundle: true,
  // What a start loads later stays a file of its own, and every module is in one of them only.
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  write: false,
})
for (const { path, text } of built.outputFiles) await writeFile(path, lowerSpreads(text))
await chmod(folder('dist/cli.js'), 0o755)
for (const name of ['storage/migrations', 'storage/pglite/worker.js']) {
  await cp(folder(`src/${name}`), folder(`dist/${name}`), { recursive: true })
}

const { makeTemplate } = await import(new URL('../dist/template.js', import.meta.url).href)
const { file, isNew } = await makeTemplate()
if (isNew) console.log(`database template: ${file}`)
