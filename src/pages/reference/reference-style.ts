import { houseStyle } from '../house-style.js'

export const referenceStyle = `${houseStyle}
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; display: inline-block; padding: .5rem 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .75rem clamp(1rem, 4vw, 2.5rem); border-bottom: 1px solid var(--line); }
nav a { padding: .35rem 0; }
nav a[aria-current] { color: inherit; font-weight: 600; }
h3 { margin: 1.25rem 0 .25rem; }
.endpoint { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; }
.endpoint > summary { padding: .6rem .9rem; cursor: pointer; overflow-wrap: anywhere; }
.endpoint > div { padding: 0 .9rem .9rem; border-top: 1px solid var(--line); }
.answer { border-left: 3px solid var(--line); padding-left: .75rem; margin: .35rem 0; }
.answer > summary { cursor: pointer; min-height: 1.75rem; }
.method { display: inline-block; min-width: 4.2rem; font: 700 .85rem/1.5 ui-monospace, monospace; color: var(--accent); }
.method.delete { color: var(--bad); }
.method.get { color: var(--good); }
.type { color: var(--quiet); }
.members { margin: .25rem 0; padding-left: 1rem; border-left: 1px solid var(--line); list-style: none; }
.members li { margin: .15rem 0; }
input { font: inherit; padding: .35rem .6rem; border: 1px solid var(--quiet); border-radius: .35rem; background: var(--paper); color: inherit; min-height: 2.25rem; max-width: 100%; }
pre { max-height: 28rem; }
`

/** Narrows the list while one types, and opens what a link points to. The page says everything without it. */
export const referenceScript = `
const endpoints = [...document.querySelectorAll('section .endpoint')];
const field = document.getElementById('find');
if (field && endpoints.length > 0) {
  document.getElementById('finder').hidden = false;
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const endpoint of endpoints) {
      const text = endpoint.firstElementChild.textContent.toLowerCase();
      endpoint.hidden = !words.every(word => text.includes(word));
      if (!endpoint.hidden) count += 1;
    }
    document.getElementById('found').textContent = words.length === 0 ? '' : count + ' of ' + endpoints.length;
  });
}
const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
addEventListener('hashchange', openTarget);
openTarget();
`
