import rule from "../../../src/rules/error-handling/no-unchecked-result-error.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type Options = [{ reads: boolean }];
type MessageId = "ignored" | "uncaught" | "unread" | "misread" | "pointless" | "addCheck";

const supabase = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key);\n`;
const resend = `import { Resend } from "resend";\nconst resend = new Resend(key);\n`;
const nextAuth = `import { signIn } from "next-auth/react";\n`;
const zod = `import { z } from "zod";\nconst schema = z.object({ email: z.string() });\n`;

const server = { filename: "src/server/orders.ts" } as const;
const client = { filename: "src/components/cart.tsx" } as const;
const edge = { filename: "supabase/functions/send-mail/index.ts" } as const;

const body = (text: string): string => `${supabase}export async function f(id, row) {\n  ${text}\n}`;

const read: Valid<Options>[] = [
  { name: "the error is read", code: body(`const { error } = await supabase.from("orders").insert(row);\n  if (error) throw error;`) },
  { name: "the error has another name", code: body(`const { data, error: failure } = await supabase.from("orders").insert(row).select();\n  if (failure) throw failure;\n  return data;`) },
  { name: "the error of a whole result", code: body(`const result = await supabase.from("orders").insert(row);\n  if (result.error) throw result.error;`) },
  { name: "the error of a result that is taken apart later", code: body(`const result = await supabase.from("orders").insert(row);\n  const { error } = result;\n  if (error) throw error;`) },
  { name: "the error on the spot", code: body(`if ((await supabase.from("orders").insert(row)).error) return false;`) },
  { name: "the status", code: body(`const { status } = await supabase.from("orders").insert(row);\n  return status === 201;`) },
  { name: "an error that is assigned", code: body(`let error;\n  ({ error } = await supabase.from("orders").insert(row));\n  if (error) throw error;`) },
  { name: "one of two calls", code: body(`const { error } = id ? await supabase.from("orders").update(row).eq("id", id) : await supabase.from("orders").insert(row);\n  if (error) throw error;`) },
  { name: "then", code: body(`await supabase.from("orders").insert(row).then(({ error }) => { if (error) report(error); });`) },
  { name: "a continuation from elsewhere", code: body(`await supabase.from("orders").insert(row).then(check);`) },
  { name: "throwOnError", code: body(`await supabase.from("orders").insert(row).throwOnError();`) },
  {
    name: "a client that throws",
    code: `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient(url, key, { auth: { throwOnError: true } });\nexport const f = async () => { await supabase.auth.signOut(); };`,
  },
  { name: "a rest that has the error", code: body(`const { data, ...rest } = await supabase.from("orders").insert(row);\n  return [data, rest];`) },
].map((test) => ({ ...server, ...test }));

const passedOn: Valid<Options>[] = [
  { name: "a result that is returned", code: body(`return supabase.from("orders").insert(row);`) },
  { name: "a result that is returned after it is awaited", code: body(`const result = await supabase.from("orders").insert(row);\n  return result;`) },
  { name: "a result that is handed to a wrapper", code: body(`unwrap(await supabase.from("orders").insert(row));\n  await must(supabase.from("orders").insert(row));`) },
  { name: "errors of a list, one by one", code: body(`const [{ error }, { error: other }] = await Promise.all([supabase.from("a").insert(row), supabase.from("b").insert(row)]);\n  if (error || other) throw error;`) },
  { name: "results of a list, one by one", code: body(`const [a, b] = await Promise.all([supabase.from("a").insert(row), supabase.from("b").insert(row)]);\n  if (a.error || b.error) throw a.error;`) },
  { name: "results of a list as a whole", code: body(`const results = await Promise.all([supabase.from("a").insert(row)]);\n  const failed = results.find((result) => result.error);\n  if (failed) throw failed.error;`) },
  { name: "allSettled, which asks for no answer", code: body(`await Promise.allSettled([supabase.from("a").insert(row)]);`) },
  { name: "a builder that is awaited later", code: body(`let query = supabase.from("orders").update(row);\n  if (id) query = query.eq("id", id);\n  const { error } = await query;\n  if (error) throw error;`) },
  { name: "a query that never runs is no failed one", code: body(`supabase.from("orders").insert(row);`) },
].map((test) => ({ ...server, ...test }));

const answered: Valid<Options>[] = [
  { name: "no row is answered", code: body(`const { data } = await supabase.from("orders").insert(row).select().single();\n  if (!data) throw new Error("order was not stored");\n  return data;`) },
  { name: "a row is what the success depends on", code: body(`const { data: order } = await supabase.from("orders").insert(row).select().single();\n  return order ? order.id : null;`) },
  { name: "a row under another name", code: body(`let row;\n  const { data } = await supabase.from("orders").insert(id).select().single();\n  row = data;\n  if (!row) throw new Error("order was not stored");`) },
  { name: "a comment says that the failure does not matter", code: body(`// Best effort: the counter may lag behind.\n  await supabase.from("orders").update(row).eq("id", id);`) },
  { name: "a comment of two lines", code: body(`// Fire and forget:\n  // nobody waits for the view.\n  await supabase.from("views").insert(row);`) },
  { name: "a catch that shrugs", code: body(`try { await supabase.from("views").insert(row); } catch {}`) },
  { name: "a continuation that shrugs", code: body(`await supabase.from("views").insert(row).then(() => {});\n  await supabase.functions.invoke("ping").catch(() => {});`) },
  { name: "an upload is undone after a failure", code: body(`const { error } = await supabase.from("files").insert(row);\n  if (error) {\n    await supabase.storage.from("files").remove([id]);\n    throw error;\n  }`) },
  { name: "a row is undone in a catch", code: body(`try { await charge(); } catch (error) {\n    await supabase.from("orders").delete().eq("id", id);\n    throw error;\n  }`) },
  { name: "a read that nobody takes anything of", code: body(`await supabase.from("orders").select("id").limit(1);\n  const warm = await supabase.from("customers").select("id");`), options: [{ reads: true }] as Options },
  { name: "a session is refreshed", code: body(`await supabase.auth.refreshSession();`) },
  { name: "who is signed in", code: body(`const { data: { user } } = await supabase.auth.getUser();\n  return user;`), options: [{ reads: true }] as Options },
].map((test) => ({ ...server, ...test }));

const reads: Valid<Options>[] = [
  { ...server, name: "reads, by default", code: body(`const { data } = await supabase.from("orders").select();\n  return data ?? [];`) },
  { ...server, name: "data of a function in the database, by default", code: body(`const { data } = await supabase.rpc("totals");\n  return data;`) },
  { ...server, name: "a read whose emptiness is answered", code: body(`const { data } = await supabase.from("orders").select().single();\n  if (!data) return null;\n  return data;`), options: [{ reads: true }] },
];

const others: Valid<Options>[] = [
  { ...server, name: "somebody else's supabase", code: `import { supabase } from "./fake";\nexport const f = async (row) => { await supabase.from("orders").insert(row); };` },
  { ...server, name: "a database that throws", code: `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const f = async () => { await prisma.user.create({}); };` },
  { name: "a test", filename: "src/orders.test.ts", code: body(`await supabase.from("orders").insert(row);`) },
  { name: "a script", filename: "scripts/backfill.ts", code: body(`await supabase.from("orders").insert(row);`) },
  { name: "a seed", filename: "supabase/seed.ts", code: body(`await supabase.from("orders").insert(row);`) },
  { ...server, name: "Resend, read", code: `${resend}export const f = async () => { const { error } = await resend.emails.send({}); if (error) throw error; };` },
  { ...server, name: "Resend, asked for a list", code: `${resend}export const f = async () => { await resend.domains.list(); };` },
  { ...client, name: "a sign-in that leaves the page", code: `${nextAuth}export const f = async () => { await signIn("github"); };` },
  { ...client, name: "a sign-in for which the browser leaves the page, whatever it is told", code: `${nextAuth}export const f = () => { signIn("github", { redirect: false, callbackUrl: "/orders" }); };` },
  { ...client, name: "a sign-in with whichever provider was clicked", code: `${nextAuth}export const f = async (provider: string) => { await signIn(provider, { redirect: false, redirectTo: "/orders" }); };` },
  { ...client, name: "a sign-in whose outcome is read", code: `${nextAuth}export const f = async () => { const result = await signIn("credentials", { redirect: false }); if (!result?.ok) show(); };` },
  { ...server, name: "a validation of what is written out beside it", code: `${zod}export const f = async () => { const nothing = {}; const checked = schema.safeParse({}); z.array(schema).safeParse([nothing, { email: "a@shop.example" }]); return refresh(); };` },
  { ...server, name: "a validation that is read", code: `${zod}export const f = (input) => { const parsed = schema.safeParse(input); return parsed.success; };` },
  { ...server, name: "a validation with something in reserve", code: `${zod}export const f = (input) => schema.safeParse(input).data ?? {};` },
];

const halfTyped: Valid<Options>[] = [`await supabase.from("x").insert`, `await supabase.from`, `const { } = supabase`, `await supabase.from().`, `await (supabase.from("x"))`, `supabase.auth.signOut`].map((code) => ({
  ...server,
  name: `half-typed: ${code}`,
  code: body(code.endsWith(".") ? `${code}x` : code),
}));

const insert = `supabase.from("orders").insert`;

function finding(messageId: MessageId, call: string, error: string | null, output: string | null, place: object = {}): Invalid<MessageId, Options>["errors"][number] {
  const library = call.startsWith("supabase") ? "Supabase" : "Resend";
  const suggestions = output === null ? null : [{ messageId: "addCheck" as const, data: { call, error: error ?? "error" }, output }];
  return { messageId, data: { call, library, error: messageId === "unread" && error ? error : "error" }, suggestions, ...place };
}

const writes: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "a statement",
    code: body(`await supabase.from("orders").insert(row);`),
    errors: [finding("ignored", insert, "error", body(`const { error } = await supabase.from("orders").insert(row);\n  if (error) throw error;`), { line: 4, column: 9, endColumn: 39 })],
  },
  {
    ...client,
    name: "in a browser",
    code: body(`await supabase.from("orders").insert(row);`),
    errors: [finding("ignored", insert, "error", body(`const { error } = await supabase.from("orders").insert(row);\n  if (error) throw error;`))],
  },
  {
    ...edge,
    name: "in an edge function, in a try",
    code: body(`try {\n    await supabase.from("orders").insert(row);\n  } catch (error) { report(error); }`),
    errors: [finding("uncaught", insert, "error", body(`try {\n    const { error } = await supabase.from("orders").insert(row);\n    if (error) throw error;\n  } catch (error) { report(error); }`))],
  },
  {
    ...server,
    name: "data without the error",
    code: body(`const { data } = await supabase.from("orders").insert(row).select();\n  return data;`),
    errors: [finding("ignored", insert, "error", body(`const { data, error } = await supabase.from("orders").insert(row).select();\n  if (error) throw error;\n  return data;`))],
  },
  {
    ...server,
    name: "a name that is taken",
    code: body(`const { error } = await supabase.from("a").insert(row);\n  if (error) throw error;\n  await supabase.from("b").update(row).eq("id", id);`),
    errors: [
      finding(
        "ignored",
        `supabase.from("b").update`,
        "updateError",
        body(`const { error } = await supabase.from("a").insert(row);\n  if (error) throw error;\n  const { error: updateError } = await supabase.from("b").update(row).eq("id", id);\n  if (updateError) throw updateError;`),
      ),
    ],
  },
  {
    ...server,
    name: "an error that nothing reads",
    code: body(`const { error: failure } = await supabase.from("orders").insert(row);`),
    errors: [finding("unread", insert, "failure", body(`const { error: failure } = await supabase.from("orders").insert(row);\n  if (failure) throw failure;`), { line: 4, column: 18, endColumn: 25 })],
  },
  {
    ...server,
    name: "a whole result of which only the data is read",
    code: body(`const result = await supabase.from("orders").insert(row).select();\n  return result.data;`),
    errors: [finding("ignored", insert, "result.error", body(`const result = await supabase.from("orders").insert(row).select();\n  if (result.error) throw result.error;\n  return result.data;`))],
  },
  {
    ...server,
    name: "the data on the spot",
    code: body(`return (await supabase.from("orders").insert(row).select()).data;`),
    errors: [finding("ignored", insert, null, null)],
  },
  {
    ...server,
    name: "a list that is awaited and dropped",
    code: body(`await Promise.all([supabase.from("orders").insert(row), log(row)]);`),
    errors: [finding("ignored", insert, null, null)],
  },
  {
    ...server,
    name: "a list that is made by map",
    code: body(`await Promise.all(row.map((each) => supabase.from("orders").insert(each)));`),
    errors: [finding("ignored", insert, null, null)],
  },
  {
    ...server,
    name: "one of a list, taken apart",
    code: body(`const [{ data }, { error }] = await Promise.all([supabase.from("orders").insert(row).select(), supabase.from("a").insert(row)]);\n  if (error) throw error;\n  return data;`),
    errors: [finding("ignored", insert, null, null)],
  },
  {
    ...server,
    name: "a continuation that goes on whatever came",
    code: body(`supabase.from("orders").insert(row).then(() => done());`),
    errors: [finding("ignored", insert, null, null)],
  },
  {
    ...server,
    name: "a builder that is kept and awaited as it is",
    code: body(`const query = supabase.from("orders").insert(row);\n  await query;`),
    errors: [finding("ignored", insert, null, null)],
  },
  {
    ...server,
    name: "a main action before the way out, which undoes nothing",
    code: body(`if (row.liked) {\n    await supabase.from("likes").delete().eq("id", id);\n    return;\n  }`),
    errors: [finding("ignored", `supabase.from("likes").delete`, "error", body(`if (row.liked) {\n    const { error } = await supabase.from("likes").delete().eq("id", id);\n    if (error) throw error;\n    return;\n  }`))],
  },
  ...[
    ["a function of the database", "supabase.rpc", `("increment")`],
    ["a file", `supabase.storage.from("files").upload`, "(id, row)"],
    ["an account", "supabase.auth.admin.updateUserById", "(id, row)"],
    ["an edge function", "supabase.functions.invoke", `("welcome")`],
  ].map(([name = "", call = "", given = ""]) => ({
    ...server,
    name,
    code: body(`await ${call}${given};`),
    errors: [finding("ignored", call, "error", body(`const { error } = await ${call}${given};\n  if (error) throw error;`))],
  })),
  {
    ...server,
    name: "a call that is sent at once and left alone",
    code: body(`supabase.functions.invoke("welcome");`),
    errors: [finding("ignored", "supabase.functions.invoke", null, null)],
  },
  {
    ...server,
    name: "in a catch, where throwing would hide the first error",
    code: body(`try { await charge(); } catch (error) { await supabase.from("orders").update({ status: "failed" }).eq("id", id); }`),
    errors: [finding("ignored", `supabase.from("orders").update`, null, null)],
  },
];

const packages: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "Resend",
    code: `${resend}export const f = async () => {\n  await resend.emails.send({ to });\n};`,
    errors: [finding("ignored", "resend.emails.send", "error", `${resend}export const f = async () => {\n  const { error } = await resend.emails.send({ to });\n  if (error) throw error;\n};`)],
  },
  {
    ...client,
    name: "a sign-in that stays on the page",
    code: `${nextAuth}export const f = async () => { await signIn("credentials", { redirect: false }); };`,
    errors: [{ messageId: "ignored", data: { call: "signIn", library: "NextAuth", error: "error" } }],
  },
  {
    ...client,
    name: "a link by mail that was perhaps never sent",
    code: `${nextAuth}export const f = async (email: string) => { await signIn("resend", { email, redirect: false }); show("Look into your mail"); };`,
    errors: [{ messageId: "ignored", data: { call: "signIn", library: "NextAuth", error: "error" } }],
  },
  {
    ...client,
    name: "a provider of the app's own that is given what somebody typed",
    code: `${nextAuth}export const f = async (code: string) => { await signIn("one-time-code", { code, redirect: false }); router.push("/orders"); };`,
    errors: [{ messageId: "ignored", data: { call: "signIn", library: "NextAuth", error: "error" } }],
  },
  {
    ...server,
    name: "a validation that nobody reads",
    code: `${zod}export const f = (input) => { schema.safeParse(input); return save(input); };`,
    errors: [{ messageId: "pointless", data: { call: "schema.safeParse", library: "Zod", error: "error" } }],
  },
  {
    ...server,
    name: "a validation of what is put together of the input",
    code: `${zod}export const f = (input) => { schema.safeParse({ email: input }); return save(input); };`,
    errors: [{ messageId: "pointless", data: { call: "schema.safeParse", library: "Zod", error: "error" } }],
  },
];

const strict: Invalid<MessageId, Options>[] = [
  {
    ...server,
    name: "a read, where asked for",
    options: [{ reads: true }],
    code: body(`const { data } = await supabase.from("orders").select();\n  return data ?? [];`),
    errors: [finding("misread", `supabase.from("orders").select`, "error", body(`const { data, error } = await supabase.from("orders").select();\n  if (error) throw error;\n  return data ?? [];`))],
  },
  {
    ...server,
    name: "a read of the one row, whose absence is an error too",
    options: [{ reads: true }],
    code: body(`const { data } = await supabase.from("orders").select().eq("id", id).single();\n  return data?.total;`),
    errors: [finding("misread", `supabase.from("orders").select`, null, null)],
  },
];

ruleTester.run("no-unchecked-result-error", rule, {
  valid: [...read, ...passedOn, ...answered, ...reads, ...others, ...halfTyped],
  invalid: [...writes, ...packages, ...strict],
});
