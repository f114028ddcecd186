// tessera appends the lines of a file to a new log of Tessera's POSIX storage, each line an entry, with its deduplication
// in memory and on the disk, and waits until a checkpoint covers the last of them. It prints how many entries there were and
// the seconds it took, in JSON.
//
//	tessera FOLDER FILE BATCH
//
// The folder must be empty or missing. BATCH is how many entries are sequenced together at most.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	badger "github.com/transparency-dev/tessera/storage/posix/antispam"
	"golang.org/x/mod/sumdb/note"
)

const (
	// As many as Tessera lets wait by itself.
	inFlight = tessera.DefaultPushbackMaxOutstanding
	// As the ledger's.
	checkpointInterval = 500 * time.Millisecond
	batchAge           = 50 * time.Millisecond
	again              = 5 * time.Millisecond
	longestLine        = 64 << 10
)

func main() {
	if len(os.Args) != 4 {
		fail(errors.New("tessera FOLDER FILE BATCH"))
	}
	batch, err := strconv.ParseUint(os.Args[3], 10, 16)
	fail(err)
	entries, err := linesOf(os.Args[2])
	fail(err)
	seconds, err := appended(context.Background(), os.Args[1], entries, uint(batch))
	fail(err)
	fmt.Printf("{\"entries\":%d,\"seconds\":%.3f}\n", len(entries), seconds)
}

func appended(ctx context.Context, folder string, entries [][]byte, batch uint) (float64, error) {
	secret, _, err := note.GenerateKey(nil, "tessera.example/bench")
	if err != nil {
		return 0, err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return 0, err
	}
	driver, err := posix.New(ctx, posix.Config{Path: folder})
	if err != nil {
		return 0, err
	}
	seen, err := badger.NewAntispam(ctx, filepath.Join(folder, ".state", "antispam"), badger.AntispamOpts{})
	if err != nil {
		return 0, err
	}
	appender, shutdown, reader, err := tessera.NewAppender(ctx, driver, tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(checkpointInterval).
		WithBatching(batch, batchAge).
		WithPushback(inFlight).
		WithAntispam(tessera.DefaultAntispamInMemorySize, seen))
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	last, err := all(ctx, appender, entries)
	if err != nil {
		return 0, err
	}
	awaiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, again)
	if _, _, err := awaiter.Await(ctx, func() (tessera.Index, error) { return tessera.Index{Index: last}, nil }); err != nil {
		return 0, err
	}
	took := time.Since(begun).Seconds()
	return took, shutdown(ctx)
}

// all appends the entries, so many at a time, and answers the largest index.
func all(ctx context.Context, appender *tessera.Appender, entries [][]byte) (uint64, error) {
	var (
		waiting sync.WaitGroup
		mutex   sync.Mutex
		largest uint64
		failed  error
	)
	places := make(chan struct{}, inFlight)
	for _, entry := range entries {
		places <- struct{}{}
		waiting.Add(1)
		go func() {
			defer func() { <-places; waiting.Done() }()
			index, err := one(ctx, appender, entry)
			mutex.Lock()
			defer mutex.Unlock()
			largest = max(largest, index)
			failed = errors.Join(failed, err)
		}()
	}
	waiting.Wait()
	return largest, failed
}

// one appends an entry, again when the storage asks to wait.
func one(ctx context.Context, appender *tessera.Appender, entry []byte) (uint64, error) {
	for {
		index, err := appender.Add(ctx, tessera.NewEntry(entry))()
		if !errors.Is(err, tessera.ErrPushback) {
			return index.Index, err
		}
		time.Sleep(again)
	}
}

func linesOf(path string) ([][]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, longestLine)
	var entries [][]byte
	for lines.Scan() {
		entries = append(entries, append([]byte(nil), lines.Bytes()...))
	}
	return entries, lines.Err()
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
