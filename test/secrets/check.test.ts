import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanText } from '../../src/cli/secrets/scan/scan-text.ts';
import { createProject, type Project } from '../cli/terminal.ts';

/** Made here, so that no file of ours holds one. */
const fake = {
  token: ['a1b2c3', 'd4e5f6a7b8c9d0e1'].join('.'),
  aws: `AKIA${'IOSFODNN7EXAMPL2'}`,
  awsSecret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  github: `ghp_${'a1B2'.repeat(9)}`,
  pem: `-----BEGIN ${'OPENSSH'} PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n`,
  pgp: `-----BEGIN ${'PGP'} PRIVATE KEY BLOCK-----\n\nlQOYBF\n`,
  age: `AGE-SECRET-${'KEY'}-1${'QPZRY9X8GF'.repeat(5)}`,
  jwt: ['eyJhbGciOiJSUzI1NiIsImtpZCI6IiJ9', 'eyJpc3MiOiJrdWJlcm5ldGVzIn0', 'c2lnbmF0dXJlLW9mLXRoZS10b2tlbg'].join('.'),
};

describe('what looks like a secret', () => {
  it.each<readonly [string, string, string, string]>([
    ['a private key', 'id', fake.pem, '1:1 a private key'],
    ['a private key in YAML', 'a.yaml', `key: |\n  ${fake.pem.replaceAll('\n', '\n  ')}`, '2:3 a private key'],
    ['a private key in JSON', 'a.json', JSON.stringify({ k: fake.pem }), '1:7 a private key'],
    ['a PGP key', 'k.asc', fake.pgp, '1:1 a PGP private key'],
    ['an age identity', 'keys.txt', `# public key: age1x\n${fake.age}\n`, '2:1 an age identity'],
    ['a kubeadm token', 'join.sh', `kubeadm join 10.0.0.1:6443 --token ${fake.token} --discovery\n`, '1:36 a bootstrap token of kubeadm'],
    ['a certificate key', 'join.sh', `--certificate-key ${'0a'.repeat(32)}\n`, '1:19 a certificate key of kubeadm'],
    ['a kubeconfig', 'config', `    client-key-data: ${'LS0tLS1C'.repeat(12)}\n`, '1:22 a private key of a kubeconfig'],
    ['a JWT', 'x.ts', `const t = '${fake.jwt}';\n`, '1:12 a signed token (JWT)'],
    ['AWS', '.aws/credentials', `[default]\naws_access_key_id = ${fake.aws}\naws_secret_access_key = ${fake.awsSecret}\n`, '2:21 an AWS access key; 3:25 an AWS secret key'],
    ['GitHub', 'ci.yml', `env: { X: ${fake.github} }\n`, '1:11 a GitHub token'],
    ['an address', 'x.yaml', 'url: https://me:hunter2@git.example/x\n', '1:17 a password in an address'],
    ['YAML', 'x.yaml', 'a:\n  becomePassword: hunter2 # sudo\n', '2:19 a secret in plain text (becomePassword)'],
    ['YAML in flow form', 'x.yml', "h: { user: x, password: 'hunter 2' }\n", '1:26 a secret in plain text (password)'],
    ['YAML in quotes', 'x.yaml', '"db_password": "hun\\"ter2"\n', '1:17 a secret in plain text (db_password)'],
    ['Ansible in INI', 'hosts.ini', 'node1 ansible_user=x ansible_ssh_pass=hunter2\n', '1:39 a secret in plain text (ansible_ssh_pass)'],
    ['an environment file', '.env.local', 'export DB_PASSWORD="hunter2"\n', '1:21 a secret in plain text (DB_PASSWORD)'],
    ['K3s', 'group_vars/all.yml', 'k3s_token: some-token\n', '1:12 a secret in plain text (k3s_token)'],
  ])('is found: %s', (_, name, text, told) => {
    const found = scanText(text, name);
    expect(found.map(({ line, col, what, key }) => `${line}:${col} ${what}${key === undefined ? '' : ` (${key})`}`).join('; ')).toBe(told);
  });

  it.each([
    ['a reference', 'x.yaml', 'password: !secret age:db\nbecomePassword: !secret "prompt:sudo password"\n'],
    ['a variable', 'x.yaml', 'password: "{{ lookup(\'env\', \'X\') }}"\ntoken: ${TOKEN}\nsecret: <your token>\ndb_password: {{ .Values.x }}\n'],
    ['SOPS', 'x.yaml', 'password: ENC[AES256_GCM,data:abc=,iv:x,tag:y,type:str]\n'],
    ['Ansible vault', 'x.yaml', 'password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n'],
    ['nothing', 'x.yaml', 'password:\npassword: ""\npassword: null\ntoken: ~\n'],
    ['a gap', 'x.yaml', 'password: changeme\npassword: "***"\ntoken: xxxxxxxx\n'],
    ['a name of another thing', 'x.yaml', 'existingSecret: grafana-admin\nimagePullSecret: regcred\nsecretName: tls-cert\ntokenTTL: 24h\npasswordFile: /run/x\nid-token: write\n'],
    ['a path', 'x.yaml', 'private_key: ~/.ssh/id_ed25519\nssh_private_key: /root/key\n'],
    ['sudoers', 'x.yaml', 'line: "x ALL=(ALL) NOPASSWD: ALL"\n'],
    ['a public key', 'id.pub', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB x\nage1qqpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyq\n'],
    ['an encrypted file', 'secrets.age', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n'],
    ['a file name like a token', 'x.ts', "import x from './abc123.d4e5f6a7b8c9d0e1.js';\n// status.transitiontimeout\n"],
    ['a token of the documentation', 'x.md', 'kubeadm join --token abcdef.0123456789abcdef\n'],
    ['code about keys', 'x.ts', "if (text.startsWith('-----BEGIN OPENSSH PRIVATE KEY-----')) return;\nconst password = 'not in yaml';\n"],
    ['an allowed line', 'x.yaml', 'password: hunter2 # plinth:allow-secret of the lab\n# plinth:allow-secret\ntoken: hunter22\n'],
  ])('is none: %s', (_, name, text) => {
    expect(scanText(text, name)).toEqual([]);
  });

  it('is looked for in time that grows with the text alone', () => {
    for (const [name, unit] of [['x.yaml', 'password: '], ['x.yaml', 'a_password"'], ['x.ini', 'pass='], ['x.json', '{"token":"\\\\'], ['x', '://a:'], ['x', 'abc123.']] as const) expect(scanText(unit.repeat(100_000), name).length).toBeLessThan(2);
  });
});

describe('plinth secrets check', () => {
  let project: Project;
  beforeEach(() => {
    project = createProject();
  });
  afterEach(() => rmSync(project.dir, { recursive: true }));

  it('names file, line and column, says how to move them, and never repeats one', async () => {
    project.write('inventory/lab.yaml', 'ssh:\n  becomePassword: hunter2\n');
    project.write('keys/ci', fake.pem);
    project.write('node_modules/x/y.yaml', 'password: hunter2\n');
    const { code, out } = await project.run('secrets', 'check');
    expect(out).not.toContain('hunter');
    expect({ code, out }).toMatchSnapshot();
    expect((await project.run('secrets', 'check', 'keys')).out).toMatch(/^keys\/ci:1:1: a private key\n\n1 plain secret\./);
  });

  it('passes over what is allowed, and what git ignores', async () => {
    project.write('inventory/lab.yaml', 'vars: { token: hunter2 }\n');
    project.write('test/fixtures/a/b.yaml', 'token: hunter2\n');
    project.write('secret.env', 'TOKEN=hunter2\n');
    project.write('.secretsallow', '# fixtures\ntest/**/*.yaml\n');
    project.write('.gitignore', 'secret.env\n');
    execFileSync('git', ['init', '-q'], { cwd: project.dir });
    expect((await project.run('secrets', 'check')).out).toMatch(/^inventory\/lab.yaml:1:16: a secret in plain text \(token\)\n\n1 plain secret/);
    project.write('.secretsallow', 'test/fixtures\ninventory/lab.yaml\n');
    expect(await project.run('secrets', 'check')).toMatchObject({ code: 0, out: 'no plain secret in 2 files\n' });
    execFileSync('git', ['add', '-f', 'secret.env'], { cwd: project.dir });
    expect((await project.run('secrets', 'check')).out).toContain('secret.env:1:7: a secret in plain text (TOKEN)');
  });
});
