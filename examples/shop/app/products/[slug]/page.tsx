import { notFound } from "next/navigation";

import { addReview } from "@/app/actions/reviews";
import { AddToCart } from "@/components/add-to-cart";
import { DeliveryEstimate } from "@/components/delivery-estimate";
import { PhotoUpload } from "@/components/photo-upload";
import { getSession } from "@/lib/auth";
import { prisma } from "@/lib/prisma";

export default async function ProductPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const product = await prisma.product.findFirst({ where: { slug } });
  if (!product) notFound();

  try {
    await prisma.product.update({ where: { id: product.id }, data: { views: { increment: 1 } } });
  } catch {}

  const session = await getSession();
  const reviews = await prisma.review.findMany({ where: { productId: product.id }, take: 20 });

  return (
    <article>
      <h1>{product.name}</h1>
      <p>{product.description}</p>
      <AddToCart productId={product.id} />
      <DeliveryEstimate productId={product.id} />
      {session?.role === "admin" && <PhotoUpload productId={product.id} />}

      <h2>Reviews</h2>
      {reviews.map((review) => (
        <blockquote key={review.id}>
          {"★".repeat(review.rating)} {review.body}
        </blockquote>
      ))}
      <form
        action={async (formData) => {
          "use server";
          await addReview(formData);
        }}
      >
        <input type="hidden" name="productId" value={product.id} />
        <input type="hidden" name="userId" value={session?.userId ?? ""} />
        <input type="number" name="rating" min={1} max={5} required />
        <textarea name="body" required />
        <button>Send</button>
      </form>
    </article>
  );
}
