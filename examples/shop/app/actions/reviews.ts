"use server";

import { getSession } from "@/lib/auth";
import { prisma } from "@/lib/prisma";

export async function addReview(formData: FormData) {
  if (!process.env.REVIEWS_ENABLED) return { error: "Reviews are closed" };

  const session = await getSession();
  if (!session) return { error: "Please sign in" };

  const productId = String(formData.get("productId"));
  const userId = String(formData.get("userId"));

  const existing = await prisma.review.findFirst({ where: { productId, userId } });
  if (existing) return { error: "You have already reviewed this product" };

  await prisma.review.create({
    data: { productId, userId, rating: Number(formData.get("rating")), body: String(formData.get("body")) },
  });
  return { error: null };
}
