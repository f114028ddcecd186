// checkpoint reads a checkpoint on its standard input and says whether it is signed by the key it is given, with the Go
// project's own reader of signed notes (golang.org/x/mod/sumdb/note), which the checksum database uses.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/transparency-dev/formats/log"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	if len(os.Args) != 2 {
		fail("say whose checkpoint it is: checkpoint VKEY < note")
	}
	verifier, err := note.NewVerifier(os.Args[1])
	if err != nil {
		fail("the verifier key: %v", err)
	}
	bytes, err := io.ReadAll(os.Stdin)
	if err != nil {
		fail("standard input: %v", err)
	}
	if _, err := note.Open(bytes, note.VerifierList(verifier)); err != nil {
		fail("the note: %v", err)
	}
	checkpoint, _, _, err := log.ParseCheckpoint(bytes, verifier.Name(), verifier)
	if err != nil {
		fail("the checkpoint: %v", err)
	}
	fmt.Printf("%s %d %x\n", checkpoint.Origin, checkpoint.Size, checkpoint.Hash)
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}
