import rule from "../../../src/rules/auth/no-request-host-in-link.js";
import { ruleTester } from "../../support/rule-tester.js";

const server = { filename: "server/reset.ts", project: "express" } as const;
const mail = (link: string): string => `import { send } from "./mail";\nexport async function forgot(req, res) {\n  const token = await issue(req.body.email);\n  await send(req.body.email, ${link});\n  res.end();\n}`;

ruleTester.run("no-request-host-in-link", rule, {
  valid: [
    { ...server, name: "an address from the environment", code: mail("`${process.env.APP_URL}/reset/${token}`") },
    { ...server, name: "an address from the environment, and the host where there is none", code: mail("`https://${process.env.APP_HOST || req.headers.host}/reset/${token}`") },
    { ...server, name: "a link in the answer to the request itself", code: `export function show(req, res) {\n  const link = \`https://\${req.headers.host}/verify/\${req.params.token}\`;\n  res.json({ link });\n}` },
    { filename: "app/orders/[token]/page.tsx", project: "next", name: "a link on the page that is drawn for whoever asks", code: `import { headers } from "next/headers";\nexport default async function Page({ params }) {\n  const host = (await headers()).get("host");\n  const code = drawn(\`https://\${host}/verify/\${params.token}\`);\n  return <img src={code} />;\n}` },
    { ...server, name: "a link that lets nobody in", code: mail("`https://${req.headers.host}/articles/${req.params.slug}`") },
    { ...server, name: "a host that is only written down", code: mail("`reset asked for on ${req.headers.host}`") },
    { ...server, name: "the host of an address that the app has", code: mail("`https://${new URL(appUrl).host}/reset/${token}`") },
    { ...server, name: "a host that a function is given", code: "export const linkOf = (host: string, token: string) => `https://${host}/reset/${token}`;" },
    { ...server, name: "a host that only development asks for", code: mail("link").replace("  await send", "  const isProduction = process.env.NODE_ENV === 'production';\n  const link = isProduction ? `https://shop.example/reset/${token}` : `http://${req.get('host')}/reset/${token}`;\n  await send") },
    { ...server, name: "a test", filename: "tests/reset.test.ts", code: mail("`https://${req.headers.host}/reset/${token}`") },
    { ...server, name: "half a link", code: mail("`https://${req.headers.}/reset`").replace("req.headers.}", "req.headers}") },
  ],
  invalid: [
    { ...server, name: "a link to set a new password", code: mail("`https://${req.headers.host}/reset/${token}`"), errors: [{ messageId: "foreign", line: 4, column: 41, endColumn: 57, data: { host: "req.headers.host" } }] },
    { ...server, name: "a host that production asks for", code: mail("link").replace("  await send", "  const isProduction = process.env.NODE_ENV === 'production';\n  const link = isProduction ? `https://${req.get('host')}/reset/${token}` : `http://localhost:3000/reset/${token}`;\n  await send"), errors: [{ messageId: "foreign", line: 5, data: { host: "req.get('host')" } }] },
    { ...server, name: "the same, put together", code: mail(`"http://" + req.get("host") + "/verify?token=" + token`), errors: [{ messageId: "foreign", line: 4, data: { host: `req.get("host")` } }] },
    { ...server, name: "a header that a proxy may fill in, or not", code: mail("link(req)").replace("export async", "const link = (request) => {\n  const host = request.headers['x-forwarded-host'] || request.headers.host;\n  return `https://${host}/recover`;\n};\nexport async"), errors: [{ messageId: "foreign", line: 4, data: { host: "request.headers['x-forwarded-host']" } }] },
    { filename: "app/actions.ts", project: "next", name: "the headers of Next", code: `"use server";\nimport { headers } from "next/headers";\nexport async function invite(token: string) {\n  const host = (await headers()).get("host");\n  return \`https://\${host}/invite/\${token}\`;\n}`, errors: [{ messageId: "foreign", line: 5, data: { host: `(await headers()).get("host")` } }] },
  ],
});
