import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, localInventory, type Project, schema } from '../../cli/terminal.ts';
import { parts } from './parts.ts';

let project: Project;
const site = `import { playbook } from 'plinth';
import { file } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
export default playbook(fleet, ({ play, groups }) => {
  play('Files', groups.all, { become: false }, ({ task, vars, host }) => {
    task('greeting', file, { path: \`\${vars.dir}/\${host.name}.txt\`, content: 'one\\ntwo\\n', mode: '0644', owner: 'root', group: 'root' });
  });
});
`;

beforeEach(async () => {
  project = createProject();
  project.write('inventory/schema.ts', schema);
  project.write('inventory/site.yaml', localInventory.replace('DIR', project.dir));
  project.write('playbooks/site.ts', site);
});
afterEach(() => rmSync(project.dir, { recursive: true, force: true }));

describe('plinth report', () => {
  it('writes the last run beside its journal, for its owner alone, and says where', async () => {
    await project.run('apply', 'playbooks/site.ts', '--limit', 'workers');
    const [id = ''] = readdirSync(join(project.dir, '.plinth/runs'));
    const { code, out } = await project.run('report');
    expect({ code, out }).toEqual({ code: 0, out: `.plinth/runs/${id}/report.html\n` });
    const file = join(project.dir, out.trim());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { text } = parts(readFileSync(file, 'utf8'));
    expect(text).toContain('playbooks/site.ts Converged');
    expect(text).toContain('--limit workers');
    expect(text).toContain('+one +two');
    expect(text).not.toContain('put together from durations');
  });

  it('goes where -o says, or to stdout', async () => {
    await project.run('plan', 'playbooks/site.ts');
    expect((await project.run('report', 'last', '-o', 'out/run.html')).out).toBe('out/run.html\n');
    expect(existsSync(join(project.dir, 'out/run.html'))).toBe(true);
    expect((await project.run('report', '-o', '-')).out).toMatch(/^<!doctype html>/);
  });

  it('opens it, and says so plainly where that cannot be done', async () => {
    await project.run('plan', 'playbooks/site.ts');
    const noted = join(project.dir, 'opened');
    chmodSync(project.write('bin/xdg-open', `#!/bin/sh\nprintf %s "$1" >${noted}.new && mv ${noted}.new ${noted}\n`), 0o755);
    expect(await project.runWith({ env: { HOME: project.dir, PATH: `${project.dir}/bin:/bin:/usr/bin` } }, 'report', '--open')).toMatchObject({ code: 0, err: '' });
    await expect.poll(() => existsSync(noted), { timeout: 20_000 }).toBe(true);
    expect(readFileSync(noted, 'utf8')).toMatch(/report\.html$/);
    const nowhere = await project.runWith({ env: { HOME: project.dir, PATH: `${project.dir}/none` } }, 'report', '--open');
    expect(nowhere.code).toBe(0);
    expect(nowhere.err).toContain('open the file in a browser yourself');
  });

  it('never holds a secret, in whatever encoding a node printed it', async () => {
    const token = 'p@ss "w0rd" /+?';
    project.write('inventory/schema.ts', schema.replace("import { defineFleet }", "import { defineFleet, secret }").replace('text: z.string()', 'token: secret(), text: z.string()'));
    project.write('inventory/site.yaml', localInventory.replace('dir: DIR', `dir: ${project.dir}, token: !secret env:TOKEN`));
    project.write('playbooks/secret.ts', `import { playbook, sh } from 'plinth';
import { command, file } from 'plinth/modules';
import { fleet } from '../inventory/schema.ts';
export default playbook(fleet, ({ play, groups }) => {
  play('Secret', groups.controlPlane, { become: false }, ({ task, vars }) => {
    task('file', file, { path: \`\${vars.dir}/token\`, content: vars.token, mode: '0600', owner: 'root', group: 'root' });
    task('printed', command, { run: sh\`printf '%s\\n' \${vars.token}; printf %s \${vars.token} | base64; printf '%s\\n' \${vars.token} >&2; false\` });
  });
});
`);
    const env = { TOKEN: token, HOME: project.dir, XDG_CACHE_HOME: join(project.dir, '.cache'), GITHUB_STEP_SUMMARY: join(project.dir, 'summary.md') };
    expect((await project.runWith({ env }, 'apply', 'playbooks/secret.ts')).code).toBe(1);
    expect(readFileSync(join(project.dir, 'token'), 'utf8')).toContain(token);
    const page = (await project.runWith({ env }, 'report', '-o', '-')).out;
    expect(page).toContain('Secret › printed');
    expect(page).toContain('***');
    const journal = readdirSync(join(project.dir, '.plinth/runs')).map((id) => readFileSync(join(project.dir, '.plinth/runs', id, 'events.jsonl'), 'utf8')).join('');
    const forms = [token, Buffer.from(token).toString('base64').replace(/=+$/, ''), encodeURIComponent(token), JSON.stringify(token).slice(1, -1), token.replaceAll('"', '&quot;')];
    for (const told of [page, parts(page).text, journal, readFileSync(join(project.dir, 'summary.md'), 'utf8')]) for (const form of forms) expect(told).not.toContain(form);
  });

  it.each([
    [['report'], 'there is no run "last"'],
    [['report', 'nope'], 'there is no run "nope"'],
    [['report', 'a', 'b'], '"b" is one argument too many'],
  ])('%j', async (argv, message) => {
    const { code, err } = await project.run(...argv);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });

  it('does not mix --open and stdout, and says why a file cannot be written', async () => {
    await project.run('plan', 'playbooks/site.ts');
    expect((await project.run('report', '-o', '-', '--open')).err).toContain('--open needs a file');
    project.write('taken', '');
    expect((await project.run('report', '-o', 'taken/run.html')).err).toContain('the report cannot be written');
  });
});
