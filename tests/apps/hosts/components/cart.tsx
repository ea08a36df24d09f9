"use client";

import { useEffect, useState } from "react";

export function Cart({ id }: { readonly id: string }) {
  const [items, setItems] = useState<string[]>([]);

  useEffect(() => {
    void (async () => {
      const response = await fetch(`/api/carts/${id}`);
      const cart = (await response.json()) as { items: string[] };
      setItems(cart.items);
    })();
  }, [id]);

  return <ul>{items.map((item) => <li key={item}>{item}</li>)}</ul>;
}
