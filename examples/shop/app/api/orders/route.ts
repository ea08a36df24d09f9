import { NextResponse } from "next/server";

import { getSession } from "@/lib/auth";
import { logger } from "@/lib/logger";
import { sendMail } from "@/lib/mail";
import { chargeCard } from "@/lib/payments";
import { prisma } from "@/lib/prisma";
import { quoteShipping } from "@/lib/shipping";

interface Line {
  productId: string;
  quantity: number;
  price: number;
}

export async function GET() {
  const session = await getSession();
  if (!session) return NextResponse.json({ error: "Please sign in" }, { status: 401 });

  const orders = await prisma.order.findMany({ where: { userId: session.userId }, orderBy: { createdAt: "desc" } });

  const result = [];
  for (const order of orders) {
    const items = await prisma.orderItem.findMany({ where: { orderId: order.id } });
    result.push({ ...order, items });
  }

  return NextResponse.json(result);
}

export async function POST(request: Request) {
  const session = await getSession();
  if (!session) return NextResponse.json({ error: "Please sign in" }, { status: 401 });

  try {
    const { lines, total, postcode, paymentMethod } = (await request.json()) as {
      lines: Line[];
      total: number;
      postcode: string;
      paymentMethod: string;
    };

    const shipping = await quoteShipping(postcode, lines.length);
    const order = await prisma.order.create({
      data: { userId: session.userId, total: total + shipping.price, info: { postcode, carrier: shipping.carrier } },
    });

    for (const line of lines) {
      const product = await prisma.product.findUnique({ where: { id: line.productId } });
      if (!product || (product.stock ?? 0) < line.quantity) {
        return NextResponse.json({ error: "Sold out", productId: line.productId }, { status: 409 });
      }

      await prisma.orderItem.create({
        data: { orderId: order.id, productId: product.id, quantity: line.quantity, price: line.price },
      });
      await prisma.product.update({
        where: { id: product.id },
        data: { stock: product.stock! - line.quantity },
      });
    }

    const payment = await chargeCard(order.total, paymentMethod);
    if (!payment.success) return NextResponse.json({ error: "The payment was declined" }, { status: 402 });

    await prisma.order.update({ where: { id: order.id }, data: { status: "paid", paymentId: payment.id } });
    console.log("💰 new order", order.id, order.total);
    sendMail(session.email, "Thank you for your order", `Your order ${order.id} is on its way.`);

    return NextResponse.json({ id: order.id }, { status: 201 });
  } catch (error) {
    logger.error("checkout failed", error);
    return NextResponse.json({ error: "Checkout failed", details: error }, { status: 500 });
  }
}
