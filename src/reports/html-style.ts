/** The look of the HTML report: system fonts, quiet colours, light and dark, fit for printing. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1d2329; --quiet: #5b6670; --line: #dde2e7;
  --add: #17663a; --add-bg: #e6f4ea; --remove: #a3242b; --remove-bg: #fbeaea;
  --change: #7a5200; --change-bg: #fbf1db; --calm-bg: #edf0f3; --link: #205c9c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14181c; --card: #1b2026; --text: #e3e7eb; --quiet: #9aa5b0; --line: #2e363e;
    --add: #7fd6a0; --add-bg: #16301f; --remove: #f3a3a5; --remove-bg: #3a1d20;
    --change: #e8c176; --change-bg: #352a14; --calm-bg: #252c33; --link: #8bbcf0;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
header { position: sticky; top: 0; z-index: 1; background: var(--card); border-bottom: 1px solid var(--line); }
header > div, main { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header > div { padding-block: .8rem; }
h1 { font-size: 1.25rem; margin: 0; line-height: 1.3; }
h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 .5rem; }
p { margin: .25rem 0; }
main { padding-bottom: 4rem; }
.quiet { color: var(--quiet); }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; margin: .45rem 0 0; padding: 0; list-style: none; }
.chips li { padding: .05rem .6rem; border-radius: 1rem; font-size: .85rem; background: var(--calm-bg); }
.chips b { font-variant-numeric: tabular-nums; }
.add { color: var(--add); } .remove { color: var(--remove); } .change { color: var(--change); }
.chips .add, .sign.add { background: var(--add-bg); } .chips .remove, .sign.remove { background: var(--remove-bg); }
.chips .change, .sign.change { background: var(--change-bg); } .chips .zero { color: var(--quiet); background: var(--calm-bg); }
.entry, .list { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .45rem 0; }
.entry > summary, .entry > .summary { padding: .5rem .8rem; } .entry > .summary { padding-left: 1.75rem; }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: .5rem; }
.sign { display: inline-block; min-width: 1.5rem; text-align: center; border-radius: .3rem; font-weight: 700; margin-right: .5rem; background: var(--calm-bg); }
.name { font-weight: 600; overflow-wrap: anywhere; }
.note { color: var(--quiet); margin-left: .5rem; overflow-wrap: anywhere; }
.hint { color: var(--quiet); margin: 0; padding: 0 .8rem .5rem 2.8rem; }
.rows { width: 100%; border-collapse: collapse; border-top: 1px solid var(--line); table-layout: fixed; }
.rows th, .rows td { text-align: left; vertical-align: top; padding: .35rem .8rem; overflow-wrap: anywhere; }
.rows tr + tr > * { border-top: 1px solid var(--line); }
.rows th { width: 38%; font-weight: 400; color: var(--quiet); }
.rows th, .rows td, pre, code { font-family: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace; font-size: .83rem; }
.rows th.label { font-family: inherit; font-style: italic; width: auto; }
del, ins { text-decoration: none; padding: .05rem .25rem; border-radius: .2rem; }
del { color: var(--remove); background: var(--remove-bg); } ins { color: var(--add); background: var(--add-bg); }
ul.items { list-style: none; margin: 0; padding: 0; } ul.items li + li { margin-top: .2rem; }
pre { margin: 0; padding: .6rem 0; overflow-x: auto; white-space: pre; max-height: 32rem; }
pre span { display: block; padding: 0 .8rem; min-width: max-content; }
pre .add { background: var(--add-bg); } pre .remove { background: var(--remove-bg); } pre .gap { color: var(--quiet); font-style: italic; }
td.text { padding: 0; }
.list { padding: .5rem .8rem; } .list ul { margin: .3rem 0 .3rem 1.1rem; padding: 0; } .list li { overflow-wrap: anywhere; margin: .15rem 0; }
.list details > summary { overflow-wrap: anywhere; } .list .path { color: var(--quiet); margin-left: .5rem; }
.severity { font-weight: 600; } .closing { margin-top: 2rem; font-weight: 600; }
@media (max-width: 40rem) { .rows th, .rows td { display: block; width: auto; } .rows th { padding-bottom: 0; } .rows tr > td { border-top: 0 !important; } }
@media print { header { position: static; } body { background: none; } pre { max-height: none; white-space: pre-wrap; } }
`;
