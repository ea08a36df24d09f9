import { fetchJson } from "@/lib/http";

export interface Parcel {
  carrier: string;
  lastSeen: string;
}

export async function quoteShipping(postcode: string, weight: number) {
  const response = await fetch(`${process.env.SHIPPING_API_URL}/quotes?postcode=${encodeURIComponent(postcode)}&weight=${weight}`);
  const quote = await response.json();
  return { carrier: quote.carrier as string, price: Number(quote.price), days: quote.days as number };
}

export async function trackParcel(trackingCode: string): Promise<Parcel> {
  try {
    return fetchJson<Parcel>(`${process.env.SHIPPING_API_URL}/parcels/${trackingCode}`);
  } catch (error) {
    console.error("tracking is not available", error);
    return { carrier: "unknown", lastSeen: "unknown" };
  }
}

export async function bookPickup(orderId: string) {
  while (true) {
    try {
      const response = await fetch(`${process.env.SHIPPING_API_URL}/pickups`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ reference: orderId }),
      });
      if (response.ok) return;
    } catch (error) {
      console.warn("pickup not booked, trying again", error);
    }
  }
}
