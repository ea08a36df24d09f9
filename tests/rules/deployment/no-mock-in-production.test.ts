import rule from "../../../src/rules/deployment/no-mock-in-production.js";
import { type Invalid, ruleTester, type Valid } from "../../support/rule-tester.js";

type MessageId = "chance" | "otherwise" | "unconfigured" | "pretended" | "silent" | "unreported";

const payments = { filename: "app/api/payments/route.ts", project: "next" } as const;
const mails = { filename: "app/api/mails/route.ts", project: "next" } as const;

const gateway = (body: string, more = ""): string => `import { Injectable, Logger } from "@nestjs/common";
import { StripeClient } from "@/lib/stripe";

@Injectable()
export class PaymentsService {
  private readonly logger = new Logger(PaymentsService.name);

  constructor(private readonly stripe: StripeClient) {}

  async charge(provider: string, cents: number) {
    ${body}
  }
${more}}

export const POST = async (request: Request) => Response.json(await new PaymentsService(new StripeClient()).charge(await request.text(), 100));
`;

const mock = `
  private async chargeMock(cents: number) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    this.logger.log(\`charged \${cents}\`);
    return { success: true, id: \`mock_\${Date.now()}\` };
  }
`;

const inAFunction = (name: string, body: string, before = ""): string => `${before}export async function ${name}(to: string, text: string) {\n  ${body}\n}\n\nexport const POST = async (request: Request) => Response.json(await ${name}("ann@example.com", await request.text()));\n`;

const valid: Valid<[]>[] = [
  { ...payments, name: "a stand-in that a case asks for", code: gateway(`switch (provider) {\n      case "mock":\n        return this.chargeMock(cents);\n      default:\n        throw new Error(\`unknown provider \${provider}\`);\n    }`, mock) },
  { ...payments, name: "a stand-in for development", code: gateway(`if (process.env.NODE_ENV !== "production") return this.chargeMock(cents);\n    return this.stripe.charge(cents);`, mock) },
  { ...payments, name: "a stand-in behind a switch of its own", code: gateway(`if (this.useMocks) return this.chargeMock(cents);\n    return this.stripe.charge(cents);`, mock) },
  { ...payments, name: "a name that sounds like one, of something that works", code: gateway(`switch (provider) {\n      case "stripe":\n        return this.stripe.charge(cents);\n      default:\n        return this.chargeMock(cents);\n    }`, `\n  private async chargeMock(cents: number) {\n    return this.stripe.chargeInSandbox(cents);\n  }\n`) },
  { ...payments, name: "a stand-in in a stand-in", code: gateway("return this.stripe.charge(cents);", `${mock}\n  async simulateCharge(cents: number) {\n    if (!cents) return this.chargeMock(cents);\n    return null;\n  }\n`) },
  { ...payments, name: "the real thing is what runs otherwise", code: gateway(`switch (provider) {\n      case "paypal":\n        return this.paypal.charge(cents);\n      default:\n        return this.stripe.charge(cents);\n    }`, mock) },
  { ...mails, name: "a comment about something else, above what works", code: inAFunction("sendMail", "// In production, this would go through a queue.\n  await resend.emails.send({ to, text });\n  return { success: true };", `import { resend } from "./resend";\n`) },
  { ...mails, name: "what throws until it is there", code: inAFunction("sendMail", `// TODO: integrate with a real mail service\n  throw new Error("sending is not there yet");`) },
  { ...mails, name: "what says that it failed", code: inAFunction("sendMail", `// TODO: integrate with a real mail service\n  return { success: false, error: "not implemented" };`) },
  { ...mails, name: "what says that it is still to come", code: inAFunction("sendMail", `// TODO: integrate with a real mail service\n  return { ok: true, message: "Not implemented yet" };`) },
  { ...mails, name: "a refusal until it is there", code: inAFunction("verifySignature", "// TODO: implement the real verification\n  return false;") },
  { ...mails, name: "a promise to do better, in what nobody relies on", code: inAFunction("getRecommendations", "// In a real implementation, this would call the model.\n  return { success: true, items: [] };") },
  { ...mails, name: "a message that is kept where its reader finds it", code: inAFunction("notifyUser", `// TODO: integrate with a push service\n  await prisma.notification.create({ data: { to, text } });\n  return { success: true };`, `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`) },
  { ...mails, name: "what is handed on", code: inAFunction("sendMail", "// For now, simulate the delivery for addresses of our own.\n  return deliver(to, text);", `import { deliver } from "./deliver";\n`) },
  { ...mails, name: "a check that is made", code: inAFunction("verifySignature", `// In production, you would keep the secret elsewhere.\n  const digest = createHmac("sha256", text).digest("hex");\n  if (digest !== to) return { valid: false };\n  return { valid: true };`, `import { createHmac } from "node:crypto";\n`) },
  { ...mails, name: "work that ends well, without a comment", code: inAFunction("sendMail", "console.log(to, text);\n  return { success: true };") },
  { ...mails, filename: "tests/mail.ts", name: "a test", code: inAFunction("sendMail", "// Mock implementation\n  return { success: true };") },
  { ...mails, filename: "lib/mocks/mail.ts", name: "a file of mocks", code: inAFunction("sendMail", "// Mock implementation\n  return { success: true };") },
  { ...mails, name: "a mock by its name", code: inAFunction("mockSendMail", "// Mock implementation\n  return { success: true };") },
  { ...mails, name: "tidying up now and then", code: inAFunction("sendMail", "if (Math.random() < 0.01) forget();\n  return deliver(to, text);", `import { deliver, forget } from "./deliver";\n`) },
  { ...mails, name: "a sample of what is traced", code: `import { headers } from "next/headers";\nexport async function traced() {\n  if (Math.random() > 0.1) return null;\n  const isSampled = Math.random() < 0.5;\n  return isSampled ? headers() : false;\n}` },
  { ...mails, name: "a play that somebody has simulated", code: `import { headers } from "next/headers";\nexport async function simulatePlay() {\n  await headers();\n  return { type: "pass", success: Math.random() > 0.3 };\n}\nexport const POST = async () => Response.json(await simulatePlay());` },
  { ...mails, name: "one of two variants", code: `import { cookies } from "next/headers";\nexport const variant = async () => (await cookies()).get("variant")?.value ?? (Math.random() < 0.5 ? "a" : "b");` },
  { ...mails, name: "chance in development", code: `import { headers } from "next/headers";\nexport async function charge() {\n  if (process.env.NODE_ENV === "development") {\n    const isSuccess = Math.random() < 0.9;\n    return { success: isSuccess };\n  }\n  return headers();\n}` },
  { ...mails, name: "chance in what is called a mock", code: `export function mockCharge() {\n  const isSuccess = Math.random() < 0.9;\n  return { success: isSuccess };\n}` },
  { ...mails, name: "what nobody calls", code: `export async function sendMail(to: string) {\n  // TODO: integrate with a real mail service\n  return { success: true, to };\n}` },
  { ...mails, name: "what says that it is a show", code: `// A demo of tools that fail now and then\nexport const pay = () => (Math.random() > 0.5 ? { status: "paid" } : { status: "failed" });\nexport const POST = async () => Response.json(pay());` },
  { ...mails, name: "half a function", code: "export async function sendMail(to: string) {\n  // TODO: integrate with a real mail service\n}" },
];

const invalid: Invalid<MessageId, []>[] = [
  {
    ...payments,
    name: "a stand-in is what runs where no case fits",
    code: gateway(`switch (provider) {\n      case "stripe":\n        return this.stripe.charge(cents);\n      case "mock":\n      default:\n        return this.chargeMock(cents);\n    }`, mock),
    errors: [{ messageId: "otherwise", line: 16, column: 16, endColumn: 31, data: { name: "chargeMock", loss: "what counts as paid from here on has moved no money" } }],
  },
  {
    ...payments,
    name: "a stand-in is what runs where nothing is set up",
    code: gateway("if (!this.stripe || !cents) return this.chargeMock(cents);\n    return this.stripe.charge(cents);", mock),
    errors: [{ messageId: "unconfigured", line: 11, column: 40, endColumn: 55, data: { name: "chargeMock", loss: "what counts as paid from here on has moved no money" } }],
  },
  {
    ...mails,
    name: "a function of the file that only does as if, where there is no client",
    code: `export async function sendCode(client: { send(to: string): Promise<void> } | null, to: string) {\n  if (client) return client.send(to);\n  return await simulateSend(to);\n}\n\nexport function simulateSend(to: string) {\n  return { sent: true, to };\n}\nexport const POST = async (request: Request) => Response.json(await sendCode(null, await request.text()));`,
    errors: [{ messageId: "unconfigured", line: 3, column: 16, endColumn: 28, data: { name: "simulateSend", loss: "its callers go on as if it had been sent" } }],
  },
  {
    ...payments,
    name: "a payment that chance decides",
    code: gateway(`const isSuccess = Math.random() < 0.9;\n    return { success: isSuccess };`),
    errors: [{ messageId: "chance", line: 11, column: 23, endColumn: 42, data: { name: "isSuccess" } }],
  },
  {
    ...mails,
    name: "an answer that chance decides",
    code: `import { tool } from "./tool";\nexport const refundTool = tool(async () => {\n  if (Math.random() < 0.1) {\n    return JSON.stringify({ success: false, reason: "blocked" });\n  }\n  return JSON.stringify({ success: true });\n});\nexport const POST = async () => new Response(await refundTool());`,
    errors: [{ messageId: "chance", line: 3, column: 7, data: { name: "refundTool" } }],
  },
  {
    ...mails,
    name: "an answer of a ternary that chance decides, and a field",
    code: `import { headers } from "next/headers";\nexport async function verify() {\n  await headers();\n  return { approved: Math.random() > 0.2 };\n}\nexport const pay = () => (Math.random() > 0.5 ? { status: "paid" } : { status: "failed" });\nexport const POST = async () => Response.json([await verify(), pay()]);`,
    errors: [
      { messageId: "chance", line: 4, column: 22, data: { name: "approved" } },
      { messageId: "chance", line: 6, column: 27, data: { name: "pay" } },
    ],
  },
  {
    ...payments,
    name: "a payment that says that it went well, in the author's own words",
    code: gateway(`try {\n      // In a real implementation, this would use the SDK.\n      this.logger.log(\`charging \${cents}\`);\n      return { success: true, id: \`pay_\${Date.now()}\` };\n    } catch (error) {\n      return { success: false, error };\n    }`),
    errors: [
      {
        messageId: "pretended",
        line: 14,
        column: 16,
        endColumn: 29,
        data: { name: "charge", said: "In a real implementation, this would use the SDK.", loss: "what counts as paid from here on has moved no money" },
      },
    ],
  },
  {
    ...mails,
    name: "a mail that nobody sends",
    code: inAFunction("sendMail", `// TODO: integrate with a real mail service\n  console.log("would send", to, text);`),
    errors: [{ messageId: "silent", line: 1, column: 23, endColumn: 31, data: { name: "sendMail", said: "TODO: integrate with a real mail service", loss: "its callers go on as if it had been sent" } }],
  },
  {
    ...mails,
    name: "numbers that nobody sends, from where something has gone wrong: to throw there would break more",
    code: inAFunction("sendErrorMetrics", `// In a real implementation, this would send to the metrics service\n  console.log("metrics", to, text);`),
    errors: [{ messageId: "unreported", line: 1, data: { name: "sendErrorMetrics", said: "In a real implementation, this would send to the metrics service" } }],
  },
  {
    ...mails,
    name: "a check that lets everybody through",
    code: inAFunction("verifySignature", "// For now, just return true\n  return true;"),
    errors: [{ messageId: "pretended", line: 3, column: 10, endColumn: 14, data: { name: "verifySignature", said: "For now, just return true", loss: "whoever asks is let through" } }],
  },
  {
    ...mails,
    name: "a report that is only written down as sent",
    code: inAFunction("submitReport", `const report = await prisma.report.findUnique({ where: { id: to } });\n  if (!report) throw new Error("no report");\n  /* In production, this would call the authority's API.\n   * For now, simulate the submission. */\n  await prisma.report.update({ where: { id: to }, data: { sentAt: new Date() } });\n  return { status: "submitted" };`, `import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\n`),
    errors: [{ messageId: "pretended", line: 9, column: 12, endColumn: 31, data: { name: "submitReport", said: "In production, this would call the authority's API.", loss: "the caller goes on as if it were done" } }],
  },
  ...(
    [
      ["a handler that makes up its answer", "app/api/catalog/parse/route.ts", "the caller goes on as if it were done"],
      ["a handler that sends nothing", "app/api/send-mail/route.ts", "its callers go on as if it had been sent"],
    ] as const
  ).map(([name, filename, loss]) => ({
    ...mails,
    name,
    filename,
    code: `export async function POST(request: Request) {\n  const { url } = await request.json();\n  // TODO: replace with actual API call\n  return Response.json({ success: true, url });\n}`,
    errors: [{ messageId: "pretended" as const, line: 4, data: { name: "POST", said: "TODO: replace with actual API call", loss } }],
  })),
  {
    ...mails,
    filename: "app/api/webhooks/route.ts",
    name: "a webhook that is verified by nobody, and answers",
    code: `export const verifyWebhook = (request: Request) => {\n  // In a real app, you would check the signature here\n  return Response.json({ ok: true });\n};\nexport const POST = async (request: Request) => verifyWebhook(request);`,
    errors: [{ messageId: "pretended", line: 3, column: 26, endColumn: 34, data: { name: "verifyWebhook", said: "In a real app, you would check the signature here", loss: "whoever asks is let through" } }],
  },
];

ruleTester.run("no-mock-in-production", rule, { valid, invalid });
