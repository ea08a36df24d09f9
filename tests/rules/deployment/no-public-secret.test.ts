import rule from "../../../src/rules/deployment/no-public-secret.js";
import { ruleTester } from "../../support/rule-tester.js";

const next = { filename: "lib/config.ts", project: "next" } as const;
const page = { filename: "src/lib/ai.ts", project: "vite" } as const;

ruleTester.run("no-public-secret", rule, {
  valid: [
    { ...next, name: "a secret of the server", code: `export const key = process.env.STRIPE_SECRET_KEY;` },
    { ...next, name: "a key that is made to be public", code: `"use client";\nexport const key = process.env.NEXT_PUBLIC_SUPABASE_ANON_KEY; export const other = process.env.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY;` },
    { ...next, name: "a key of a service that may be public", code: `"use client";\nexport const key = process.env.NEXT_PUBLIC_POSTHOG_API_KEY;` },
    { ...next, name: "what is said about a secret", code: `export const least = process.env.NEXT_PUBLIC_PASSWORD_MIN_LENGTH; export const on = process.env.NEXT_PUBLIC_PASSWORD_LOGIN_ENABLED;` },
    { ...next, name: "the password of a demonstration", code: `export const password = process.env.NEXT_PUBLIC_DEMO_PASSWORD;` },
    { filename: "server/config.ts", project: "express", name: "a project whose bundler has no such names", code: `export const key = process.env.NEXT_PUBLIC_API_SECRET; export const other = process.env.PUBLIC_API_SECRET;` },
    { ...next, name: "no secret at all", code: `"use client";\nexport const isProduction = process.env.NODE_ENV === "production"; export const platform = process.env.VERCEL;` },
    { ...next, name: "a test", filename: "lib/config.test.ts", code: `export const key = process.env.NEXT_PUBLIC_API_SECRET;` },
    { ...next, name: "somebody else's environment", code: `"use client";\nimport { process } from "./fake";\nexport const key = process.env.OPENAI_API_KEY;` },
    { ...next, name: "half a read", code: `"use client";\nexport const key = process.env[name];` },
  ],
  invalid: [
    { ...next, name: "a secret in a public name, with one report", code: `export const key = process.env.NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY;\nexport const again = process.env.NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY;`, errors: [{ messageId: "name", line: 1, column: 20, endColumn: 69, data: { name: "NEXT_PUBLIC_SUPABASE_SERVICE_ROLE_KEY", prefix: "NEXT_PUBLIC_" } }] },
    { ...page, name: "a secret that Vite writes into the page", code: `export const secret = import.meta.env.VITE_STRIPE_SECRET_KEY;`, errors: [{ messageId: "name", line: 1, data: { name: "VITE_STRIPE_SECRET_KEY", prefix: "VITE_" } }] },
    { ...next, name: "a secret that a component reads", code: `"use client";\nexport const ask = () => fetch(url, { headers: { Authorization: \`Bearer \${process.env.OPENAI_API_KEY}\` } });`, errors: [{ messageId: "file", line: 2, data: { name: "OPENAI_API_KEY" } }] },
  ],
});
