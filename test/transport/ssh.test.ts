import { afterAll, beforeAll, describe } from 'vitest';
import { openConnection } from '../../src/transport/index.ts';
import { connectionContract } from './contract.ts';
import { createUser, noPassword, rootUser, type Sshd, startSshd, type TestUser } from './sshd.ts';

let sshd: Sshd;
let admin: TestUser;
let root: TestUser;

beforeAll(async () => {
  sshd = await startSshd();
  admin = createUser({ sudoers: noPassword, bashrc: 'echo noise; echo more noise >&2\n' });
  root = rootUser();
});
afterAll(() => {
  sshd.stop();
  root.remove();
  admin.remove();
});

describe('ssh', () => {
  connectionContract({ name: 'as root', open: () => openConnection(sshd.reach(root)) }, { root: true });
  connectionContract({ name: 'through sudo, with a noisy .bashrc', open: () => openConnection(sshd.reach(admin)) }, { root: true });
});
