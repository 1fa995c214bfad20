import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'

/** Set by `.ci/run`, which also installs what these tests need. */
const isAsked = process.env.POLYTILL_BROWSER === '1'

const whyNot = 'POLYTILL_BROWSER is not 1; .ci/run sets it and installs Chromium and the Checkout SDK'

/** Where Debian and others put it. `POLYTILL_CHROMIUM` names another. */
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * Tests that need a real Chromium: where `POLYTILL_BROWSER=1` asks for them, a Chromium that is missing is a failure.
 * Elsewhere one skipped test says that they were not run, and why.
 *
 * @param define  gets the browser, which is there from the first hook or test on
 */
export function describeInChromium(name: string, define: (browser: () => Browser) => void): void {
  if (!isAsked) {
    it(`${name}: not run`, context => context.skip(whyNot))
    return
  }
  describe(name, () => {
    let opened: Browser | undefined
    beforeAll(async () => {
      opened = await launch()
    })
    afterAll(() => opened?.close())
    define(() => {
      if (opened === undefined) throw new Error('the browser starts before the first test')
      return opened
    })
  })
}

async function launch(): Promise<Browser> {
  const named = process.env.POLYTILL_CHROMIUM
  const executablePath = named ?? usualPlaces.find(place => existsSync(place))
  if (executablePath === undefined) {
    throw new Error(`no Chromium in ${usualPlaces.join(', ')}; install it or name it in POLYTILL_CHROMIUM`)
  }
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
}
