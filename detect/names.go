package detect

// names says what names mean: per kind the word sequences a name may end in.
// Words are those that splitName makes ("sourceUserName" and "src_user_name" are
// both end in "user name"). A sequence with ? behind it is weak: the value
// must look its part, too. The words are those of Elastic Common Schema,
// OpenTelemetry semantic conventions, syslog, CEF and LEEF, Zeek, Windows events,
// SIP and call records, OpenRTB, analytics events, and of plain tables.
var names = [numKinds]string{
	// What looks like one of the others and is none.
	None: `certificate serial; certificate serial number; cert serial; cert serial number; x serial number; crl serial number; private mac`,
	Email: `email; e mail; mail; email address; mail address; mailbox; email id; sender; recipient; reply to;
		user principal name; upn; contact email; from address?; to address?; from?; to?; rcpt to; mail from; user email`,
	Phone: `phone; telephone; tel; mobile; cell; fax; gsm; msisdn; phone number; phone no; mobile number; mobile no;
		cell phone; cell number; telephone number; fax number; fax no; home phone; work phone; caller; callee; caller id;
		caller number; callee number; calling number; called number; calling party; called party; calling party number;
		called party number; calling station id; called station id; ani; dnis; clid?; dialed number; dialled number;
		a number; b number; destination number; source number; whatsapp; contact number; sms to; sms from; csid; tsid`,
	IPv4: `ip; ip address; ip addr; ipv; ipv address; addr?; forwarded for; real ip; connecting ip; sourceip; nat ip; orig h; resp h`,
	MAC: `mac; mac address; mac addr; hw addr; hw address; hardware address; physical address; chaddr; bssid; ether;
		ethernet address; link address; calling mac; smac; dmac`,
	IMEI: `imei; imei number; imeisv`,
	IMSI: `imsi; subscriber id`,
	DeviceID: `device id; device uid; device identifier; devid; dev id; udid; idfa; idfv; gaid; aaid; ifa; adid; oaid; rdid; ad id?;
		advertising id; advertiser id; android id; vendor id?; serial number; serial no; serial num; serial?; sn?; device serial; serial id; device serial id;
		didsha; didmd; dpidsha; dpidmd; macsha; macmd; anonymous id; machine id; machine guid; hardware id; hwid;
		computer id; endpoint id; sensor id; host id; installation id; install id; device token; push token; device uuid;
		registration id?; iccid; eid?; device key; asset tag; chassis number; meid; esn; network user id; aid?; agent id?; muid;
		visitor id; fingerprint id; tracking id?; gps adid; ios ifa; firebase id; appsflyer id; braze id`,
	CreditCard: `card number; card no; card num; cc; cc number; cc num; cc no; ccn; credit card; credit card number; credit card no;
		debit card; debit card number; pan; account pan; payment card; card pan`,
	IBAN:  `iban; iban number; iban code; bank account iban; creditor iban; debtor iban`,
	USSSN: `ssn; social security number; social security; social security no; us ssn; ssn number; itin`,
	NationalID: `national id; national identifier; national insurance number; nino; tax id; tax number; tin; vat number; vat id;
		personal number; person number; identity number; id number?; id card; aadhaar; aadhar; pan number; nif; nie; dni; cpf; cnpj;
		curp; rfc?; bsn; pesel; codice fiscale; fiscal code; egn; cnp; rut; nir; sin?; tfn; nric; hkid; personnummer; cedula; steuer id`,
	Username: `user; user name; usr; usr name; login; login name; login user; log name; logon name; logon user; logon account; account name;
		account; acct; sam account name; principal name; user id?; user key?; auth user; sasl user name; owner?;
		suser; duser; suid?; duid?; ruser; remote user; nick; nick name; mail nick name; member name; user login; db user; ftp user; ssh user; run as;
		user account; os user; win user; device owner; set id; identity?; actor?; created by?; edited by?; modified by?; modified by?; updated by?; changed by?;
		performed by?; deleted by?; admin?; administrator?; operator?; author?; assignee?; reporter?; login id; ad user; ldap user;
		as user; effective user; auth id?; user handle; enduser id?; ctladdr; user from; file owner?; principal?; creator?; requester?; requestor?; submitted by?; approved by?; locked by?; enrolled by?; client user; player name; gamer tag; security user id?`,
	Hostname: `host; host name; hn; computer; computer name; machine; machine name; work station; work station name; station name;
		server name; server?; fqdn; dns; dns name; domain?; domain name?; node name; node?; rhost; device name; dev name;
		device host name; host fqdn; computer fqdn; helo; ehlo; sni; net bios name; nb name; nb computer name; dns computer name;
		peer name; observer name; agent name; dvc host; dvc; shost; dhost; sntdom?; unit host name; originating server; http host;
		forwarded host; vhost; virtual host; reverse dns; rdns; ptr?; site name?; vm name; instance name; src name; dst name; asset name; endpoint name; qname?; query?; question name?;
		query name?; dst dns; src dns; server dns; host dns; url domain; request addr?; request host; log host; syslog host; mx host; relay host;
		bind host; logsource; log source; net peer name; net host name; server address?; host string; original host; unc host;
		device dns name; destination service name?; caller computer name; client name?; hosted by?; system name; sys name; sysname;
		dn host; sensor name; appliance name; appliance?; firewall name; switch name; ap name; nas identifier; terminal name; vmhost; probe name; collector name;
		scanner name; broker name; performed on?; device?; reporting device?; smtp host; mail host; db host; redis host; proxy host; local host name; requested server name; upstream host?; authority?`,
	Person: `first name; last name; full name; given name; family name; surname; sur name; forename; fore name; fname; lname; mname;
		middle name; second name; maiden name; mothers maiden; mother maiden name; mothers maiden name; display name?; real name; gecos;
		contact name; customer name; patient name; employee name; person name; client full name; card holder; card holder name; card name?;
		account holder; account holder name; recipient name; sender name; caller name; callee name; author name; billing name; shipping name;
		beneficiary; beneficiary name; student name; guest name; passenger name; doctor; doctor name; physician; nurse; attending physician;
		manager?; cn?; owner name; attendee; attendee name; user display name; display username?; profile name; legal name; preferred name; spouse;
		spouse name; father name; fathers name; mother name; mothers name; emergency contact; next of kin; lead name; agent full name;
		policy holder; policyholder name; applicant; applicant name; candidate name; approver; requester name; requestor name; initiator name; assigned to name; signer name; signatory; donor name; tenant name?; driver name;
		contact person; buyer name; seller name; member full name; subscriber name; voter name; participant name;
		person; claimant; employee; patient; vorname; nachname; nom; prenom; nombre; apellido; apellidos; nome; cognome; sobrenome; naam; voornaam; achternaam; imie; nazwisko`,
	Address: `street; street address; street name; street line; street number?; address line; address?; home address; mailing address; postal address;
		billing address; shipping address; residential address; delivery address; permanent address; current address; customer address;
		work address; office address; house number?; zip?; zip code?; postal code?; post code?; postcode?; address street; physical location?;
		full address; formatted address; location address; strasse; adresse; direccion; indirizzo; endereco; ulica; rue; plz?`,
	Geo: `lat; latitude; lon; lng; longitude; geo point; coordinates; coordinate; coords; lat long; lat lon; lat lng; geo lat; geo lon; gps;
		gps latitude; gps longitude; geo location; location?; geo coordinates; latlng; latlon; latlong; position?; last location; loc?`,
	BirthDate: `birth date; date of birth; dob; birth day; bday; birth; born; born on; yob; birth year; year of birth; geburtsdatum; date naissance; fecha nacimiento`,
	Gender:    `gender; sex; gender identity; gender code; geschlecht; sexe; sexo`,
	Cookie:    `cookie; cookies; set cookie; http cookie; request cookie`,
	SessionID: `session id; session?; sess id; sess?; sid?; call id; call uuid; chat id; contact id; conversation id; conv id; communication id;
		ucid; interaction id; meeting id; conference id; php sess id; jsession id; session token; session key; session uid; session guid;
		sessionid; asp session id; sip call id; call ref; call leg id; callref; call reference; call identifier; contact uuid; session identifier; visit id; room session id;
		login session id; auth session id; session uuid; thread contact id; user session; session index; case contact id`,
	JWT: `jwt; jwt token`,
	APIKey: `token?; access token; api key; apikey; api token; secret; client secret; auth token; authorization; proxy authorization; bearer; bearer token;
		refresh token; id token; secret key; access key; access key id; api secret; signing key; encryption key; account key; shared secret;
		auth key; csrf token; xsrf token; oauth token; app secret; consumer secret; consumer key?; subscription key; license key; licence key;
		webhook secret; fastly key; api sign; api signature; oauth signature; amz signature; goog signature; private token; session secret; master key; security token; sas token; unlock token; registration token; psk; pre shared key`,
	Password: `password; passwd; pass word; passphrase; pass phrase; pass?; pwd; pass code; passcode; pin code; pw; unicode pwd; password hash; password digest; passwd hash;
		pass hash; hashed password; encrypted password; crypted password; userpassword; user pass; secret word; community string; snmp community; shadow password; nt hash; lm hash; pass wd`,
	PrivateKey:   `private lines; private key; rsa private key; ssh private key`,
	CryptoWallet: `wallet; wallet address; btc address; bitcoin address; eth address; ethereum address; crypto address; xmr address`,
	SocialHandle: `twitter; twitter handle; twitter name; screen name; instagram; instagram handle; facebook; telegram; skype; skype id; skype name; handle?; social handle;
		linkedin; linkedin url; github login; mastodon; tiktok; snapchat; discord tag; wechat; wechat id; facebook id; twitter id; tweeter; linkedin profile; social profile`,
}

// compounds are words written together in names, with their parts.
var compounds = map[string]string{
	"username": "user name", "usrname": "user name", "uname": "user name", "loginname": "login name", "logname": "log name",
	"nickname": "nick name", "accountname": "account name", "samaccountname": "sam account name", "authuser": "auth user",
	"userid": "user id", "userkey": "user key", "userlogin": "user login", "dbuser": "db user", "remoteuser": "remote user",
	"mailnickname": "nick name", "unauthuser": "user", "srcuser": "user", "dstuser": "user", "targetuser": "user", "deviceowner": "device owner",
	"hostname": "host name", "computername": "computer name", "machinename": "machine name", "workstation": "work station",
	"workstationname": "work station name", "servername": "server name", "devname": "dev name", "devicename": "device name",
	"nodename": "node name", "netbios": "net bios", "netbiosname": "net bios name", "dnsname": "dns name", "domainname": "domain name",
	"devicehostname": "device host name", "dvchost": "dvc host", "srchost": "host", "dsthost": "host", "remotehost": "host", "clienthost": "host",
	"srcname": "host name", "dstname": "host name", "srcdomain": "domain", "dstdomain": "domain", "domainnames": "domain name", "hostnames": "host name",
	"hosts": "host", "users": "user", "usernames": "user name", "ips": "ip", "emails": "email", "phones": "phone", "domains": "domain", "addresses": "address",
	"srcip": "ip", "dstip": "ip", "remip": "ip", "locip": "ip", "clientip": "ip", "remoteip": "ip", "sourceip": "ip", "ipaddr": "ip addr",
	"ipaddress": "ip address", "remoteaddr": "addr", "srcaddr": "addr", "dstaddr": "addr", "realip": "real ip", "xff": "forwarded for", "natip": "nat ip", "natsrc": "ip",
	"srcmac": "mac", "dstmac": "mac", "macaddr": "mac addr", "macaddress": "mac address", "hwaddr": "hw addr", "clientmac": "mac", "remotemac": "mac",
	"sessionid": "session id", "sessid": "sess id", "sessionids": "session id", "phpsessid": "php sess id", "jsessionid": "jsession id", "callid": "call id", "chatid": "chat id",
	"contactid": "contact id", "conversationid": "conversation id", "sessiontoken": "session token",
	"deviceid": "device id", "serialnumber": "serial number", "serialno": "serial no", "serialnum": "serial num", "machineid": "machine id",
	"apname": "ap name", "hostnamefield": "host name", "usernamefield": "user name", "xauthuser": "user", "hostid": "host id", "androidid": "android id", "advertisingid": "advertising id", "anonymousid": "anonymous id", "endpointid": "endpoint id", "agentid": "agent id",
	"firstname": "first name", "lastname": "last name", "fullname": "full name", "givenname": "given name", "familyname": "family name",
	"middlename": "middle name", "displayname": "display name", "realname": "real name", "maidenname": "maiden name", "cardholder": "card holder",
	"cardholdername": "card holder name", "contactname": "contact name", "customername": "customer name", "patientname": "patient name",
	"emailaddress": "email address", "emailid": "email id", "mailaddress": "mail address", "useremail": "user email", "mailfrom": "mail from", "rcptto": "rcpt to",
	"phonenumber": "phone number", "phoneno": "phone no", "mobilenumber": "mobile number", "mobileno": "mobile no", "cellphone": "cell phone", "faxnumber": "fax number",
	"telephonenumber": "telephone number", "callernumber": "caller number", "callerid": "caller id", "homephone": "home phone", "workphone": "work phone",
	"birthdate": "birth date", "birthday": "birth day", "dateofbirth": "date of birth", "birthyear": "birth year",
	"streetaddress": "street address", "addressline": "address line", "zipcode": "zip code", "postalcode": "postal code", "billingaddress": "billing address",
	"shippingaddress": "shipping address", "homeaddress": "home address", "housenumber": "house number", "streetname": "street name",
	"cardnumber": "card number", "ccnumber": "cc number", "ccnum": "cc num", "creditcard": "credit card", "creditcardnumber": "credit card number",
	"nationalid": "national id", "taxid": "tax id", "accesstoken": "access token", "authtoken": "auth token", "apitoken": "api token", "secretkey": "secret key", "accesskey": "access key",
	"clientsecret": "client secret", "refreshtoken": "refresh token", "privatekey": "private key", "userpass": "user pass", "dbpassword": "password", "dbpass": "pass",
	"screenname": "screen name", "setcookie": "set cookie", "geolocation": "geo location", "geopoint": "geo point", "geocoordinates": "geo coordinates",
	"loginid": "login id", "logonname": "logon name", "subjectusername": "user name", "targetusername": "user name", "clientname": "client name",
	"userprincipalname": "user principal name", "hostfqdn": "host fqdn", "machineguid": "machine guid", "deviceuuid": "device uuid",
}

// refusals are words that turn a name into a property of its value: how many,
// whether.
var refusals = wordsOf(`is has num max min total count allow allowed enable enabled disable disabled require requires required valid invalidate
	missing no use using should can supports show hide types type unique distinct avg sum`)
