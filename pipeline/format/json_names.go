package format

import (
	"bytes"
	"hash/maphash"
	"unicode/utf8"
)

// maxName bounds the name of a field in bytes: of a longer path the last keys
// are kept.
const maxName = 512

// A jsonName is a path of keys. Node 0 is the empty path.
type jsonName struct {
	key    string // the last key, as it is written
	parent int32
	flags  CellFlag // of the key as a cell
	// Objects of a file have mostly the same keys in the same order. So the key
	// that followed this one in the last object is tried first, and so is the
	// first one of the last object at this path.
	next, child int32
	named       bool
	name        string
}

// jsonNames numbers the paths of keys. A repeated path costs a comparison, or a
// look-up, and no allocation.
type jsonNames struct {
	nodes []jsonName
	slots []int32 // open addressing, by hash of parent and key; 0 is empty
	seed  maphash.Seed
}

func makeJSONNames() jsonNames {
	return jsonNames{nodes: make([]jsonName, 1), slots: make([]int32, 256), seed: maphash.MakeSeed()}
}

// find returns the node of a key under parent, making it if there is none.
func (t *jsonNames) find(parent int32, key []byte, flags CellFlag) int32 {
	h := t.hash(parent, key)
	for i := h & uint64(len(t.slots)-1); ; i = (i + 1) & uint64(len(t.slots)-1) {
		id := t.slots[i]
		if id == 0 {
			id = int32(len(t.nodes))
			t.slots[i] = id
			t.nodes = append(t.nodes, jsonName{key: string(key), parent: parent, flags: flags | Quoted | Name})
			if len(t.nodes)*2 > len(t.slots) {
				t.grow()
			}
			return id
		}
		if n := &t.nodes[id]; n.parent == parent && n.key == string(key) {
			return id
		}
	}
}

func (t *jsonNames) hash(parent int32, key []byte) uint64 {
	h := maphash.Bytes(t.seed, key) ^ uint64(parent)*0x9e3779b97f4a7c15
	return h ^ h>>32
}

func (t *jsonNames) grow() {
	t.slots = make([]int32, 2*len(t.slots))
	for id := 1; id < len(t.nodes); id++ {
		n := &t.nodes[id]
		i := t.hash(n.parent, []byte(n.key)) & uint64(len(t.slots)-1)
		for t.slots[i] != 0 {
			i = (i + 1) & uint64(len(t.slots)-1)
		}
		t.slots[i] = int32(id)
	}
}

// Field joins the keys of a path by dots, unescaped. Elements of arrays have the
// name of the array.
func (t *jsonNames) Field(i int32) string {
	if i <= 0 || int(i) >= len(t.nodes) {
		return ""
	}
	n := &t.nodes[i]
	if n.named {
		return n.name
	}
	var keys [][]byte
	size := 0
	for id := i; id > 0 && size < maxName; id = t.nodes[id].parent {
		k := plainKey(t.nodes[id])
		if size += len(k) + 1; size > maxName && len(keys) > 0 {
			break
		}
		keys = append(keys, k)
	}
	var name []byte
	for k := len(keys) - 1; k >= 0; k-- {
		name = append(name, keys[k]...)
		if k > 0 {
			name = append(name, '.')
		}
	}
	n.name, n.named = string(name[:min(len(name), maxName)]), true
	return n.name
}

// plainKey returns a key without its escapes.
func plainKey(n jsonName) []byte {
	k := []byte(n.key)
	if n.flags&Escaped == 0 {
		return k
	}
	var out []byte
	for {
		i := bytes.IndexByte(k, '\\')
		if i < 0 {
			return append(out, k...)
		}
		r, size := unescape(k[i:])
		out = utf8.AppendRune(append(out, k[:i]...), r)
		k = k[i+size:]
	}
}
