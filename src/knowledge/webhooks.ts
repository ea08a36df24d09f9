/** Paths by which handlers are called that other services call. */
export const webhookPaths = /(?:^|[/\s_-])webhooks?(?:[/\s_.-]|$)/i;

/** Services that call webhooks: how they are named in paths, how their events are, and how what they send is verified. */
export const webhookEvents: readonly { readonly name: string; readonly path: RegExp; readonly events: RegExp; readonly verify: string; readonly source: string }[] = [
  {
    name: "Stripe",
    path: /stripe/i,
    events: /^(?:checkout\.session|customer\.subscription|invoice|payment_intent|charge)\.\w+/,
    verify: "stripe.webhooks.constructEvent(body, signature, secret)",
    source: "https://docs.stripe.com/webhooks/signature",
  },
  { name: "Clerk", path: /clerk/i, events: /^(?:user|organization|organizationMembership)\.(?:created|updated|deleted)$/, verify: "verifyWebhook(request)", source: "https://clerk.com/docs/reference/backend/verify-webhook" },
  { name: "Resend", path: /resend/i, events: /^email\.(?:sent|delivered|bounced|opened|clicked|complained)$/, verify: "new Webhook(secret).verify(body, headers)", source: "https://resend.com/docs/dashboard/webhooks/verify-webhooks-requests" },
  { name: "GitHub", path: /github/i, events: /^(?:pull_request|check_run|workflow_run)$/, verify: "webhooks.verify(body, signature)", source: "https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries" },
  { name: "Twilio", path: /twilio|sms/i, events: /^message-status$/, verify: "twilio.validateRequest(token, signature, url, params)", source: "https://www.twilio.com/docs/usage/webhooks/webhooks-security" },
];
