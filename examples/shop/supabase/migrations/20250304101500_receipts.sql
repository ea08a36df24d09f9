create table public.receipts (
  id uuid primary key default gen_random_uuid(),
  order_id text not null,
  email text not null,
  amount double precision not null,
  status text default 'queued',
  created_at timestamptz not null default now()
);

create table public.receipt_lines (
  id uuid primary key default gen_random_uuid(),
  receipt_id uuid not null,
  title text not null,
  quantity integer not null,
  price real not null
);

create table public.product_images (
  id uuid primary key default gen_random_uuid(),
  product_id text not null,
  path text not null,
  created_at timestamptz not null default now()
);

alter table public.product_images enable row level security;

create policy "images are public" on public.product_images for select using (true);
create policy "images can be changed" on public.product_images for update using (true) with check (true);
