package detect

import "testing"

func TestCryptHash(t *testing.T) {
	const b53 = "abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ01234"
	testEvidence(t, []Kind{Password}, []evidenceCase{
		{"shadow", "zoe7:$5$saltsalt$" + b53 + ":19000", []string{"password:$5$saltsalt$" + b53}},
		{"bcrypt", "x $2y$10$" + b53, []string{"password:$2y$10$" + b53}},
		{"argon2", "$argon2id$v=19$m=65536,t=3,p=4$" + b53, []string{"password:$argon2id$v=19$m=65536,t=3,p=4$" + b53}},
		{"short", "$1$2$3", nil},
		{"shell", "echo $1 $2$ {$5}", nil},
	})
}
