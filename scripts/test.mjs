// npm test [-- --quick] [-- --only NAME ...]: everything that must hold, from a bare checkout. Ends with `N passed, N failed`.
import { parseArgs } from 'node:util';
import { installDebianPackages, installNpmPackages, testPackages } from './setup.mjs';
import { runCheck, runSuite } from './test/steps.mjs';

const node = process.execPath;
const bin = (path) => `node_modules/${path}`;

/** One line each: they count as one test. */
const checks = {
  oxlint: [node, bin('oxlint/bin/oxlint'), '--deny-warnings'],
  imports: [node, 'scripts/lint-imports.mjs'],
  types: [node, bin('typescript/bin/tsc'), '-p', '.'],
  knip: [node, bin('knip/bin/knip.js'), '--no-progress', '--no-config-hints'],
  publint: [node, bin('publint/src/cli.js'), '--strict', '--pack', 'false'],
  docs: [node, 'scripts/test/docs-are-current.mjs'],
};
/** vitest projects (vitest.config.ts), each run on its own: they share machine-wide things. */
const suites = ['unit', 'contract', 'vagrant', 'transport', 'package', 'lab'];
const slow = ['package', 'lab'];

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true }, help: { type: 'boolean', short: 'h' } } });
const known = [...Object.keys(checks), ...suites];
const unknown = (values.only ?? []).filter((name) => !known.includes(name));
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) console.error(`no check or suite is called ${unknown.join(', ')}`);
  console.log(`npm test -- [--quick] [--only NAME]...\n  --quick  all but ${slow.join(', ')}\n  --only   one of ${known.join(', ')}`);
  process.exit(unknown.length > 0 ? 1 : 0);
}
const wanted = (name) => values.only?.includes(name) ?? !(values.quick && slow.includes(name));

const total = { passed: 0, failed: 0, skipped: 0 };
const add = (counts) => {
  for (const key of Object.keys(total)) total[key] += counts[key];
};

try {
  await installNpmPackages();
  if (suites.some(wanted)) await installDebianPackages(testPackages, 'npm test');
  add(await runCheck('build', [node, 'scripts/build.mjs']));
  // Two at a time: most of these keep one core busy.
  const queue = Object.keys(checks).filter(wanted);
  const next = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) add(await runCheck(name, checks[name]));
  };
  await Promise.all([next(), next()]);
  for (const name of suites.filter(wanted)) add(await runSuite(name));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
}

if (total.skipped > 0) console.log(`${total.skipped} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
