import { readFileSync } from 'node:fs';

/** The 60 things of the benchmark, described once for all who set them up. */
export const resources = JSON.parse(readFileSync(new URL('./playbook/resources.json', import.meta.url), 'utf8'));

const q = (word) => `'${word.replaceAll("'", `'\\''`)}'`;

/** The joined probe of the floor: every resource is looked at, with as few processes as can be. */
export function probeScript() {
  const { directories, links, absent, texts, copies, templates, lines, sysctls, users, blocks, asserts, commands } = resources;
  const files = [...texts, ...copies, ...templates].map(({ path }) => path);
  const paths = [...directories, ...links, ...absent, ...asserts].map(({ path }) => path).concat(files, commands.map(({ creates }) => creates));
  return [
    'LC_ALL=C',
    `stat -c '%n %F %a %U %G %s' -- ${paths.map(q).join(' ')} 2>&1`,
    `sha256sum -- ${[...files, ...sysctls.map(({ file }) => `/etc/sysctl.d/${file}.conf`)].map(q).join(' ')} 2>&1`,
    `readlink -- ${links.map(({ path }) => q(path)).join(' ')}`,
    ...[...new Set([...lines, ...blocks].map(({ path }) => path))].map((path) => `while IFS= read -r l; do echo "$l"; done <${q(path)}`),
    ...sysctls.map(({ key }) => `read -r v </proc/sys/${key.replaceAll('.', '/')}; echo "${key} $v"`),
    `getent passwd ${users.map(({ name }) => q(name)).join(' ')}`,
    `getent group ${users.map(({ name }) => q(name)).join(' ')}`,
    'echo the end',
    '',
  ].join('\n');
}

/** Takes everything away that the playbooks make, and puts the files that lines and blocks are added to as they were. */
export function resetScript() {
  const { lines, blocks, sysctls, users } = resources;
  const bases = [...new Set([...lines, ...blocks].map(({ path }) => path))];
  return [
    'rm -rf /srv/bench /srv/bench-base; mkdir -p /srv/bench-base',
    `for f in ${bases.map(q).join(' ')}; do printf '# %s\\nalpha = 1\\nbeta = 2\\n' "$f" >"$f"; done`,
    `rm -f ${sysctls.map(({ file }) => q(`/etc/sysctl.d/${file}.conf`)).join(' ')}`,
    ...sysctls.map(({ key, value }) => `echo ${value === '0' ? 1 : 0} >/proc/sys/${key.replaceAll('.', '/')}`).filter((line) => !line.includes('somaxconn')),
    'echo 128 >/proc/sys/net/core/somaxconn',
    ...users.map(({ name }) => `! getent passwd ${q(name)} >/dev/null || userdel -r ${q(name)} 2>/dev/null || :`),
    '',
  ].join('\n');
}
