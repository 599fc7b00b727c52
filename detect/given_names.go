package detect

import _ "embed"

//go:embed given_names.txt
var givenNameList string

// givenNames are given names that are common somewhere in the world and are not
// usual words of English or of programs, as far as a list can say that: in lower
// case, letters without their marks, as fold writes them.
var givenNames = wordsOf(givenNameList)

// ambiguousNames are among them, but name things and places as often: alone they
// say nothing.
var ambiguousNames = wordsOf(`ada adelaide alba alex alma amber andre angel angela april armel aron ashley aurora austin axel bart basile ben beth blake boris brad brooke bruno
	carolina casey charis chelsea chris chuck cliff clint crystal dale dana darwin dawn dean devon don dorian douglas eve faye felix fleur florence franco
	frank gene georgia geronimo gloria grant guy harry hector herman hermes holly homer hugo igor ira iris isla ivan jack jackie jackson jamie jan jasmine
	jay jean jens jesus john jon jordan jose jun kane kay kelly kelvin kermit kim kirk lambert lea lee leo levon li lilo lily lincoln linus logan lou lynn
	mackenzie magnus marc marian mark mason max maxim maxwell maya mel melody mercedes merlin mia mick milan milo mio mitch mona montserrat monty morgan
	nelson newton nick nicky noa noah norman ola ole oscar otto pandora parker pascal peta pilar poh prince raja regis rena reno rob robin roman romeo ron
	rosa rosetta ross rowan ruben rui sally sam sandy savannah scarlet seth sherlock sid siri spencer stacy stella sten sue sydney tao tara taro tate
	taylor ted tess valery vern victoria viola violet virginia vito wanda ward warner wayne wei willow wolfram yan zak zula`)
