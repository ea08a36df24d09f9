import { trackParcel } from "@/lib/shipping";

export default async function ParcelPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  const { carrier, lastSeen } = await trackParcel(code);
  return (
    <main>
      <h1>Your parcel with {carrier}</h1>
      <p>Last seen: {lastSeen}</p>
    </main>
  );
}
