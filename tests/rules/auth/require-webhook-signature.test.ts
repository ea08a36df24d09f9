import rule from "../../../src/rules/auth/require-webhook-signature.js";
import { ruleTester } from "../../support/rule-tester.js";

const prisma = `import { PrismaClient } from "@prisma/client"; const prisma = new PrismaClient();`;
const stripe = { filename: "app/api/webhooks/stripe/route.ts", project: "next" };
const post = (before: string, after = `await prisma.order.update({ where: { id: event.data.object.id }, data: { paid: true } });`): string => `${prisma}\nexport async function POST(request: Request) {\n${before}\n${after}\nreturn new Response(); }`;
/** What makes a paid order of an event. */
const paid = `if (event.type === "checkout.session.completed") await prisma.order.update({ where: { id: event.data.object.client_reference_id }, data: { paid: true } });`;
/** A controller of Nest that takes a header with the event. */
const nest = { filename: "src/payments/webhooks.controller.ts", project: "nest" };
const paypal = (before: string): string => `import { Body, Controller, Headers, Post } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";
import { Payment } from "./payment.entity";

@Controller("webhooks")
export class WebhooksController {
  constructor(@InjectRepository(Payment) private readonly payments: Repository<Payment>) {}

  @Post("paypal")
  async paypal(@Headers("paypal-transmission-sig") sent: string, @Body() event: any) {
    ${before}
    if (event.event_type === "PAYMENT.CAPTURE.COMPLETED") await this.payments.update({ capture: event.resource.id }, { paid: true });
    return { received: true };
  }
}
`;

ruleTester.run("require-webhook-signature", rule, {
  valid: [
    { ...stripe, name: "the event is constructed", code: `import Stripe from "stripe"; const stripe = new Stripe(key); ${post(`const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get("stripe-signature"), key);`)}` },
    { ...stripe, name: "a signature is compared", code: post(`const body = await request.text(); if (!isEqual(request.headers.get("x-signature"), sign(body))) return new Response(null, { status: 401 }); const event = JSON.parse(body);`) },
    { ...stripe, name: "a shared secret in the address", code: post(`if (new URL(request.url).searchParams.get("secret") !== process.env.HOOK) return new Response(); const event = await request.json();`) },
    { ...stripe, name: "a wrapper that nobody can see", code: `import { verified } from "somewhere"; ${prisma} export const POST = verified(async (request) => { const event = await request.json(); await prisma.order.update({ where: { id: event.id }, data: { paid: true } }); });` },
    { ...stripe, name: "a wrapper of the file that turns callers away", code: `${prisma} const guarded = (handler) => async (request: Request) => (request.headers.get("x-key") === key ? handler(request) : new Response("Unauthorized", { status: 401 })); export const POST = guarded(async (request: Request) => { const event = await request.json(); await prisma.order.update({ where: { id: event.id }, data: { paid: true } }); return new Response(); });` },
    { ...stripe, name: "a header by its name, taken apart", code: post(`const { "x-hook-token": sent } = Object.fromEntries(request.headers); if (sent !== process.env.HOOK) return new Response(); const event = await request.json();`) },
    { ...stripe, name: "a value of the environment that is compared", code: post(`const known = process.env.HOOK_KEY; if (new URL(request.url).searchParams.get("k") !== known) return new Response(); const event = await request.json();`) },
    { ...stripe, name: "an address that is looked up", code: post(`const hook = await prisma.webhookEndpoint.findUnique({ where: { slug: new URL(request.url).pathname } }); if (!hook) return new Response(); const event = await request.json();`) },
    { ...stripe, name: "a function that is given the request", code: post(`const event = await read(request);`) },
    { ...stripe, name: "nothing is done with what was sent", code: post(`await request.json();`, `await prisma.order.deleteMany({ where: { paid: false } });`) },
    { ...stripe, filename: "app/api/orders/route.ts", name: "a route by another name", code: post(`const event = await request.json();`) },
    { ...stripe, filename: "app/api/billing/route.ts", name: "events of a payment that are constructed, by another name", code: `import Stripe from "stripe"; const stripe = new Stripe(key); ${post(`const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get("stripe-signature"), key);`, paid)}` },
    { ...stripe, filename: "app/api/billing/route.ts", name: "events that the app fetches itself", code: `import Stripe from "stripe"; const stripe = new Stripe(key); ${post(`const { id } = await request.json(); const event = await stripe.events.retrieve(id);`, paid)}` },
    { ...stripe, filename: "app/api/billing/route.ts", name: "events of the app's own, by words that others have as well", code: post(`const event = await request.json();`, `if (event.type === "invoice.sent") await prisma.invoice.update({ where: { id: event.id }, data: { sent: true } });`) },
    { ...stripe, filename: "app/api/billing/route.ts", name: "events for whoever is signed in", code: `import { getServerSession } from "next-auth"; ${post(`if (!(await getServerSession())) return new Response(null, { status: 401 }); const event = await request.json();`, paid)}` },
    { ...nest, name: "a header that a controller holds against a secret", code: paypal("if (sent !== process.env.HOOK_KEY) throw new Error();") },
    { ...stripe, name: "half a handler", code: `${prisma} export async function POST(request: Request) { await prisma.order.update({}) }` },
  ],
  invalid: [
    {
      ...stripe,
      filename: "app/api/webhooks/sms/route.ts",
      name: "text messages that nothing says who sends",
      code: post(`const form = await request.formData();`, `await prisma.message.create({ data: { sender: String(form.get("from")), text: String(form.get("message")) } });`),
      errors: [{ messageId: "unknown", data: { table: "message" } }],
    },
    {
      ...stripe,
      filename: "app/api/webhooks/sms/route.ts",
      name: "text messages that Twilio sends, as an import says",
      code: `import twilio from "twilio";\n${post(`const form = await request.formData(); const answer = new twilio.twiml.MessagingResponse();`, `await prisma.message.create({ data: { sender: String(form.get("From")), text: String(form.get("Body")) } });`)}`,
      errors: [{ messageId: "unsigned", data: { table: "message", provider: "Twilio", verify: "twilio.validateRequest(token, signature, url, params)" } }],
    },
    {
      ...stripe,
      filename: "app/api/webhooks/inbound/route.ts",
      name: "text messages that Twilio sends, as a field says",
      code: post(`const { MessageSid, Body } = await request.json();`, `await prisma.message.create({ data: { id: MessageSid, text: Body } });`),
      errors: [{ messageId: "unsigned", data: { table: "message", provider: "Twilio", verify: "twilio.validateRequest(token, signature, url, params)" } }],
    },
    {
      ...stripe,
      name: "an event of Stripe that is only parsed",
      code: post(`const event = await request.json();`),
      errors: [{ messageId: "payment", data: { table: "order", provider: "Stripe", verify: "stripe.webhooks.constructEvent(body, signature, secret)" }, line: 4, column: 7, endColumn: 26 }],
    },
    {
      ...stripe,
      filename: "app/api/webhooks/route.ts",
      name: "events by their names",
      code: post(`const event = await request.json();`, `if (event.type === "user.created") await prisma.user.create({ data: { id: event.data.id } });`),
      errors: [{ messageId: "unsigned", data: { table: "user", provider: "Clerk", verify: "verifyWebhook(request)" }, line: 4 }],
    },
    {
      ...stripe,
      name: "a comment that says what it should do, a header that is sent on, and the text of an error are no proof",
      code: post(`// TODO: verify the signature\nconst event = await request.json(); try { await fetch(address, { headers: { "apikey": process.env["MAIL_TOKEN"], "x-token": other } }); } catch (error) { if (!error.message.includes("token")) throw error; }`),
      errors: [{ messageId: "payment", data: { table: "order", provider: "Stripe", verify: "stripe.webhooks.constructEvent(body, signature, secret)" } }],
    },
    {
      ...stripe,
      filename: "app/api/webhooks/payments/route.ts",
      name: "events of PayPal",
      code: post(`const event = await request.json();`, `if (event.event_type === "PAYMENT.CAPTURE.COMPLETED") await prisma.order.update({ where: { id: event.resource.id }, data: { paid: true } });`),
      errors: [{ messageId: "payment", data: { table: "order", provider: "PayPal", verify: "POST /v1/notifications/verify-webhook-signature" } }],
    },
    {
      ...stripe,
      filename: "app/api/billing/route.ts",
      name: "a payment's event on a path that says nothing of webhooks",
      code: post(`const event = JSON.parse(await request.text());`, paid),
      errors: [{ messageId: "payment", data: { table: "order", provider: "Stripe", verify: "stripe.webhooks.constructEvent(body, signature, secret)" }, line: 4 }],
    },
    {
      ...nest,
      name: "a header that a controller takes and never reads",
      code: paypal(""),
      errors: [{ messageId: "payment", data: { table: "Payment", provider: "PayPal", verify: "POST /v1/notifications/verify-webhook-signature" } }],
    },
    {
      filename: "src/billing.ts",
      name: "events in a switch, in Express",
      code: `import express from "express"; ${prisma} const app = express(); app.use(express.json());\napp.post("/stripe/events", async (req, res) => { switch (req.body.type) { case "invoice.paid": await prisma.account.update({ where: { customer: req.body.data.object.customer }, data: { plan: "pro" } }); } res.end(); });`,
      errors: [{ messageId: "payment", data: { table: "account", provider: "Stripe", verify: "stripe.webhooks.constructEvent(body, signature, secret)" }, line: 2 }],
    },
    {
      filename: "src/pay.ts",
      name: "events of Razorpay, by a helper",
      code: `import express from "express"; ${prisma} const app = express(); app.use(express.json());\nasync function settle(event) { if (event.event === "payment.captured") await prisma.order.update({ where: { id: event.payload.payment.entity.order_id }, data: { paid: true } }); }\napp.post("/razorpay", async (req, res) => { await settle(req.body); res.end(); });`,
      errors: [{ messageId: "payment", data: { table: "order", provider: "Razorpay", verify: "validateWebhookSignature(body, signature, secret)" } }],
    },
    {
      filename: "src/app.ts",
      name: "a webhook of somebody else, in Express",
      code: `import express from "express"; ${prisma} const app = express(); app.use(express.json());\napp.post("/webhooks/shipping", async (req, res) => { await prisma.parcel.update({ where: { id: req.body.id }, data: { state: req.body.state } }); res.end(); });`,
      errors: [{ messageId: "unknown", data: { table: "parcel" }, line: 2, column: 60 }],
    },
  ],
});
