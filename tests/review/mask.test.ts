import { describe, expect, test } from "vitest";

import { masked } from "../../src/review/mask.js";
import { appWith, shop } from "../support/app.js";

// Put together here, so that no text in the repository looks like a key.
const letters = "Ab3Cd5Ef7Gh9Jk2Lm4Np6Qr8St";
const keys = [
  ["a provider's key", `const key = "${["sk", "live", letters].join("_")}";`, letters],
  ["a token of a code host", `curl -H ${["ghp", letters].join("_")}`, letters],
  ["a signed token", `token: "${["eyJhbGciOi", "eyJzdWIiOj", letters].join(".")}"`, letters],
  ["a password in an address", `url = "postgres://shop:${letters}@db.example.com/shop"`, letters],
  ["what a name calls a secret", `jwtSecret: "correct-horse-battery"`, "correct-horse-battery"],
  ["what a variable falls back on", `process.env.JWT_SECRET || "correct-horse-battery"`, "correct-horse-battery"],
  ["a long text of letters and digits", `const x = "${letters}${letters}"`, letters],
] as const;

test.for(keys)("%s is cut", ([, text, key]) => {
  expect(masked(text)).not.toContain(key);
});

test.for([
  'import { createOrder } from "../../server/services/orders/create-order-with-items";',
  "const response = await fetch(`https://api.example.com/v1/customers/${id}`);",
  "export async function sendPasswordResetConfirmationEmail() {}",
  "ALTER TABLE subscription_usage_by_month ENABLE ROW LEVEL SECURITY;",
])("but not %s", (text) => {
  expect(masked(text)).toBe(text);
});

describe("in a review", () => {
  test("no format and no field has the whole of a secret", async () => {
    const review = await appWith(shop).review();
    expect(review.findings.map(({ rule }) => rule)).toContain("no-secret-fallback");
    expect(JSON.stringify(review)).not.toContain("correct-horse-battery");
  });
});
