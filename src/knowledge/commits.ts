/** Calls that end a transaction for good: what fails after them is no failure of the transaction, and there is nothing to roll back. */
export const commits: readonly { readonly methods: readonly string[]; readonly source: string }[] = [
  { methods: ["commitTransaction"], source: "https://typeorm.io/docs/transactions/" },
  { methods: ["commitTransaction"], source: "https://www.mongodb.com/docs/drivers/node/current/crud/transactions/" },
  { methods: ["commit"], source: "https://sequelize.org/docs/v6/other-topics/transactions/" },
  { methods: ["commit"], source: "https://knexjs.org/guide/transactions.html" },
];
