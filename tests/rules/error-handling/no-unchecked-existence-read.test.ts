import rule from "../../../src/rules/error-handling/no-unchecked-existence-read.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "mistaken" | "mistakenOne" | "uncounted" | "addCheck";

const imports = `import { createClient } from "@supabase/supabase-js";\nimport { Resend } from "resend";\nconst supabase = createClient(url, key);\nconst resend = new Resend(key);\n`;

const server = { filename: "src/server/orders.ts" } as const;
const body = (text: string): string => `${imports}export async function f(id, email, limit) {\n  ${text}\n}`;

const read = `await supabase.from("orders").select("id").eq("id", id).maybeSingle()`;
const insert = `await supabase.from("orders").insert({ id }).throwOnError();`;

const checked: Valid<[]>[] = [
  { name: "the error is read", code: body(`const { data: order, error } = ${read};\n  if (error) throw error;\n  if (!order) ${insert}`) },
  { name: "the error of a whole result", code: body(`const result = ${read};\n  if (result.error) throw result.error;\n  if (!result.data) ${insert}`) },
  { name: "throwOnError", code: body(`const { data: order } = ${read}.throwOnError();\n  if (!order) ${insert}`) },
  { name: "a comment says that a failure does not matter", code: body(`// Best effort: twice is better than never.\n  const { data: order } = ${read};\n  if (!order) ${insert}`) },
].map((test) => ({ ...server, ...test }));

const closed: Valid<[]>[] = [
  { name: "no row, no entry", code: body(`const { data: member } = ${read};\n  if (!member) return new Response("forbidden", { status: 403 });\n  ${insert}`) },
  { name: "no row, and the app stops", code: body(`const { data: order } = ${read};\n  if (!order) throw new Error("no such order");\n  ${insert}`) },
  { name: "no row is turned away, and that is written down", code: body(`const { data: order } = ${read};\n  if (!order) {\n    await supabase.from("rejections").insert({ id }).throwOnError();\n    return new Response("not found", { status: 404 });\n  }\n  return order;`) },
  { name: "something happens only when there is a row", code: body(`const { data: order } = ${read};\n  if (order) ${insert}`) },
  { name: "something happens only when there are rows", code: body(`const { data: orders } = await supabase.from("orders").select();\n  if (orders && orders.length > 0) ${insert}`) },
  { name: "an empty list is turned away", code: body(`const { data: orders } = await supabase.from("orders").select();\n  if (!orders || orders.length === 0) return [];\n  ${insert}`) },
  { name: "who knows what the test says", code: body(`const { data: order } = ${read};\n  if (isFresh(order)) return order;\n  ${insert}`) },
  { name: "a length that cannot be asked for", code: body(`const { data: orders } = await supabase.from("orders").select();\n  if (orders.length > 0) return orders;\n  ${insert}`) },
].map((test) => ({ ...server, ...test }));

const harmless: Valid<[]>[] = [
  { name: "an upsert finds the row by itself", code: body(`const { data: order } = ${read};\n  if (!order) await supabase.from("orders").upsert({ id }).throwOnError();`) },
  { name: "a row of a log", code: body(`const { data: order } = ${read};\n  if (!order) await supabase.from("order_logs").insert({ id }).throwOnError();`) },
  { name: "what was computed before can be computed again", code: body(`const { data: answer } = await supabase.from("answer_cache").select().eq("id", id).maybeSingle();\n  if (answer) return answer;\n  await supabase.from("answer_cache").insert({ id }).throwOnError();`) },
  { name: "a question to a model", code: body(`const { data: answer } = ${read};\n  if (answer) return answer;\n  const response = await fetch("https://api.openai.com/v1/responses", { method: "POST" });\n  return response;`) },
  { name: "a function that computes something", code: body(`const { data: answer } = ${read};\n  if (!answer) await supabase.functions.invoke("summarize");`) },
  { name: "a function that is only made there", code: body(`const { data: order } = ${read};\n  if (!order) return () => supabase.from("orders").insert({ id });`) },
].map((test) => ({ ...server, ...test }));

const others: Valid<[]>[] = [
  { ...server, name: "a database that throws", code: `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const f = async (id) => { const order = await prisma.order.findFirst({ where: { id } }); if (!order) await prisma.order.create({ data: { id } }); };` },
  { ...server, name: "somebody else's supabase", code: body(`const { data: order } = ${read};\n  if (!order) ${insert}`).replace("@supabase/supabase-js", "./fake") },
  { name: "a script", filename: "scripts/backfill.ts", code: body(`const { data: order } = ${read};\n  if (!order) ${insert}`) },
  { name: "a test", filename: "src/orders.test.ts", code: body(`const { data: order } = ${read};\n  if (!order) ${insert}`) },
];

const halfTyped: Valid<[]>[] = [
  `const { data } = ${read};\n  if (!data) {}`,
  `const { data } = ${read};\n  if (!data) ; else ${insert}`,
  `const { data: {} } = ${read};\n  if (id) ${insert}`,
  `const { data } = await supabase.from("orders").select();\n  if (data?.) ${insert}`.replace("data?.", "data?.[0]"),
].map((code) => ({ ...server, name: `half-typed: ${code}`, code: body(code) }));

const call = `supabase.from("orders").select`;
const act = `supabase.from("orders").insert`;

interface Finding {
  name: string;
  /** The code, with a place for what is taken beside the data, and one for the check. */
  code: (taken: string, check: string) => string;
  data?: { call?: string; act?: string };
  place?: object;
  filename?: string;
}

const mistaken = ({ name, code, data = {}, place = {}, filename = server.filename }: Finding): Invalid<MessageId, []> => ({
  filename,
  name,
  code: body(code("", "")),
  errors: [
    {
      messageId: "mistaken",
      data: { call, act, ...data },
      suggestions: [{ messageId: "addCheck", data: { call: data.call ?? call, error: "error" }, output: body(code(", error", "\n  if (error) throw error;")) }],
      ...place,
    },
  ],
});

/** The same where what is taken is how many rows there are. */
const uncounted = (finding: Finding): Invalid<MessageId, []> => {
  const { errors, ...test } = mistaken(finding);
  return { ...test, errors: errors.map(({ suggestions }) => ({ messageId: "uncounted", data: { call, act, count: "count" }, suggestions: suggestions ?? [] })) };
};

const invalid: Invalid<MessageId, []>[] = [
  mistaken({
    name: "a row is stored once more",
    code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  if (!order) ${insert}`,
    place: { line: 6, column: 33, endColumn: 63 },
  }),
  mistaken({ name: "an exit for what is there already", code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  if (order) return order.id;\n  ${insert}` }),
  mistaken({ name: "an exit with an error", code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  if (order) throw new Error("there is one already");\n  ${insert}` }),
  mistaken({ name: "one of two ways", code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  if (order) {\n    show(order);\n  } else {\n    ${insert}\n  }` }),
  mistaken({ name: "an exit for a row in a certain state", code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  if (order && order.status === "open") return;\n  ${insert}` }),
  mistaken({ name: "a field of the row", code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  if (order?.is_blocked) return;\n  ${insert}` }),
  mistaken({
    name: "a list",
    code: (taken, check) => `const { data: orders${taken} } = await supabase.from("orders").select().eq("email", email);${check}\n  if (orders && orders.length > 0) return orders[0];\n  ${insert}`,
  }),
  uncounted({
    name: "a limit that nobody has reached when nobody can count",
    code: (taken, check) => `const { count${taken} } = await supabase.from("orders").select("*", { count: "exact", head: true });${check}\n  if ((count ?? 0) >= limit) return new Response("too many", { status: 429 });\n  ${insert}`,
  }),
  mistaken({ name: "the answer has a name of its own", code: (taken, check) => `const { data: order${taken} } = ${read};${check}\n  const exists = order;\n  if (!exists) ${insert}` }),
  mistaken({
    name: "a mail goes out again",
    code: (taken, check) => `const { data: sent${taken} } = ${read};${check}\n  if (sent) return;\n  await resend.emails.send({ to: email });`,
    data: { act: "resend.emails.send" },
  }),
  mistaken({
    name: "a mail that is sent by hand",
    filename: "supabase/functions/remind/index.ts",
    code: (taken, check) => `const { data: sent${taken} } = ${read};${check}\n  if (!sent) await fetch("https://api.resend.com/emails", { method: "POST" });`,
    data: { act: "fetch" },
  }),
  mistaken({
    name: "a function that sends",
    code: (taken, check) => `const { data: sent${taken} } = ${read};${check}\n  if (!sent) await supabase.functions.invoke("send-reminder");`,
    data: { act: "supabase.functions.invoke" },
  }),
  {
    ...server,
    name: "no row is an error as well, and seldom one to throw",
    code: body(`const { data: order } = await supabase.from("orders").select("id").eq("id", id).single();\n  if (!order) ${insert}`),
    errors: [{ messageId: "mistakenOne", data: { call, act, orNone: ".maybeSingle()" }, suggestions: [] }],
  },
  {
    ...server,
    name: "two reads into one name",
    code: body(`const { data: order } = id ? ${read} : await supabase.from("orders").select().eq("email", email).maybeSingle();\n  if (!order) ${insert}`),
    errors: [{ messageId: "mistaken", data: { call, act }, suggestions: [] }],
  },
];

ruleTester.run("no-unchecked-existence-read", rule, { valid: [...checked, ...closed, ...harmless, ...others, ...halfTyped], invalid });
