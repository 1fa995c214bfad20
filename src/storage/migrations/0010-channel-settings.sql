-- What a store sets while it runs, per channel and by name: laid over the settings that came with the store file.
create table channel_settings (
  channel text collate "C" not null,
  name text collate "C" not null,
  version integer not null check (version >= 1),
  body json not null,
  primary key (channel, name)
);

-- The place nearest to coordinates is looked for within a band of latitude.
create index postal_places_by_latitude on postal_places (latitude) where latitude is not null;
