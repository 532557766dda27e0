-- The district's own rubric, for its estimates only: no ministry's, and no award. Afterwards the Dinas keeps it.
insert into star_rubric (scheme, year, name_id, name_en, criteria, levels)
values ('district', 2026, 'Rubrik taksiran bintang OVOP Kabupaten Blitar', 'Blitar Regency''s own rubric of OVOP star estimates', '[
  {"code": "quality",       "max_score": 20, "name_id": "Mutu dan keajekan mutu",         "name_en": "Quality, and whether it is steady"},
  {"code": "packaging",     "max_score": 15, "name_id": "Kemasan dan label",              "name_en": "Packaging and label"},
  {"code": "raw_material",  "max_score": 10, "name_id": "Bahan baku setempat",            "name_en": "Raw material of the place"},
  {"code": "distinctness",  "max_score": 10, "name_id": "Kekhasan dan jati diri desa",    "name_en": "Distinctness, and the village''s identity"},
  {"code": "branding",      "max_score": 10, "name_id": "Merek dan cerita produk",        "name_en": "Brand and story"},
  {"code": "capacity",      "max_score": 10, "name_id": "Kapasitas dan kesinambungan",    "name_en": "Capacity, and whether it lasts"},
  {"code": "management",    "max_score": 10, "name_id": "Pengelolaan dan pembukuan",      "name_en": "Management and bookkeeping"},
  {"code": "market",        "max_score": 10, "name_id": "Jangkauan pasar",                "name_en": "Reach of the market"},
  {"code": "community",     "max_score": 5,  "name_id": "Manfaat bagi warga dan lingkungan", "name_en": "Good to people and surroundings"}
]', '[
  {"stars": 1, "min_total": 40, "documents": [{"any_of": ["nib"], "categories": []}]},
  {"stars": 2, "min_total": 55, "documents": [
    {"any_of": ["pirt", "bpom"], "categories": ["coffee", "cocoa_chocolate", "food", "snacks", "beverages"]},
    {"any_of": ["bpom"], "categories": ["herbal"]}]},
  {"stars": 3, "min_total": 70, "documents": [
    {"any_of": ["halal"], "categories": ["coffee", "cocoa_chocolate", "food", "snacks", "beverages", "herbal"]}]},
  {"stars": 4, "min_total": 80, "documents": [{"any_of": ["trademark"], "categories": []}]},
  {"stars": 5, "min_total": 90, "documents": [{"any_of": ["sni", "organic", "gi", "lab"], "categories": []}]}
]')
    on conflict (scheme, year) do nothing
