/** Style that our own pages about the product share: readable from 320 px up, by day and by night, with and without color. */
export const houseStyle = `
:root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1c1d21; --quiet: #565a64; --line: #d5d7dc; --box: #f2f3f1; --accent: #0b57a4; --good: #1b6b35; --bad: #a3200d; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15171b; --ink: #e9eaec; --quiet: #a6abb6; --line: #363a43; --box: #1e2127; --accent: #8ec2ff; --good: #7fd79a; --bad: #ff9c8c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
main, footer { max-width: 62rem; margin: 0 auto; padding: 1.25rem clamp(1rem, 4vw, 2.5rem); }
h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); line-height: 1.2; margin: 1rem 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.quiet { color: var(--quiet); }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
dt { color: var(--quiet); overflow-wrap: anywhere; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { overflow-x: auto; margin: .75rem 0 0; padding: .75rem; background: var(--box); border-radius: .35rem; font: .875rem/1.5 ui-monospace, monospace; }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
pre code { font-size: 1em; overflow-wrap: normal; }
button { font: inherit; padding: .35rem .9rem; border: 1px solid var(--accent); border-radius: .35rem; background: transparent; color: var(--accent); min-height: 2.25rem; cursor: pointer; }
ul { padding-left: 1.2rem; }
footer { color: var(--quiet); border-top: 1px solid var(--line); margin-top: 2rem; }
`
