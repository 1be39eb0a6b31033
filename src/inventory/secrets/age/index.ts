export { findIdentities, identityFile, type FoundIdentity } from './identities.ts';
export { ageLibrary } from './library.ts';
export { parseNames } from './names.ts';
export { stanzasOf } from './open.ts';
export { complaintOf, readRecipients, recipientsFile } from './recipients.ts';
export { parseSshPublicKey } from './sshKeys.ts';
export { type Opened, readStore, writeStore } from './store.ts';
