import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject } from '../cli/terminal.ts';
import { layOut, wholeLayout } from './laid-out.ts';

const project = createProject();
layOut(join(project.dir, 'bundle'), wholeLayout);

describe('plinth bundle', () => {
  it('says what it wants', async () => {
    expect((await project.run('bundle', 'creat')).err).toContain('is it "create"?');
    expect((await project.run('bundle', 'verify')).err).toContain('plinth bundle verify ./bundle');
    expect((await project.run('bundle', 'create')).err).toContain('plinth bundle create --from ./bundle');
    expect((await project.run('bundle', 'create', '--from', 'bundle', '--set', 'kubernetes')).err).toContain('--set kubernetes=v1.36.2');
  });

  it('creates, shows and verifies, for people', async () => {
    expect(await project.run('bundle', 'create', '--from', 'bundle')).toMatchSnapshot();
    const shown = await project.run('bundle', 'show', 'bundle');
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('kubernetes  v1.36.2');
    expect(await project.run('bundle', 'verify', 'bundle')).toEqual({ code: 0, out: '✓ bundle: 16 files as they should be\n', err: '' });
  });

  it('and for machines', async () => {
    const created = await project.run('bundle', 'create', '--from', 'bundle', '--to', 'other', '--set', 'myApp=1.2', '--output', 'json');
    expect(JSON.parse(created.out)).toMatchObject({ bundle: 'other', architecture: 'amd64', versions: { kubernetes: 'v1.36.2', myApp: '1.2' }, missing: [] });
    expect(JSON.parse((await project.run('bundle', 'show', 'other', '--output', 'json')).out)).toEqual(JSON.parse(created.out));
    appendFileSync(join(project.dir, 'other/bin/kubelet'), '#');
    const verified = await project.run('bundle', 'verify', 'other', '--output', 'json');
    expect(verified.code).toBe(1);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: false, problems: [{ cause: 'bundle', summary: 'other/bin/kubelet is not what bundle.yaml says', at: [{ file: 'other/bundle.yaml' }] }] });
  });

  it('names a missing image, and its exit code says so', async () => {
    rmSync(join(project.dir, 'bundle/images/pause.tar.gz'));
    expect((await project.run('bundle', 'create', '--from', 'bundle')).out).toContain('missing images:');
    const { code, err } = await project.run('bundle', 'verify', 'bundle');
    expect(code).toBe(1);
    expect(err).toContain('the image registry.k8s.io/pause:3.10.2 is not in bundle');
  });
});
