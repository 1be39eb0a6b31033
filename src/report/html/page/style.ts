const light = '--bg:#f6f7f8;--card:#fff;--ink:#1b1f24;--dim:#525c67;--line:#dfe3e8;--soft:#eef1f4;--link:#0a58ca;--ok:#15693d;--okbg:#e3f4ea;--changed:#8a5a00;--changedbg:#fdf0d0;--failed:#b42318;--failedbg:#fde7e4;--unknown:#6b3fa0;--unknownbg:#f0e8fa;--skipped:#59636e;--skippedbg:#e9ecef;--connect:#4b7bb5;--trip:#8d99a6;--bok:#4fb37c;--bchanged:#e0a21b;--bfailed:#d9482f;--bunknown:#9b72cf;--bskipped:#b4bcc5;color-scheme:light';
const dark = '--bg:#0f1216;--card:#171b21;--ink:#e4e8ec;--dim:#9aa5b1;--line:#2b323b;--soft:#20262e;--link:#7ab4ff;--ok:#5fd39a;--okbg:#12301f;--changed:#f0c05a;--changedbg:#37290a;--failed:#ff9587;--failedbg:#431a15;--unknown:#c9a8f5;--unknownbg:#2c1f40;--skipped:#9aa5b1;--skippedbg:#262d36;--connect:#5b8fd0;--trip:#66717d;--bok:#3b9d69;--bchanged:#d19a24;--bfailed:#e5604a;--bunknown:#8e66c4;--bskipped:#5a6470;color-scheme:dark';

/** The page's only style sheet. Both palettes keep at least 4.5 : 1 between text and its ground. */
export const style = `
:root{${light};--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
:root[data-theme=dark]{${dark}}
*{box-sizing:border-box}
html{scroll-padding-top:56px}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.top,.tiles,main,footer{max-width:1180px;margin-inline:auto;padding-inline:24px}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;z-index:9;background:var(--card);padding:6px 12px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
h1,h2,h3,h4,p,ul,dl,dd{margin:0}ul{padding:0;list-style:none}
code,pre,.host,.num{font-family:var(--mono);font-size:12.5px}
.num,.n{font-variant-numeric:tabular-nums}
.dim,.note,.hint,.empty{color:var(--dim)}
button,input,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:3px 10px}
button{cursor:pointer}button:hover{background:var(--soft)}
[hidden]{display:none!important}
.top{display:grid;grid-template-columns:1fr auto;gap:4px 16px;padding-top:28px;align-items:start}
.eyebrow{color:var(--dim);font-size:12px;letter-spacing:.06em;text-transform:uppercase}
h1{font-size:24px;line-height:1.3;font-weight:650;overflow-wrap:anywhere;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center}
.facts{display:flex;flex-wrap:wrap;gap:6px 28px;grid-column:1/-1;margin-top:10px}
.facts dt{color:var(--dim);font-size:12px}.facts dd{overflow-wrap:anywhere}
.badge{display:inline-block;border-radius:4px;padding:0 7px;font-size:12px;line-height:20px;font-weight:600;white-space:nowrap;color:var(--skipped);background:var(--skippedbg)}
.badge.big{font-size:13px;line-height:26px;padding:0 11px;border-radius:13px}
.badge.ok{color:var(--ok);background:var(--okbg)}
.badge.changed,.badge.would-change,.badge.stopped{color:var(--changed);background:var(--changedbg)}
.badge.failed,.badge.unreachable{color:var(--failed);background:var(--failedbg)}
.badge.unknown{color:var(--unknown);background:var(--unknownbg)}
.tiles{display:flex;flex-wrap:wrap;gap:8px;margin-top:18px}
.tiles li{flex:1 1 104px;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:8px 12px;color:var(--dim);font-size:13px}
.tiles b{display:block;font-size:22px;line-height:1.25;font-weight:650;color:var(--ink);font-variant-numeric:tabular-nums}
.tiles .ok b{color:var(--ok)}.tiles .changed b{color:var(--changed)}.tiles .failed b{color:var(--failed)}.tiles .unknown b{color:var(--unknown)}.tiles .none b{color:var(--dim);font-weight:500}
nav{position:sticky;top:0;z-index:5;background:var(--bg);display:flex;gap:2px;padding:8px max(24px,calc((100% - 1180px)/2 + 24px));margin-top:12px;overflow-x:auto;scrollbar-width:none;border-bottom:1px solid var(--line)}
nav a{color:var(--dim);text-decoration:none;padding:3px 10px;border-radius:6px;white-space:nowrap}nav a:first-child{margin-left:-10px}nav a:hover{background:var(--soft);color:var(--ink)}
section{margin-top:22px;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px}
.head{display:flex;flex-wrap:wrap;gap:0 12px;align-items:baseline;margin-bottom:8px}
h2{font-size:16px;font-weight:650}h3{font-size:13.5px;font-weight:650;margin:18px 0 6px}h4{font-size:14px;font-weight:600;display:inline;overflow-wrap:anywhere}h3 small{font-weight:400;color:var(--dim);margin-left:6px}
.host{background:var(--soft);border-radius:4px;padding:1px 6px;white-space:nowrap}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:5px 14px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);font-weight:400}
tbody tr:last-child>*{border-bottom:0}tbody th{font-weight:550}thead th{color:var(--dim);font-size:12px;white-space:nowrap}
td:last-child,th:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap}.zero{color:var(--dim)}
tr:target>*{background:var(--changedbg)}
pre{background:var(--soft);border-radius:6px;padding:8px 12px;margin:6px 0 0;overflow:auto;max-height:420px;line-height:1.45;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}
pre.diff{white-space:pre;padding-inline:0;overflow-wrap:normal}
.diff span{display:block;padding:0 12px;width:max-content;min-width:100%}.diff .p{background:var(--okbg);color:var(--ok)}.diff .m{background:var(--failedbg);color:var(--failed)}.diff .at{color:var(--dim)}
.plus{color:var(--ok)}.minus{color:var(--failed)}
summary{cursor:pointer;color:var(--dim);font-size:13px;width:max-content;max-width:100%}summary:hover{color:var(--ink)}
details{margin-top:4px}
.problem{border-left:3px solid var(--bfailed);padding:2px 0 4px 14px;margin-top:14px}.problem h3{margin:0 0 2px;font-size:14px;overflow-wrap:anywhere}.problem .what{color:var(--failed);white-space:pre-line}
.way{flex-basis:100%}.way dd{white-space:pre-line;font-weight:550}
.warnings li{padding:4px 0;overflow-wrap:anywhere}.problem+.warnings{margin-top:14px}
.change{padding:12px 0;border-top:1px solid var(--line)}.change .line{display:flex;flex-wrap:wrap;gap:2px 8px;align-items:baseline}.change .line code{color:var(--dim)}.right{margin-left:auto;display:flex;gap:14px;font-size:12.5px;color:var(--dim)}.right a{color:var(--dim)}
.change ul{margin:6px 0 0}.change li{padding:2px 0;overflow-wrap:anywhere}.vals{margin-left:10px}.vals em{color:var(--dim)}.arrow{color:var(--dim);margin:0 6px}
.more{display:flex;flex-wrap:wrap;gap:0 18px}.more details{max-width:100%}.more details[open]{flex-basis:100%;min-width:0}
.tools{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;margin-bottom:8px}.filter input{width:230px;max-width:60vw;margin-left:4px}
.chart{position:relative;margin-top:10px}
.lane{display:grid;grid-template-columns:190px 1fr;align-items:center;min-height:34px}.lane .name{display:flex;gap:8px;align-items:center;padding-right:12px;overflow:hidden;min-width:0}.lane .name b{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:600}
.track{position:relative;height:28px;border-bottom:1px solid var(--line);min-width:0;overflow:hidden}
.axis,.plays{min-height:22px}.axis .track,.plays .track{height:20px;border:0}.plays .name{color:var(--dim);font-size:12px}
.axis i{position:absolute;bottom:0;height:5px;border-left:1px solid var(--line)}.axis b{position:absolute;bottom:4px;left:2px;font:11px/1 var(--mono);color:var(--dim);white-space:nowrap}
.play{position:absolute;top:1px;height:17px;background:var(--soft);border-left:2px solid var(--trip);font-size:11.5px;line-height:17px;padding-left:5px;color:var(--dim);overflow:hidden;white-space:nowrap;text-overflow:ellipsis}
.bar{position:absolute;top:4px;height:14px;min-width:3px;border-radius:2px;background:var(--bok);box-shadow:inset -1px 0 var(--card)}
.bar:hover,.bar:focus-visible{filter:brightness(1.15);outline:2px solid var(--link);outline-offset:0;z-index:2}
.bar.changed,.bar.would-change,i.changed,i.would-change{background:var(--bchanged)}.bar.failed,.bar.unreachable,i.failed{background:var(--bfailed)}.bar.skipped,i.skipped{background:var(--bskipped)}.bar.unknown,i.unknown{background:var(--bunknown)}i.ok{background:var(--bok)}
.bar.connect.ok,i.connect{background:var(--connect)}
.trip{position:absolute;bottom:3px;height:4px;min-width:2px;background:var(--trip)}
.told{min-height:22px;margin:8px 0 2px;font-size:13px;overflow-wrap:anywhere}
.legend{display:flex;flex-wrap:wrap;gap:2px 16px;font-size:12px;color:var(--dim)}.key{display:inline-block;width:14px;height:9px;border-radius:2px;margin-right:3px}i.key.trip{position:static;height:4px;background:var(--trip);vertical-align:middle}
.share{display:flex;width:130px;height:9px;margin-top:6px;border-radius:3px;overflow:hidden;gap:1px}
.meter{display:block;height:9px;margin-top:6px}.meter i{display:block;height:9px;border-radius:2px}.wide{width:34%;min-width:90px}
.grid{font-size:13px}.grid td,.grid th{padding-block:3px}.grid th[scope=row]{font-weight:450;overflow-wrap:anywhere;min-width:160px}.grid th:first-child{position:sticky;left:0;background:var(--card);z-index:1}.grid code{color:var(--dim)}
.s{white-space:nowrap}th .dim,.s small{font-weight:400}.s small{color:var(--dim)}.s .why{display:block;white-space:normal;max-width:220px}
.s.ok{color:var(--ok)}.s.changed,.s.would-change{color:var(--changed);font-weight:600}.s.failed{color:var(--failed);font-weight:600}.s.unknown{color:var(--unknown)}.s.skipped,.none{color:var(--dim)}
footer{color:var(--dim);font-size:12.5px;padding-block:22px 34px}
@media(max-width:700px){.top,.tiles,main,footer{padding-inline:14px}nav{padding-inline:14px}section{padding:14px 12px}.lane.node{grid-template-columns:1fr;padding-top:6px}.axis,.plays{grid-template-columns:1fr}.axis .name,.plays .name{display:none}.tiles{display:grid;grid-template-columns:repeat(3,1fr)}.tiles li{padding:6px 10px}h1{font-size:19px}.right{margin-left:0;flex-basis:100%}}
@media print{nav,button,.tools,.hint,.skip{display:none!important}body{background:#fff}section{break-inside:auto;border:0;padding:0}pre{max-height:none}}
@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
`;
