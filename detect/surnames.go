package detect

import _ "embed"

// surnameList has last names that are common somewhere in the world and are not
// usual words, so that a capitalised word before one makes a person of it. They
// are written as givenNames are.
//
//go:embed surnames.txt
var surnameList string

// ambiguousSurnames are among them, but name things and places, too, or are also
// given names: alone they say nothing.
var ambiguousSurnames = wordsOf(`springer foreman nagle groot chang rabin abraham ackermann adler albrecht alexander allison anderson arthur austin bailey bastian bastien benjamin berkowitz blake booth bower brewer brooks
	bruce bruno bryan burns carmichael caron carpenter casey cass champagne chen christian christopher clay clayton clinton coker colin compton conway
	cook cooper dale daniel david davis dean dickey dixon donald douglas duvall edwards estrada fabian felix ferreira fiedler fink fisher fletcher floyd
	fontaine foster franco frank franks fred freeman fry fuller gardner gary gates george gil gill golub gregory guillaume hamilton harmon harrison harry
	havel hector henry herman herrmann hilbert hilton hoff holly houston hsu hudson huffman hunt isaacs jack jackson james jansson jean jenkins jordan
	julien kadlec kane kaplan karl kelly kim king kozlov kurtz kyle ladd lai lambert laurent lawson lee levin lin logan lucas ludwig luke lynn mackenzie
	madison magnus manuel marian martin mason mathieu matthew maurice maxwell mcdonald mckinstry mcmahon medina merchant mertens michael miller montenegro
	montgomery moore morgan nelson newman newton nicholas nicolas nielsen noah oreilly otto palmer parsons patrick paul pearson perry peter petersen
	petrucci philip philipp pilar pons porter raj ramsey raymond redd reno richardson rickard roland rosa ross rowan rush rutherford ryan samuel sandy
	santiago schwab schwarz scott searcy sebastian shaw shervashidze shields simon spencer stacy stan stark stefan steffensen steiner stella steven
	streeter swenson sylvester tanner taylor terry thomas townes travis tufte turner tyler ueno underhill valencia victor vincent vos walker walter
	walters warner washington watson wayne weber wei wells werner whitlock wilkinson winkler winter woods woody wright xie yang zak zhu`)
