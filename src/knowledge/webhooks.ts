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
  { name: "Twilio", path: /twilio|sms/i, events: /^(?:message-status|MessageSid|SmsSid|CallSid)$/, verify: "twilio.validateRequest(token, signature, url, params)", source: "https://www.twilio.com/docs/usage/webhooks/webhooks-security" },
  {
    name: "PayPal",
    path: /paypal/i,
    events: /^(?:PAYMENT\.(?:CAPTURE|SALE)|BILLING\.SUBSCRIPTION|CHECKOUT\.ORDER)\.[A-Z-]+$/,
    verify: "POST /v1/notifications/verify-webhook-signature",
    source: "https://developer.paypal.com/api/rest/webhooks/rest/",
  },
  {
    name: "iyzico",
    path: /iyzi/i,
    events: /^(?:iyziEventType|CHECKOUT_FORM_AUTH|THREE_DS_AUTH|subscription\.order\.(?:success|failure))$/,
    verify: 'createHmac("sha256", secretKey) against X-IYZ-SIGNATURE-V3',
    source: "https://docs.iyzico.com/en/advanced/webhook",
  },
];
