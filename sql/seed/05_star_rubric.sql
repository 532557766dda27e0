-- The district's own rubric, for its estimates only. It is not a ministry's rubric and gives no
-- award. The Dinas maintains it afterwards.
insert into star_rubric (scheme, year, name, name_en, criteria, levels)
values ('district', 2026, 'Rubrik taksiran bintang OVOP Kabupaten Blitar', 'Blitar Regency''s own rubric of OVOP star estimates', '[
  {"code": "quality",       "max_score": 20, "name": "Mutu dan konsistensinya",        "name_en": "Quality, and whether it is steady"},
  {"code": "packaging",     "max_score": 15, "name": "Kemasan dan label",              "name_en": "Packaging and label"},
  {"code": "raw_material",  "max_score": 10, "name": "Bahan baku lokal",               "name_en": "Raw material of the place"},
  {"code": "distinctness",  "max_score": 10, "name": "Kekhasan dan jati diri desa",    "name_en": "Distinctness, and the village''s identity"},
  {"code": "branding",      "max_score": 10, "name": "Merek dan cerita produk",        "name_en": "Brand and story"},
  {"code": "capacity",      "max_score": 10, "name": "Kapasitas dan keberlanjutan",    "name_en": "Capacity, and whether it lasts"},
  {"code": "management",    "max_score": 10, "name": "Pengelolaan dan pembukuan",      "name_en": "Management and bookkeeping"},
  {"code": "market",        "max_score": 10, "name": "Jangkauan pasar",                "name_en": "Reach of the market"},
  {"code": "community",     "max_score": 5,  "name": "Manfaat bagi warga dan lingkungan", "name_en": "Good to people and surroundings"}
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
