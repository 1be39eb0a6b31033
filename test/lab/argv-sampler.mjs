// Looks at the arguments of every process of this machine, nodes of labs included, as fast as it can. Prints each list of them once, as JSON, when it is ended.
import { readdirSync, readFileSync } from 'node:fs';

const seen = new Set();
let ended = false;
process.on('SIGTERM', () => (ended = true));

function look() {
  for (const pid of readdirSync('/proc')) {
    if (pid.charCodeAt(0) > 57) continue;
    try {
      seen.add(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
    } catch {
      // It ended in between.
    }
  }
  if (!ended) return void setTimeout(look, 1);
  process.stdout.write(JSON.stringify([...seen].map((line) => Buffer.from(line, 'latin1').toString('utf8').replaceAll('\0', ' '))));
}
process.stderr.write('looking\n');
look();
