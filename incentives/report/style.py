"""The looks of the HTML document: screen, phone and A4. Imports nothing.

No fonts are fetched: the stacks name what Windows, macOS and Linux have, body in Song, headings in Hei, the words of
the paper in Kai, as official documents are set. Tables become cards on a phone; on paper rows stay whole and heads
repeat.
"""

from __future__ import annotations

STYLE = """
:root {
  --song: "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", STSong, SimSun, "Noto Sans CJK SC", serif;
  --hei: "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC", "Heiti SC", "Microsoft YaHei", SimHei, sans-serif;
  --kai: "Kaiti SC", STKaiti, KaiTi, "Source Han Serif SC", "Noto Serif CJK SC", "Noto Sans CJK SC", serif;
  --ink: #1a1a1a; --soft: #555; --line: #c9c9c9; --shade: #f4f4f2;
  --holds: #14682f; --fails: #a3161c; --open: #855000;
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: #fff; color: var(--ink); font: 16px/1.75 "Times New Roman", var(--song);
  overflow-wrap: anywhere; text-autospace: normal; text-spacing-trim: normal; line-break: strict;
}
body:lang(en) { font-family: Georgia, "Times New Roman", var(--song); line-height: 1.6; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
h1, h2, h3, h4, h5, th, .figures dt, .label { font-family: Arial, var(--hei); }
h1 { font-size: 1.75rem; line-height: 1.35; text-align: center; margin: 0 0 1.25rem; letter-spacing: .04em; }
h1:lang(en) { letter-spacing: 0; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink); }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
h5 { font-size: 1rem; margin: 1rem 0 .3rem; }
p { margin: .5rem 0; }
ul { margin: .4rem 0; padding-left: 1.4em; }
ul ul { margin: 0; }
.number { white-space: pre; }
.sum { white-space: nowrap; }
.number:lang(en) { margin-right: .35em; }
dl.pairs { display: grid; grid-template-columns: 10.5em 1fr; gap: .25rem 1rem; margin: .6rem 0; }
dl.pairs:lang(en) { grid-template-columns: 11em 1fr; }
dl.pairs dt { color: var(--soft); }
dl.pairs dd { margin: 0; }
header dl.pairs { width: fit-content; max-width: 100%; margin: 0 auto 1.5rem; grid-template-columns: auto 1fr; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; padding: 0; }
.figures > div { flex: 1 1 14rem; border: 1px solid var(--line); border-top: 3px solid var(--ink); }
.figures > div { padding: .7rem 1rem; }
.figures dt { font-size: .875rem; color: var(--soft); }
.figures dd { margin: 0; font: 600 1.6rem/1.4 Arial, var(--hei); font-variant-numeric: tabular-nums; }
.quote { margin: .5rem 0; padding: .2rem 0 .2rem 1rem; border-left: 3px solid var(--line); }
.quote { font-family: "Times New Roman", var(--kai); }
.caution { padding: .5rem .9rem; background: #fdf6e7; border-left: 3px solid #c98a14; }
.remark { color: var(--soft); font-size: .9rem; }
.holds { color: var(--holds); } .fails { color: var(--fails); } .missing, .judgement { color: var(--open); }
p.holds, p.fails, p.missing, p.judgement { font-family: Arial, var(--hei); font-weight: 600; margin-top: 1rem; }
p.remark.fails, p.remark.missing, p.remark.judgement { font-weight: 400; margin-top: 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin: .6rem 0 1rem; }
table { font-size: .9rem; line-height: 1.55; }
caption { text-align: left; font-size: .875rem; color: var(--soft); padding: .2rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top; }
thead th { background: var(--shade); font-weight: 600; }
tbody th { font-weight: 400; font-family: inherit; }
.note { display: block; color: var(--soft); font-size: .9em; }
.depth-1 { padding-left: 1.4em; } .depth-2 { padding-left: 2.4em; } .depth-3 { padding-left: 3.4em; }
nav ol { list-style: none; padding-left: 0; margin: .5rem 0; }
nav ol ol { padding-left: 1.5em; }
nav a { color: inherit; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
.blanks { display: flex; flex-wrap: wrap; gap: 1.75rem 3rem; margin-top: 1.5rem; }
.blanks p { flex: 1 1 14rem; display: flex; align-items: flex-end; gap: .5em; margin: 0; white-space: nowrap; }
.blanks span.line { flex: 1; border-bottom: 1px solid var(--ink); height: 2.2em; }
@media screen and (max-width: 40rem) {
  main { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.4rem; }
  header dl.pairs { width: auto; }
  dl.pairs, dl.pairs:lang(en), header dl.pairs { grid-template-columns: 1fr; gap: 0; }
  dl.pairs dd { margin-bottom: .5rem; }
  .figures > div { flex-basis: 100%; }
  table, tbody, tr, td, tbody th, caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border: 1px solid var(--line); margin-bottom: .6rem; padding: .35rem .6rem; }
  td, tbody th { border: 0; padding: .1rem 0; display: grid; grid-template-columns: 6em 1fr; gap: .6em; }
  td:lang(en), tbody th:lang(en) { grid-template-columns: 8em 1fr; }
  td[data-label]::before { content: attr(data-label); color: var(--soft); }
  tbody th { display: block; font-weight: 600; padding-bottom: .25rem; }
  tbody th.depth-1 { padding-left: 1em; }
  tbody th.depth-2 { padding-left: 2em; }
  tbody th.depth-3 { padding-left: 3em; }
  tbody th .note { font-weight: 400; }
  td.empty { display: none; }
}
@page {
  size: A4; margin: 24mm 20mm 22mm 22mm;
  @bottom-center { content: counter(page) " / " counter(pages); font: 9pt "Times New Roman", serif; }
}
@media print {
  body { font-size: 10.5pt; line-height: 1.6; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 18pt; }
  h2 { font-size: 14pt; margin-top: 18pt; }
  h3 { font-size: 12pt; }
  h4, h5 { font-size: 10.5pt; }
  h2, h3, h4, h5, caption, p.holds, p.fails, p.missing, p.judgement, .quote, .caution { break-after: avoid; }
  h2 + p, thead { break-after: avoid; }
  thead { display: table-header-group; }
  tr, table.short, .figures, .quote, .caution, dl.pairs > dt, dl.pairs > dd, .blanks { break-inside: avoid; }
  p, li { orphans: 2; widows: 2; }
  table { font-size: 9pt; }
  .caution { background: none; border: 1px solid var(--ink); }
  thead th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .holds, .fails, .missing, .judgement { color: #000; }
}
"""
