// witness cosigns checkpoints of the logs it is told of, as https://c2sp.org/tlog-witness says. What it believes and signs
// is decided by the libraries of the transparency.dev project: log.ParseCheckpoint (signed notes), proof.VerifyConsistency
// (RFC 6962) and the cosigner of formats/note (https://c2sp.org/tlog-cosignature). What it has seen it keeps in memory, so
// it is a witness for tests and for nobody else.
//
//	witness NAME VKEY...
//
// It makes a key under that name, listens on a free port of this machine, and prints its address and its verifier key, a
// line each. It ends with its standard input.
package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

const largestRequest = 64 << 10

type witness struct {
	signer *fnote.Signer
	logs   map[string]note.Verifier
	mutex  sync.Mutex
	seen   map[string]log.Checkpoint
}

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
	w := &witness{signer: signer, logs: map[string]note.Verifier{}, seen: map[string]log.Checkpoint{}}
	for _, vkey := range os.Args[2:] {
		verifier, err := note.NewVerifier(vkey)
		must(err)
		w.logs[verifier.Name()] = verifier
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	fmt.Printf("http://%s\n%s\n", listener.Addr(), vkey)
	http.HandleFunc("POST /add-checkpoint", w.addCheckpoint)
	go func() { must(http.Serve(listener, nil)) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// addCheckpoint answers with a signature line, or with the status that the specification gives each refusal.
func (w *witness) addCheckpoint(answer http.ResponseWriter, request *http.Request) {
	oldSize, hashes, text, err := read(http.MaxBytesReader(answer, request.Body, largestRequest))
	if err != nil {
		http.Error(answer, err.Error(), http.StatusBadRequest)
		return
	}
	origin, _, _ := strings.Cut(string(text), "\n")
	verifier, known := w.logs[origin]
	if !known {
		http.Error(answer, "unknown log", http.StatusNotFound)
		return
	}
	next, _, opened, err := log.ParseCheckpoint(text, origin, verifier)
	if err != nil {
		http.Error(answer, err.Error(), http.StatusForbidden)
		return
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	last := w.seen[origin]
	if oldSize > next.Size {
		http.Error(answer, "the old size is larger than the checkpoint's", http.StatusBadRequest)
		return
	}
	if oldSize != last.Size {
		answer.Header().Set("content-type", "text/x.tlog.size")
		answer.WriteHeader(http.StatusConflict)
		fmt.Fprintf(answer, "%d\n", last.Size)
		return
	}
	if last.Size > 0 {
		err = proof.VerifyConsistency(rfc6962.DefaultHasher, last.Size, next.Size, hashes, last.Hash, next.Hash)
	} else if len(hashes) > 0 {
		err = fmt.Errorf("a proof from nothing")
	}
	if err != nil {
		http.Error(answer, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	cosigned, err := note.Sign(&note.Note{Text: opened.Text}, w.signer)
	if err != nil {
		http.Error(answer, err.Error(), http.StatusInternalServerError)
		return
	}
	w.seen[origin] = *next
	_, line, _ := strings.Cut(string(cosigned), "\n\n")
	fmt.Fprint(answer, line)
}

// read splits a request: the old size, the hashes of the proof, an empty line, the checkpoint.
func read(body io.Reader) (uint64, [][]byte, []byte, error) {
	lines := bufio.NewReader(body)
	var oldSize uint64
	first, err := lines.ReadString('\n')
	if err != nil {
		return 0, nil, nil, fmt.Errorf("no first line")
	}
	if _, err := fmt.Sscanf(first, "old %d\n", &oldSize); err != nil {
		return 0, nil, nil, fmt.Errorf("the first line is not an old size: %v", err)
	}
	var hashes [][]byte
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return 0, nil, nil, fmt.Errorf("no empty line before the checkpoint")
		}
		if line == "\n" {
			break
		}
		hash, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return 0, nil, nil, fmt.Errorf("a line of the proof: %v", err)
		}
		hashes = append(hashes, hash)
	}
	checkpoint, err := io.ReadAll(lines)
	return oldSize, hashes, checkpoint, err
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
