import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources } from './probe.mjs';

/** Writes the same 60 tasks for ansible-core into a folder. YAML is a superset of JSON, so JSON it is. Returns its command line. */
export function writeAnsible(folder, nodes) {
  mkdirSync(join(folder, 'templates'), { recursive: true });
  const { directories, links, absent, texts, copies, templates, lines, sysctls, users, blocks, asserts, commands } = resources;
  const task = (name, module, args, more = {}) => ({ name, [`ansible.builtin.${module}`]: args, ...more });
  const tasks = [
    ...directories.map(({ path, mode }) => task(path, 'file', { path, mode, state: 'directory' })),
    ...links.map(({ path, target }) => task(path, 'file', { path, src: target, state: 'link' })),
    ...absent.map(({ path }) => task(path, 'file', { path, state: 'absent' })),
    ...[...texts, ...copies].map(({ path, content }) => task(path, 'copy', { dest: path, content, mode: '0644' })),
    ...templates.map(({ path, ...vars }) => task(path, 'template', { src: 'site.conf.j2', dest: path, mode: '0644' }, { vars })),
    ...lines.map(({ path, line }) => task(line, 'lineinfile', { path, line })),
    // Only the file: ansible-core has no sysctl module.
    ...sysctls.map(({ file, key, value }) => task(key, 'copy', { dest: `/etc/sysctl.d/${file}.conf`, content: `${key} = ${value}\n`, mode: '0644' })),
    ...users.map(({ name, shell }) => task(name, 'user', { name, shell })),
    ...blocks.map(({ path, marker, text }) => task(marker, 'blockinfile', { path, block: text, marker: `# {mark} ${marker}` })),
    ...asserts.map(({ path }) => task(`see ${path}`, 'stat', { path }, { register: 'found', failed_when: 'not found.stat.exists' })),
    ...commands.map(({ run, creates }) => task(creates, 'shell', { cmd: run, creates })),
  ];
  writeFileSync(join(folder, 'templates/site.conf.j2'), 'name = {{ name }}\nport = {{ port }}\nworkers = {{ workers }}\nlog = {{ log }}\n');
  writeFileSync(join(folder, 'site.yml'), JSON.stringify([{ hosts: 'all', become: true, tasks }], null, 1));
  const hosts = Object.fromEntries(nodes.map(({ name, address, port, user, identityFile }) => [name, { ansible_host: address, ansible_port: port, ansible_user: user, ansible_ssh_private_key_file: identityFile }]));
  writeFileSync(join(folder, 'hosts.yml'), JSON.stringify({ all: { hosts } }, null, 1));
  writeFileSync(join(folder, 'ansible.cfg'), ['[defaults]', 'host_key_checking = False', 'forks = 10', 'interpreter_python = /usr/bin/python3', '[ssh_connection]', 'pipelining = True', `ssh_args = -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR`, `control_path_dir = ${folder}/cp`, ''].join('\n'));
  return ['ansible-playbook', '-i', 'hosts.yml', 'site.yml'];
}
