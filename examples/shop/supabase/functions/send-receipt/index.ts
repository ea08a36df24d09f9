import { createClient } from "https://esm.sh/@supabase/supabase-js@2";

const corsHeaders = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Headers": "authorization, content-type",
};

const supabase = createClient(Deno.env.get("SUPABASE_URL")!, Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")!);

Deno.serve(async (req) => {
  if (req.method === "OPTIONS") return new Response("ok", { headers: corsHeaders });

  try {
    const { orderId, email, amount, lines } = await req.json();
    console.log("🧾 sending receipt", orderId);

    const { data: existing } = await supabase.from("receipts").select("id").eq("order_id", orderId).maybeSingle();

    if (!existing) {
      const { data: receipt } = await supabase.from("receipts").insert({ order_id: orderId, email, amount }).select().single();

      for (const line of lines) {
        await supabase.from("receipt_lines").insert({ receipt_id: receipt.id, ...line });
      }

      const response = await fetch(`${Deno.env.get("MAIL_API_URL")}/messages`, {
        method: "POST",
        headers: { Authorization: `Bearer ${Deno.env.get("MAIL_API_KEY")}`, "Content-Type": "application/json" },
        body: JSON.stringify({ to: email, subject: `Your receipt for order ${orderId}`, text: `Thank you! You paid ${amount} EUR.` }),
      });
      const message = await response.json();
      console.log("✅ receipt sent", message.id);

      supabase.from("receipts").update({ status: "sent" }).eq("id", receipt.id);
    }

    return new Response(JSON.stringify({ sent: true }), { headers: { ...corsHeaders, "Content-Type": "application/json" } });
  } catch (error) {
    return new Response(JSON.stringify({ error: error.message }), {
      status: 500,
      headers: { ...corsHeaders, "Content-Type": "application/json" },
    });
  }
});
