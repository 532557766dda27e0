// Peer of the benchmark: net/http and pgx v4 in one process. PG* name the database. Other settings:
// PEER_PORT, PEER_POOL, PEER_SQL (a directory), PEER_CREATE (the file in it that inserts).
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

type newProduct struct {
	UmkmID      *int64  `json:"umkm_id"`
	Name        *string `json:"name"`
	Description *string `json:"description"`
	Category    *string `json:"category"`
	Price       *int64  `json:"price"`
	Unit        *string `json:"unit"`
	MarketReach *string `json:"market_reach"`
	Published   *bool   `json:"published"`
}

func (p *newProduct) valid() bool {
	if p.UmkmID == nil || p.Name == nil || p.Description == nil || p.Category == nil || p.Price == nil || p.Unit == nil ||
		p.MarketReach == nil || p.Published == nil {
		return false
	}
	name := utf8.RuneCountInString(*p.Name)
	reach := *p.MarketReach
	return *p.UmkmID >= 1 && name >= 1 && name <= 200 && utf8.RuneCountInString(*p.Description) <= 4000 && *p.Price >= 0 &&
		(reach == "local" || reach == "regional" || reach == "national" || reach == "export")
}

func statement(file string) string {
	text, err := os.ReadFile(filepath.Join(os.Getenv("PEER_SQL"), file))
	if err != nil {
		log.Fatal(err)
	}
	return string(text)
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

func main() {
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		log.Fatal(err)
	}
	connections, err := strconv.Atoi(os.Getenv("PEER_POOL"))
	if err != nil {
		log.Fatal(err)
	}
	config.MinConns, config.MaxConns = int32(connections), int32(connections)
	db, err := pgxpool.ConnectConfig(context.Background(), config)
	if err != nil {
		log.Fatal(err)
	}
	get, list, create := statement("product_get.sql"), statement("product_list.sql"), statement(os.Getenv("PEER_CREATE"))
	report := statement("report.sql")

	// Sends the text of a statement's only row, or the given status if there is no row.
	answer := func(w http.ResponseWriter, r *http.Request, status, none int, sql string, values ...interface{}) {
		var body []byte
		err := db.QueryRow(r.Context(), sql, values...).Scan(&body)
		switch {
		case err == nil:
			send(w, status, body)
		case errors.Is(err, pgx.ErrNoRows):
			send(w, none, []byte(`{"error":"not found"}`))
		default:
			log.Print(err)
			send(w, 500, []byte(`{"error":"database"}`))
		}
	}
	refuse := func(w http.ResponseWriter, status int) { send(w, status, []byte(`{"error":"invalid"}`)) }

	page := func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		village := query.Get("village")
		after, wrongAfter := strconv.ParseInt(query.Get("after"), 10, 64)
		limit, wrongLimit := strconv.ParseInt(query.Get("limit"), 10, 32)
		if wrongAfter != nil || wrongLimit != nil || village == "" || len(village) > 20 || after < 0 || limit < 1 || limit > 100 {
			refuse(w, 400)
			return
		}
		answer(w, r, 200, 404, list, village, after, limit)
	}
	register := func(w http.ResponseWriter, r *http.Request) {
		var p newProduct
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil || json.Unmarshal(body, &p) != nil || !p.valid() {
			refuse(w, 422)
			return
		}
		answer(w, r, 201, 422, create, *p.UmkmID, *p.Name, *p.Description, *p.Category, *p.Price, *p.Unit, *p.MarketReach,
			*p.Published)
	}
	http.HandleFunc("/v1/products/", func(w http.ResponseWriter, r *http.Request) {
		id, err := strconv.ParseInt(strings.TrimPrefix(r.URL.Path, "/v1/products/"), 10, 64)
		if err != nil {
			refuse(w, 404)
			return
		}
		answer(w, r, 200, 404, get, id)
	})
	http.HandleFunc("/v1/products", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			register(w, r)
		} else {
			page(w, r)
		}
	})
	http.HandleFunc("/v1/report", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, 200, 404, report, r.URL.Query().Get("village"))
	})
	http.HandleFunc("/v1/sleep", func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, 200, 404, "select pg_sleep(1)::text")
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PEER_PORT"), nil))
}
