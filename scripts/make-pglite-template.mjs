// Makes the archive that a first start of the embedded database begins with. Runs on the build, after the compiler.
const { makeTemplate } = await import(new URL('../dist/storage/pglite/template.js', import.meta.url).href)

const { file, isNew } = await makeTemplate()
if (isNew) console.log(`database template: ${file}`)
