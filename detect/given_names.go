package detect

// givenNames are given names that are common somewhere in the world and are not
// usual words of English or of programs, as far as a list can say that.
var givenNames = wordsOf(`aaron abby abdul abdullah abigail adam adele adrian adriana agnes agnieszka ahmad ahmed aidan aiden aisha akira alan alba albert
	alberto aldo alejandra alejandro aleksander aleksandr aleksandra alessandra alessandro alex alexander alexandra alexandre alexis alfred alfredo ali
	alice alicia alina alison alistair alma amalia amanda amber amelia amina amir amit amy ana anastasia anders andrea andreas andrei andrej andres andrew andrey
	andrzej andy angela angelica angelina angelo anita anja ann anna annabelle anne annette annie anthony antoine anton antonia antonio anya april
	arjun arlene armando arnold arthur arturo asha ashley astrid atsushi audrey augusto aurora ayesha axel barbara barry bartosz beatrice beatriz
	becky belinda ben benedict benedikt benjamin bernadette bernard bernardo bernd bertha beth bethany betty beverly bianca birgit bjorn bjarne blanca bob
	bogdan bonnie boris brad bradley brandon brandy brenda brent bret brett brian brianna bridget britney bruce bruno bryan bryce caitlin calvin camila
	camilla carl carla carlo carlos carmen carol carolina caroline carolyn carrie casey cassandra catalina catarina catherine cathy cecilia cedric celeste
	celia cesar chad charlene charles charlie charlotte cheryl chiara chloe chris christa christian christina christine christoph christophe christopher cindy claire
	clara clarence claude claudia claudio claus clemens clifford clyde cody colin connie connor conrad constance cora corey courtney craig cristian
	cristina crystal curtis cynthia dale damian damien dana daniel daniela danielle danilo danny daria dario darius darlene darrell darren dave
	david dawn dean debbie deborah debra deepak deepika denis denise dennis derek desiree diana diane diego dieter dimitri dirk dmitri dmitry dolores dominic
	dominik dominique don donald donna dora doreen doris dorothy doug douglas duane duncan dustin dylan earl eddie edgar edith eduardo edward edwin
	eero eileen elaine eleanor elena elias elijah elisa elisabeth eliza elizabeth ella ellen elliot elliott eloise elsa elsie emil emilia emilie emilio
	emily emma emmanuel enrico enrique eric erica erich erik erika erin ernest ernesto esteban esther ethan eugene eva evan eve evelyn fabian fabio fatima
	faye federica federico felicia felipe felix fernanda fernando filip filippo fiona florian francesca francesco francis francisco franco francois
	frank franz fred freddie frederic frederick frida frieda friedrich fritz gabriel gabriela gabriele gabriella gareth gary gavin gemma genevieve geoffrey george gerald geraldine
	gerard gerhard gertrude giancarlo gianluca gianni gilbert gina giorgio giovanna giovanni giulia giuseppe gladys glenda glenn gloria gonzalo gordon graham
	greg gregor gregory greta gretchen guadalupe guido guillaume guillermo gunther gustav gustavo guy gwen hanna hannah hannes hans harald harold haruka harriet
	harry harvey hassan heather hector heidi heike heinrich heinz helen helena helene helga helmut hendrik henri henrik henry herbert herman hermann hilda hiroshi
	holger holly homer horst howard hubert hugh hugo hussein ian ibrahim ida ignacio igor ilse imran ines inga inge ingrid irene irina iris irma isaac isabel
	isabella isabelle ismail ivan ivana ivo jack jackie jacob jacqueline jacques jaime jake jakob jakub james jamie jan jana jane janet janice janine jared jason
	javier jay jean jeanette jeanne jeff jeffery jeffrey jenna jennifer jenny jens jeremiah jeremy jerome jerry jesse jessica jesus jill jim jimmy jiri joachim
	joan joann joanna joanne joao joaquin jochen jodi joe joel joerg johan johann johanna johannes john johnny jon jonas jonathan jorge jose josef josefina joseph
	josephine joshua joyce juan juana juanita judith judy juha julian juliana julie juliet julien julio jun jurgen justin justine kamil karen karin karina
	karl karla katarina katarzyna kate katharina katherine kathleen kathryn kathy katie katja katrin kay kayla keiko keith kelly kelsey ken kenji kenneth kenta
	kerry kevin khalid kim kimberly kirsten kirsty klara klaus konrad krishna kristen kristian kristin kristina kristine krystyna krzysztof kumar kurt kyle lara larry
	lars laura lauren laurence laurent laurie lawrence lea leah leanne lee leila lena leo leon leonard leonardo leonie leroy leslie lewis li lidia liliana lillian lily
	linda lindsay lindsey lionel lisa lloyd logan lois lola lorena lorenzo loretta lori lorraine louis louisa louise luca lucas lucia luciana luciano lucie lucy ludwig
	luigi luis luisa lukas lukasz luke lydia lynn maciej mackenzie madeleine magdalena maggie mahmoud maja malcolm malgorzata mandy manfred manuel manuela marc marcel
	marcela marcelo marcia marcin marco marcos marcus marek margaret margarita margot maria mariam marian mariana marianne marie mariko marilyn mario marion marisol marissa marjorie markus
	marlene marlon marta martha martin martina marvin mary maryam massimo mateo mateusz mathieu mathilde matilda matt matteo matthew matthias maureen maurice mauricio
	maximilian mayumi megan mehmet mei melanie melinda melissa melody mercedes mia michael michaela michal micheal michel michele michelle miguel mika mike mikael mikhail mikko
	milan mildred milena milton minna miranda miriam misaki mitchell mohamed mohammad mohammed moises molly mona monica monika monique morgan moritz muhammad mustafa myriam
	nadia nadine nancy naomi natalia natalie natasha nathan nathaniel neha neil nelson nicholas nick nicolas nicole nigel nikita nikolai nikolaus nils nina nisha noah
	noel noemi nora norbert noriko norma norman odette olaf oleg olga oliver olivia olivier omar oscar oskar otto owen pablo pamela paola paolo patrice patricia
	patrick patrik patty paul paula paulina pauline paulo pavel pawel pedro peggy penelope per percy peter petra phil philip philipp philippe phillip phyllis
	pierre pilar piotr polina pooja priscilla priya rachel rachelle rafael rahul raj rajesh ralf ralph ramon randall randy raquel rashid raul ravi raymond rebecca regina
	reginald reinhard rekha renata renate rene renee rhonda ricardo riccardo richard rick ricky rita rob robert roberta roberto robin rocio rodney rodrigo roger roland
	rolf roman ron ronald rosa rosalie rosalind rosanna rosario rosemary ross roxanne roy rudi rudolf rudy rupert russell ruth ryan sabine sabrina sakura sally salvatore sam samantha samuel sandra
	sandy sanjay santiago sara sarah satoshi saul scott sean sebastian selena serena serge sergei sergey sergio seth shane shannon sharon shaun shawn sheila shelby shelley
	sherry shirley sidney sigrid silke silvia simon simone sofia sofie sonia sonja sophia sophie spencer stacey stacy stanislav stanley stefan stefanie stefano stella sten stephan
	stephanie stephen steve steven stewart stuart sue sunil suresh susan susana susanna susanne suzanne sven svetlana sylvia sylvie takashi takeshi tamara tammy tanja tanya tara tariq
	tatiana ted teresa terence teri terry theo theodore theresa therese thomas tiffany tim timo timothy tina tobias todd tom tomas tomasz tommy toni tony tracey tracy travis
	trevor tristan troy tyler ulf ulrich ulrike umar ursula uwe valentina valerie vanessa vera veronica veronika vicki vicky victor vijay vikram viktor viktoria vincent vincenzo
	viola violet virginie vivian viviana vladimir walter wanda wayne wei wendy werner wesley wilfred wilhelm willem william willie wilma winston wolfgang xavier yan yasmin yolanda
	yoko yoshiko yosef yuki yuri yusuf yves yvette yvonne zachary zainab zara zoe zofia zoltan zsofia zuzana ananya meera pranav kaylee brandi malon darin kristi marcel kamila sunniva onni yesenia joakim pernilla sumaya rasmus ajay alok anil anjali arun ashok divya ganesh kavita manoj meena mohan mukesh neeraj
	nikhil pankaj pradeep prakash rajiv rakesh ramesh rohan rohit sachin sandeep shankar shreya sneha sunita swati tanvi vinod vivek chidi chinedu emeka ifeoma kwame kofi ngozi nneka nwosu oluwaseun
	bertil birgitta britta carina gunilla gunnar hakan ingeborg jorgen kerstin knut lasse lennart linnea magnus mats mette morten niels ole olof oystein pernille preben ragnar rasmus rikke ronja signe
	sigurd siri solveig soren stig sture svend synnove torben torsten trine ulla vidar viggo yngve aino antti eeva eino heikki helmi hilja ilmari jari juhani jukka kaarina kalevi kalle kari katri lauri leena
	maarit marja marjatta markku matti mikael olavi paavo pekka petri pirjo pirkko raija risto ritva satu seppo sirpa taina tapani tapio teemu timo toivo tuomas tuula veikko ville arvid aarne
	bence csaba dora eszter ferenc gabor gergely gyorgy imre istvan janos jozsef judit kalman laszlo levente miklos peter sandor tamas tibor zsolt andrej blaz bojan branko darko dejan dragan goran jelena josip jure
	katja marko matej miha milica milos mirjana nemanja nikola petar radovan slavko snezana stjepan tea tomislav vesna vladislav zeljko zlatko zoran jaroslav jitka ladislav lenka libor ludmila marketa martina milada milos
	miroslav ondrej petr radek roman stanislava stepan vaclav vera vit vojtech zdenek zdenka ines joana miguel nuno rita rui tiago vasco aileen ainsley alana archie blair callum fergus hamish isla kirsteen lachlan
	aoife ciara cillian declan eamon eoin fiachra niamh oisin padraig roisin saoirse siobhan sinead tadhg mbali sipho thabo zanele aylin elif emre fatma hakan huseyin merve murat osman selin serkan sibel ayse`)

// ambiguousNames are among them, but name things and places as often: alone they
// say nothing.
var ambiguousNames = wordsOf(`april aurora axel dale dana dean don eve faye guy iris jack jay jean jun kay kim lee leo li lily logan lynn mackenzie magnus max mercedes melody
	milan morgan mia mona nick noah norman pilar robin rob roman ross sandy sally sam seth spencer ted tea tara violet viola wayne wei wanda yan casey crystal dawn amber ashley
	ben beth brad ole per ron rui sue siri stella gloria holly homer bruno felix oscar otto igor boris ada alba alma angel angela jesus isla sten alex jan jon jens jose ivan
	kelly stacy jackie jamie nelson douglas earl frank franco grant harry hector hugo herman john marian marc mark rosa`)
