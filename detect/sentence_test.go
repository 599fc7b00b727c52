package detect

import "testing"

func TestSentences(t *testing.T) {
	testEvidence(t, []Kind{Username, Hostname, Password}, []evidenceCase{
		{"sshd failed", "Failed password for zoe7 from 192.0.2.1 port 22 ssh2", []string{"username:zoe7"}},
		{"sshd invalid", "Failed password for invalid user zoe7 from 192.0.2.1", []string{"username:zoe7"}},
		{"sshd accepted", "Accepted publickey for zoe7 from 192.0.2.1", []string{"username:zoe7"}},
		{"sshd no name", "Failed none for invalid user  from 192.0.2.1", nil},
		{"sshd too many", "maximum authentication attempts exceeded for zoe7 from 192.0.2.1", []string{"username:zoe7"}},
		{"PAM opened", "session opened for user zoe7 by (uid=0)", []string{"username:zoe7"}},
		{"PAM opened by", "session opened for user root by kim8(uid=1000)", []string{"username:root", "username:kim8"}},
		{"PAM failure", "authentication failure; logname= uid=0 tty=ssh ruser= rhost=ws7.example.com  user=zoe7", []string{"hostname:ws7.example.com", "username:zoe7"}},
		{"sudo", "sudo:     zoe7 : TTY=pts/2 ; PWD=/tmp ; USER=root ; COMMAND=/bin/ls", []string{"username:zoe7", "username:root"}},
		{"sudo refused", "sudo: zoe7 : user NOT in sudoers ; TTY=pts/2", []string{"username:zoe7"}},
		{"su", "FAILED SU (to root) zoe7 on pts/0", []string{"username:root", "username:zoe7"}},
		{"cron", "CRON[12]: (zoe7) CMD (run-parts /etc/cron.hourly)", []string{"username:zoe7"}},
		{"systemd", "Started Session 12 of user zoe7.", []string{"username:zoe7"}},
		{"removed", "New session 3 of user zoe7.", []string{"username:zoe7"}},
		{"dovecot", "Login: user=<zoe7>, method=PLAIN", []string{"username:zoe7"}},
		{"exim", "535 Incorrect authentication data (set_id=zoe7)", []string{"username:zoe7"}},
		{"FTP", "USER zoe7: no such user found", []string{"username:zoe7"}},
		{"quoted", `password authentication failed for user "zoe7"`, []string{"username:zoe7"}},
		{"apostrophe", "Login failed for user 'O'Neil'. Reason:", []string{"username:O'Neil"}},
		{"brackets", "Authentication failed for user [zoe7]", []string{"username:zoe7"}},
		{"back quote", "user `zoe7' in realm `x' not found", []string{"username:zoe7"}},
		{"was not found", "user zoe7 was not found", []string{"username:zoe7"}},
		{"logged in", "x: zoe7 logged in", []string{"username:zoe7"}},
		{"DHCP", "DHCPACK on 192.0.2.1 to 00:00:5e:00:53:01 (ws7) via eth0", []string{"hostname:ws7"}},
		{"peer", "connect from ws7[192.0.2.1]", []string{"hostname:ws7"}},
		{"unknown peer", "connect from unknown[192.0.2.1]", nil},
		{"process", "signal from launchd[1]", nil},
		{"password quoted", "was seen with password 'hunter2'", []string{"password:hunter2"}},
		{"password option", "mysql --password hunter -h", []string{"password:hunter"}},
		{"password prose", "the password expired yesterday; password authentication is off", nil},
		{"user name and password", "username zoe7 password hunter", []string{"username:zoe7", "password:hunter"}},
		{"user name and password on lines", "username zoe7\r\npassword hunter\r\n", []string{"username:zoe7", "password:hunter"}},
		{"user name and more of the password", "username zoe7 password hunter lost", []string{"username:zoe7"}},
		{"password before an object", `invalid password {"ip":"192.0.2.1","user":"zoe7"}`, []string{"username:zoe7"}},
		{"curl", "curl -u zoe7:hunter2 x", []string{"username:zoe7", "password:hunter2"}},

		{"user agent", "user agent not found", nil},
		{"user interface", "the user interface is locked", nil},
		{"end user", "for the end-user from", nil},
		{"for a while", "waiting for a while, for data from disk", nil},
		{"by name only", "user zoe7 thinks", nil},
	})
}
