export const readme = (name: string): string => `# ${name}

Machines described in TypeScript and set up by Plinth.

    npm install                     # once
    npx tsc                         # do playbooks, inventory schema and modules fit together?
    npm test                        # do the modules of this project keep their laws?

    sudo npx plinth lab up          # three Linux nodes on this machine, in a few seconds
    sudo npx plinth plan playbooks/site.ts -i inventory/lab.yaml -i .plinth/lab/lab/inventory.yaml
    sudo npx plinth apply playbooks/site.ts -i inventory/lab.yaml -i .plinth/lab/lab/inventory.yaml
    sudo npx plinth lab down

- \`playbooks/site.ts\` says what is to be where, and in which order.
- \`inventory/schema.ts\` says which variables there are; \`inventory/lab.yaml\` gives them values. After changing the
  schema, \`npm run schema\` tells your editor.
- \`modules/motd\` is a module of this project: copy it to make the next one. \`npx plinth doc\` lists those that come
  with Plinth.
`;

export const gitignore = `node_modules/
.plinth/
.env
*.env
`;
