import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Late, type Script } from '../../src/contract/index.ts';
import { shells } from '../facts/shell.ts';
import { smoke } from '../../src/verify/index.ts';

const ask = smoke({ image: 'registry.k8s.io/e2e-test-images/agnhost:2.53', balanced: true });
const at = (text: string): Late<string> => new Late('addresses', async () => text);

async function run(shell: string, script: Script): Promise<{ code: number | null; out: string }> {
  const [program = '', ...args] = shell.split(' ');
  const child = spawn(program, [...args, '-c', `set -eu\n${await script.text()}`], { env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (part) => void (out += String(part)));
  child.stderr.on('data', (part) => void (out += String(part)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out: out.trim() };
}

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe.each(shells)('the workload that is tried, by %s', (shell) => {
  it('is skipped where it is not up', async () => {
    for (const script of [ask.clusterIp(at('down')), ask.nodePort(at('down'), ['10.0.0.1']), ask.balancer(at('down')), ask.dns(at('down'), 'cluster.local')]) expect(await run(shell, script)).toEqual({ code: 0, out: 'SKIP the workload is not up' });
  });

  it('fails where it got no address', async () => {
    expect(await run(shell, ask.balancer(at('10.96.0.9 30001 - 10.96.0.10')))).toEqual({ code: 1, out: 'the service got no address of a load balancer' });
    expect(await run(shell, ask.dns(at('10.96.0.9 30001 - -'), 'cluster.local'))).toEqual({ code: 1, out: 'there is no service kube-dns' });
  });

  it.runIf(hasCurl)('answers with 200, and anything else is not it', async () => {
    const server = createServer((request, response) => void response.writeHead(request.headers.host?.includes('localhost') ? 404 : 200).end('x'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const found = at(`127.0.0.1 ${port} - -`);
    expect(await run(shell, ask.nodePort(found, ['127.0.0.1']))).toEqual({ code: 0, out: `NodePort of 127.0.0.1: http://127.0.0.1:${port}/ says 200` });
    const other = ask.nodePort(found, ['localhost'], 'controller');
    const skipped = await run(shell, other);
    expect(skipped).toEqual({ code: 0, out: `SKIP from this machine, NodePort of localhost: http://localhost:${port}/ says 404, which is not the workload` });
    server.close();
  }, 60_000);
});

describe('the objects of the workload', () => {
  it('are two pods on different nodes, behind a service that has all kinds of addresses', () => {
    const [namespace, deployment, service] = ask.objects;
    expect(namespace).toMatchObject({ kind: 'Namespace', metadata: { name: 'plinth-smoke' } });
    expect(deployment).toMatchObject({ spec: { replicas: 2, template: { spec: { containers: [{ args: ['netexec', '--http-port=8080'] }] } } } });
    expect(service).toMatchObject({ spec: { type: 'LoadBalancer' } });
    expect(smoke({ image: 'example.com/web:1', balanced: false }).objects[2]).toMatchObject({ spec: { type: 'NodePort' } });
    expect(JSON.stringify(smoke({ image: 'example.com/web:1', balanced: false }).objects)).not.toContain('netexec');
  });
});
