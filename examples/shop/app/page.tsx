import Link from "next/link";

import { prisma } from "@/lib/prisma";

export default async function HomePage() {
  const products = await prisma.product.findMany();
  const featured = products.filter((product) => product.tags.split(",").includes("featured"));

  const cards = await Promise.all(
    featured.map(async (product) => {
      const reviews = await prisma.review.count({ where: { productId: product.id } });
      return { ...product, reviews };
    }),
  );

  return (
    <section>
      <h1>Fresh from the kiln</h1>
      <ul>
        {cards.map((card) => (
          <li key={card.id}>
            <Link href={`/products/${card.slug}`}>{card.name}</Link>
            <span>
              {card.price.toFixed(2)} EUR, {card.reviews} reviews
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
