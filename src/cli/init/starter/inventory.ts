export const inventory = `# yaml-language-server: $schema=./schema.json
#
# Variables of the lab that \`npx plinth lab up\` boots on this machine. Which hosts there are, and how they are
# reached, the lab writes into .plinth/lab/; give both files:
#
#     npx plinth plan playbooks/site.ts -i inventory/lab.yaml -i .plinth/lab/lab/inventory.yaml
#
# For machines of your own, name them here and leave the second file out:
#
#     groups:
#       workers:
#         hosts:
#           'node[1:3]': { ssh: { user: admin } }

vars:
  greeting: Set up by Plinth.
  sysctl:
    net.ipv4.ip_forward: 1

groups:
  workers:
    vars:
      scratch: /srv/scratch
`;
