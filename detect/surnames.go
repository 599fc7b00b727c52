package detect

// surnames are last names that are common somewhere in the world and are not
// usual words, so that a capitalised word before one makes a person of it.
var surnames = wordsOf(`adams ahmed albrecht alexander allen almeida alonso alvarez alves andersen anderson andersson andrade araujo armstrong arnold austin bailey bakker
	baptista barbosa barnes barnett barrett bauer baumann becker benedetti bennett berger bergmann bernard bertrand bianchi blanchard blanco bjork bjorklund
	bogdanov bonnet boyd bradley brandt brennan brewer brooks bruno bryant burgess burke burns byrne caldwell calvo campbell carlson carlsson carpenter carroll
	carvalho castillo castro chapman chavez chevalier christensen clarke cohen coleman collins colombo conti cooper correia costa cruz cunningham curtis
	dahl daniels davidson davies davis delgado dias diaz dixon dominguez douglas doyle dubois dufour dumont duncan dupont durand dvorak edwards ellis engel
	eriksen eriksson esposito evans farrell faure fernandes fernandez ferrara ferrari ferreira fischer fitzgerald fleming fletcher flores fontaine fontana
	foster fournier franke fraser frank freeman friedrich fuchs gallagher gallo garcia gardner garnier garrido gauthier georgiou gerard gibson gill gilbert
	girard giordano gomes gomez goncalves gonzales gonzalez goodwin gordon graham greco griffin griffiths guerin guerrero gunther gupta gustafsson gutierrez
	haas hahn hansen hansson hanson harrington harris harrison hartmann harvey hawkins hayes heinrich henderson henry hernandez hernando herrera herrmann
	hoffman hoffmann hofmann hoang holm holmes horvath hubbard hudson huber hughes hussain iglesias ivanov ivanova jackson jacobs jacobsen jacobsson jansen
	janssen jensen jenkins jimenez johannsen johansen johansson johnson johnston jonsson jones jorgensen joseph joshi kaiser kapoor karlsson kaufman kaufmann
	keller kelly kennedy khan kim kimura klein kobayashi koch koenig kovac kovacs kowalczyk kowalski kozlov kramer krause kristensen kruger kumar kuznetsov
	lambert larsen larson larsson lawson lebedev leclerc lefebvre lefevre legrand lehmann lemaire leroy lewandowski lewis lin lindberg lindgren lindqvist lindstrom
	lombardi lopes lopez lorenz lorenzo lucas ludwig lund lundberg maier malik marchetti marino marques marques marshall martel martens martin martinez martini
	martins martinsson mathieu matsumoto matthews mayer mazur mccarthy mcdonald mcintyre mckenzie mckinney mclaughlin medina meier mendes mendez mendoza menendez
	mercier meyer michel mikkelsen miller mitchell moeller mohamed molina monteiro montgomery morales moreau moreira morel moreno moretti morozov morris morrison
	mueller muller munoz murphy murray nakamura navarro nelson nguyen nicholson nicolas nielsen nieminen nikolaev nilsen nilsson nogueira novak novikov nowak
	nunes nunez obrien oconnor okafor oliveira olivier olsen olson olsson ortega ortiz otto owens pacheco palmer papadopoulos parker parsons patel patterson
	pavlov pedersen pereira perez perkins perrin persson peters petersen peterson petit petrov pham phillips pinto popov porter powell pratt prieto quinn
	rahman ramirez ramos rasmussen reid reyes reynolds ribeiro ricci richards richardson richter rinaldi ritter rivera rizzo roberts robertson robinson roche
	rodrigues rodriguez roger rogers rojas romano romero rossi rousseau roussel ruiz russo ryan saito salazar samuelsson sanchez sanders sandberg santana santiago
	santoro santos sasaki sato sauer schaefer schafer schmid schmidt schmitt schmitz schneider scholz schreiber schroder schroeder schubert schulte schultz
	schulz schulze schumacher schuster schwartz schwarz sharma shaw shevchenko silva simmons simon simpson singh sinclair smirnov smith smit soares sokolov
	sorensen soto sousa souza spencer stanley stein steiner stephens stevens stevenson stewart sullivan suzuki svensson swanson takahashi tanaka taylor teixeira
	thomas thompson thomsen thomson torres tran tucker turner ulrich usmanov vargas vasquez vazquez vega vidal vieira vincent virtanen visser vogel volkov
	vos wagner wallace walsh walter wang warren washington watanabe watkins watson webb weber webster weiss wells werner wheeler whitaker williams williamson
	willis wilson winkler winter wojcik wolff wong woods wozniak wright yamada yamaguchi yamamoto yang yilmaz yoshida zhang zhao zhou zimmer zimmermann
	delacroix deschamps desrosiers tremblay gagnon bouchard lavoie fortin gagne ouellet pelletier belanger bergeron leblanc girard lapointe morin
	heikkinen hamalainen korhonen laine lehtonen makinen makela rantanen saarinen salminen koskinen jarvinen lehtinen niemi
	jonsdottir gunnarsson sigurdsson gudmundsson einarsson kristjansson haugen bakken solberg berntsen halvorsen arnesen knudsen poulsen madsen
	szabo nagy toth kiss varga molnar nemeth farkas balogh papp takacs juhasz meszaros olah simon racz fekete szilagyi
	novakova svobodova svoboda novotny prochazka kucera vesely horak nemec marek pospisil hajek jelinek kral ruzicka benes fiala sedlacek dolezal zeman
	kovacic horvat maric juric babic knezevic jovanovic petrovic nikolic markovic djordjevic stojanovic ilic pavlovic
	ionescu popescu popa dumitru stan stoica georgescu constantin dimitrov georgiev todorov yordanov
	adeyemi okonkwo mensah diallo traore abdi mwangi otieno ndlovu dlamini nkosi
	chaudhary agarwal banerjee mukherjee chatterjee reddy iyer nair menon verma mishra pandey yadav tiwari
	hidalgo cabrera campos contreras espinoza figueroa fuentes guzman lozano maldonado mejia miranda montoya ochoa orozco paredes quintero rivas salinas
	sandoval serrano solis suarez trujillo valdez valencia velasquez villanueva villarreal zamora zuniga aguilar avila barajas becerra calderon cardenas carrillo cervantes`)
