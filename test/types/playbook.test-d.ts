// Checked by tsc alone: every line after `@ts-expect-error` must not compile, everything else must.
import { defineFleet, type Facts, first, type Late, type PerHost, playbook, rest, type Secret, secret } from 'plinth';
import { z } from 'zod';
import { type Equal, is } from './equal.ts';
import { joinCluster, mint, restart, textFile } from './fixture.ts';

const fleet = defineFleet({
  shared: z.strictObject({ vip: z.ipv4(), sysctl: z.record(z.string(), z.union([z.string(), z.int()])), rootPassword: secret() }),
  groups: { controlPlane: z.strictObject({ etcdDisk: z.string() }), workers: z.strictObject({ gpus: z.int().default(0) }) },
});

playbook(fleet, ({ play, groups }) => {
  // @ts-expect-error no such group
  play('nobody', groups.controlPlanes, () => {});

  play('arguments', groups.all, ({ task, vars, host }) => {
    is<Equal<typeof vars.vip, string>>();
    is<Equal<typeof host.name, string>>();
    task('fits', textFile, { path: '/a', content: vars.vip });
    // @ts-expect-error an argument is missing
    task('missing', textFile, { path: '/a' });
    // @ts-expect-error an argument is misspelt
    task('misspelt', textFile, { path: '/a', content: '', contnet: '' });
    // @ts-expect-error an argument has the wrong type
    task('wrong type', textFile, { path: '/a', content: 1 });
    // @ts-expect-error an action is not a module
    task('an action', restart, { unit: 'kubelet' });
    // @ts-expect-error an option is misspelt
    task('option', textFile, { path: '/a', content: '' }, { retrys: 2 });
    // @ts-expect-error the variable of a group is not everyone's
    void vars.etcdDisk;
    // @ts-expect-error no such variable
    void vars.vpi;
  });

  play('handlers', groups.all, ({ task, handler }) => {
    const restartKubelet = handler('restart kubelet', restart, { unit: 'kubelet' });
    task('notifies', textFile, { path: '/a', content: '' }).notify(restartKubelet);
    // @ts-expect-error a handler is a value, not its name
    task('by name', textFile, { path: '/a', content: '' }).notify('restart kubelet');
    // @ts-expect-error a misspelt handler
    task('misspelt', textFile, { path: '/a', content: '' }).notify(restartKublet);
    // @ts-expect-error a task is not a handler
    task('a task', textFile, { path: '/a', content: '' }).notify(task('b', textFile, { path: '/b', content: '' }));
    // @ts-expect-error the action's argument is misspelt
    handler('misspelt', restart, { unti: 'kubelet' });
    // @ts-expect-error a module is not an action
    handler('a module', textFile, { path: '/a', content: '' });
  });

  play('variables of a group', groups.workers, ({ vars }) => {
    is<Equal<typeof vars.gpus, number>>();
    is<Equal<typeof vars.vip, string>>();
  });

  play('facts', groups.all, { facts: true }, ({ facts }) => {
    is<Equal<typeof facts, Facts>>();
    is<Equal<typeof facts.hostname, string>>();
    // @ts-expect-error no such fact
    void facts.hostnmae;
  });
  // @ts-expect-error facts only where the play asks for them
  play('no facts', groups.all, ({ facts }) => void facts);
  // @ts-expect-error nor with other options
  play('no facts either', groups.all, { serial: 1 }, ({ facts }) => void facts);
  // @ts-expect-error an option is misspelt
  play('option', groups.all, { seriall: 1 }, () => {});
  // @ts-expect-error a share is written with a percent sign
  play('share', groups.all, { serial: '30' }, () => {});
  play('shares', groups.all, { serial: [1, '30%'], concurrency: 2 }, () => {});

  const credentials = play('one host', first(groups.controlPlane), ({ onDemand, vars }) => {
    is<Equal<typeof vars.etcdDisk, string>>();
    return onDemand('mint', mint, { ttl: '30m' }).output;
  });
  is<Equal<typeof credentials, Late<{ token: string; at: number }>>>();

  const many = play('several hosts', rest(groups.controlPlane), ({ onDemand }) => onDemand('mint', mint, { ttl: '30m' }).output);
  is<Equal<typeof many, PerHost<{ token: string; at: number }>>>();
  // @ts-expect-error several hosts: say whose
  many.get('token');
  is<Equal<ReturnType<typeof many.of>, Late<{ token: string; at: number }>>>();
  is<Equal<ReturnType<typeof many.any>, Late<{ token: string; at: number }>>>();
  many.any({ except: 'cp1' }).get('token');
  // @ts-expect-error an option is misspelt
  many.any({ exept: 'cp1' });

  play('late values', groups.workers, ({ task, vars }) => {
    task('late', joinCluster, { marker: '/etc/joined', token: credentials.get('token') });
    task('now', joinCluster, { marker: '/etc/joined', token: 'abc', tries: 1 });
    task('of one', joinCluster, { marker: '/etc/joined', token: many.of('cp2').get('token') });
    // @ts-expect-error not a field of the credentials
    credentials.get('tokn');
    // @ts-expect-error a late value cannot go where a string is wanted now
    task('leak', textFile, { path: '/a', content: credentials.get('token') });
    // @ts-expect-error nor where only a late string fits
    task('whole record', joinCluster, { marker: '/etc/joined', token: credentials });
    // @ts-expect-error nor a number where a string is wanted
    task('number', joinCluster, { marker: '/etc/joined', token: credentials.get('at') });
    // @ts-expect-error a late value is not known when the play is made
    if (credentials.get('at') > 1) task('too early', textFile, { path: '/a', content: '' });

    is<Equal<typeof vars.rootPassword, Secret<string>>>();
    task('secret', joinCluster, { marker: '/etc/joined', token: vars.rootPassword, password: vars.rootPassword });
    // @ts-expect-error a secret cannot go into a plain string
    task('secret leak', textFile, { path: '/a', content: vars.rootPassword });
    // @ts-expect-error a plain string is no secret
    task('plain', joinCluster, { marker: '/etc/joined', token: 'x', password: 'hunter2' });
    // @ts-expect-error a late value is no secret
    task('late', joinCluster, { marker: '/etc/joined', token: 'x', password: credentials.get('token') });
  });
});
