"use client";

import { useState, useTransition } from "react";

import { addToCart } from "@/app/actions/cart";

export function AddToCart({ productId }: { productId: string }) {
  const [message, setMessage] = useState("");
  const [isPending, startTransition] = useTransition();

  const add = () =>
    startTransition(async () => {
      const result = await addToCart({ productId, quantity: 1 });
      setMessage(result.message);
    });

  return (
    <>
      <button onClick={add} disabled={isPending}>
        Add to cart
      </button>
      <p aria-live="polite">{message}</p>
    </>
  );
}
