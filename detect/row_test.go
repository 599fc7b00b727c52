package detect

import "testing"

func TestRows(t *testing.T) {
	const flow = "1700000000.5\tCx1\t192.0.2.7\t40001\t198.51.100.9\t"
	testEvidence(t, []Kind{Username, Hostname, Password}, []evidenceCase{
		{"logon", flow + "445\tzoe7\tWS-7\tOFFICE\tFILES1\tfiles1.office.lan\toffice.lan\tT", []string{"username:zoe7", "hostname:WS-7", "hostname:FILES1", "hostname:files1.office.lan", "hostname:office.lan"}},
		{"logon without names", flow + "445\t-\t-\t-\tFILES1\tFiles1\t-\tT", []string{"hostname:FILES1", "hostname:Files1"}},
		{"logon over IPv6", "1.5\tC\t2001:db8::7\t40001\t2001:db8::9\t445\tzoe7\tWS-7\tOFFICE\tFILES1\tFiles1\t-", []string{"username:zoe7", "hostname:WS-7", "hostname:FILES1", "hostname:Files1"}},
		{"FTP", flow + "21\tzoe7\thunter2\tRETR\tx.zip\t-\t-\t226\tdone", []string{"username:zoe7", "password:hunter2"}},
		{"FTP by mailbox", flow + "21\tanonymous\tx@\tPASV\t-\t-\t-\t227\tEntering", []string{"username:anonymous"}},
		{"IRC", flow + "6667\tzed\tzoe7\tJOIN\t#chan\t-", []string{"username:zed", "username:zoe7"}},
		{"HTTP", flow + "80\t1\tGET\tintra7\t/index\t-", []string{"hostname:intra7"}},
		{"DNS", flow + "53\tudp\t3\t-\tprinter-7\t1\tC_INTERNET\t1\tA\t-", []string{"hostname:printer-7"}},
		{"Kerberos", flow + "88\tTGS\tzoe7/OFFICE.LAN\tHOST/ws-7\tT", []string{"username:zoe7", "hostname:ws-7"}},
		{"SMTP", flow + "25\t1\tmailgate7\ta@example.com\tb@example.com", []string{"hostname:mailgate7"}},
		{"desktop", flow + "3389\tzoe7\tSuccess\tTLS", []string{"username:zoe7"}},
		{"a file at the port of desktops", flow + "3389\tFyQ4puQ5AtaT0g8Zk\t-\t-\ttcp", nil},
		{"proxy", flow + "1080\t5\tzoe7\t-\tsucceeded", []string{"username:zoe7"}},
		{"DHCP, comma", "10,12/06/25,12:43:57,Assign,192.0.2.7,ws-7,00:00:5E:00:53:01,,1", []string{"hostname:ws-7"}},
		{"DHCP, tab", "1.5\tC1\t192.0.2.7\t192.0.2.1\t00:00:5e:00:53:01\tws-7\t-\t-\t192.0.2.9\t3600.0", []string{"hostname:ws-7"}},
		{"name and port", flow + "443\t1\tab12\t(empty)\tff00\tnode7:443\th3", []string{"hostname:node7"}},
		{"call", "81050050, zoe51, 650200050, 200, 196, 16, 47bcf39a-95f4-11e1-84f9-00231470a30c, 1336098157", []string{"username:zoe51"}},

		{"connection", flow + "443\ttcp\tssl\t1.25\t100\t200\tSF\tT\tF\t0\tShADadFf\t5\t600", nil},
		{"firewall", "2025-11-25,THREAT,url,192.0.2.7,198.51.100.9,0.0.0.0,rule-7,trust,untrust,eth1,log-7,53211,443,tcp,allow", nil},
		{"services", "192.0.2.7,TCP,HTTP,http,80,allow", nil},
		{"place", "1,TCP,,4935,3389,192.0.2.7,Indiana,IN,46542,41.3972,-85.8699", nil},
		{"addresses", "seen 192.0.2.7, 192.0.2.8, 192.0.2.9, and more of them", nil},
		{"ARP", "192.0.2.7,dynamic,00:00:5e:00:53:01,eth0", nil},
		{"numbers and a word", "81050050, blocked, 650200050, 200, 47bcf39a-95f4-11e1-84f9-00231470a30c", nil},
	})
}
