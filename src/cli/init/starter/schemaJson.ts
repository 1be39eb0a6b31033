/** What `npm run schema` makes of inventory/schema.ts; a test keeps them equal. */
export const schemaJson = `{}
`;
