package policy

import (
	"encoding/json"
	"strings"

	"github.com/scrim-dev/scrim/detect"
	"github.com/scrim-dev/scrim/pipeline/format"
	"github.com/scrim-dev/scrim/transform"
)

// Schema returns the JSON Schema (draft 2020-12) of policy files, for editors.
// It follows from the lists of keys, kinds, transforms and formats. What it
// cannot say, such as the range of a transform's argument, Load checks.
func Schema() []byte {
	properties := map[string]any{}
	for _, k := range keys {
		properties[k.name] = k.schema
	}
	b, err := json.MarshalIndent(map[string]any{
		"$schema":              "https://json-schema.org/draft/2020-12/schema",
		"title":                "scrim policy",
		"description":          "What becomes of personal data: which kinds, in which fields, by which transform.",
		"type":                 "object",
		"additionalProperties": false,
		"properties":           properties,
	}, "", "  ")
	if err != nil {
		panic("policy: the schema cannot be written: " + err.Error())
	}
	return append(b, '\n')
}

func text(doc string) map[string]any {
	return map[string]any{"type": "string", "minLength": 1, "description": doc}
}

func oneOrMore(item map[string]any) map[string]any {
	return map[string]any{"anyOf": []any{item, map[string]any{"type": "array", "items": item}}}
}

func mapOf(doc string, value map[string]any) map[string]any {
	return map[string]any{"type": "object", "description": doc, "additionalProperties": value}
}

func object(doc string, properties map[string]any, required ...string) map[string]any {
	m := map[string]any{"type": "object", "description": doc, "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		m["required"] = required
	}
	return m
}

const customName = "^custom:[a-z0-9_-]{1,32}$"

func kindSchema(more ...any) map[string]any {
	var names []any
	for _, k := range detect.Kinds() {
		names = append(names, k.Name)
	}
	return map[string]any{"description": "A kind of personal data; scrim kinds lists them.", "anyOf": []any{
		map[string]any{"enum": append(names, more...)},
		map[string]any{"type": "string", "pattern": customName},
	}}
}

func kindOrNone() map[string]any { return kindSchema("none") }

func transformSchema() map[string]any {
	var names, docs []string
	for _, t := range transform.List() {
		names = append(names, t.Name)
		docs = append(docs, t.Name+": "+t.Doc)
	}
	return map[string]any{
		"type": "string", "pattern": "^(" + strings.Join(names, "|") + ")(:.+)?$",
		"description": "NAME[:ARG[,ARG...]]; scrim transforms lists the arguments.\n" + strings.Join(docs, "\n"),
	}
}

func ruleSchema() map[string]any {
	return map[string]any{"type": "array", "description": "The first rule that fits a value decides.", "items": object(
		"What becomes of values of some kinds in some fields.", map[string]any{
			"kinds":     oneOrMore(kindSchema()),
			"fields":    oneOrMore(text("Name of a field, in which * and ? may stand.")),
			"transform": transformSchema(),
		}, "transform")}
}

func rotateSchema() map[string]any {
	return map[string]any{"description": "Keys change with the time that stands in a record, and tokens with them.", "anyOf": []any{
		map[string]any{"enum": []any{"daily", "monthly", "never"}},
		object("With the field that holds the time.", map[string]any{
			"every":      map[string]any{"enum": []any{"daily", "monthly"}},
			"time-field": text("Name of the field; without it, the first date and time in the record."),
		}, "every"),
	}}
}

func networkSchema() map[string]any {
	return map[string]any{"type": "string", "anyOf": []any{
		map[string]any{"enum": detect.NetworkSets()},
		map[string]any{"pattern": "^[0-9A-Fa-f.:]+(/[0-9]{1,3})?$", "description": "An address, or a network such as 10.0.0.0/8."},
	}}
}

func allowSchema() map[string]any {
	scalar := map[string]any{"type": []any{"string", "number", "boolean"}}
	return object("Values that pass as if they were not found.", map[string]any{
		"values":   oneOrMore(scalar),
		"domains":  oneOrMore(text("Mailboxes and hosts of this domain, and of those below it.")),
		"networks": oneOrMore(networkSchema()),
		"patterns": oneOrMore(text("Regular expression for a whole value.")),
	})
}

func customSchema() map[string]any {
	return map[string]any{
		"type": "object", "description": "Kinds of your own, by name; elsewhere they are called custom:NAME.",
		"propertyNames": map[string]any{"pattern": "^[a-z0-9_-]{1,32}$"},
		"additionalProperties": object("How values are found.", map[string]any{
			"pattern":     text("Regular expression (RE2 syntax; lookaround is allowed); wants a literal."),
			"literal":     oneOrMore(map[string]any{"type": "string", "minLength": 2, "description": "Text of which one stands in every value, as it is written here."}),
			"timeout":     map[string]any{"type": "string", "pattern": "^[0-9.]+(ms|s)$", "description": "How long the pattern may take for a line; a line for which it takes longer goes whole."},
			"words":       oneOrMore(map[string]any{"type": []any{"string", "number", "boolean"}, "description": "Values as they are."}),
			"words-file":  text("File with a value on each line, beside this one."),
			"ignore-case": map[string]any{"type": "boolean"},
		}),
	}
}

func formatSchema() map[string]any {
	names := []any{"auto"}
	for _, f := range format.List() {
		names = append(names, f.Name)
	}
	return object("How inputs are read, where the command line does not say.", map[string]any{
		"input":     map[string]any{"enum": names},
		"delimiter": map[string]any{"type": "string", "description": "The CSV delimiter, one character."},
		"header":    map[string]any{"type": "boolean", "description": "Whether the first CSV record has the names."},
	})
}
