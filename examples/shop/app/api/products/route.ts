import { NextResponse } from "next/server";
import { z } from "zod";

import { getSession } from "@/lib/auth";
import { logger } from "@/lib/logger";
import { prisma } from "@/lib/prisma";

const pageSize = 24;

const newProduct = z.object({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1).max(120),
  description: z.string().max(4_000),
  price: z.number().positive(),
});

export async function GET(request: Request) {
  const page = Math.max(1, Number(new URL(request.url).searchParams.get("page")) || 1);
  const products = await prisma.product.findMany({
    select: { id: true, slug: true, name: true, price: true, image1: true },
    orderBy: { createdAt: "desc" },
    skip: (page - 1) * pageSize,
    take: pageSize,
  });
  return NextResponse.json({ page, products });
}

export async function POST(request: Request) {
  const session = await getSession();
  if (session?.role !== "admin") return NextResponse.json({ error: "Only for the shop's staff" }, { status: 403 });

  const parsed = newProduct.safeParse(await request.json());
  if (!parsed.success) return NextResponse.json({ error: "Invalid product", fields: parsed.error.flatten().fieldErrors }, { status: 400 });

  try {
    const product = await prisma.product.create({ data: parsed.data, select: { id: true } });
    return NextResponse.json({ id: product.id }, { status: 201 });
  } catch (error) {
    logger.error({ err: error, userId: session.userId }, "could not create a product");
    return NextResponse.json({ error: "The product could not be saved" }, { status: 500 });
  }
}
