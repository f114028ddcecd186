// witness is the witness of the transparency.dev project (https://github.com/transparency-dev/witness), unmodified, behind
// its own handler of https://c2sp.org/tlog-witness. What it has seen it keeps in memory, so it is for tests.
//
//	witness NAME VKEY...
//
// It makes a key under that name, listens on a free port of this machine, and prints its address and its verifier key, a
// line each. It ends with its standard input.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/witness/persistence/inmemory"
	"github.com/transparency-dev/witness/witness"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	if len(os.Args) < 3 {
		fail("witness NAME VKEY...")
	}
	secret, public, err := note.GenerateKey(nil, os.Args[1])
	must(err)
	signer, err := fnote.NewSignerForCosignatureV1(secret)
	must(err)
	vkey, err := fnote.VKeyToCosignatureV1(public)
	must(err)
	logs := map[string]note.Verifier{}
	for _, vkey := range os.Args[2:] {
		verifier, err := note.NewVerifier(vkey)
		must(err)
		logs[verifier.Name()] = verifier
	}
	w, err := witness.New(context.Background(), witness.Opts{
		Persistence: inmemory.New(),
		Signers:     []note.Signer{signer},
		VerifierForLog: func(_ context.Context, origin string) (note.Verifier, bool, error) {
			verifier, known := logs[origin]
			return verifier, known, nil
		},
	})
	must(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Printf("http://%s\n%s\n", listener.Addr(), vkey)
	http.HandleFunc("POST /add-checkpoint", witness.NewHTTPHandler(w).AddCheckpoint)
	go func() { must(http.Serve(listener, nil)) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func must(err error) {
	if err != nil {
		fail("%v", err)
	}
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}
