import { afterAll, beforeAll, describe } from 'vitest';
import type { Reach } from '../../src/contract/connection.ts';
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

const opened = (more: Partial<Reach> = {}, user = (): TestUser => root) => () => openConnection(sshd.reach(user(), more));

describe('ssh', () => {
  connectionContract({ name: 'as root', open: opened() }, { root: true });
  connectionContract({ name: 'through sudo, with a noisy .bashrc', open: opened({}, () => admin) }, { root: true });
});
describe('openssh', () => {
  connectionContract({ name: 'as root', open: opened({ transport: 'openssh' }) }, { root: true });
  connectionContract({ name: 'through sudo, with a noisy .bashrc', open: opened({ transport: 'openssh' }, () => admin) }, { root: true });
});
